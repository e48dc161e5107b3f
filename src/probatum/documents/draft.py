"""A bibliographic record while its fields are being read: first come, first kept, with origin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from functools import lru_cache
from typing import Any

from probatum.documents.abstracts import abstract_sections, without_markup
from probatum.documents.dates import parse_date
from probatum.documents.languages import language_tag
from probatum.model.document import (
    AbstractSection,
    Author,
    Grant,
    Identifiers,
    Metadata,
    Relation,
    Subject,
)
from probatum.model.quick import maker
from probatum.text.identifiers import find_ncts, normal_doi, normal_pmcid, normal_pmid
from probatum.text.names import Order, name_order, parse_name

# PubMed counts some 41 million records in 2026; larger numbers are accession numbers of others.
_LARGEST_PMID = 60_000_000
# A line each: words divided by single spaces, a comma, words; no sign is left over at the end.
_NAMES = re.compile(
    r"^([^\s,;][^\s,]*+(?: [^\s,]++)*+), ([^\s,]++(?: [^\s,]++)*+)(?<!;)$", re.MULTILINE
)
_DASHES = re.compile(r"\s*(?:-{1,3}|[\u2010-\u2015\u2212])\s*")
_author, _identified, _metadata = maker(Author), maker(Identifiers), maker(Metadata)
# What is known of nothing, in the order of the fields.
_UNKNOWN = {field.name: getattr(Metadata(), field.name) for field in fields(Metadata)}


def _clean(value: str) -> str:
    if "<" in value or "&" in value:
        value = without_markup(value)
    # As _one_spaced does, without a call of it.
    if value.isprintable() and "  " not in value and value[:1] != " " != value[-1:]:
        return value
    return " ".join(value.split())


def _one_spaced(value: str) -> str:
    # Nearly all values are as they should be: then this is a third of the cost of division.
    if value.isprintable() and "  " not in value and value[:1] != " " != value[-1:]:
        return value
    return " ".join(value.split())


def _all_one_spaced(values: list[str]) -> list[str]:
    """One look at all of them together tells that none has anything to mend."""
    joined = "|".join(values)
    if joined.isprintable() and "  " not in joined and values == list(map(str.strip, values)):
        return values
    return [" ".join(value.split()) for value in values]


def _plain_authors(names: list[str]) -> list[Author] | None:
    """Divide names that are all "Family, Given" and no more, at a third of the cost of any others.

    One look at all of them together tells that each holds one comma with one space behind it.
    """
    joined = ", ".join(names)
    if joined.count(",") == 2 * len(names) - 1 and _is_neat(joined):
        pairs = [name.split(", ") for name in names]
        if set(map(len, pairs)) == {2}:
            return [_author(family, given) for family, given in pairs]
    found = _NAMES.findall("\n".join(names))
    return [_author(*name) for name in found] if len(found) == len(names) else None


def _is_neat(joined: str) -> bool:
    """Whether names are without spaces that are not single and without empty or ended parts."""
    return (
        joined.isprintable()
        and "  " not in joined
        and " ," not in joined
        and ";" not in joined
        and joined[0] not in " ,"
        and joined[-1] != " "
    )


@lru_cache(maxsize=4096)  # years and months come again and again in a file
def _best_date(printed: tuple[tuple[str, str], ...]) -> tuple[int, str, str, str] | None:
    """Year and date of the first that is a date, or of a more precise one of that year."""
    best: tuple[int, str, str, str] | None = None
    for text, origin in printed:
        dated = parse_date(text)
        iso = dated.iso or ""
        if dated.year is not None and (best is None or iso.startswith(best[1])):
            best = dated.year, iso, best[2] if best else origin, origin
    return best


Values = Mapping[str, Sequence[str]]


class Draft:
    """Fields of one record; a field that has a value keeps it, so readers put the best first.

    >>> draft = Draft()
    >>> draft.put("title", "  A trial ", "TI")
    >>> draft.put("title", "Another", "T2")
    >>> draft.metadata("RIS").title
    'A trial'
    """

    __slots__ = ("_fields", "_ids", "_ncts", "_other", "_told", "_where")

    def __init__(self) -> None:
        self._fields: dict[str, Any] = {}
        self._where: dict[str, str] = {}
        self._ids: dict[str, str] = {}
        self._told = ""  # the origin of the identifiers
        self._ncts: list[str] = []
        self._other: list[tuple[str, str]] = []

    def put(self, field: str, value: str | None, origin: str) -> None:
        """Set a field of text; white space is made one space, markup is taken out."""
        if not value or field in self._fields:
            return
        if field == "page" and not value.isalnum():
            value = _DASHES.sub("-", value)
        if clean := _clean(value):
            self._fields[field] = clean
            self._where[field] = origin

    def put_tags(self, values: Values, table: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        """Set fields of text, each from the first value of the first of its tags that has one."""
        fields, where = self._fields, self._where
        for field, tags in table:
            for tag in tags:
                if tag in values and field not in fields and (clean := _clean(values[tag][0])):
                    fields[field], where[field] = clean, tag
                    break

    def put_all(self, field: str, values: Iterable[str], origin: str) -> None:
        """Set a field that holds several texts, each once."""
        if field not in self._fields:
            clean = _all_one_spaced([*values])
            if kept := tuple(dict.fromkeys(filter(None, clean))):
                self._keep(field, kept, origin)

    def put_known(self, field: str, values: tuple[str, ...], origin: str) -> None:
        """Set a field that holds several texts that are clean, each there once."""
        if values and field not in self._fields:
            self._keep(field, values, origin)

    def _keep(self, field: str, value: object, origin: str) -> None:
        self._fields[field] = value
        self._where[field] = origin

    def date(self, text: str | None, origin: str) -> None:
        """Set date and year from a date as printed; a more precise date of that year wins."""
        dated = parse_date(text) if text else None
        if dated is None or dated.year is None:
            return
        known = str(self._fields.get("date", ""))
        if not known or (dated.iso or "").startswith(known):
            self._keep("year", dated.year, self._where.get("year", origin))
            self._keep("date", dated.iso, origin)

    def dates(self, printed: tuple[tuple[str, str], ...]) -> None:
        """Set date and year from (date as printed, origin) as :meth:`date` does one by one."""
        if best := _best_date(printed):
            self._keep("year", best[0], best[2])
            self._keep("date", best[1], best[3])

    def people(self, names: Iterable[str], origin: str, default: Order = "given-first") -> None:
        """Set the authors from names as printed; the list tells the order of comma-less ones."""
        names = list(names)
        if "authors" in self._fields:
            return
        if plain := _plain_authors(names):
            self._keep("authors", tuple(plain), origin)
            return
        clean = [one for name in names if (one := _one_spaced(name).strip(" ,;"))]
        order = default
        if undivided := [name for name in clean if "," not in name]:
            order = name_order(undivided, default)
            if len(undivided) == len(clean):
                origin += f" ({order.replace('-', ' ')})"
        self.authors([_author(*parse_name(name, order)) for name in clean], origin)

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
        if text and (found := find_ncts(text)):
            self._ncts.extend(found)
            self._told = self._told or origin

    def other(self, scheme: str, value: str | None) -> None:
        """Keep an identifier of another scheme."""
        if value and value.strip():
            self._other.append((scheme, value.strip()))

    def _identify(self, scheme: str, value: str | None, origin: str) -> None:
        if value and scheme not in self._ids:
            self._ids[scheme] = value
            self._told = f"{self._told}, {origin}" if self._told else origin

    @property
    def says_something(self) -> bool:
        """Whether there is enough for a document.

        That is a title, an abstract or an identifier, or authors with a year and a place.
        """
        known = self._fields
        if "title" in known or self._ids or self._ncts or "abstract" in known:
            return True
        placed = "container_title" in known or "page" in known
        return placed and "authors" in known and "year" in known

    def metadata(self, otherwise: str) -> Metadata:
        """Close the record; ``otherwise`` is the origin of fields that have none."""
        if self._ids or self._ncts or self._other:
            self._keep("identifiers", self._identifiers(), self._told or otherwise)
        known = _UNKNOWN | self._fields
        known["origins"] = tuple(self._where.items())
        return _metadata(*known.values())  # by place: by name takes twice as long

    def _identifiers(self) -> Identifiers:
        ids = self._ids
        return _identified(
            ids.get("doi"),
            ids.get("pmid"),
            ids.get("pmcid"),
            tuple(dict.fromkeys(self._ncts)) if self._ncts else (),
            tuple(dict.fromkeys(self._other)) if self._other else (),
        )
