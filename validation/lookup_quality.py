"""Numbers looked up in trials: how many rows get values, and how many of the values are wrong."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from validation.floors import Figure
from validation.intervals import wilson

from probatum.claims.lookup.asked import Found, Sought, Value
from probatum.claims.lookup.find import look_up, prepare
from probatum.documents.read import collect

_SEED = 20261122
_FIELDS = {
    "binary": (("events", "events"), ("group_size", "n")),
    "continuous": (("mean", "mean"), ("standard_deviation", "sd"), ("group_size", "n")),
}
_SIDES = ("intervention", "comparator")
_PEER = "large language models: .15 binary, .23 continuous"


@dataclass(frozen=True, slots=True)
class _Count:
    """One row: whether values were given, and how many values agree and disagree."""

    article: int
    given: bool
    values: int
    wrong: int


def figures(folder: Path) -> list[Figure]:
    """Measure on the rows with complete data, whole and by the two halves of articles."""
    rows: list[dict[str, Any]] = json.loads((folder / "annotated_rows.json").read_text())
    counts = _counts(folder, [row for row in rows if row["is_data_complete"] == "TRUE"])
    articles = sorted({row["pmcid"] for row in rows})
    random.Random(_SEED).shuffle(articles)  # noqa: S311, a split of articles
    first = set(articles[::2])
    return [
        *_of(counts, "all complete rows", goal=True),
        *_of([c for c in counts if c.article in first], "rules written on these articles"),
        *_of([c for c in counts if c.article not in first], "articles looked at later"),
    ]


def _counts(folder: Path, rows: list[dict[str, Any]]) -> list[_Count]:
    made = []
    for article in sorted({row["pmcid"] for row in rows}):
        name = f"PMC{article}.xml"
        prepared = prepare(collect((folder / f"xml/{name}").read_bytes(), name).documents[0])
        for row in rows:
            if row["pmcid"] == article:
                words = (row[key] for key in (*_SIDES, "outcome", "outcome_type"))
                made.append(_count(row, look_up(prepared, Sought(*words))))
    return made


def _count(row: dict[str, Any], found: Found) -> _Count:
    verdicts = [
        _agrees(str(row[f"{side}_{column}"]), value)
        for side, arm in zip(_SIDES, found.arms or (), strict=False)
        for column, field in _FIELDS[row["outcome_type"]]
        if (value := getattr(arm, field)) is not None and row[f"{side}_{column}"] != ""
    ]
    return _Count(row["pmcid"], found.arms is not None, len(verdicts), verdicts.count(False))


def _agrees(gold: str, value: Value) -> bool:
    """Compare with a printed number; what is computed from SE or interval within 2 %."""
    number = float(gold.replace(",", ""))
    slack = 1e-9
    if value.computed.startswith(("SE", "interval")):
        slack = max(0.5 * 10.0 ** -len(gold.partition(".")[2]), 0.02 * abs(number))
    return abs(number - value.value) <= slack


def _of(counts: list[_Count], split: str, *, goal: bool = False) -> list[Figure]:
    n, given = len(counts), sum(c.given for c in counts)
    values, wrong = sum(c.values for c in counts), sum(c.wrong for c in counts)
    told = "" if goal else f", {split}"
    return [
        Figure(f"looked up rows with values{told}", given / n, n, split, *wilson(given, n),
               goal=".50" if goal else ""),
        Figure(f"looked up values that are wrong{told}", wrong / max(1, values), values, split,
               *wilson(wrong, values), goal="at most .05" if goal else "", peer=_PEER,
               higher_is_better=False),
    ]  # fmt: skip
