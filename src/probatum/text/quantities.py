"""Doses and times in prose, as printed."""

from __future__ import annotations

import re

_NUMBER = r"\d+(?:[.,\u00b7]\d+)?"
_RANGE = rf"{_NUMBER}(?:\s?(?:-|\u2013|to|and)\s?{_NUMBER})?"
_MASS = "(?:mg|mcg|ug|\u00b5g|\u03bcg|g|ml|mL|IU)"
_PER = r"(?:\s?/\s?|\s?per\s)(?:kg|h|hr|hour|min|minute|d|day|dose|ml|mL|l|L|m2)\b"
_POWER = r"\s?(?:kg|h|min|d|day)\s?[-\u2212]1\b"
DOSE = re.compile(rf"\b{_RANGE}\s?-?{_MASS}\b(?:{_PER}|{_POWER}){{0,3}}")

_WORDS = "one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|twenty-four"
_UNIT = r"(?:min(?:ute)?s?|h(?:ours?|rs?)?|days?|weeks?|wks?|months?|years?)"
TIME = re.compile(
    rf"\b(?:{_RANGE}|{_WORDS})(?:\s|-|\u2010|\u2011)?{_UNIT}\b|\b(?:day|week|month)s?\s{_RANGE}\b",
    re.IGNORECASE,
)


def dose(text: str) -> str | None:
    """Return the first dose of a text as printed.

    >>> dose("Infusion of 0.5 mg/kg over 40 min")
    '0.5 mg/kg'
    """
    found = DOSE.search(text)
    return found.group() if found else None


def time_point(text: str) -> str | None:
    """Return the first time of a text as printed; a rate such as "mg/h" is none.

    >>> time_point("Scores fell within 24 hours")
    '24 hours'
    """
    found = TIME.search(text)
    return found.group() if found else None
