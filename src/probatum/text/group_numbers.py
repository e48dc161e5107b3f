"""The numbers of one group in a sentence: a mean or a median with its spread, a count, a share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from probatum.text.numbers import Printed

Statistic = Literal["mean", "median", "count"]
Spread = Literal["sd", "se", "iqr", "range", "ci"]

_PLAIN = r"(?:\d{1,3}(?:,\d{3})+|\d{1,6})(?:[.\u00b7]\d{1,6})?|[.\u00b7]\d{1,6}"
_SIGNED = rf"(?:[-\u2212\u2013]\s?)?(?:{_PLAIN})"
_FIRST = rf"(?<![\d.,\w/\u00b1\u2264\u2265<>=])(?P<a>{_SIGNED})"
_UNIT = r"(?:\s?[a-zA-Z%\u00b0\u00b5\u03bc][a-zA-Z/%.\u00b71-3-]{0,11}(?:\s(?:points?|units?))?)?"
_OPEN, _CLOSE = r"\s?[(\[]\s?", r"\s?[)\]]"
_SD = r"SDs?|s\.d\.|standard deviations?"
_SE = r"SEM?|s\.e\.(?:m\.)?|standard errors?(?: of the mean)?"
_NAMED = rf"(?P<name>{_SD}|{_SE})(?:\s?(?:of|was|[=:,\u00b1]))?\s?"
_MIDDLE = r"IQR|inter-?quartile ranges?|ranges?|9[05]\s?%\s?C(?:I|onfidence interval)s?|CI"
_END = r"(?!\d|[.,\u00b7]\d|\s?%\s?CI)"
_PLUS_MINUS = re.compile(
    rf"{_FIRST}{_UNIT}\s?(?:[(\[]\s?)?(?:\u00b1|\+/-|\+/\u2212|\+\\-)\s?(?P<b>{_PLAIN}){_END}"
    rf"|{_FIRST.replace('<a>', '<c>')}{_UNIT}(?:{_OPEN}|,\s){_NAMED}(?P<d>{_PLAIN}){_END}"
)
_PLUS = re.compile(r"\u00b1|\+[/\\]")
_BRACKETED = re.compile(rf"{_FIRST}{_UNIT}{_OPEN}(?P<b>{_PLAIN}){_CLOSE}")
_BETWEEN = re.compile(
    rf"{_FIRST}{_UNIT}(?:{_OPEN}|[,;]\s)(?:(?P<name>{_MIDDLE})[\s:,=]{{0,3}}(?:of\s)?[(\[]?\s?)?"
    rf"(?P<low>{_SIGNED})\s?(?:to|\u2013|\u2014|\u2010|-|,|;)\s?(?P<high>{_SIGNED})\s?%?{_CLOSE}"
)
_PERCENT = r"\d{1,3}(?:[.\u00b7]\d{1,3})?"
_COUNT = r"(?<![\d.,\w/-])(?<!rade )(?<!tage )(?<!lass )(?<!hase )(?<!eek )(?<!ay )(?<!onth )"
_PEOPLE = (
    r"(?:patients?|participants?|subjects?|women|men|children|people|cases|individuals|infants"
    r"|volunteers|responders|deaths|events|adults|persons)"
)
_COUNTED = re.compile(
    rf"{_COUNT}(?P<n>\d{{1,6}})\s?(?:/|of|out of)\s?(?:the\s|all\s)?(?P<total>\d{{1,6}})\b"
    rf"(?![.,]\d)(?:\s[a-z]+){{0,3}}(?:\s?[(\[,]\s?(?P<p1>{_PERCENT})\s?%\s?[)\]]?)?"
    rf"|{_COUNT}(?P<n2>\d{{1,6}})(?:\s{_PEOPLE})?{_OPEN}(?P<p2>{_PERCENT})\s?%{_CLOSE}"
    rf"|(?<![\d.,\w/-])(?P<p3>{_PERCENT})\s?%{_OPEN}(?:[nN]\s?=\s?)?(?P<n3>\d{{1,6}})"
    rf"(?:\s?(?:/|of|out of)\s?(?P<t3>\d{{1,6}}))?(?:\s{_PEOPLE})?{_CLOSE}"
)
_NOT_AFTER = "".join(f"(?<!{word} )" for word in ("than", "least", "most", "above", "below"))
_SHARED = re.compile(
    rf"(?<![\d.,\w/\u00b1+<>\u2264\u2265\u2212\u2013-])(?<![<>=\u2264\u2265]\s){_NOT_AFTER}(?P<p>{_PERCENT})\s?%"
    rf"(?:{_OPEN}9[05]\s?%\s?C(?:I|onfidence interval)s?[\s:,=]{{0,3}}(?P<low>{_PERCENT})\s?%?"
    rf"\s?(?:to|\u2013|\u2014|-|,|;)\s?(?P<high>{_PERCENT})\s?%?{_CLOSE})?"
    r"(?!\s?(?:C\.?I|confidence|credible|higher|lower|less|more|greater|reduction|decrease"
    r"|increase|relative|improvement|difference|power|saline|of the variance))"
)
# "12.9 vs 4.3 %": the sign is that of both.
_BOTH = re.compile(
    rf"(?<![\d.,\w/\u00b1+<>\u2264\u2265\u2212\u2013-])(?P<a>{_PERCENT})\s(?:vs\.?|versus|and|or)"
    rf"\s(?P<b>{_PERCENT})\s?%(?!\s?(?:C\.?I|confidence))"
)
# An interval that is open before a number: its bounds are no shares.
_WITHIN = re.compile(
    r"9[05]\s?%\s?C(?:I|onf)[^)\];]{0,30}$|\bCI\]?[^)\];]{0,20}[(\[][^)\]]{0,20}$"
)
_NUMBERED = re.compile(rf"\bnumbers? of (?:[\w-]+ ){{0,2}}{_PEOPLE}\b", re.IGNORECASE)
_WAS = re.compile(
    r"\b(?:was|were)\s(?P<n>\d{1,4})(?![\d.,\u00b7/]*\d|\s?(?:[%\u00b1\u00b0]|[(\[]\s?\d|to\b|of\b"
    r"|\+/-|months?|weeks?|days?|years?|h\b|hours?|min|m?g\b))"
)
_AGAINST = re.compile(
    rf"(?<![\d.,\w/\u00b1-])(?P<a>{_SIGNED})(?P<u>{_UNIT})\s(?:vs\.?|versus|v\.?)\s"
    rf"(?P<b>{_SIGNED})(?P<v>{_UNIT})(?!\s?(?:\u00b1|[(\[]\s?\d|%|/)|[\d.,\u00b7]\d)"
)
_MEAN = re.compile(
    r"\bmeans?\b|\baverage|\bscores?\b|\bVAS\b|\bduration\b|\btime\b", re.IGNORECASE
)
_MEDIAN = re.compile(r"\bmedians?\b|\bIQR\b|\binter-?quartile", re.IGNORECASE)
_RANGE = re.compile(r"\brange\b|\bmin(?:imum)?\b", re.IGNORECASE)
_QUARTILE = re.compile(r"quartile|\bIQR\b|\bQ1\b", re.IGNORECASE)
_SAID_SD = re.compile(rf"\b(?:{_SD})|\u00b1\s?SD", re.IGNORECASE)
_SAID_SE = re.compile(r"\bSEM?\b|standard errors?|\bs\.e\.")
_USUAL = re.compile(
    r"(?:mean|average|expressed|presented|reported|given|shown)[^.]{0,60}?"
    rf"(?:\u00b1\s?(?:{_SD}|{_SE})\b|\((?:{_SD}|{_SE})\)|standard (?:deviations?|errors?)"
    r"|\bSDs?\b|\bSEM\b)"
)
# Numbers that compare groups are none of one group.
_COMPARES = re.compile(
    r"\bratios?\b|\bdifferences?\s(?:was|were|of|is|[=:(\[])|mean differences?\b|\bodds\b|hazard"
    r"|\bbeta\b|\u03b2|coefficient|correlat|\b(?:a?OR|RR|HR|MD|SMD|NNT|r)\b"
    r"|reduc(?:ed|tion)[^.;]{0,25} by|effect size|Cohen",
)
_SEPARATORS = re.compile(r",(?=\d{3})|\s")  # of thousands, and thin spaces behind a sign
_BEFORE = 45  # code points in which a word may say that a number compares
_MOST = 200  # numbers of a sentence


@dataclass(frozen=True, slots=True)
class GroupNumber:
    """A number of one group at [start, end): its statistic, and what is printed with it.

    ``spread`` says what ``second`` (SD, SE) or ``low`` and ``high`` are, None where nothing does.
    """

    start: int
    end: int
    statistic: Statistic
    first: Printed | None = None
    spread: Spread | None = None
    second: Printed | None = None
    low: Printed | None = None
    high: Printed | None = None
    total: int | None = None
    percent: Printed | None = None


def group_numbers(text: str, usual: Spread | None = None) -> list[GroupNumber]:
    """Find the numbers of groups in a sentence, left to right; none lies in another.

    ``usual`` is the spread that the document says stands behind "±".

    >>> found = group_numbers("Pain was 3.1 (SD 1.2) with X and 4.9 (SD 1.4) with Y.")
    >>> [(n.statistic, n.first.value, n.spread, n.second.value) for n in found]
    [('mean', 3.1, 'sd', 1.2), ('mean', 4.9, 'sd', 1.4)]
    >>> [(n.first.value, n.total) for n in group_numbers("9/20 (45%) v 4 of 21 responded")]
    [(9.0, 20), (4.0, 21)]
    """
    made: list[GroupNumber] = []
    for found in (_counts(text), _spreads(text, usual), _intervals(text), _against(text)):
        for one in found:
            if not any(one.start < n.end and n.start < one.end for n in made[:_MOST]):
                made.append(one)
    return sorted((n for n in made if not _compares(text, n)), key=lambda n: n.start)


def usual_spread(text: str) -> Spread | None:
    """Tell what a document means by "±": what it says of its values, else SD where SE is unnamed.

    >>> usual_spread("Data are presented as mean ± SEM. Pain was 3 ± 1.")
    'se'
    """
    if _USUAL.search(text):
        return stated_spread(text)
    return None if _SAID_SE.search(text) else "sd"


def stated_spread(text: str) -> Spread | None:
    """Tell the spread that a document says it gives its means with; None where it says none.

    >>> stated_spread("Values are means (SD)."), stated_spread("Pain was 3 ± 1.")
    ('sd', None)
    """
    told = _USUAL.search(text)
    return said_spread(told[0]) if told else None


def said_spread(text: str) -> Spread | None:
    """Tell whether a text calls its spreads SD or SE; None where it names neither or both.

    >>> said_spread("Values are mean ± SD."), said_spread("SD and SE")
    ('sd', None)
    """
    deviation, error = bool(_SAID_SD.search(text)), bool(_SAID_SE.search(text))
    return None if deviation == error else "sd" if deviation else "se"


def _compares(text: str, number: GroupNumber) -> bool:
    before = text[max(0, number.start - _BEFORE) : number.start]
    return number.statistic != "count" and bool(_COMPARES.search(before))


def _counts(text: str) -> Iterator[GroupNumber]:
    for m in _COUNTED.finditer(text):
        count = next(g for g in (m["n"], m["n2"], m["n3"]) if g)
        if m["n3"] and "=" in m[0] and not m["t3"]:
            continue  # "85 % (n = 40)" prints a count or the group's size; its share is read below
        total = m["total"] or m["t3"]
        percent = m["p1"] or m["p2"] or m["p3"]
        made = GroupNumber(m.start(), m.end(), "count", Printed(count))
        if total is None or int(count) <= int(total):
            yield replace(
                made,
                total=int(total) if total else None,
                percent=Printed(percent) if percent else None,
            )
    numbered = _NUMBERED.search(text)
    for m in _WAS.finditer(text, numbered.end()) if numbered else ():
        yield GroupNumber(m.start("n"), m.end("n"), "count", Printed(m["n"]))
    yield from _shares(text) if "%" in text else ()


def _shares(text: str) -> Iterator[GroupNumber]:
    for m in _BOTH.finditer(text):
        yield GroupNumber(m.start("a"), m.end("a"), "count", percent=Printed(m["a"]))
        yield GroupNumber(m.start("b"), m.end(), "count", percent=Printed(m["b"]))
    for m in _SHARED.finditer(text):
        if _WITHIN.search(text, 0, m.start()):
            continue
        low, high = (Printed(m[g]) if m[g] else None for g in ("low", "high"))
        share = Printed(m["p"])
        spread: Spread | None = "ci" if low else None
        yield GroupNumber(
            m.start(), m.end(), "count", spread=spread, low=low, high=high, percent=share
        )


def _spreads(text: str, usual: Spread | None) -> Iterator[GroupNumber]:
    said = said_spread(text)
    statistic: Statistic = "mean"
    for m in _PLUS_MINUS.finditer(text) if said or _PLUS.search(text) else ():
        named = said_spread(m["name"]) if m["name"] else said or usual
        first, second = _printed(m["a"] or m["c"]), _printed(m["b"] or m["d"])
        yield GroupNumber(m.start(), m.end(), statistic, first, named, second)
    if said and _MEAN.search(text) and not _MEDIAN.search(text):
        for m in _BRACKETED.finditer(text):
            first, second = _printed(m["a"]), _printed(m["b"])
            yield GroupNumber(m.start(), m.end(), statistic, first, said, second)


def _intervals(text: str) -> Iterator[GroupNumber]:
    median = _MEDIAN.search(text)
    if not (median or "CI" in text or "nterval" in text or "range" in text):
        return  # most sentences: the pattern costs a tenth of all
    for m in _BETWEEN.finditer(text):
        spread = _spread_of(m["name"], text, median=bool(median))
        if spread is None:
            continue
        statistic: Statistic = "mean" if spread == "ci" and not median else "median"
        if statistic == "mean" and not _MEAN.search(text):
            continue
        low, high = _printed(m["low"]), _printed(m["high"])
        first = _printed(m["a"])
        if low.value <= first.value <= high.value:
            yield GroupNumber(m.start(), m.end(), statistic, first, spread, low=low, high=high)


def _spread_of(name: str | None, text: str, *, median: bool) -> Spread | None:
    if name is not None:
        folded = name.lower()
        return "iqr" if "q" in folded else "range" if "range" in folded else "ci"
    if not median:
        return None
    return "range" if _RANGE.search(text) and not _QUARTILE.search(text) else "iqr"


def _against(text: str) -> Iterator[GroupNumber]:
    """Read "3.2 vs 4.1 points" and "5 vs 12 patients": what they are is said around them."""
    for m in _AGAINST.finditer(text) if " v" in text else ():
        after = f"{m['v']} {text[m.end() : m.end() + 14]}"
        statistic: Statistic | None = None
        if re.match(rf"\s*{_PEOPLE}\b", after):
            statistic = "count"
        elif _MEDIAN.search(text, max(0, m.start() - 60), m.start()):
            statistic = "median"
        elif _MEAN.search(text, max(0, m.start() - 90), m.start()):
            statistic = "mean"
        if statistic is None:
            continue
        yield GroupNumber(m.start("a"), m.end("u"), statistic, _printed(m["a"]))
        yield GroupNumber(m.start("b"), m.end("b"), statistic, _printed(m["b"]))


def _printed(text: str) -> Printed:
    return Printed(_SEPARATORS.sub("", text))
