"""Dates as bibliographies print them, to the precision that they state."""

from __future__ import annotations

import calendar
import re
from functools import lru_cache
from typing import NamedTuple

_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
_MONTHS = {name.lower(): at for at, name in enumerate(calendar.month_abbr) if name}
_MONTH = re.compile(r"(?<![a-z])(" + "|".join(_MONTHS) + r")[a-z]{0,6}", re.IGNORECASE)
_ISO = re.compile(
    r"(1[5-9]\d\d|20\d\d)(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:[T ][\d:.]{4,12}\S{0,6})?"
)
_DAY = re.compile(r"(?<!\d)([12]?\d|3[01])(?:st|nd|rd|th)?(?!\d)")


class Dated(NamedTuple):
    """A year and an ISO 8601 date as precise as known; both None when there is none."""

    year: int | None
    iso: str | None


def iso_date(year: str, month: str = "", day: str = "") -> Dated:
    """Put parts of a date together; a part that cannot be is left out.

    >>> iso_date("2025", "Jul", "5"), iso_date("2025", "13"), iso_date("n.d.")
    (Dated(year=2025, iso='2025-07-05'), Dated(year=2025, iso='2025'), Dated(year=None, iso=None))
    """
    found = _YEAR.search(year)
    if not found:
        return Dated(None, None)
    number = int(found[1])
    at = _month(month)
    if not at:
        return Dated(number, f"{number:04d}")
    days = calendar.monthrange(number, at)[1]
    if day.strip().isascii() and day.strip().isdigit() and 1 <= int(day.strip()[:3]) <= days:
        return Dated(number, f"{number:04d}-{at:02d}-{int(day):02d}")
    return Dated(number, f"{number:04d}-{at:02d}")


def _month(month: str) -> int:
    """Number of a month; 0 for a season, a range of numbers or nothing."""
    month = month.strip()
    if month.isascii() and month.isdigit():
        return int(month[:3]) if 1 <= int(month[:3]) <= 12 else 0
    found = _MONTH.match(month)
    return _MONTHS[found[1].lower()] if found else 0


def parse_date(text: str) -> Dated:
    """Read a date written in ISO form or with an English month, in either order.

    Numbers alone such as 03/04/2020 give the year only: day and month cannot be told apart.

    >>> [parse_date(t).iso for t in ("2020/04/3", "2019 Jan-Feb", "3 May 2021", "03/04/2020")]
    ['2020-04-03', '2019-01', '2021-05-03', '2020']
    """
    return _parsed(text.strip()[:80])


@lru_cache(maxsize=1024)  # years and days come again and again in a file
def _parsed(text: str) -> Dated:
    if found := _ISO.fullmatch(text):
        return iso_date(found[1], found[2] or "", found[3] or "")
    year = _YEAR.search(text)
    if not year:
        return Dated(None, None)
    month = _MONTH.search(text)
    if not month:
        return iso_date(year[1])
    rest = text[: year.start()] + " " + text[year.end() :]
    day = _DAY.search(rest) if "-" not in text and "/" not in text else None
    return iso_date(year[1], month[1], day[1] if day else "")
