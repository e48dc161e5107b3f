"""Numbers held against each other: estimate and interval, p and interval, share and counts.

The authors' rounding is never called an error: a printed number stands for all values that round
or truncate to it.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

from probatum.text.numbers import Printed, PrintedContrast, PrintedShare

Verdict = Literal["agrees", "disagrees", "cannot_tell"]


@dataclass(frozen=True, slots=True)
class Check:
    """One number held against the others: the rule, the verdict, what was expected and found."""

    rule: str
    verdict: Verdict
    expected: str
    found: str


_LEVELS = (90.0, 95.0, 99.0)
_WALD = 0.10  # how far, as a share of z, other tests than Wald's lie
_SHARP = 0.02  # how near another level has to fit
_RATIOS = frozenset({"OR", "RR", "HR"})
_P = re.compile("([<>=\u2264])\\s?(0?[.\u00b7]\\d+)")


def contrast_checks(found: PrintedContrast) -> tuple[Check, ...]:
    """Check an effect: in its interval, in the middle of it, in accord with p and level."""
    return (_inside(found), _middle(found), _p_and_interval(found), _level(found))


def share_checks(found: PrintedShare) -> tuple[Check, ...]:
    """Check a count, its total and its percentage.

    >>> [c.verdict for c in share_checks(PrintedShare(0, 9, 14, 20, Printed("75")))]
    ['agrees', 'disagrees']
    """
    fits = found.count <= found.total and found.total > 0
    within = Check(
        "count-within-total",
        "agrees" if fits else "disagrees",
        f"at most {found.total}",
        str(found.count),
    )
    return (within, _percentage(found)) if fits else (within,)


def _percentage(found: PrintedShare) -> Check:
    exact = 100.0 * found.count / found.total
    # A whole unit, not half: some journals truncate.
    agrees = abs(exact - found.percent.value) < 2.0 * found.percent.half_unit + 1e-9
    verdict: Verdict = "agrees" if agrees else "disagrees"
    return Check("percentage-of-counts", verdict, f"{exact:.4g}%", f"{found.percent.text}%")


def _inside(found: PrintedContrast) -> Check:
    low, value, high = found.low, found.value, found.high
    above = value.value + value.half_unit >= low.value - low.half_unit
    below = value.value - value.half_unit <= high.value + high.half_unit
    return Check(
        "estimate-in-interval",
        "agrees" if above and below else "disagrees",
        f"between {low.text.strip()} and {high.text.strip()}",
        value.text.strip(),
    )


def _middle(found: PrintedContrast) -> Check:
    """Wald intervals are symmetric, ratios on the log scale; others need not be."""
    rule = "interval-symmetric"
    if found.measure in _RATIOS and min(_lowest(n) for n in _numbers(found)) <= 0:
        return Check(rule, "cannot_tell", "positive numbers", found.low.text.strip())
    log = found.measure in _RATIOS
    low, value, high = (math.log(n.value) if log else n.value for n in _numbers(found))
    slack = sum(n.half_unit / (n.value if log else 1.0) for n in _numbers(found))
    middle, half = (low + high) / 2, (high - low) / 2
    shown = f"{math.exp(middle) if log else middle:.4g}"
    agrees = abs(value - middle) <= slack + 0.05 * abs(half)
    return Check(rule, "agrees" if agrees else "cannot_tell", shown, found.value.text.strip())


def _numbers(found: PrintedContrast) -> tuple[Printed, Printed, Printed]:
    return found.low, found.value, found.high


def _lowest(number: Printed) -> float:
    return number.value - number.half_unit


def _p_and_interval(found: PrintedContrast) -> Check:
    """A 95 % interval excludes no effect just when p < .05, up to rounding."""
    rule = "p-and-interval"
    match = _P.search(found.p or "")
    alpha = 1.0 - found.level / 100.0
    if match is None:
        return Check(rule, "cannot_tell", "a printed p", "none")
    bound = float(match[2].replace("\u00b7", "."))
    significant = bound <= alpha if match[1] in "<\u2264" else bound < alpha
    undecided = (match[1] in "<\u2264" and bound > alpha) or (match[1] == ">" and bound < alpha)
    near = abs(bound - alpha) < 0.005 or _touches_null(found)
    if undecided or near:
        return Check(rule, "cannot_tell", "numbers away from the limit", found.p or "")
    null = 1.0 if found.measure in _RATIOS else 0.0
    excludes = found.low.value > null or found.high.value < null
    expected = f"p < {alpha:.2g}" if excludes else f"p > {alpha:.2g}"
    verdict: Verdict = "agrees" if excludes == significant else "disagrees"
    return Check(rule, verdict, expected, f"p {found.p}")


def _touches_null(found: PrintedContrast) -> bool:
    null = 1.0 if found.measure in _RATIOS else 0.0
    return any(abs(n.value - null) <= n.half_unit for n in (found.low, found.high))


def _level(found: PrintedContrast) -> Check:
    """Say whether estimate and exact p fit the interval as labelled, or only as another level."""
    rule, shown = "interval-level", f"{found.level:g}%"
    limits, span = _z_of_p(found.p), _widths(found)
    if limits is None or span is None or _middle(found).verdict != "agrees":
        return Check(rule, "cannot_tell", "a p and a symmetric interval", shown)
    if _meet(limits, span, found.level, _WALD):
        return Check(rule, "agrees", shown, shown)
    sharp = span[1] <= 1.1 * span[0] and limits[1] < math.inf
    others = [x for x in _LEVELS if x != found.level and sharp and _meet(limits, span, x, _SHARP)]
    if len(others) != 1:
        return Check(rule, "cannot_tell", "a p that fits one level", shown)
    return Check(rule, "disagrees", f"{others[0]:g}% by p {found.p}", shown)


def _z_of_p(p: str | None) -> tuple[float, float] | None:
    """Give the least and greatest |z| of a p; None for a lower bound or a p too near its ends."""
    match = _P.search(p or "")
    if match is None or match[1] == ">":
        return None
    printed = Printed(match[2])
    if match[1] != "=":
        return -NormalDist().inv_cdf(min(printed.value, 1.0) / 2 or 1e-300), math.inf
    low, high = printed.value - printed.half_unit, printed.value + printed.half_unit
    if low <= 0 or high >= 0.5:
        return None
    return -NormalDist().inv_cdf(high / 2), -NormalDist().inv_cdf(low / 2)


def _widths(found: PrintedContrast) -> tuple[float, float] | None:
    """Give the least and greatest ratio of |estimate| to half the interval, by rounding."""
    log = found.measure in _RATIOS
    if log and min(_lowest(n) for n in _numbers(found)) <= 0:
        return None
    low, value, high = (math.log(n.value) if log else n.value for n in _numbers(found))
    a, b, c = (n.half_unit / (n.value if log else 1.0) for n in _numbers(found))
    half, slack = (high - low) / 2, (a + c) / 2
    if half <= slack or abs(value) <= b:
        return None
    return (abs(value) - b) / (half + slack), (abs(value) + b) / (half - slack)


def _meet(
    limits: tuple[float, float], span: tuple[float, float], level: float, share: float
) -> bool:
    z = NormalDist().inv_cdf(0.5 + level / 200.0)
    return span[0] * z * (1 - share) <= limits[1] and limits[0] <= span[1] * z * (1 + share)
