"""What a page without markup says of itself: title, site, author, date, identifiers.

Only what the page states is taken, each with its origin; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from probatum.documents.bylines import person
from probatum.documents.front_matter import Stated, front_facts
from probatum.documents.page_titles import first_line_title
from probatum.documents.paragraphs import TextLine
from probatum.text.identifiers import normal_doi, normal_pmid

_TOP, _BOTTOM = 15, 12
_SEPARATORS = " |-\u2013\u2014:\u00bb\u00b7\u2022/"
_LABELLED = re.compile(
    r"(title|doi|pmid|url|source url|website|journal)\s*:\s*(\S.{0,300})", re.IGNORECASE
)
_AUTHOR_HEADING = re.compile(r"(?:about the )?authors?\s*:?", re.IGNORECASE)
_BULLET = re.compile(r"^[\u2022*\u00b7-]\s+")
# The sentence that presents an author: "Jane Roe is a nurse", "Jane Roe, RN, writes about".
_PRESENTED = re.compile(
    r"([^.!?]{3,60}?)(?:,[^.!?]{1,40},)?\s(?:is|was|has|works|writes|covers)\b"
)


def stated_facts(lines: Sequence[TextLine]) -> Stated:
    """Collect field -> (value, origin) of a pasted page; lines are counted without empty ones."""
    facts: Stated = {}
    title = _title(lines, facts)
    near = [(number, line) for number, line in enumerate(lines, 1)]
    for number, line in near[:_TOP] + near[max(len(near) - _BOTTOM, _TOP) :]:
        _labelled(line, number, facts)
    facts |= front_facts(lines, title)
    _author_section(lines, facts)
    return facts


def _title(lines: Sequence[TextLine], facts: Stated) -> int | None:
    """Find a title: a first line that stands again, alone or with a site's name, or stands out."""
    if len(lines) < 2:
        return None
    first, second = lines[0].text, lines[1].text
    if first.startswith("# "):
        place = f"characters {lines[0].start + 2}-{lines[0].end}"
        facts["title"] = first[2:].strip(), f"the first line, marked as a heading, {place}"
        return 0
    at: int | None
    if first == second:
        at, how = 0, "the first line, which stands again as line 2"
    elif site := _site(first, second):
        facts["container_title"] = site, "line 1, around the title"
        at, how = 1, "line 2, which stands within line 1"
    else:
        at = first_line_title(lines)
        how = f"line {at + 1}, the first that is no label or link" if at else "the first line"
    if at is not None:
        origin = f"{how}, characters {lines[at].start}-{lines[at].end}"
        facts["title"] = lines[at].text, origin
    return at


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


def _labelled(line: TextLine, number: int, facts: Stated) -> None:
    found = _LABELLED.fullmatch(line.text)
    if not found:
        return
    name, taken = _FIELDS[found[1].lower()](found[2].strip())
    if taken and (name not in facts or name == "title"):
        place = f"characters {line.start + found.start(2)}-{line.end}"
        facts[name] = taken, f"line {number}, labelled, {place}"


def _author_section(lines: Sequence[TextLine], facts: Stated) -> None:
    """A heading "Author" near the end, with a name on the line below it or at its beginning."""
    for index in range(max(len(lines) - _BOTTOM, 0), len(lines) - 1):
        if "authors" in facts or not _AUTHOR_HEADING.fullmatch(lines[index].text):
            continue
        below = _BULLET.sub("", lines[index + 1].text)
        presented = _PRESENTED.match(below)
        if author := person(below) or (person(presented[1]) if presented else None):
            place = f"characters {lines[index + 1].start}-{lines[index + 1].end}"
            origin = f'line {index + 2}, below the heading "{lines[index].text}", {place}'
            facts["authors"] = (author,), origin


_FIELDS: dict[str, Callable[[str], tuple[str, object]]] = {
    "title": lambda value: ("title", value),
    "doi": lambda value: ("doi", normal_doi(value)),
    "pmid": lambda value: ("pmid", normal_pmid(value)),
    "url": lambda value: ("url", value if value.startswith("http") else None),
    "source url": lambda value: ("url", value if value.startswith("http") else None),
    "website": lambda value: ("container_title", value),
    "journal": lambda value: ("container_title", value),
}
