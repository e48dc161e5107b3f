"""Groups without a comparison: what was found in them, and why it is no effect."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

from probatum.effects.comparisons import order
from probatum.effects.words import figure
from probatum.model.effect import Series
from probatum.model.pack import StudyRow
from probatum.stats.distributions import critical

WHY = {
    "pre-post": "before and after in one group: people also change without treatment, so it is no "
    "controlled effect",
    "proportion": "one group only: how many would have had the event without treatment is unknown",
}


def series(rows: Sequence[StudyRow]) -> tuple[Series, ...]:
    """Return the rows of one group only, in the order in which rows are shown.

    A change has no interval: that would need the correlation of before and after.
    """
    return tuple(found for row in sorted(rows, key=order) if (found := _of_row(row)) is not None)


def _of_row(row: StudyRow) -> Series | None:
    if row.result_type == "pre-post":
        return _change(row)
    return _share(row) if row.result_type == "proportion" else None


def _change(row: StudyRow) -> Series:
    before, after = _finite(row.mean_ctl), _finite(row.mean_exp)
    change = None if before is None or after is None else after - before
    told = "its means before and after are not both known"
    if before is not None and after is not None and change is not None:
        told = f"from {figure(before)} to {figure(after)}, a change of {figure(change)}"
    return Series(
        row.row_id,
        row.study,
        "pre-post",
        row.timepoint_printed,
        _size(row),
        _why(row, "pre-post"),
        f"{_people(row)}: {told}",
        before=before,
        after=after,
        change=change,
    )


def _share(row: StudyRow) -> Series:
    share, n = _finite(row.pct_exp), _size(row)
    if row.events_exp is not None and n is not None and 0 <= row.events_exp <= n:
        share = 100 * row.events_exp / n
    known = share is not None and 0 <= share <= 100
    limits = wilson(share / 100, n) if known and share is not None and n is not None else None
    low, high = (None, None) if limits is None else (100 * limits[0], 100 * limits[1])
    told = "its share is not known"
    if share is not None and known:
        told = f"{figure(share)} %"
        told += "" if low is None or high is None else f" ({figure(low)} to {figure(high)})"
    return Series(
        row.row_id,
        row.study,
        "proportion",
        row.timepoint_printed,
        _size(row),
        _why(row, "proportion"),
        f"{_people(row)}: {told}",
        percent=share if known else None,
        percent_low=low,
        percent_high=high,
    )


def _why(row: StudyRow, kind: Literal["pre-post", "proportion"]) -> str:
    own = row.set_aside or row.not_pooled
    return f"{WHY[kind]} ({own})" if own else WHY[kind]


def _people(row: StudyRow) -> str:
    n = _size(row)
    return "number of people not known" if n is None else f"{n:.0f} people"


def _size(row: StudyRow) -> float | None:
    return row.n_exp if row.n_exp is not None and 1 <= row.n_exp < 1e9 else None


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def wilson(share: float, n: float) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a share (0 to 1) of ``n`` people (1927).

    >>> [round(end, 3) for end in wilson(0.0, 10)]
    [0.0, 0.278]
    """
    z = critical(0.95)
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max(0.0, centre - half), min(1.0, centre + half)
