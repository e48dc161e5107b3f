"""Who signs a web page and when, as its elements say it: microdata, rel, time, bylines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import cast

from lxml import etree

from probatum.documents.bylines import byline, person
from probatum.documents.dates import parse_date
from probatum.documents.formats.html_main import is_apart, is_hidden
from probatum.documents.printed_dates import bordering_date, labelled_date, whole_date
from probatum.model.document import Author

Signed = dict[str, tuple[object, str]]
_MOST = 12
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_LONGEST = 240
_BYLINES = frozenset(
    {"byline", "author", "author-name", "article-author", "post-author", "entry-author"}
    | {"byline__name", "article-byline", "article__byline", "by-line", "author__name", "writer"}
)
_DATES = frozenset(
    {"date", "published", "entry-date", "post-date", "article-date", "pubdate", "publish-date"}
    | {"date-published", "timestamp", "posted-on", "article__date", "last-updated", "updated"}
)


def signed_facts(root: etree._Element) -> Signed:
    """Collect authors and date as (value, origin) from elements that say what they hold.

    What stands in comments, in lists of related pages or hidden is left out; where elements name
    more people than sign one page, or several days, nothing is taken.
    """
    facts: Signed = {}
    shown = [element for element in root.iter(*_TAGS) if _tells(element)]
    shown = [element for element in shown[:200] if not _is_outside(element)]
    for take in (_authors, _date):
        take(shown, facts)
    return facts


_TAGS = (
    "a",
    "address",
    "div",
    "h2",
    "h3",
    "h4",
    "li",
    "meta",
    "p",
    "span",
    "strong",
    "time",
    "em",
)


def _tells(element: etree._Element) -> bool:
    if element.tag == "time" or element.get("itemprop") or element.get("rel"):
        return True
    return bool(_classes(element) & (_BYLINES | _DATES))


def _classes(element: etree._Element) -> frozenset[str]:
    return frozenset((element.get("class") or "").lower().split()[:20])


def _is_outside(element: etree._Element) -> bool:
    """Tell whether an element stands in a part that is not the page's own article."""
    return is_hidden(element) or any(is_apart(above) for above in element.iterancestors())


def _authors(shown: list[etree._Element], facts: Signed) -> None:
    for how, chosen in (
        ("microdata", [one for one in shown if one.get("itemprop") == "author"]),
        ("a link to the author", [one for one in shown if one.get("rel") == "author"]),
        ("an element for the byline", [one for one in shown if _classes(one) & _BYLINES]),
    ):
        people = list(dict.fromkeys(one for element in chosen for one in _people(element)))
        if 0 < len(people) <= _MOST:
            facts["authors"] = tuple(people), how
            return


def _people(element: etree._Element) -> Iterator[Author]:
    below = islice(element.iter(), _LONGEST)
    named = next((one for one in below if one.get("itemprop") == "name"), element)
    words = named.get("content") or _words(named)
    if found := bordering_date(words):
        words = (words[: found.start] + words[found.end :]).strip(" ,|")
    if alone := person(words):
        yield alone
    elif signed := byline(words):
        yield from signed.authors


def _words(element: etree._Element) -> str:
    """Give the words of an element, its parts apart; nothing when it holds more than a byline."""
    parts = cast("Iterator[str]", element.itertext())
    words = " ".join(" ".join(islice(parts, _LONGEST)).split())
    return words if len(words) <= _LONGEST else ""


def _date(shown: list[etree._Element], facts: Signed) -> None:
    microdata = [one for one in shown if one.get("itemprop") == "datePublished"]
    stated = {iso for one in microdata if (iso := _iso(one))}
    if len(stated) == 1:
        facts["date"] = stated.pop(), "microdata"
        return
    marked = [one for one in shown if one.tag == "time" or _classes(one) & _DATES]
    days = {iso for one in marked if (iso := _iso(one))}
    if len(days) == 1:
        facts["date"] = days.pop(), "an element for the date"


def _iso(element: etree._Element) -> str | None:
    machine = element.get("content") or element.get("datetime")
    if machine:
        day = _DAY.match(machine.strip())  # what follows is the time, in forms of all kinds
        return parse_date(day[0] if day else machine).iso
    words = _words(element)
    found = labelled_date(words) or whole_date(words)
    return found.iso if found else None
