"""Read a pack's statements.csv and records.json; each bad entry is a Problem."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from probatum.flow.packs.columns import doi, items, new_id, pmid, required
from probatum.flow.packs.rows import table
from probatum.flow.packs.sources import source_link
from probatum.model.pack import PackRecord, PackStatement, Vocabulary
from probatum.model.source import Problem

STATEMENTS = "statements.csv"
RECORDS = "records.json"
STATEMENT_COLUMNS = (
    "id",
    "aspect",
    "indication",
    "text",
    "sources",
    "source_type",
    "strength",
    "note",
    "year",
)


def parse_statements(
    data: bytes, vocabulary: Vocabulary
) -> tuple[tuple[PackStatement, ...], list[Problem]]:
    """Read the statements; aspect and indication must be ids of the vocabulary."""
    found: dict[str, PackStatement] = {}
    problems: list[Problem] = []
    for record in table(data, STATEMENTS):
        if isinstance(record, Problem):
            problems.append(record)
            continue
        line, cells = record
        try:
            statement = _statement(cells, vocabulary)
            found[new_id(statement.id, found)] = statement
        except ValueError as error:
            reason = f"{STATEMENTS}:{line}: {error}"
            problems.append(Problem("bad-statement", reason, None, STATEMENTS, line))
    return tuple(found.values()), problems


def _statement(cells: Mapping[str, str], vocabulary: Vocabulary) -> PackStatement:
    for name in cells:
        if name not in STATEMENT_COLUMNS:
            known = ", ".join(STATEMENT_COLUMNS)
            raise ValueError(f"{name!r} is not a known column; known: {known}")
    for name in ("id", "aspect", "text", "sources"):
        if not cells.get(name):
            raise ValueError(f"{name} is empty and must not be")
    aspect, indication = cells["aspect"], cells.get("indication") or None
    if aspect not in {term.id for term in vocabulary.aspects}:
        raise ValueError(f"aspect {aspect!r} is not an id of the vocabulary")
    if indication is not None and indication not in {term.id for term in vocabulary.indications}:
        raise ValueError(f"indication {indication!r} is not an id of the vocabulary")
    return PackStatement(
        id=cells["id"],
        aspect=aspect,
        indication=indication,
        text=cells["text"],
        sources=tuple(source_link(item) for item in items(cells["sources"])),
        source_type=cells.get("source_type", ""),
        strength=cells.get("strength", ""),
        note=cells.get("note", ""),
        year=_year(cells.get("year", "")),
    )


def _year(cell: str) -> int | None:
    if cell and not re.fullmatch(r"(?:1[89]|20)\d\d", cell, re.ASCII):
        raise ValueError(f"year {cell!r} is not a year")
    return int(cell) if cell else None


def parse_records(data: bytes) -> tuple[tuple[PackRecord, ...], list[Problem]]:
    """Read the bibliographic records: a list of objects with the fields of PackRecord."""
    try:
        raw = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        reason = f"{RECORDS} is not readable as JSON: {error}"
        return (), [Problem("bad-json", reason, None, RECORDS)]
    if not isinstance(raw, list):
        return (), [Problem("bad-json", f"{RECORDS} must hold a list", None, RECORDS)]
    found: dict[str, PackRecord] = {}
    problems: list[Problem] = []
    for position, entry in enumerate(raw, start=1):
        try:
            record = _record(entry)
            found[new_id(record.key, found)] = record
        except ValueError as error:
            reason = f"{RECORDS}, entry {position}: {error}"
            problems.append(Problem("bad-record", reason, None, RECORDS))
    return tuple(found.values()), problems


def _record(entry: object) -> PackRecord:
    known = {field.name for field in fields(PackRecord)}
    if not isinstance(entry, dict) or not set(entry) <= known:
        raise ValueError(f"must be an object with keys of: {', '.join(sorted(known))}")
    values: dict[str, Any] = dict(entry)
    for name in ("key", "title"):
        required(str(values.get(name) or ""))
    values["authors"] = tuple(str(author) for author in values.get("authors", ()))
    if values.get("year") is not None and not isinstance(values["year"], int):
        raise ValueError(f"year {values['year']!r} is not a whole number")
    doi(values.get("doi") or "")
    pmid(values.get("pmid") or "")
    return PackRecord(**values)
