"""Ages in figures as groups of people: "aged 65 and over" are the pack's "older adults"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from probatum.text.concepts import Concept, concepts
from probatum.text.terms import Matcher

_OLDEST = 200
_DIGIT = re.compile(r"\d")
# The word that a pack's vocabulary may have for an age group, and its ages in years.
_BANDS = (
    ("infants", 0.0, 2.0), ("children", 2.0, 12.0), ("adolescents", 12.0, 18.0),
    ("adults", 18.0, 60.0), ("older adults", 60.0, float(_OLDEST)),
)  # fmt: skip
_NUMBER = r"\d{1,3}(?:\.\d)?"


def _span(key: str) -> str:
    """Write a number or a range with its unit, its groups named after one letter."""
    unit = r"(?:[\s-]?(?P<{}>years?|yrs?|months?|weeks?|days?)\b)?"
    return (
        rf"(?P<{key}low>{_NUMBER}){unit.format(key + 'first')}"
        rf"(?:-?\s?(?:-|\u2010|\u2011|\u2013|to|and|through)\s?(?P<{key}high>{_NUMBER})(?![\d.])"
        rf"{unit.format(key + 'unit')})?"
    )


_OVER = r"older than|over|above|from|at least|\u2265|>"
_UNDER = r"younger than|less than|under|below|up to|\u2264|<"
_AGE = re.compile(
    # "aged 6 to 12 years", "ages 18-65", "aged 65 and over", "under the age of 18"
    r"\b(?<!mean )(?<!median )(?<!average )(?:(?P<over>over|above)\sthe\s|(?P<under>under|below)"
    r"\sthe\s)?(?:aged|ages?|age of|ages of)\s"
    rf"(?:between |of )?(?:(?P<aside>{_OVER}|{_UNDER})\s?)?{_span('a')}"
    r"|"
    # "patients over 65", "younger than 3 months"
    r"\b(?:patients|people|persons|adults|children|infants|individuals|participants|those|anyone"
    r"|women|men|subjects|adolescents|volunteers)\s(?:who are |that are )?"
    rf"(?P<bside>{_OVER}|{_UNDER})\s(?:the age of |age )?{_span('b')}"
    r"(?!\.?\d|\s?(?:%|hours?\b|h\b|min|mg|kg|g\b|mm|ml\b|points?\b|sessions\b"
    r"|(?:years? )?of (?!age)))"
    r"|"
    # "adults 18 to 50 years old", "3- to 12-year-olds", "65 years and older", "13-17 years of age"
    rf"\b{_span('c')}(?:[\s-](?:olds?|of age)\b|(?=\s(?:and|or) (?:older|over|above|younger)\b))",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"(?:[\s-](?:years?|yrs?))?(?: of age| old)?"
    r"\s?(?:(?:and|or) (?:(?P<up>over|older|above|more|up)|(?P<down>under|younger|below|less))\b"
    r"|(?P<plus>\+))",
    re.IGNORECASE,
)
_NO_AGE = re.compile(r"\s?(?:\u00b1|\(SD|%|mg|participants|patients|of \d)")
_YEARS = {"m": 1 / 12, "w": 1 / 52, "d": 1 / 365}
_SHARE = 0.25  # of a range that a group must hold to be one of those meant
_OPEN = 2  # an open range counts so many years
_GROWN = 21  # "under 35" is said of adults
_NEAR = 24


def aged(words: Matcher, text: str) -> list[Concept]:
    """Find ages in figures as the groups that the pack has words for, left to right.

    A mean age is none; one age may be of two groups. Empty where the pack names no such group.
    """
    if not _DIGIT.search(text):
        return []
    made: list[Concept] = []
    for match in _AGE.finditer(text):
        bounds = None if _NO_AGE.match(text, match.end()) else _bounds(match, text)
        if bounds is None or not bounds[0] <= bounds[1] <= _OLDEST:
            continue
        low, high, end = bounds
        for name in _groups(low, high):
            made += [
                Concept(match.start(), end, one.kind, one.id) for one in concepts(words, name)
            ]
    return made


def refined(named: Sequence[Concept], ages: Sequence[Concept], words: Matcher) -> list[Concept]:
    """Let an age stand for the group right before it: "adults aged 65 and over"."""
    bands = {one.id for name, _, _ in _BANDS for one in concepts(words, name)}
    kept = [
        one for one in named
        if one.id not in bands
        or not any(one.end <= age.end and -_NEAR < age.start - one.end < _NEAR for age in ages)
    ]  # fmt: skip
    return sorted({*kept, *ages}, key=lambda one: (one.start, one.end, one.id))


def _bounds(match: re.Match[str], text: str) -> tuple[float, float, int] | None:
    """Read the lowest and highest age in years, and where the words end."""
    told = match.groupdict()
    key = next(k for k in "abc" if told[f"{k}low"])
    first, unit = told[f"{key}first"], told[f"{key}unit"]
    size = _YEARS.get((unit or first or "y")[0].lower(), 1.0)
    low = float(told[f"{key}low"]) * (_YEARS.get(first[0].lower(), 1.0) if first else size)
    after = _MORE.match(text, match.end())
    end = after.end() if after else match.end()
    if told[f"{key}high"]:
        high = float(told[f"{key}high"]) * size
        return low, high, end
    side = (told.get(f"{key}side") or "").lower() if key != "c" else ""
    if (after and after["down"]) or told["under"] or (side and re.fullmatch(_UNDER, side)):
        return 0.0, low, end
    if after or side or told["over"]:
        return low, float(_OLDEST), end
    return None  # one person's age


def _groups(low: float, high: float) -> list[str]:
    """Give the groups that a range of ages is about; under 18 are children and adolescents."""
    if high >= _OLDEST:  # "over 18" are adults, the oldest among them not singled out
        return [next(name for name, _, top in _BANDS if low < top or top == _OLDEST)]
    if low == 0:
        low = 0.0 if high <= _OPEN else 18.0 if high > _GROWN else float(_OPEN)
    whole = max(high - low, 1.0)
    return [
        name for name, start, end in _BANDS
        if min(high, end) - max(low, start) >= _SHARE * whole or start <= low <= high < end
    ]  # fmt: skip
