"""What a page without markup says of itself: title, site, author, date, identifiers.

Only what the page states is taken, each with its origin; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from probatum.documents.dates import parse_date
from probatum.documents.paragraphs import TextLine, is_heading
from probatum.model.document import Author
from probatum.text.identifiers import normal_doi, normal_pmid

Stated = dict[str, tuple[object, str]]
_TOP, _BOTTOM = 15, 12
_SEPARATORS = " |-\u2013\u2014:\u00bb\u00b7\u2022/"
_LABELLED = re.compile(
    r"(title|authors?|written by|published(?: on)?|date|doi|pmid|url|source url|website|journal)"
    r"\s*:\s*(\S.{0,300})",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"(?:written )?by:?\s+(\S.{2,80})", re.IGNORECASE)
_PUBLISHED = re.compile(r"(?:published|posted|updated)(?: on)?:?\s+(\S.{3,40})", re.IGNORECASE)
_AUTHOR_HEADING = re.compile(r"(?:about the )?authors?\s*:?", re.IGNORECASE)
_BULLET = re.compile(r"^[\u2022*\u00b7-]\s+")
_NAME_WORD = r"(?:[^\W\d_a-z][\w'\u2019-]*\.?|(?:de|van|von|der|den|di|da|la|le|bin|al))"
_NAME = re.compile(
    rf"(?:(?:Dr|Prof|Professor)\.?\s)?({_NAME_WORD}(?:\s{_NAME_WORD}){{1,3}})"
    r"(?:,\s*(?:MD|PhD|MSc|RN|PharmD|DO|MPH|[A-Z]{2,5})\.?){0,3}"
)


def stated_facts(lines: Sequence[TextLine]) -> Stated:
    """Collect field -> (value, origin) of a pasted page; lines are counted without empty ones."""
    facts: Stated = {}
    _title(lines, facts)
    near = [(number, line) for number, line in enumerate(lines, 1)]
    for number, line in near[:_TOP] + near[max(len(near) - _BOTTOM, _TOP) :]:
        _labelled(line.text, number, facts)
    for number, line in near[:_TOP]:
        _byline(line.text, number, facts)
    _author_section(lines, facts)
    return facts


def _title(lines: Sequence[TextLine], facts: Stated) -> None:
    """A title is a first line that stands again, alone or with a site's name around it."""
    if len(lines) < 2:
        return
    first, second = lines[0].text, lines[1].text
    if first == second:
        facts["title"] = first, "the first line, which stands again as line 2"
    elif first.startswith("# "):
        facts["title"] = first[2:].strip(), "the first line, marked as a heading"
    elif site := _site(first, second):
        facts["title"] = second, "line 2, which stands within line 1"
        facts["container_title"] = site, "line 1, around the title"
    elif lines[1].apart and is_heading(first, second) and len(second) > len(first):
        facts["title"] = first, "the first line, set off by an empty line"


def _site(first: str, second: str) -> str | None:
    """Name of the site that stands before or behind the title in the first line."""
    if len(second) < 10:
        return None
    if first.endswith(" " + second):
        site = first[: -len(second)].strip(_SEPARATORS)
    elif first.startswith(second) and first[len(second) :].lstrip()[:1] in set("|-\u2013\u2014"):
        site = first[len(second) :].strip(_SEPARATORS)
    else:
        return None
    return site if 0 < len(site) <= 60 and len(site.split()) <= 6 else None


def _labelled(words: str, number: int, facts: Stated) -> None:
    found = _LABELLED.fullmatch(words) or _PUBLISHED.fullmatch(words)
    if not found:
        return
    label, value = (found[1], found[2]) if found.re is _LABELLED else ("published", found[1])
    name, taken = _FIELDS[label.lower().removesuffix(" on").removesuffix("s")](value.strip())
    if taken:
        facts.setdefault(name, (taken, f"line {number}, labelled"))


def _byline(words: str, number: int, facts: Stated) -> None:
    found = _BYLINE.fullmatch(words)
    if found and (author := _person(found[1])):
        facts.setdefault("authors", ((author,), f"line {number}, a byline"))


def _author_section(lines: Sequence[TextLine], facts: Stated) -> None:
    """A heading "Author" near the end, with a name on the line below it."""
    for index in range(max(len(lines) - _BOTTOM, 0), len(lines) - 1):
        if not _AUTHOR_HEADING.fullmatch(lines[index].text):
            continue
        if author := _person(_BULLET.sub("", lines[index + 1].text)):
            origin = f'line {index + 2}, below the heading "{lines[index].text}"'
            facts.setdefault("authors", ((author,), origin))


def _person(words: str) -> Author | None:
    found = _NAME.fullmatch(words.strip())
    if not found:
        return None
    given, _, family = found[1].rpartition(" ")
    return Author(family, given)


def _people(value: str) -> tuple[str, object]:
    people = (_person(part) for part in re.split(r"\s*;\s*|\s+and\s+|,\s+", value))
    return "authors", tuple(person for person in people if person)


_FIELDS: dict[str, Callable[[str], tuple[str, object]]] = {
    "title": lambda value: ("title", value),
    "author": _people,
    "written by": _people,
    "published": lambda value: ("date", parse_date(value).iso),
    "date": lambda value: ("date", parse_date(value).iso),
    "doi": lambda value: ("doi", normal_doi(value)),
    "pmid": lambda value: ("pmid", normal_pmid(value)),
    "url": lambda value: ("url", value if value.startswith("http") else None),
    "source url": lambda value: ("url", value if value.startswith("http") else None),
    "website": lambda value: ("container_title", value),
    "journal": lambda value: ("container_title", value),
}
