"""A study's row held against itself: shares, effects and p from its own counts, means and SDs.

Follows statcheck's rule (Nuijten et al. 2016) for p. A printed number stands for all that
round to it; p of tests that the numbers do not determine "cannot tell".
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import replace

from probatum.claims.printed_rows import PrintedArm, PrintedRow
from probatum.claims.spread_checks import spread_check, standard_error_check
from probatum.stats.contingency import fisher_exact
from probatum.stats.distributions import two_sided
from probatum.text.needed_to_treat import need_check
from probatum.text.number_checks import Check, contrast_checks, share_checks
from probatum.text.numbers import Printed, PrintedContrast, PrintedShare

_P = re.compile(r"^[pP\s]*(?P<sign>[<>=\u2264]?)\s*(?P<value>0?[.\u00b7]\d+)\s*(?P<rest>.*)$")
_UNDETERMINED = re.compile(
    r"group|anova|trend|adjust|model|interaction|mixed|repeated|baseline|overall|rank|one-sided"
    r"|inferiority|equivalence|superiority",
    re.IGNORECASE,
)
_FACTOR = 5.0  # between a printed p and Student's from means: other tests differ less
_MOST = 10**10  # no arm has more people
_SPREAD = 1.5  # standard deviations of what rounding may do to t
_CRUDE = frozenset({"OR", "RR", "RD", "MD"})


def row_checks(row: PrintedRow) -> tuple[Check, ...]:
    """Hold the numbers of a row against each other.

    >>> row = PrintedRow(PrintedArm("40", mean="0.6", sd="0.6"),
    ...                  PrintedArm("40", mean="2.0", sd="0.8"), p="0.032")
    >>> [(c.rule, c.verdict) for c in row_checks(row)]
    [('p-from-means', 'disagrees')]
    """
    row = replace(row, left=_numeric(row.left), right=_numeric(row.right))
    if _number(row.effect) is None:
        row = replace(row, effect=None)
    return (
        *_shares(row),
        *_counts(row),
        *_means(row),
        *_spreads(row),
        *_difference(row),
        *_interval(row),
    )


def _numeric(arm: PrintedArm) -> PrintedArm:
    """Keep of an arm what is a number; "NR" and the like are none."""
    cells = (arm.n, arm.events, arm.percent, arm.mean, arm.sd, arm.se)
    return PrintedArm(*(cell if _number(cell) is not None else None for cell in cells))


def _shares(row: PrintedRow) -> Iterator[Check]:
    for arm in (row.left, row.right):
        n, events = _number(arm.n), _number(arm.events)
        if n is None or events is None or arm.percent is None or not events.is_integer():
            continue
        yield from share_checks(PrintedShare(0, 0, int(events), int(n), Printed(arm.percent)))


def _counts(row: PrintedRow) -> Iterator[Check]:
    cells = _cells(row)
    if cells is None:
        return
    a, n1, c, n2 = cells
    if a == c == 0 or (a == n1 and c == n2):
        yield Check("estimable", "cannot_tell", "an event in an arm", "the same in all: no ratio")
        return
    if row.p:
        p = fisher_exact(int(a), int(n1 - a), int(c), int(n2 - c))
        yield _p_check("p-from-counts", row, (p / 3, p * 3), p)
    if row.effect and row.measure in _CRUDE - {"MD"}:
        yield _ratio_check(row, cells)
    if row.effect and row.measure == "NNT":
        yield need_check(Printed(row.effect), (a / n1, 0.0), (c / n2, 0.0))


def _cells(row: PrintedRow) -> tuple[float, float, float, float] | None:
    read = [_number(x) for x in (row.left.events, row.left.n, row.right.events, row.right.n)]
    a, n1, c, n2 = read
    if a is None or n1 is None or c is None or n2 is None:
        return None
    if not (0 <= a <= n1 <= _MOST and 0 <= c <= n2 <= _MOST) or min(n1, n2) <= 0:
        return None
    return a, n1, c, n2


def _ratio_check(row: PrintedRow, cells: tuple[float, float, float, float]) -> Check:
    """Recompute a crude OR, RR or RD, in either direction."""
    a, n1, c, n2 = cells
    rule = "effect-from-counts"
    printed = Printed(row.effect or "")
    b, d = n1 - a, n2 - c
    if row.measure == "RD":
        values = [a / n1 - c / n2, c / n2 - a / n1]
    elif min(a, b, c, d) == 0:
        return Check(rule, "cannot_tell", "no empty cell", printed.text)
    else:
        ratio = a * d / (b * c) if row.measure == "OR" else a * n2 / (c * n1)
        values = [ratio, 1 / ratio]
    near = min(values, key=lambda v: abs(v - printed.value))
    agrees = abs(near - printed.value) <= 2 * printed.half_unit + 1e-9
    # A printed ratio may be adjusted: what differs from the crude one is no error.
    return Check(rule, "agrees" if agrees else "cannot_tell", f"{near:.4g} crude", printed.text)


def _means(row: PrintedRow) -> Iterator[Check]:
    t = _student(row)
    if t is None or not row.p:
        return
    value, slack, freedom = t
    low, middle, high = (
        float(two_sided(max(0.0, x), freedom)) for x in (value + slack, value, value - slack)
    )
    if row.paired:
        yield Check("p-from-means", "cannot_tell", "the SD of the differences", row.p)
    else:
        yield _p_check("p-from-means", row, (low, high), middle)


def _spreads(row: PrintedRow) -> Iterator[Check]:
    """Look for standard errors printed as SDs."""
    sized = []
    for arm in (row.left, row.right):
        n, sd = _number(arm.n), _number(arm.sd)
        if n is None or sd is None or not arm.sd or not 2 <= n <= _MOST:
            continue
        sized.append((Printed(arm.sd), int(n)))
        if arm.se:
            yield standard_error_check(Printed(arm.sd), Printed(arm.se), int(n))
    # Where one mean is far smaller, at the floor of a scale, its spread is too.
    alike = _alike(_number(row.left.mean), _number(row.right.mean))
    found = spread_check(sized[0], sized[1]) if alike and len(sized) == 2 else None
    if found:
        yield found


def _alike(left: float | None, right: float | None) -> bool:
    return left is not None and right is not None and abs(right) / 2 <= abs(left) <= 2 * abs(right)


def _student(row: PrintedRow) -> tuple[float, float, float] | None:
    """Give Student's t (unsigned), what rounding may add to it, and its degrees of freedom."""
    left, right = row.left, row.right
    read = [_number(x) for x in (left.n, left.mean, left.sd, right.n, right.mean, right.sd)]
    n1, m1, s1, n2, m2, s2 = (math.nan if x is None else x for x in read)
    if math.isnan(n1 + m1 + s1 + n2 + m2 + s2) or min(n1, n2) < 2 or max(s1, s2) <= 0:
        return None
    freedom = n1 + n2 - 2
    pooled = ((n1 - 1) * s1**2 + (n2 - 1) * s2**2) / freedom
    error = math.sqrt(pooled * (1 / n1 + 1 / n2))
    t = abs(m1 - m2) / error
    unit = _unit(left.mean, right.mean, left.sd, right.sd)
    by_sd = [t * unit * (n - 1) * s / (freedom * pooled) for n, s in ((n1, s1), (n2, s2))]
    single = [unit / error, unit / error, *by_sd]
    spread = math.sqrt(sum(x * x for x in single) / 3)
    return t, max(*single, _SPREAD * spread), freedom


def _unit(*printed: str | None) -> float:
    """Give half a unit of the finest digit: "5 (1) v 5.6 (2)" has lost zeros, not digits."""
    return min(Printed(number).half_unit for number in printed if number)


def _p_check(rule: str, row: PrintedRow, limits: tuple[float, float], middle: float) -> Check:
    """Compare a printed p with what the numbers give, from ``limits[0]`` to ``limits[1]``."""
    found = _P.match(row.p or "")
    shown = f"p = {middle:.2g}"
    if found is None or _UNDETERMINED.search(found["rest"]):
        return Check(rule, "cannot_tell", "a p of these two groups", row.p or "none")
    printed = Printed(found["value"])
    low, high = limits
    if found["sign"] in ("<", "\u2264"):
        agrees = low <= printed.value
    elif found["sign"] == ">":
        agrees = high >= printed.value
    else:
        top, bottom = printed.value + printed.half_unit, printed.value - printed.half_unit
        agrees = low <= top * _FACTOR and bottom / _FACTOR <= high
    return Check(rule, "agrees" if agrees else "disagrees", shown, f"p {row.p}")


def _difference(row: PrintedRow) -> Iterator[Check]:
    left, right = _number(row.left.mean), _number(row.right.mean)
    if row.measure != "MD" or not row.effect or left is None or right is None:
        return
    printed = Printed(row.effect)
    unit = _unit(row.left.mean, row.right.mean)
    agrees = abs(abs(left - right) - abs(printed.value)) <= 2 * (unit + printed.half_unit) + 1e-9
    expected = f"{left - right:.4g} unadjusted"
    yield Check(
        "difference-of-means", "agrees" if agrees else "cannot_tell", expected, printed.text
    )


def _interval(row: PrintedRow) -> Iterator[Check]:
    read = [_number(x) for x in (row.effect, row.low, row.high)]
    if not row.measure or any(x is None for x in read):
        return
    printed = [Printed(x) for x in (row.effect, row.low, row.high) if x]
    found = PrintedContrast(0, 0, row.measure, printed[0], printed[1], printed[2], 95.0, None)
    yield contrast_checks(found)[0]


def _number(text: str | None) -> float | None:
    try:
        value = Printed(text).value if text else math.nan
    except ValueError:
        return None
    return value if math.isfinite(value) else None
