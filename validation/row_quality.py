"""Whether faults in rows of numbers are found, and how many false alarms there are."""

from __future__ import annotations

import csv
from pathlib import Path

from validation.floors import Figure
from validation.intervals import wilson

from probatum.claims.printed_rows import PrintedArm, PrintedRow
from probatum.claims.row_checks import row_checks

# What people found by reading, and arithmetic alone can find.
_FAULTS = ("T083", "T084", "T085", "T086", "T097", "T099", "T187", "T213")
_COLUMNS = ("n_", "events_", "pct_", "mean_", "sd_")


def figures(path: Path) -> list[Figure]:
    """Measure on the study rows; alarms are printed with their arithmetic."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = {row["row_id"]: row_checks(_row(row)) for row in rows}
    alarmed = {
        key for key, checks in found.items() if any(c.verdict == "disagrees" for c in checks)
    }
    empty = {key for key, checks in found.items() if any(c.rule == "estimable" for c in checks)}
    clean = [row["row_id"] for row in rows if not row["quality_flag"]]
    zero = [row["row_id"] for row in rows if row["quality_flag"].startswith("double-zero")]
    for key in sorted(alarmed.intersection(clean)):
        faults = [
            f"{c.rule}: {c.expected} v {c.found}" for c in found[key] if c.verdict == "disagrees"
        ]
        print(f"  alarm {key}: {'; '.join(faults)}")
    hits, named = len(alarmed.intersection(_FAULTS)), len(empty.intersection(zero))
    false = len(alarmed.intersection(clean))
    split, n = "rows the rules were fitted to", len(_FAULTS)
    return [
        Figure("rows with a fault in their numbers found", hits / n, n, split,
               *wilson(hits, n), goal="1"),
        Figure("double-zero rows named not estimable", named / len(zero), len(zero), split,
               *wilson(named, len(zero)), goal="1"),
        Figure("rows without a flag that raise an alarm", false, len(clean), split,
               goal="at most 4", higher_is_better=False),
    ]  # fmt: skip


def later(path: Path) -> list[Figure]:
    """Count false alarms on rows that were not looked at when the rules were written."""
    with path.open(encoding="utf-8", newline="") as file:
        clean = [row for row in csv.DictReader(file) if not row["quality_flag"]]
    false = sum(any(c.verdict == "disagrees" for c in row_checks(_row(row))) for row in clean)
    name = "later rows without a flag that raise an alarm"
    split = "rows unseen by the rules"
    return [Figure(name, false, len(clean), split, higher_is_better=False)]


def _row(row: dict[str, str]) -> PrintedRow:
    left, right = (
        PrintedArm(*(row[column + arm] or None for column in _COLUMNS)) for arm in ("exp", "ctl")
    )
    return PrintedRow(
        left,
        right,
        row["effect_measure"] or None,
        row["effect"] or None,
        row["p_reported"].replace(" (printed)", "") or None,
        row["ci_low"] or None,
        row["ci_high"] or None,
        paired=row["result_type"] == "pre-post" or "cross" in row["design"],
    )
