"""Numbers needed to treat held against the risks that stand beside them.

The number is 1 / |risk difference| (Laupacis et al. 1988), customarily rounded up to a whole one
(Altman 1998). Rounding to the nearest, and risks rounded before the division, are no error.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from probatum.text.number_checks import Check
from probatum.text.numbers import Printed, contrasts, shares

_NEED = re.compile(
    r"(?:\bnumbers? needed to (?:treat|harm)|\bNN[TH][BH]?)\b(?:\s?[(\[]NN[TH][BH]?[)\]])?"
    r"\s?(?:[=:,]|\b(?:was|of|is)\b)\s?(?P<value>[-\u2212]?\d{1,5}(?:[.\u00b7]\d{1,3})?)(?![\d%])"
)
_VERSUS = re.compile(
    r"(?P<a>\d{1,2}(?:[.\u00b7]\d{1,3})?)\s?%(?:\s[a-z]{2,20}){0,4},?\s"
    r"(?:vs\.?|versus|compared (?:with|to))\s(?:[a-z]{2,20}\s){0,4}"
    r"(?P<b>\d{1,2}(?:[.\u00b7]\d{1,3})?)\s?%"
)
_RULE = "needed-to-treat"
Risk = tuple[float, float]  # in [0, 1], and what rounding may add to it


def need_check(printed: Printed, first: Risk, second: Risk) -> Check:
    """Hold a number needed to treat against two risks.

    The sign is that of benefit or harm, which risks alone do not tell; a negative one is
    compared by its size.

    >>> need_check(Printed("4"), (0.55, 0.0), (0.25, 0.0)).verdict
    'agrees'
    >>> need_check(Printed("8"), (0.55, 0.0), (0.25, 0.0)).verdict
    'disagrees'
    """
    return _held(printed, abs(first[0] - second[0]), first[1] + second[1])


def _held(printed: Printed, difference: float, slack: float) -> Check:
    least, found = difference - slack, printed.text.strip()
    if difference + slack <= 1e-9:
        return Check(_RULE, "disagrees", "none: the risks are equal", found)
    fewest = 1 / (difference + slack)
    most = 1 / least if least > 1e-9 else math.inf
    unit = 2 * printed.half_unit
    fits = fewest - unit - 1e-9 <= abs(printed.value) <= most + unit + 1e-9
    shown = f"{fewest:.4g}" if most - fewest < 1e-6 * fewest else f"{fewest:.4g} to {most:.4g}"
    return Check(_RULE, "agrees" if fits else "disagrees", shown, found)


def need_checks(text: str) -> Iterator[tuple[int, int, Check]]:
    """Give (start, end, check) of the number needed to treat of a sentence.

    Checked where the sentence holds one such number, and just one risk difference, two counts
    or two percentages set against each other; with more it cannot be told which is meant.

    >>> [c.verdict for *_, c in need_checks("More slept (40% vs. 15%; NNT = 4).")]
    ['agrees']
    """
    found = list(_NEED.finditer(text))
    if len(found) != 1:
        return
    printed = Printed(found[0]["value"])
    beside = _beside(text)
    check = (
        Check(_RULE, "cannot_tell", "two risks in the sentence", printed.text)
        if beside is None
        else _held(printed, *beside)
    )
    yield found[0].start(), found[0].end(), check


def _beside(text: str) -> tuple[float, float] | None:
    """Give the risk difference of a sentence, unsigned, and what rounding may add to it."""
    whole = [c for c in contrasts(text) if c.measure == "RD"]
    counted = [s for s in shares(text) if 0 <= s.count <= s.total and s.total]
    against = list(_VERSUS.finditer(text))
    if len(whole) == 1:
        # A difference beyond 1 is printed in percent points.
        by = 100.0 if abs(whole[0].value.value) > 1 else 1.0
        result = abs(whole[0].value.value) / by, whole[0].value.half_unit / by
    elif not whole and len(counted) == 2:
        # The number may come from the percentages as they are rounded.
        slack = sum(s.percent.half_unit for s in counted) / 100
        result = (
            abs(counted[0].count / counted[0].total - counted[1].count / counted[1].total),
            slack,
        )
    elif not whole and not counted and len(against) == 1:
        a, b = Printed(against[0]["a"]), Printed(against[0]["b"])
        result = abs(a.value - b.value) / 100, (a.half_unit + b.half_unit) / 100
    else:
        return None
    return result
