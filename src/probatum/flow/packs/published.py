"""Read a pack's published.csv: what reviews concluded; each bad line is a Problem."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, get_args

from probatum.flow.packs.columns import (
    Cell,
    doi,
    items,
    new_id,
    number,
    one_of,
    optional,
    percent,
    required,
    text,
    whole,
    year,
)
from probatum.flow.packs.rows import table
from probatum.flow.packs.sources import source_link
from probatum.model.published import Fit, PublishedPool
from probatum.model.source import Problem

PUBLISHED = "published.csv"
RATIOS = ("RR", "OR", "HR", "IRR")
COLUMNS: Mapping[str, Cell] = {
    "id": required,
    "review": required,
    "year": year,
    "doi": doi,
    "searched_to": optional,
    "question": optional,
    "fit": one_of(get_args(Fit)),
    "fit_note": text,
    "not_attached": text,
    "indication_printed": text,
    "comparison_printed": text,
    "outcome_printed": text,
    "timepoint_printed": text,
    "k": whole,
    "n": whole,
    "measure": optional,
    "measure_printed": text,
    "estimate": number,
    "estimate_printed": text,
    "ci_low": number,
    "ci_high": number,
    "ci_level": percent,
    "i2": percent,
    "tau2": number,
    "method": text,
    "certainty": one_of(("very low", "low", "moderate", "high"), ""),
    "rows": items,
    "source_url": required,
    "source_locator": text,
    "flag": text,
    "note": text,
}


def parse_published(
    data: bytes, questions: Collection[str], rows: Collection[str]
) -> tuple[tuple[PublishedPool, ...], list[Problem]]:
    """Read the published pools; the questions and rows that they name must be known."""
    found: dict[str, PublishedPool] = {}
    problems: list[Problem] = []
    for record in table(data, PUBLISHED):
        if isinstance(record, Problem):
            problems.append(record)
            continue
        line, cells = record
        try:
            pool = _pool(cells)
            new_id(pool.id, found)
        except ValueError as error:
            problems.append(_problem(line, str(error)))
            continue
        faults = list(_faults(pool, questions, rows))
        problems.extend(_problem(line, fault) for fault in faults)
        if not faults:
            found[pool.id] = pool
    return tuple(found.values()), problems


def _problem(line: int, fault: str) -> Problem:
    return Problem("bad-published", f"{PUBLISHED}:{line}: {fault}", None, PUBLISHED, line)


def _pool(cells: Mapping[str, str]) -> PublishedPool:
    for name in cells:
        if name not in COLUMNS:
            raise ValueError(f"{name!r} is not a known column; known: {', '.join(COLUMNS)}")
    values: dict[str, Any] = {}
    for name, read in COLUMNS.items():
        try:
            values[name] = read(cells.get(name, ""))
        except ValueError as error:
            raise ValueError(f"{name} {error}") from error
    source_link(values["source_url"])
    return PublishedPool(**values)


def _faults(
    pool: PublishedPool, questions: Collection[str], rows: Collection[str]
) -> Iterator[str]:
    """Say what is wrong with a pool: unknown names, no reason, numbers that cannot be."""
    if pool.question is not None and pool.question not in questions:
        yield f"question {pool.question!r} is not an id of questions.toml"
    if (pool.question is None) != (pool.fit is None):
        yield "a question goes with fit (same or near), and neither without the other"
    if pool.question is None and not pool.not_attached:
        yield "without a question not_attached must say why"
    yield from (f"no row has the id {name!r}" for name in pool.rows if name not in rows)
    ends = (pool.ci_low, pool.estimate, pool.ci_high)
    if pool.measure in RATIOS and any(end is not None and end <= 0 for end in ends):
        yield f"a {pool.measure} is above 0"
    known = [end for end in ends if end is not None]
    if known != sorted(known) and not pool.flag:
        yield "the interval does not hold its estimate; say so in flag"
