"""Means and spreads of one arm: SE for SD, SDs beyond the scale, means that no whole numbers give.

GRIM: Brown & Heathers 2017; GRIMMER: Anaya 2016, Allard 2018; the largest SD of values within
bounds: Bhatia & Davis 2000.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from probatum.claims.printed_rows import PrintedArm
from probatum.claims.whole_numbers import grim, grimmer
from probatum.model.pack import Scale
from probatum.text.number_checks import Check, Verdict
from probatum.text.numbers import Printed

_MEASURED = 0.8  # at least this share of an arm has a value
_LARGEST = 1_000  # people; beyond it two decimals always fit
_FEWEST = 20  # people below whom arms' SDs may differ as much by chance
_NEAR = 0.15  # of sqrt(n), as a share


def standard_error_check(sd: Printed, se: Printed, n: int) -> Check:
    """Hold an SE against the SD of the same n values: SE = SD / sqrt(n).

    >>> standard_error_check(Printed("8.0"), Printed("1.6"), 25).verdict
    'agrees'
    """
    root = math.sqrt(n)
    low, high = (max(0.0, sd.value - sd.half_unit) / root, (sd.value + sd.half_unit) / root)
    fits = low - se.half_unit - 1e-9 <= se.value <= high + se.half_unit + 1e-9
    rule, shown = "se-of-sd", f"{sd.value / root:.4g}"
    return Check(rule, "agrees" if fits else "disagrees", shown, se.text.strip())


def spread_check(left: tuple[Printed, int], right: tuple[Printed, int]) -> Check | None:
    """Tell whether one of two printed SDs is sqrt(n) times smaller, as an SE would be.

    None where they differ less than half as much, or an arm is small: nothing to say.

    >>> spread_check((Printed("1.9"), 30), (Printed("10.2"), 31)).verdict
    'disagrees'
    """
    small, large = sorted((left, right), key=lambda arm: arm[0].value)
    root = math.sqrt(small[1])
    low = max(small[0].value - small[0].half_unit, 0.0)
    if small[1] < _FEWEST or low <= 0 or large[0].value / small[0].value < root / 2:
        return None
    near = abs(large[0].value / (small[0].value * root) - 1) <= _NEAR
    known = 3 * small[0].half_unit < small[0].value
    shown = (
        f"an SD near {large[0].text.strip()}; times sqrt({small[1]}): {small[0].value * root:.4g}"
    )
    verdict: Verdict = "disagrees" if near and known else "cannot_tell"
    return Check("sd-or-se", verdict, shown, small[0].text.strip())


def bounds_check(mean: Printed, sd: Printed, n: int, low: float, high: float) -> Check:
    """Hold mean and SD against the ends of the scale.

    >>> bounds_check(Printed("2.0"), Printed("9.0"), 20, 0, 10).verdict
    'disagrees'
    """
    rule, shown = "sd-within-scale", f"{mean.text.strip()} ({sd.text.strip()})"
    centres = [mean.value - mean.half_unit, mean.value, mean.value + mean.half_unit]
    inside = [c for c in centres if low <= c <= high]
    if not inside or n < 2:
        return Check(rule, "cannot_tell", f"a mean from {low:g} to {high:g}", shown)
    most = max((c - low) * (high - c) for c in inside) * n / (n - 1)
    fits = max(0.0, sd.value - sd.half_unit) <= math.sqrt(most) + 1e-9
    return Check(rule, "agrees" if fits else "disagrees", f"SD <= {math.sqrt(most):.4g}", shown)


def whole_number_checks(
    mean: Printed, sd: Printed | None, n: int, items: int = 1
) -> Iterator[Check]:
    """Hold mean and SD of whole-number scores against n: GRIM and GRIMMER.

    Fewer may have been measured than were allotted: what a smaller n (down to four fifths)
    would give cannot be told, and no more what cutting digits off would, or a mean of ``items``
    items. Nothing is given where any mean of so many digits is possible.

    >>> [(c.rule, c.verdict) for c in whole_number_checks(Printed("5.19"), None, 8)]
    [('grim', 'disagrees')]
    """
    if n < 2 or n > _LARGEST or 2 * mean.half_unit * n >= 1:
        return
    text = mean.text.strip()
    first = _among(n, lambda size: grim(text, size))
    if first is None and items > 1 and _among(n, lambda size: grim(text, size, items)):
        yield Check("grim", "cannot_tell", f"possible as a mean of {items} items", text)
        return
    yield _told("grim", first, n, text, cut=_is_cut(mean, n))
    if sd is None or first != n:
        return
    spread = sd.text.strip()
    both = _among(n, lambda size: grimmer(text, spread, size))
    yield _told("grimmer", both, n, f"{text} ({spread})")


def _among(n: int, fits: Callable[[int], bool]) -> int | None:
    """Give the largest group, n or somewhat fewer, whose whole numbers can give it."""
    sizes = range(n, max(2, math.ceil(_MEASURED * n)) - 1, -1)
    return next((size for size in sizes if fits(size)), None)


def _is_cut(mean: Printed, n: int) -> bool:
    """Whether a mean of ``n`` whole numbers gives the digits when the rest is cut off."""
    low = abs(mean.value)
    whole = math.ceil(low * n - 1e-9)
    return whole / n < low + 2 * mean.half_unit - 1e-9


def _told(rule: str, size: int | None, n: int, found: str, *, cut: bool = False) -> Check:
    if size is None and cut:
        return Check(rule, "cannot_tell", f"possible for {n} if digits were cut off", found)
    if size is None:
        return Check(rule, "disagrees", f"what {n} whole numbers, or somewhat fewer, give", found)
    if size == n:
        return Check(rule, "agrees", f"{n} whole numbers", found)
    return Check(rule, "cannot_tell", f"possible for {size}, not for {n}", found)


def scale_checks(scale: Scale, arm: PrintedArm, items: int = 1) -> Iterator[Check]:
    """Hold the mean and SD of an arm against the range and the whole numbers of their scale.

    ``items`` is how many items the scale has, 1 where unknown.
    """
    if not (arm.n and arm.mean and arm.sd):
        return
    n, mean, sd = int(Printed(arm.n).value), Printed(arm.mean), Printed(arm.sd)
    if scale.low is not None and scale.high is not None:
        yield bounds_check(mean, sd, n, scale.low, scale.high)
    if scale.whole:
        yield from whole_number_checks(mean, sd, n, items)
