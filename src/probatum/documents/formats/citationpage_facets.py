"""The filters of a citation-statement page, with the counts as it prints them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from probatum.documents.paragraphs import TextLine
from probatum.model.document import Facet

# Headings of filters, lower case, and the field that their counts go to.
FACETS = {
    "paper sections": "sections",
    "sections": "sections",
    "citation types": "types",
    "citation type": "types",
    "year published": "years",
    "publication types": "publication_types",
    "publication type": "publication_types",
    "relationship": "relationship",
    "authors": "",
    "journals": "",
    "citations": "",
    "references": "",
}
# The order in which such pages print bare counts of types.
_TYPES = ("supporting", "mentioning", "contrasting")
_COUNT = re.compile(r"\(?(\d{1,7})\)?")
_LABELLED = re.compile(r"(\D.{0,58}?)[\s:]+\(?(\d{1,7})\)?")
_INTERFACE = re.compile(r"select\.{0,3}…?|all|any|order by\b.*|see (?:more|all).*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Facets:
    """The filters of a page."""

    sections: tuple[Facet, ...] = ()
    types: Mapping[str, int] = field(default_factory=dict)
    years: tuple[int, int] | None = None
    publication_types: tuple[Facet, ...] = ()
    relationship: tuple[Facet, ...] = ()


def facets(lines: Sequence[TextLine]) -> Facets:
    """Read all filters; a count without a label has the label None."""
    grouped = _grouped(lines)
    years = [facet.count for facet in _counted(grouped.get("years", ())) if facet.label is None]
    return Facets(
        sections=_counted(grouped.get("sections", ())),
        types=_types(_counted(grouped.get("types", ()))),
        years=(min(years), max(years)) if years else None,
        publication_types=_counted(grouped.get("publication_types", ())),
        relationship=_counted(grouped.get("relationship", ())),
    )


def _grouped(lines: Sequence[TextLine]) -> dict[str, list[str]]:
    """Lines below each heading, up to the next heading or the first line that is no filter's."""
    grouped: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in lines:
        name = FACETS.get(line.text.lower().rstrip(":"))
        if name is not None:
            current = grouped.setdefault(name, []) if name and name not in grouped else None
        elif current is not None and len(line.text) > 60:
            current = None
        elif current is not None:
            current.append(line.text)
    return grouped


def _counted(lines: Sequence[str]) -> tuple[Facet, ...]:
    found: list[Facet] = []
    label: str | None = None
    for words in lines:
        if _INTERFACE.fullmatch(words):
            continue
        if bare := _COUNT.fullmatch(words):
            found.append(Facet(label, int(bare[1])))
            label = None
        elif labelled := _LABELLED.fullmatch(words):
            found.append(Facet(labelled[1].rstrip(" :"), int(labelled[2])))
        else:
            label = words
    return tuple(found)


def _types(counted: Sequence[Facet]) -> dict[str, int]:
    if all(facet.label is None for facet in counted):
        return (
            dict(zip(_TYPES, (f.count for f in counted), strict=False))
            if len(counted) == 3
            else {}
        )
    found: dict[str, int] = {}
    for facet in counted:
        for kind in _TYPES:
            if facet.label and facet.label.lower().startswith(kind[:7]):
                found.setdefault(kind, facet.count)
    return found
