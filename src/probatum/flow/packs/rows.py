"""Read studies.csv: one line a result, each bad line a Problem with its place."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from probatum.flow.packs.columns import COLUMNS, LOADER_ONLY, REQUIRED
from probatum.flow.packs.sources import lasting_first, source_link
from probatum.model.pack import SourceLink, StudyRow
from probatum.model.source import Problem

FILE = "studies.csv"
# A cell of a megabyte is not a cell; the csv module's own limit would raise.
MOST_CHARACTERS = 100_000


def table(data: bytes, file: str) -> Iterator[tuple[int, dict[str, str]] | Problem]:
    """Yield (line, cells by column) for each record of a CSV file, or a Problem.

    Lines count from 1, the header being line 1; a record that spans lines has its last line.
    """
    try:
        content = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        yield Problem("bad-encoding", f"{file} is not UTF-8; save it as UTF-8", error.start, file)
        return
    reader = csv.reader(io.StringIO(content, newline=""), strict=True)
    header: list[str] = []
    try:
        for cells in reader:
            if not header:
                header = cells
            elif len(cells) != len(header) and cells:
                reason = f"has {len(cells)} cells where the header has {len(header)}"
                yield _problem("wrong-length", file, reader.line_num, None, reason)
            elif cells:
                yield reader.line_num, dict(zip(header, map(str.strip, cells), strict=True))
    except csv.Error as error:
        yield _problem("bad-csv", file, reader.line_num, None, f"is not readable as CSV: {error}")


def parse_rows(data: bytes, file: str = FILE) -> tuple[list[tuple[int, StudyRow]], list[Problem]]:
    """Read all rows; a row with a bad cell becomes Problems and is left out.

    Returns (line, row) pairs in the order of the file, and the problems.
    """
    rows: list[tuple[int, StudyRow]] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    headed = False
    for record in table(data, file):
        if isinstance(record, Problem):
            problems.append(record)
            continue
        line, cells = record
        if not headed:
            problems.extend(_header(cells, file))
            headed = True
        if problems and problems[0].code == "missing-column":
            break
        found = parse_row(cells, line, file)
        if isinstance(found, StudyRow) and found.row_id in seen:
            reason = f"{found.row_id!r} stands in line {seen[found.row_id]} too; ids are unique"
            found = [_problem("duplicate-id", file, line, "row_id", reason)]
        if isinstance(found, StudyRow):
            seen[found.row_id] = line
            rows.append((line, found))
        else:
            problems.extend(found)
    return rows, problems


def parse_row(cells: Mapping[str, str], line: int, file: str = FILE) -> StudyRow | list[Problem]:
    """Read the cells of one line into a row, or say what is wrong with each bad cell.

    >>> cells = {"row_id": "A1", "study": "Ash 2001", "indication": "hay-fever",
    ...          "outcome": "sneezing", "result_type": "binary", "n_exp": "ten"}
    >>> [problem.column for problem in parse_row(cells, 2)]
    ['n_exp']
    """
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, read in COLUMNS.items():
        cell = cells.get(name, "")
        try:
            values[name] = read(_short(cell))
        except ValueError as error:
            problems.append(_problem("bad-value", file, line, name, str(error)))
    if values.get("result_type", "") is None:
        problems.append(_problem("bad-value", file, line, "result_type", "is empty"))
    if problems:
        return problems
    try:
        values["sources"] = _sources(values)
    except ValueError as error:
        return [_problem("bad-value", file, line, "source_url", str(error))]
    return StudyRow(**_turned(values))


def _short(cell: str) -> str:
    if len(cell) > MOST_CHARACTERS:
        raise ValueError(f"is longer than {MOST_CHARACTERS} characters")
    return cell


def _sources(values: Mapping[str, Any]) -> tuple[SourceLink, ...]:
    locator, kind = values["source_locator"] or None, values["source_kind"]
    read_at = source_link(values["source_url"], locator, kind) if values["source_url"] else None
    others = [source_link(item) for item in values["more_sources"]]
    schemes = (scheme for scheme in ("doi", "pmid") if values[scheme])
    return lasting_first(read_at, others, [source_link(f"{s}:{values[s]}") for s in schemes])


def _turned(values: dict[str, Any]) -> dict[str, Any]:
    """Turn counts of the opposite outcome (survival) into those of the coded one (death)."""
    turned = {name: value for name, value in values.items() if name not in LOADER_ONLY}
    if not values["complement"]:
        return turned
    printed = []
    for arm in ("exp", "ctl"):
        n, events, percent = (values[f"{part}_{arm}"] for part in ("n", "events", "pct"))
        if n is not None and events is not None:
            printed.append(f"{events:g}/{n:g}")
            turned[f"events_{arm}"] = n - events
        if percent is not None:
            turned[f"pct_{arm}"] = round(100 - percent, 6)
    counts = f": {' v '.join(printed)}" if printed else ""
    note = f"counted as the opposite of what is printed ({values['outcome_printed']}{counts})"
    turned["derived"] = "; ".join(part for part in (values["derived"], note) if part)
    return turned


def _header(cells: Mapping[str, str], file: str) -> Iterator[Problem]:
    for name in REQUIRED:
        if name not in cells:
            yield _problem("missing-column", file, 1, name, "is missing from the header")
    for name in cells:
        if name not in COLUMNS:
            known = "see docs/reference/packs.md for the columns"
            yield _problem("unknown-column", file, 1, name, f"is not a known column; {known}")


def _problem(code: str, file: str, line: int, column: str | None, reason: str) -> Problem:
    place = f"{file}:{line}" + (f", column {column}" if column else "")
    return Problem(code, f"{place}: {reason}", None, file, line, column)
