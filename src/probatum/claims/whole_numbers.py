"""Means and SDs that whole numbers can give: GRIM and GRIMMER.

GRIM: Brown & Heathers 2017; GRIMMER: Anaya 2016, in the form of Allard 2018.
"""

from __future__ import annotations

import math

from probatum.text.numbers import Printed


def grim(mean: str, n: int, items: int = 1) -> bool:
    """Tell whether a mean of whole numbers is possible for ``n`` people and ``items`` a person.

    >>> grim("5.19", 28), grim("5.18", 28)
    (False, True)
    """
    printed = Printed(mean)
    total = n * items
    near = math.floor(printed.value * total)
    reach = printed.half_unit + 1e-9
    return any(abs(whole / total - printed.value) <= reach for whole in (near, near + 1))


def grimmer(mean: str, sd: str, n: int) -> bool:
    """Tell whether mean and SD (n - 1) of ``n`` whole numbers are possible together.

    The sum of squares must be a whole number of the parity of the sum (Allard 2018).

    >>> grimmer("3.44", "2.47", 18), grimmer("3.50", "1.00", 4)
    (False, True)
    """
    centre, spread = Printed(mean), Printed(sd)
    low, high = max(0.0, spread.value - spread.half_unit), spread.value + spread.half_unit
    first = math.ceil((centre.value - centre.half_unit) * n - 1e-9)
    last = math.floor((centre.value + centre.half_unit) * n + 1e-9)
    return any(_squares_exist(total, n, low, high) for total in range(first, last + 1))


def _squares_exist(total: int, n: int, low: float, high: float) -> bool:
    """Whether a sum of squares of the sum's parity lies within what the SD allows."""
    least = math.ceil((n - 1) * low**2 + total**2 / n - 1e-7)
    most = math.floor((n - 1) * high**2 + total**2 / n + 1e-7)
    return any((squares - total) % 2 == 0 for squares in range(least, min(most, least + 1) + 1))
