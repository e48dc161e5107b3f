"""A bibliographic record while its fields are being read: first come, first kept, with origin."""

from __future__ import annotations

import re
from collections.abc import Iterable

from probatum.documents.abstracts import abstract_sections, without_markup
from probatum.documents.dates import parse_date
from probatum.documents.languages import language_tag
from probatum.documents.origins import with_origins
from probatum.model.document import (
    AbstractSection,
    Author,
    Grant,
    Identifiers,
    Metadata,
    Relation,
    Subject,
)
from probatum.text.identifiers import find_ncts, normal_doi, normal_pmcid, normal_pmid
from probatum.text.names import Order, name_order, parse_name

# PubMed counts some 41 million records in 2026; larger numbers are accession numbers of others.
_LARGEST_PMID = 60_000_000
_DASHES = re.compile(r"\s*(?:-{1,3}|[\u2010-\u2015\u2212])\s*")


class Draft:
    """Fields of one record; a field that has a value keeps it, so readers put the best first.

    >>> draft = Draft()
    >>> draft.put("title", "  A trial ", "TI")
    >>> draft.put("title", "Another", "T2")
    >>> draft.metadata("RIS").title
    'A trial'
    """

    def __init__(self) -> None:
        self._fields: dict[str, object] = {}
        self._where: dict[str, str] = {}
        self._ids: dict[str, str] = {}
        self._ncts: list[str] = []
        self._other: list[tuple[str, str]] = []

    def put(self, field: str, value: str | None, origin: str) -> None:
        """Set a field of text; white space is made one space, markup is taken out."""
        if value and ("<" in value or "&" in value):
            value = without_markup(value)
        if value and field == "page":
            value = _DASHES.sub("-", value)
        if value and field not in self._fields and (clean := " ".join(value.split())):
            self._keep(field, clean, origin)

    def put_all(self, field: str, values: Iterable[str], origin: str) -> None:
        """Set a field that holds several texts, each once."""
        clean = (" ".join(value.split()) for value in values)
        if field not in self._fields and (kept := tuple(dict.fromkeys(v for v in clean if v))):
            self._keep(field, kept, origin)

    def _keep(self, field: str, value: object, origin: str) -> None:
        self._fields[field] = value
        self._where[field] = origin

    def date(self, text: str | None, origin: str) -> None:
        """Set date and year from a date as printed; a more precise date of that year wins."""
        dated = parse_date(text or "")
        if dated.year is None:
            return
        known = str(self._fields.get("date", ""))
        if not known or (dated.iso or "").startswith(known):
            self._keep("year", dated.year, self._where.get("year", origin))
            self._keep("date", dated.iso, origin)

    def people(self, names: Iterable[str], origin: str, default: Order = "given-first") -> None:
        """Set the authors from names as printed; the list tells the order of comma-less ones."""
        clean = [one for name in names if (one := " ".join(name.split()).strip(" ,;"))]
        if clean and "authors" not in self._fields:
            order = name_order(clean, default)
            note = "" if any("," in name for name in clean) else f" ({order.replace('-', ' ')})"
            self.authors([Author(*parse_name(name, order)) for name in clean], origin + note)

    def authors(self, authors: Iterable[Author], origin: str) -> None:
        """Set the authors as they are."""
        if "authors" not in self._fields and (kept := tuple(a for a in authors if a.family)):
            self._keep("authors", kept, origin)

    def abstract(self, text: str | None, origin: str) -> None:
        """Set the abstract; labels within it divide it, markup is taken out."""
        if text and "abstract" not in self._fields and (sections := abstract_sections(text)):
            self._keep("abstract", sections, origin)

    def language(self, value: str | None, origin: str) -> None:
        """Set the language by code or English name."""
        self.put("language", language_tag(value or ""), origin)

    def relations(self, relations: Iterable[Relation], origin: str) -> None:
        """Set what the record says of other records."""
        if kept := tuple(dict.fromkeys(relations)):
            self._keep("relations", kept, origin)

    def sections(self, sections: Iterable[AbstractSection], origin: str) -> None:
        """Set the abstract where a record divides it itself."""
        if "abstract" not in self._fields and (kept := tuple(sections)):
            self._keep("abstract", kept, origin)

    def subjects(self, subjects: Iterable[Subject], origin: str) -> None:
        """Set the terms of controlled lists."""
        if kept := tuple(dict.fromkeys(subjects)):
            self._keep("subjects", kept, origin)

    def grants(self, grants: Iterable[Grant], origin: str) -> None:
        """Set who paid, each grant once."""
        if kept := tuple(dict.fromkeys(grants)):
            self._keep("grants", kept, origin)

    def doi(self, value: str | None, origin: str) -> None:
        """Take a DOI out of a value that should be one, or a link to one."""
        self._identify("doi", normal_doi(value) if value else None, origin)

    def pmid(self, value: str | None, origin: str) -> None:
        """Take a PMID out of a value that should be one."""
        found = normal_pmid(value) if value else None
        if found and int(found) <= _LARGEST_PMID:
            self._identify("pmid", found, origin)

    def pmcid(self, value: str | None, origin: str) -> None:
        """Take a PMCID out of a value."""
        self._identify("pmcid", normal_pmcid(value) if value else None, origin)

    def registrations(self, text: str | None, origin: str) -> None:
        """Take trial registrations out of a value that should hold them."""
        for nct in find_ncts(text or ""):
            self._ncts.append(nct)
            self._where.setdefault("identifiers", origin)

    def other(self, scheme: str, value: str | None) -> None:
        """Keep an identifier of another scheme."""
        if value and value.strip():
            self._other.append((scheme, value.strip()))

    def _identify(self, scheme: str, value: str | None, origin: str) -> None:
        if value and scheme not in self._ids:
            self._ids[scheme] = value
            told = self._where.get("identifiers")
            self._where["identifiers"] = f"{told}, {origin}" if told else origin

    @property
    def says_something(self) -> bool:
        """Whether there is enough for a document.

        That is a title, an abstract or an identifier, or authors with a year and a place.
        """
        known = set(self._fields)
        placed = {"authors", "year"} <= known and {"container_title", "page"} & known
        return bool(self._ids or self._ncts or {"title", "abstract"} & known or placed)

    def metadata(self, otherwise: str) -> Metadata:
        """Close the record; ``otherwise`` is the origin of fields that have none."""
        ids = Identifiers(
            doi=self._ids.get("doi"),
            pmid=self._ids.get("pmid"),
            pmcid=self._ids.get("pmcid"),
            nct=tuple(dict.fromkeys(self._ncts)),
            other=tuple(dict.fromkeys(self._other)),
        )
        return with_origins({**self._fields, "identifiers": ids}, self._where, otherwise)
