"""Test statistics with their p in APA style, and p recomputed from statistic and freedom.

The rule is that of statcheck as published (Nuijten et al. 2016, doi 10.3758/s13428-015-0664-2):
p is computed for every value that rounds to the printed statistic, two-tailed; a text that speaks
of one-tailed tests may halve it. Written from the paper, not from the program.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from probatum.stats.distributions import chi2_upper, f_upper, two_sided
from probatum.text.number_checks import Check, Verdict
from probatum.text.numbers import Printed

_NUMBER = r"[-\u2212\u2013]?\s?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d*[.\u00b7]?\d+)"
_FREEDOM = rf"(?:{_NUMBER})"
_TEST = re.compile(
    rf"(?<![A-Za-z0-9])(?P<kind>[tTFrzZ]|Q[A-Za-z-]{{0,8}}|(?:\u03c7|\u03a7|[Cc]hi|X|x)\s{{0,3}}-?\s{{0,3}}(?:2|\u00b2|square[d]?)?)"
    rf"\s{{0,3}}(?:[(\[]\s{{0,3}}(?P<df1>{_FREEDOM})\s{{0,3}}(?:,\s{{0,3}}(?:[Nn]\s{{0,3}}=\s{{0,3}})?(?P<df2>\d[\d,]*[.\u00b7]?\d*)\s{{0,3}})?[)\]])?"
    rf"\s{{0,3}}(?P<sign>[=<>\u2264\u2265])\s{{0,3}}(?P<value>{_NUMBER})"
    rf"\s{{0,3}}[,;]?\s{{0,3}}(?:\(?\s{{0,3}}(?P<ns>[nN]\.?\s{{0,3}}[sS]\.?)(?![a-z])"
    rf"|\(?[pP]\s{{0,3}}(?:-?\s{{0,3}}values?)?\s{{0,3}}(?P<psign>[=<>\u2264\u2265])\s{{0,3}}(?P<p>\d?[.\u00b7]\d+(?:e-?\d+)?))"
)
_ONE_TAILED = re.compile(r"one[- ](?:sided|tailed)|directional", re.IGNORECASE)
_ALPHA = 0.05
_MOST = 2_000
# What the conversion of a PDF leaves between signs; offsets stay.
_CONTROLS = dict.fromkeys((*range(9), *range(14, 32), 127), " ")


@dataclass(frozen=True, slots=True)
class ReportedTest:
    """A test as printed: kind (t, F, r, chi2, z or Q), freedom, statistic and p; its place.

    ``p_sign`` is "=", "<" or ">"; "ns" stands for > .05 and has ``p`` None.
    """

    start: int
    end: int
    kind: str
    df1: float | None
    df2: float | None
    value: Printed
    p_sign: str
    p: Printed | None


def reported_tests(text: str) -> Iterator[ReportedTest]:
    """Find tests in APA style, left to right.

    >>> found = list(reported_tests("t(28) = 2.20, p = .036; F(2, 40) = 3.1, ns"))
    >>> [(one.kind, one.df1, one.df2, one.value.value, one.p_sign) for one in found]
    [('t', 28.0, None, 2.2, '='), ('F', 2.0, 40.0, 3.1, '>')]
    """
    for match, _ in zip(_TEST.finditer(text.translate(_CONTROLS)), range(_MOST), strict=False):
        made = _read(match)
        if made is not None:
            yield made


def _read(match: re.Match[str]) -> ReportedTest | None:
    kind = _kind(match["kind"])
    df1, df2 = (_freedom(match[name]) for name in ("df1", "df2"))
    if kind not in ("z", "Q") and df1 is None:
        return None
    if kind == "chi2":
        df2 = None
    if (kind == "F" and df2 is None) or match["sign"] != "=" or (kind == "Q" and df1 is None):
        return None
    sign = {"\u2264": "<", "\u2265": ">"}.get(match["psign"] or ">", match["psign"] or ">")
    p = Printed(match["p"]) if match["p"] and "e" not in match["p"] else None
    value = Printed(match["value"].replace(" ", "").replace(",", ""))
    return ReportedTest(match.start(), match.end(), kind, df1, df2, value, sign, p)


def _kind(name: str) -> str:
    first = name[0]
    if first in "tT":
        return "t"
    if first in "zZ":
        return "z"
    return first if first in "FQr" else "chi2"


def _freedom(text: str | None) -> float | None:
    if text is None:
        return None
    value = float(
        text.replace(",", "").replace("\u00b7", ".").replace(" ", "").lstrip("-\u2212\u2013")
    )
    return value if value > 0 else None


def recomputed(test: ReportedTest) -> tuple[float, float, float] | None:
    """Give the lowest, the middle and the highest two-tailed p of what rounds to the statistic."""
    size = abs(test.value.value)
    low, high = max(0.0, size - test.value.half_unit), size + test.value.half_unit
    of = _TAILS[test.kind]
    least, middle, most = (of(test, x) for x in (high, size, low))
    if least is None or middle is None or most is None:
        return None
    return least, middle, most


def _of_r(test: ReportedTest, value: float) -> float | None:
    df = test.df1 or 0.0
    if df <= 0:
        return None
    if value >= 1:
        return 0.0
    t = value * (df / (1 - value * value)) ** 0.5
    return float(two_sided(t, df))


_TAILS: dict[str, Callable[[ReportedTest, float], float | None]] = {
    "t": lambda test, x: float(two_sided(x, test.df1 or 1.0)),
    "F": lambda test, x: float(f_upper(x, test.df1 or 1.0, test.df2 or 1.0)),
    "r": _of_r,
    "chi2": lambda test, x: float(chi2_upper(x, test.df1 or 1.0)),
    "Q": lambda test, x: float(chi2_upper(x, test.df1 or 1.0)),
    "z": lambda _, x: float(two_sided(x)),
}


def p_check(test: ReportedTest, *, one_tailed: bool = False) -> Check:
    """Hold a printed p against the one that statistic and freedom give.

    ``one_tailed`` allows half of it, where the text speaks of one-tailed tests.

    >>> test = next(reported_tests("t(28) = 2.20, p = .03"))
    >>> p_check(test).verdict, p_check(test).expected
    ('disagrees', 'p = 0.0362 (0.0358 to 0.0366)')
    """
    limits = recomputed(test)
    printed = f"p {test.p_sign} {test.p.text if test.p else '0.05 (ns)'}"
    if limits is None:
        return Check("p-from-test", "cannot_tell", "a p of this statistic", printed)
    low, middle, high = limits
    expected = f"p = {middle:.3g} ({low:.3g} to {high:.3g})"
    fits = _fits(test, low, high) or (
        one_tailed and test.kind in ("t", "z", "r") and _fits(test, low / 2, high / 2)
    )
    verdict: Verdict = "agrees" if fits else "disagrees"
    return Check("p-from-test", verdict, expected, printed)


def _fits(test: ReportedTest, low: float, high: float) -> bool:
    if test.p is None:
        return high >= _ALPHA if test.p_sign == ">" else True
    p, half = test.p.value, test.p.half_unit
    if test.p_sign == "<":
        return low < p
    if test.p_sign == ">":
        return high > p
    # "p = .000" is no p: a probability of zero cannot be.
    return p > 0 and low <= p + half + 1e-12 and high >= p - half - 1e-12


def decides_otherwise(test: ReportedTest) -> bool:
    """Tell whether the printed p and the recomputed one lie on two sides of .05."""
    limits = recomputed(test)
    if limits is None or p_check(test).verdict != "disagrees":
        return False
    said = test.p.value if test.p else _ALPHA
    claimed = test.p_sign != ">" and said <= _ALPHA
    return claimed != (limits[1] <= _ALPHA)


def speaks_of_one_tail(text: str) -> bool:
    """Whether a text says that some of its tests are one-tailed."""
    return bool(_ONE_TAILED.search(text))
