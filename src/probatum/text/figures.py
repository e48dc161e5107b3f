"""Quantities that a sentence prints or spells out, and whether two of them agree."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from probatum.text.number_words import TEENS, TENS, TO_TWELVE, UNITS, VALUES

_WORDS = {"zero": 0.0} | {word: float(VALUES[word]) for word in (*TO_TWELVE, *TENS)}
_SHARES = {"half": 50.0, "third": 100 / 3, "quarter": 25.0, "fifth": 20.0, "tenth": 10.0}
_MINUTES = {"min": 1.0, "h": 60.0, "day": 1440.0, "night": 1440.0, "week": 10080.0}
_MINUTES |= {"fortnight": 20160.0, "month": 43800.0, "year": 525600.0}
_N = rf"(?:\d{{1,6}}(?:\.\d{{1,4}})?|(?:{'|'.join(_WORDS)})\b)"
_TIME = r"(?:min(?:ute)?s?|h(?:ours?|rs?)?|days?|nights?|weeks?|months?|years?)"
_MG = r"(?:mg|milligram(?:me)?s?)"
_FIGURE = re.compile(
    rf"(?P<a>{_N})(?:\s?(?:-|\u2013|to|and|or)\s?(?P<b>{_N}))?[\s-]?"
    rf"(?:(?P<pct>%|per ?cent\b)|(?P<mgkg>{_MG}\s?(?:/|per )\s?k(?:g|ilo(?:gram)?s?))"
    rf"|(?P<mg>{_MG})\b|(?P<mmhg>mm\s?Hg)"
    rf"|(?P<time>{_TIME})\b)"
    rf"|\b(?P<unit>day|week|month)s? (?P<c>{_N})(?:\s?(?:-|\u2013|to)\s?(?P<d>{_N}))?"
    rf"|(?P<in>{_N})(?: (?:people|patients))? (?:in|out of|of) (?:every )?(?P<of>{_N})"
    rf"|(?P<most>most|majority)\b|(?P<half>half(?! as)(?<!by half)|a third|one third"
    r"|two thirds|a quarter|three quarters|a fifth|a tenth)\b"
    rf"(?! (?:an? )?(?:{_TIME}))|(?P<fortnight>fortnight)",
    re.IGNORECASE,
)
_LOOSE = re.compile(
    r"(?:about|around|roughly|nearly|almost|some|approximately|close to|or so|just (?:over|under))"
    r"\s(?:\w+\s)?$",
    re.IGNORECASE,
)
_ABOVE = re.compile(r"(?:over|more than|above|at least|exceed\w*|well over)\s$", re.IGNORECASE)
_BELOW = re.compile(r"(?:under|less than|fewer than|below|at most|up to)\s$", re.IGNORECASE)
_ALL = _WORDS | {word: float(VALUES[word]) for word in TEENS}
_ONE = "|".join(sorted(_ALL, key=len, reverse=True))
_SPELLED = re.compile(
    rf"\b(?:(?P<tens>{'|'.join(TENS)})(?:[\s-](?P<unit>{'|'.join(UNITS)}))?"
    rf"|(?P<teen>{'|'.join(TEENS)})"
    rf"|(?P<few>{_ONE})(?=[\s-](?:hundred|thousand|points?|times|fold|per ?cent)\b))"
    rf"(?P<zeros>[\s-](?:hundred|thousand))?\b",
    re.IGNORECASE,
)
_ZEROS = {"": 1, "hundred": 100, "thousand": 1000}
_HUGE = 1e9
_REACH = 24


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity: its kind (share in percent, time in minutes, mg, mg/kg, mmHg) and range."""

    kind: str
    low: float
    high: float

    def agrees(self, other: Quantity) -> bool:
        """Whether both may be the same number, as printed."""
        return self.low <= other.high and other.low <= self.high


def quantities(text: str) -> tuple[Quantity, ...]:
    """Give the quantities of a text, each widened by half its last printed digit.

    >>> [(q.kind, q.low, q.high) for q in quantities("It begins at 40 min in one in eight.")]
    [('time', 39.5, 40.5), ('share', 11.25, 13.75)]
    """
    text = in_digits(text)
    found = (_read(match, text) for match in _FIGURE.finditer(text))
    return tuple(dict.fromkeys(one for one in found if one is not None))


@lru_cache(maxsize=64)
def in_digits(text: str) -> str:
    """Write numbers in digits that are spelled out; small ones only before what is counted.

    >>> in_digits("sixty-three per cent against fifteen, two trials, five times")
    '63 per cent against 15, two trials, 5 times'
    """
    return _SPELLED.sub(_digits, text)


def _digits(match: re.Match[str]) -> str:
    words = [match[name].lower() for name in ("tens", "unit", "teen", "few") if match[name]]
    zeros = (match["zeros"] or "").strip(" -\n\t").lower()
    return f"{sum(_ALL[word] for word in words) * _ZEROS[zeros]:.0f}"


def _read(match: re.Match[str], text: str) -> Quantity | None:
    before = text[max(0, match.start() - _REACH) : match.start()]
    kind, low, high, spread = _plain(match)
    if _LOOSE.search(before):
        spread = max(spread, 0.12 * high)
    if _ABOVE.search(before):
        return Quantity(kind, low, 100.0 if kind == "share" else _HUGE)
    if _BELOW.search(before):
        return Quantity(kind, 0.0, high)
    return Quantity(kind, low - spread, high + spread)


def _plain(match: re.Match[str]) -> tuple[str, float, float, float]:
    """Give the kind, both ends, and how far each may lie off by rounding."""
    if match["unit"]:
        scale = _MINUTES[match["unit"].lower()]
        first, last = match["c"], match["d"] or match["c"]
        return "time", scale * _number(first), scale * _number(last), 0.5 * scale
    return _measured(match) if match["a"] else _spelled(match)


def _spelled(match: re.Match[str]) -> tuple[str, float, float, float]:
    if match["fortnight"]:
        return "time", 20160.0, 20160.0, 1440.0
    if match["most"]:
        return "share", 50.0, 100.0, 0.0
    if match["in"]:
        share = 100 * _number(match["in"]) / max(_number(match["of"]), 1.0)
        return "share", share, share, 0.1 * share
    words = match["half"].lower().split()
    times = {"two": 2.0, "three": 3.0}.get(words[0], 1.0)
    share = times * _SHARES[words[-1].rstrip("s")]
    return "share", share, share, 4.0


def _measured(match: re.Match[str]) -> tuple[str, float, float, float]:
    first, last = match["a"], match["b"] or match["a"]
    kind = next((k for k in ("pct", "mgkg", "mg", "mmhg") if match[k]), "time")
    scale = 1.0
    if kind == "time":
        unit = match["time"].lower()
        scale = next(_MINUTES[u] for u in _MINUTES if unit.startswith(u))
    half = 0.5 * 10.0 ** -(len(last.partition(".")[2]))
    ends = sorted((_number(first), _number(last)))
    return "share" if kind == "pct" else kind, scale * ends[0], scale * ends[1], scale * half


def _number(word: str) -> float:
    return _WORDS[word.lower()] if word.lower() in _WORDS else float(word)
