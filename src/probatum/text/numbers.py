"""Printed contrasts and percentages in prose, with their place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SIGN = "[-\u2212\u2013+]"
_VALUE = rf"{_SIGN}?\s?\d{{1,6}}(?:[.\u00b7]\d{{1,6}})?"
_MEASURES: tuple[tuple[str, str], ...] = (
    ("SMD", r"SMDs?|standardi[sz]ed mean differences?|Hedges['\u2019]? ?g|Cohen['\u2019]?s? ?d"),
    ("MD", r"W?MDs?|(?:weighted |adjusted |least[- ]squares ){0,3}mean (?:\w+ )?differences?"),
    ("OR", r"a?ORs?|(?:adjusted )?odds ratios?"),
    ("RR", r"a?RRs?|(?:adjusted )?(?:risk ratios?|relative risks?|rate ratios?)"),
    ("HR", r"a?HRs?|(?:adjusted )?hazard ratios?"),
    ("RD", r"A?RDs?|(?:absolute )?risk differences?"),
)
_NAME = "|".join(f"(?P<m{i}>{pattern})" for i, (_, pattern) in enumerate(_MEASURES))
_CONTRAST = re.compile(
    rf"\b(?:{_NAME})\b(?:\s?\(\w{{1,5}}\)|\s?\[\w{{1,5}}\])?(?:\s?[,:=]|\s(?:was|were|of|is|at)){{0,4}}\s?"
    rf"(?P<value>{_VALUE})(?![\d.]*\s?%\s?C)[^.;()\d]{{0,25}}?[\s,;(\[]{{1,4}}"
    rf"(?P<level>8\d|9\d(?:\.\d)?)\s?%\s?(?:CIs?|CrI|confidence intervals?|credible intervals?)"
    rf"(?:\s?\(CI\))?[\s,:=]{{0,3}}(?:of |from )?[\[(]?\s?(?P<low>{_VALUE})"
    rf"\s?(?:to|,|;|and|-|\u2013|\u2014|\u2010|\u2011)\s?(?P<high>{_VALUE})"
    rf"(?:[)\]]?[,;]?\s?\(?[pP]\s?(?:value\s?)?(?P<p>[<>=\u2264]\s?0?[.\u00b7]\d{{1,6}}))?"
)
_PERCENT = r"(?P<{0}>\d{{1,3}}(?:[.\u00b7]\d{{1,4}})?)\s?%"
# "Grade 2/3 (92%)" is no count.
_COUNTS_FIRST = re.compile(
    r"(?<![\d./])(?<!rade )(?<!tage )(?<!lass )(?<!hase )(?<!evel )"
    r"(?P<n>\d{1,6})\s?(?:/|of|out of)\s?(?:the\s)?(?P<total>\d{1,6})"
    r"(?:\s[a-z]{2,20}){0,3}\s?[(\[,]\s?" + _PERCENT.format("pct")
)
_PERCENT_FIRST = re.compile(
    r"(?<![\d.])" + _PERCENT.format("pct") + r"(?:\s[a-z]{2,20}){0,3}\s?[(\[]\s?(?:n\s?=\s?)?"
    r"(?P<n>\d{1,6})\s?(?:/|of|out of)\s?(?P<total>\d{1,6})\s?[)\]]"
)


@dataclass(frozen=True, slots=True)
class Printed:
    """A number with its printed form, from which its rounding is known."""

    text: str

    @property
    def value(self) -> float:
        """The number; minus signs of all kinds are understood."""
        plain = re.sub(r"[\u2212\u2013]", "-", self.text).replace("\u00b7", ".").replace(" ", "")
        return float(plain.replace("\u00a0", ""))

    @property
    def half_unit(self) -> float:
        """Half a unit of the last printed digit."""
        _, point, decimals = self.text.replace("\u00b7", ".").partition(".")
        return 0.5 * 10.0 ** -(len(decimals.strip()) if point else 0)


@dataclass(frozen=True, slots=True)
class PrintedContrast:
    """An effect with its interval as printed; offsets in the text that was read."""

    start: int
    end: int
    measure: str
    value: Printed
    low: Printed
    high: Printed
    level: float
    p: str | None


@dataclass(frozen=True, slots=True)
class PrintedShare:
    """A count out of a total with its percentage as printed."""

    start: int
    end: int
    count: int
    total: int
    percent: Printed


def contrasts(text: str) -> Iterator[PrintedContrast]:
    """Find effects with an interval, left to right.

    >>> found = list(contrasts("MD -1.5 (95% CI -2.0 to -1.0), p = 0.01"))
    >>> [(c.measure, c.value.value, c.low.value, c.high.value, c.p) for c in found]
    [('MD', -1.5, -2.0, -1.0, '= 0.01')]
    """
    for match in _CONTRAST.finditer(text):
        number = next(i for i in range(len(_MEASURES)) if match[f"m{i}"])
        low, high = Printed(match["low"]), Printed(match["high"])
        yield PrintedContrast(
            match.start(),
            match.end(),
            _MEASURES[number][0],
            Printed(match["value"]),
            low,
            high,
            float(match["level"]),
            match["p"],
        )


def shares(text: str) -> Iterator[PrintedShare]:
    """Find counts with their percentage, left to right.

    >>> [(s.count, s.total, s.percent.value) for s in shares("14 of 20 patients (70%) improved")]
    [(14, 20, 70.0)]
    """
    found = [*_COUNTS_FIRST.finditer(text), *_PERCENT_FIRST.finditer(text)]
    for match in sorted(found, key=lambda m: m.start()):
        percent = Printed(match["pct"])
        end = match.end() + (text[match.end() : match.end() + 1] in {")", "]"})
        yield PrintedShare(match.start(), end, int(match["n"]), int(match["total"]), percent)
