"""Dates as pages print them beside a title or a byline, with their places in the line."""

from __future__ import annotations

import re
from typing import NamedTuple

from probatum.documents.dates import iso_date

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|\.)?"
_CENTURY = r"(?:19|20)\d\d(?!\d)"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_CLOCK = (
    r"\d{1,2}[:.]\d\d(?::\d\d)?(?:\s?[ap]\.?m\.?)?(?:\s\(?(?:gmt|utc|bst|ces?t|[ecmp][sd]?t)\)?)?"
)
_DATE = (
    rf"{_WEEKDAY}(?:"
    rf"(?P<d1>{_DAY})\s+(?:of\s+)?(?P<m1>{_MONTH}),?\s+(?P<y1>{_CENTURY})"
    rf"|(?P<m2>{_MONTH})\s+(?:(?P<d2>{_DAY}),?\s+)?(?:of\s+)?(?P<y2>{_CENTURY})"
    rf"|(?P<y3>{_CENTURY})[-/.](?P<m3>\d\d?)(?:[-/.](?P<d3>\d\d?)(?:t[\d:.+z-]{{4,24}})?)?(?![\d/-])"
    r"|(?P<n1>\d\d?)(?P<sign>[-/.])(?P<n2>\d\d?)(?P=sign)(?P<y4>(?:19|20)\d\d)(?!\d)"
    rf")(?:[,;]?\s+(?:at\s+|[-\u2013|]\s*)?{_CLOCK})?"
)
_KINDS = (
    ("published", r"publi(?:shed|cation)|posted|issued?|released?|created|added"),
    ("updated", r"updated?|modified|revised|revision|changed?|edited"),
    ("reviewed", r"review(?:ed)?|checked"),
)
_VERBS = "|".join(rf"(?P<{name}>{verbs})" for name, verbs in _KINDS)
_LABEL = (
    r"(?:(?:this\s+)?(?:page|article|content|leaflet|document|post|information)\s+(?:was\s+)?)?"
    r"(?:(?:date\s+)?(?:of\s+)?(?:first|originally|last|latest|medically|clinically|most\s+recently)\s+"
    r"|date\s+(?:of\s+)?|for\s+immediate\s+)?"
    rf"(?:{_VERBS}|(?P<date>date))(?:\s+(?:online|date))?(?:\s+(?:on|in))?\s*[:\u2013-]?\s*"
)
_YEAR = re.compile(_CENTURY)  # a look for it first: most lines have none, and it costs a tenth
_LONGEST, _DATELINE_AT = 80, 160
_LABELLED = re.compile(
    rf"\(?{_LABEL}(?:{_CLOCK},?\s+)?(?:{_DATE}|(?P<y5>{_CENTURY}))\)?(?=[\s,.;)|]|$)",
    re.IGNORECASE,
)
_WHOLE = re.compile(rf"\(?(?:{_CLOCK},?\s+)?{_DATE}\)?", re.IGNORECASE)
_LAST = re.compile(rf"(?:[\s,(]|\bon\s)(?:on\s+)?{_DATE}\)?$", re.IGNORECASE)
_FIRST = re.compile(rf"{_DATE}(?:\s*[,:]\s*|\s+)(?=by\b)", re.IGNORECASE)
# A town in capitals or with its land, then a date, then a dash: how news and releases begin.
_DATELINE = re.compile(
    r"(?:[A-Z]\w{2,20}\s(?:--|[-\u2013\u2014])\s)?"
    r"(?:[A-Z][\w.'\u2019-]*(?:,?\s+[A-Z][\w.'\u2019-]*){0,5},?\s+(?:[-\u2013\u2014]\s+)?)?"
    rf"(?i:\(?{_DATE}\)?)\s*(?:\([A-Z][\w .-]{{1,30}}\)\s*)?(?:--|[-\u2013\u2014/:])"
)
# The date of publication is the date of a page; the others stand in for it where it is not said.
_RANK = {"published": 0, "date": 1, "dateline": 1, "": 1, "updated": 2, "reviewed": 3}


class PrintedDate(NamedTuple):
    """A date with its place in the line: [start, end), ISO 8601, and the kind of its label."""

    start: int
    end: int
    iso: str
    kind: str

    @property
    def rank(self) -> int:
        """Give the order of trust: published, then undescribed, updated, reviewed."""
        return _RANK[self.kind]


def labelled_date(words: str) -> PrintedDate | None:
    """Read a date that a label introduces at the start: "Published", "Last updated" and so on.

    A year alone counts here, for the label says what it is.

    >>> labelled_date("Last reviewed: 14 February 2025.")
    PrintedDate(start=0, end=31, iso='2025-02-14', kind='reviewed')
    >>> labelled_date("Published in 2019, the trial was small") is None
    True
    """
    found = _LABELLED.match(words) if _YEAR.search(words) else None
    if not found or not _ends(words[found.end() :]):
        return None
    return _printed(found, next(name for name in (*_VERB_NAMES, "date") if found[name]))


def whole_date(words: str) -> PrintedDate | None:
    """Read a date that is all there is; a year alone is none.

    >>> [found and found.iso for found in map(whole_date, ("Friday, March 14, 2025", "2025"))]
    ['2025-03-14', None]
    """
    found = _WHOLE.fullmatch(words) if len(words) <= _LONGEST and _YEAR.search(words) else None
    return _printed(found, "") if found else None


def bordering_date(words: str) -> PrintedDate | None:
    """Read a date that ends the words, or begins them before "by".

    >>> bordering_date("Posted by Kay on 8 November 2024").iso
    '2024-11-08'
    """
    if not _YEAR.search(words):
        return None
    found = _FIRST.match(words) or _LAST.search(words, max(len(words) - _LONGEST, 0))
    return _printed(found, "") if found else None


def dateline(words: str) -> PrintedDate | None:
    """Read the date of a dateline: a town, a date and a dash before the first sentence.

    >>> dateline("OSLO, 12 March 2025 -- A new leaflet tells").iso
    '2025-03-12'
    """
    found = _DATELINE.match(words) if _YEAR.search(words[:_DATELINE_AT]) else None
    return _printed(found, "dateline") if found else None


_VERB_NAMES = tuple(name for name, _ in _KINDS)


def _ends(rest: str) -> bool:
    """Tell whether nothing follows but a stop, an address, or who did it."""
    rest = rest.strip(" .;,)|")
    return not rest or re.match(r"by\b|https?:|www\.|doi\b", rest, re.IGNORECASE) is not None


def _printed(found: re.Match[str], kind: str) -> PrintedDate:
    """Put the parts together; numbers that may be day or month give the year only."""
    part = found.groupdict()
    if part["n1"]:
        month, day = _told_apart(int(part["n1"]), int(part["n2"]))
        iso = iso_date(part["y4"], month, day).iso
    else:
        row = next(row for row in "123" if part[f"y{row}"]) if not part.get("y5") else "5"
        day = "".join(filter(str.isdigit, part.get(f"d{row}") or ""))
        iso = iso_date(part[f"y{row}"], part.get(f"m{row}") or "", day).iso
    return PrintedDate(found.start(), found.end(), iso or "", kind)


def _told_apart(first: int, second: int) -> tuple[str, str]:
    """Give month and day of two numbers, or nothing when either may be the month."""
    if first == second or first <= 12 < second:
        return str(first), str(second)
    return (str(second), str(first)) if second <= 12 < first else ("", "")
