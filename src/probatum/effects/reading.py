"""From a study row to the numbers of its comparison, or the reason why it has none.

Ways are tried in a fixed order, which depends on the measure: counts, then percentages with arm
sizes, then the printed contrast; for means an adjusted contrast goes first (Cochrane Handbook
10.5.2: analyses that adjust for the baseline are preferred).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from probatum.effects.crossover import ASSUMED, smd_variance, spread
from probatum.effects.material import BINARY, RATIOS, Counts, Given, Material, Means
from probatum.model.pack import StudyRow
from probatum.stats.conversions import se_from_ci
from probatum.stats.measures.means import small_sample_factor

# Intervals of these methods are half-widths of z or t times a standard error; those of others
# (Dunnett and other adjusted ones, one-sided, highest density, quartiles) are not.
WALD = ("", "normal", "wald", "z", "t", "not stated")
ADJUSTED = re.compile(r"\b(?:ls mean|least[- ]squares|adjusted|ancova|mmrm)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """The numbers of a comparison, and how they were come by."""

    material: Material
    notes: tuple[str, ...] = ()


def read(row: StudyRow, measure: str, correlation: float = ASSUMED) -> Found | str:
    """Return the numbers of ``row`` for ``measure``, or why there are none, in words.

    ``correlation`` is that of the two periods of a crossover trial; it matters only where a
    standardised difference is made of a printed one.
    """
    reasons: list[str] = []
    for way in _ways(row, measure):
        found = way(row, measure, correlation)
        if isinstance(found, Found):
            return found
        reasons.append(found)
    return "; ".join(dict.fromkeys(reasons))


Way = Callable[[StudyRow, str, float], Found | str]


def _ways(row: StudyRow, measure: str) -> tuple[Way, ...]:
    if measure in BINARY:
        return (_counts, _percentages, _given)
    if measure == "SMD":
        return (_means, _given, _standardised)
    if measure != "MD":
        return (_given,)
    adjusted = ADJUSTED.search(row.effect_measure or "") is not None
    return (_given, _means) if adjusted else (_means, _given)


def _known(*values: float | None) -> tuple[float, ...] | None:
    """Return the values when all of them are known and finite."""
    known = tuple(v for v in values if v is not None and math.isfinite(v) and abs(v) < 1e100)
    return known if len(known) == len(values) else None


def _sizes(row: StudyRow) -> tuple[float, float] | None:
    sizes = _known(row.n_exp, row.n_ctl)
    return (sizes[0], sizes[1]) if sizes is not None and min(sizes) >= 1 else None


def _counts(row: StudyRow, measure: str, correlation: float) -> Found | str:
    sizes, events = _sizes(row), _known(row.events_exp, row.events_ctl)
    if sizes is None or events is None:
        return "no counts of events with arm sizes"
    if not (0 <= events[0] <= sizes[0] and 0 <= events[1] <= sizes[1]):
        return "more events than people, or fewer than none"
    return Found(Counts(events[0], sizes[0], events[1], sizes[1]), _derived(row, "events", "n"))


def _derived(row: StudyRow, *kinds: str) -> tuple[str, ...]:
    """Mark numbers that the source does not print, such as counts from percentages."""
    fields = {f"{kind}_{arm}" for kind in kinds for arm in ("exp", "ctl")}
    made = sorted(fields.intersection(row.computed))
    return (f"derived, not printed in the source: {', '.join(made)}",) if made else ()


def _percentages(row: StudyRow, measure: str, correlation: float) -> Found | str:
    percent, sizes = _known(row.pct_exp, row.pct_ctl), _sizes(row)
    if percent is None:
        return "no percentages in both arms"
    if sizes is None:
        return "percentages without arm sizes: shown, not pooled"
    if not all(0 <= p <= 100 for p in percent):
        return "a percentage outside 0 to 100"
    events = [float(round(p * n / 100)) for p, n in zip(percent, sizes, strict=True)]
    groups = [f"{k:g}/{n:g}" for k, n in zip(events, sizes, strict=True)]
    note = f"derived: counts {groups[0]} v {groups[1]} from percentages"
    return Found(Counts(events[0], sizes[0], events[1], sizes[1]), (note,))


def _means(row: StudyRow, measure: str, correlation: float) -> Found | str:
    sizes = _sizes(row)
    values = _known(row.mean_exp, row.sd_exp, row.mean_ctl, row.sd_ctl)
    if sizes is None or values is None:
        return "no means with standard deviations and arm sizes"
    if values[1] <= 0 or values[3] <= 0:
        return "a standard deviation that is not above 0"
    arms = Means(values[0], values[1], sizes[0], values[2], values[3], sizes[1])
    return Found(arms, _derived(row, "mean", "sd", "n"))


def _given(row: StudyRow, measure: str, correlation: float) -> Found | str:
    ratio = measure in RATIOS
    if row.contrast is None or not math.isfinite(row.contrast) or (ratio and row.contrast <= 0):
        return "no printed contrast that could be used"
    if row.measure != measure:
        return f"its printed contrast is {row.measure or 'of no known measure'}, not {measure}"
    error, sizes = _standard_error(row, ratio), _sizes(row)
    if isinstance(error, str):
        return _from_sizes(row, sizes, correlation) if measure == "SMD" and sizes else error
    value = math.log(row.contrast) if ratio else row.contrast
    return Found(Given(value, error[0], *(sizes or (None, None))), (error[1],))


def _from_sizes(row: StudyRow, sizes: tuple[float, float], correlation: float) -> Found | str:
    """Give a printed standardised difference its variance from the sizes of the arms."""
    value = row.contrast or 0.0
    cohen = "cohen" in (row.effect_measure or "").lower()
    note = "variance of the printed standardised difference from the arm sizes"
    factor = _small_sample(sizes) if cohen else 1.0
    return _hedges(row, value * factor, sizes, correlation, note)


def _standardised(row: StudyRow, measure: str, correlation: float) -> Found | str:
    """Standardise a printed mean difference by the deviation that its error implies."""
    sizes, found = _sizes(row), _given(row, "MD", correlation)
    if isinstance(found, str) or not isinstance(found.material, Given):
        return str(found)
    if sizes is None:
        return "a mean difference without arm sizes cannot be standardised"
    share = spread(row, sizes, correlation)
    deviation = found.material.se / math.sqrt(share)
    note = "standard deviation from the error of the printed difference (Handbook 6.5.2.3)"
    if deviation < 1e-12:
        return "its error is too small to standardise by"
    g = found.material.yi / deviation * _small_sample(sizes)
    return _hedges(row, g, sizes, correlation, note)


def _hedges(
    row: StudyRow, g: float, sizes: tuple[float, float], correlation: float, note: str
) -> Found | str:
    """Give a standardised difference its variance from the sizes of the arms."""
    if not abs(g) < 1e50:
        return "no finite standardised difference: too few people, or too large a number"
    variance = smd_variance(row, g, sizes, correlation)
    return Found(Given(g, math.sqrt(variance), sizes[0], sizes[1]), (note,))


def _small_sample(sizes: tuple[float, float]) -> float:
    return float(small_sample_factor(np.array([sum(sizes) - 2.0]))[0])


def _standard_error(row: StudyRow, ratio: bool) -> tuple[float, str] | str:
    """Return a standard error on the analysis scale and where it is from, or why there is none."""
    printed = row.contrast_se
    if printed is not None and 0 < printed < 1e100 and not ratio:
        return printed, "printed difference with its printed standard error"
    limits, trouble = _known(row.contrast_low, row.contrast_high), _no_interval(row)
    if trouble or limits is None or row.ci_level is None or row.contrast is None:
        return trouble or "a contrast without a standard error or two limits"
    low, high = limits
    if not low < high or not low <= row.contrast <= high or (ratio and low <= 0):
        return "its limits do not enclose its estimate"
    ends = (math.log(low), math.log(high)) if ratio else (low, high)
    note = f"standard error from the printed {row.ci_level:g} % interval (normal)"
    return float(se_from_ci(*ends, level=row.ci_level)[0]), note


def _no_interval(row: StudyRow) -> str:
    if (row.ci_method or "").strip().lower() not in WALD:
        return f"a {row.ci_method} interval never becomes a standard error"
    if row.ci_level is None or not 50 <= row.ci_level < 100:
        return "an interval whose level is not stated, or no interval"
    return ""
