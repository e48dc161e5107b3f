"""Scales brought together: units of one scale converted, standardised differences made readable.

Sources: Cochrane Handbook 6.5.1.2, 15.5.3.2 (re-expression by a typical standard deviation).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from probatum.effects.comparisons import Comparison
from probatum.effects.words import figure
from probatum.model.effect import OnScale, Pooled
from probatum.model.pack import Scale, StudyRow


def on_scale(
    pooled: Pooled, taken: Sequence[Comparison], scales: Mapping[str, Scale]
) -> OnScale | None:
    """Return a pooled difference in the units of the best-known scale of its rows.

    That is, for a mean difference, its own scale. For a standardised one it is the scale that
    most studies print with standard deviations, then one whose minimal important difference is
    known, then the first by name; None where no row has both.
    """
    if pooled.measure == "MD":
        own = scales.get(pooled.scale or "")
        return None if own is None else _expressed(pooled, own, 1.0)
    if pooled.measure != "SMD":
        return None
    spread = _deviations(one.row for one in taken)
    known = [name for name in spread if name in scales]
    best = min(
        known,
        key=lambda name: (-_studies(spread[name]), scales[name].mid is None, name),
        default=None,
    )
    if best is None:
        return None
    sd = _typical(spread[best])
    found = _expressed(pooled, scales[best], sd)
    rows = tuple(sorted(row.row_id for row in spread[best]))
    told = f"standard deviation {figure(sd)}, as in the control groups of {', '.join(rows)}"
    return found and replace(found, sd=sd, sd_rows=rows, text=f"{found.text} ({told})")


def _deviations(rows: Iterable[StudyRow]) -> dict[str, list[StudyRow]]:
    """Return by scale the rows whose control group has a standard deviation and a size."""
    found: dict[str, list[StudyRow]] = {}
    for row in rows:
        usable = row.sd_ctl is not None and 0 < row.sd_ctl < 1e100 and (row.n_ctl or 0) > 1
        if row.scale is not None and usable:
            found.setdefault(row.scale, []).append(row)
    return found


def _studies(rows: Sequence[StudyRow]) -> int:
    return len({row.study for row in rows})


def _typical(rows: Sequence[StudyRow]) -> float:
    """Pool the standard deviations of the control groups over their degrees of freedom."""
    pairs = [((row.n_ctl or 0.0) - 1, row.sd_ctl or 0.0) for row in rows]
    total = math.fsum(df for df, _ in pairs)
    return math.sqrt(math.fsum(df / total * sd**2 for df, sd in pairs))


def _expressed(pooled: Pooled, scale: Scale, factor: float) -> OnScale | None:
    ends = (pooled.estimate, pooled.ci_low, pooled.ci_high)
    known = [factor * value for value in ends if value is not None and math.isfinite(value)]
    if len(known) < 3:
        return None
    mean, low, high = known
    return OnScale(
        scale=scale.id,
        label=scale.label,
        estimate=mean,
        ci_low=low,
        ci_high=high,
        mid=scale.mid,
        mid_source=scale.mid_source,
        text=f"{figure(mean)} ({figure(low)} to {figure(high)}) on {scale.label}"
        f"{_against(scale, mean, low, high)}",
    )


def _against(scale: Scale, mean: float, low: float, high: float) -> str:
    """Hold a difference against the minimal important one, on either side of none."""
    mid = scale.mid
    if mid is None or not 0 < mid < math.inf:
        return "; its minimal important difference is not known"
    if low >= mid or high <= -mid:
        told = "the whole interval is important"
    elif -mid < low and high < mid:
        told = "the whole interval is unimportant"
    else:
        told = "the interval holds important and unimportant differences"
    share = f"{abs(mean) / mid:.2g} times the minimal important difference of {figure(mid)}"
    return f": {share}; {told}"
