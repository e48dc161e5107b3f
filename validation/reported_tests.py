"""Test statistics that people extracted by hand: whether our rule finds the same errors.

The rows are GPL-3: measured on, never shipped; no code of their project was read.
"""

from __future__ import annotations

import csv
from pathlib import Path

from validation.floors import Figure
from validation.intervals import wilson

from probatum.claims.reported_p import decides_otherwise, p_check, reported_tests

_FILES = ("manually_extracted_stats.csv", "manually_extracted_stats_testpapers.csv")


def figures(folder: Path) -> list[Figure]:
    """Measure extraction of APA results and the verdicts on those that people judged."""
    rows = [row for name in _FILES for row in _rows(folder / name)]
    legible = [row for row in rows if row["extract_apa"] == "1" and _is_legible(row["raw_result"])]
    read = [_reads(row) for row in legible]
    judged = [(row, found) for row in rows if row["error"] in ("0", "1")
              for found in list(reported_tests(_raw(row)))[:1]]  # fmt: skip
    same = [_same(row, found) for row, found in judged]
    decided = [decides_otherwise(t) == (row["decision_error"] == "1") for row, t in judged]
    split = "hand-extracted by others"
    return [
        _figure("test statistics read, APA style and legible", read, split),
        _figure("p of tests, errors as people judged them", same, split),
        _figure("p of tests, errors of decision as judged", decided, split),
    ]


def _figure(name: str, hits: list[bool], split: str) -> Figure:
    count, n = sum(hits), len(hits)
    return Figure(name, count / n, n, split, *wilson(count, n))


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def _raw(row: dict[str, str]) -> str:
    return " ".join(row["raw_result"].split())


def _is_legible(raw: str) -> bool:
    """Whether a result kept its signs on the way into the file."""
    lost = (
        any(c in raw for c in "?\ufffd\x04\x06")
        or raw.startswith("B2(")
        or "<" + "bc>" in raw
        or "1/4" in raw
    )
    return not lost and "=" in raw


def _reads(row: dict[str, str]) -> bool:
    found = next(reported_tests(_raw(row)), None)
    if found is None:
        return False
    try:
        return abs(abs(found.value.value) - abs(float(row["test_value"].replace(",", "")))) < 1e-9
    except ValueError:
        return True


def _same(row: dict[str, str], found: object) -> bool:
    verdict = p_check(found).verdict  # type: ignore[arg-type]  # a test
    return (verdict == "disagrees") == (row["error"] == "1")
