"""Named cells of one record (a row of a table, a flat object) become its fields."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from probatum.documents.draft import Draft
from probatum.documents.kinds import publication_type
from probatum.text.names import split_names

Cells = Mapping[str, Sequence[tuple[str, str]]]
_PLAIN = ("title", "container_title", "volume", "issue", "page", "publisher", "url")
_PARTS = re.compile(r"\s*[;|\n]\s*")
_VOLUME_ISSUE = re.compile(r"(\d+[A-Za-z]?)\s+(?:\()?(\d+(?:-\d+)?)\)?")


def fill(draft: Draft, cells: Cells, authors: Sequence[str] | None = None) -> None:
    """Put cells into a draft; ``cells`` maps a field to (heading, value) pairs, the best first.

    ``authors`` are names that were divided already.
    """
    for field in _PLAIN:
        for name, value in cells.get(field, ()):
            draft.put(field, value, name)
    for name, value in [*cells.get("year", ()), *cells.get("date", ())]:
        draft.date(value, name)
    for name, value in cells.get("authors", ()):
        draft.people(split_names(value) if authors is None else authors, name)
    for name, value in cells.get("abstract", ()):
        draft.abstract(value, name)
    for name, value in cells.get("language", ()):
        draft.language(value, name)
    _lists(draft, cells)
    _pages(draft, cells)
    _identify(draft, cells)


def _lists(draft: Draft, cells: Cells) -> None:
    for field, into in (("keywords", "keywords"), ("type", "publication_types")):
        for name, value in cells.get(field, ()):
            parts = _PARTS.split(value)
            known = parts if into == "keywords" else map(publication_type, parts)
            draft.put_all(into, known, name)


def volume_and_issue(text: str) -> tuple[str, str | None]:
    """Divide "24 7" and "24(7)", as some sites write volume and issue together.

    >>> volume_and_issue("24 7"), volume_and_issue("24")
    (('24', '7'), ('24', None))
    """
    found = _VOLUME_ISSUE.fullmatch(text.strip().replace("(", " ("))
    return (found[1], found[2]) if found else (text, None)


def _first(cells: Cells, field: str) -> str:
    return next((value.strip() for _, value in cells.get(field, ()) if value.strip()), "")


def _pages(draft: Draft, cells: Cells) -> None:
    first, last = _first(cells, "first_page"), _first(cells, "last_page")
    if first and last and last != first and "-" not in first:
        first = f"{first}-{last}"
    draft.put("page", first, "first and last page")


def _identify(draft: Draft, cells: Cells) -> None:
    for name, value in cells.get("doi", ()):
        draft.doi(value, name)
    for name, value in cells.get("pmid", ()):
        draft.pmid(value, name)
    for name, value in [*cells.get("pmcid", ()), *cells.get("record", ())]:
        draft.pmcid(value if value[:3].upper() == "PMC" else None, name)
    for name, value in cells.get("nct", ()):
        draft.registrations(value, name)
    for name, value in cells.get("url", ()):
        if "doi.org/" in value:
            draft.doi(value, name)
