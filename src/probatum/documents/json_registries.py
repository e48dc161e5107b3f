"""Works of Crossref (REST API, "works") and papers of Semantic Scholar (Graph API v1)."""

from __future__ import annotations

from collections.abc import Iterator

from probatum.documents.draft import Draft
from probatum.documents.json_paths import Object, at, objects, text, texts
from probatum.documents.kinds import publication_type
from probatum.model.document import Author, Grant, Identifiers, Reference, Relation
from probatum.text.identifiers import normal_doi, normal_orcid
from probatum.text.names import parse_name

_DATES = ("published-print", "issued", "published", "published-online")
_UPDATES = {
    "retraction": "retraction-of",
    "partial_retraction": "retraction-of",
    "withdrawal": "retraction-of",
    "removal": "retraction-of",
    "correction": "correction-of",
    "corrigendum": "correction-of",
    "erratum": "correction-of",
    "addendum": "correction-of",
    "expression_of_concern": "expression-of-concern-about",
}
_BACK = {
    "retraction-of": "retracted-by",
    "correction-of": "corrected-by",
    "expression-of-concern-about": "concern-raised-by",
}
_TYPES = {"posted-content": "Preprint"}


def is_crossref(record: Object) -> bool:
    """Tell whether an object is a work of Crossref: it has counts, or lists that CSL has not."""
    told = "indexed" in record or "is-referenced-by-count" in record
    lists = isinstance(record.get("title"), list) and isinstance(record.get("reference"), list)
    return "DOI" in record and (told or lists)


def crossref(record: Object) -> tuple[Draft, str | None]:
    """Read a work of Crossref; its key is its DOI."""
    draft = Draft()
    title, more = text(record, "title"), text(record, "subtitle")
    draft.put("title", f"{title}: {more}" if title and more else title, "title")
    draft.put("container_title", text(record, "container-title"), "container-title")
    for field in ("volume", "issue", "page", "publisher"):
        draft.put(field, text(record, field), field)
    draft.put("page", text(record, "article-number"), "article-number")
    draft.put("url", text(record, "URL"), "URL")
    for name in _DATES:
        draft.date(date_parts(at(record, name, "date-parts")), name)
    draft.language(text(record, "language"), "language")
    draft.authors(_crossref_authors(record), "author")
    draft.abstract(text(record, "abstract"), "abstract")
    kind = text(record, "subtype") or text(record, "type")
    draft.put_all("publication_types", [_TYPES.get(kind) or publication_type(kind)], "type")
    draft.put_all("keywords", texts(record, "subject"), "subject")
    draft.relations(_crossref_relations(record), "update-to, updated-by, relation")
    draft.grants(_crossref_grants(record), "funder")
    draft.doi(text(record, "DOI"), "DOI")
    for one in objects(record, "clinical-trial-number"):
        draft.registrations(text(one, "clinical-trial-number"), "clinical-trial-number")
    return draft, text(record, "DOI") or None


def date_parts(parts: object) -> str:
    """Write the parts of a date as text; "" when there are none.

    >>> date_parts([[2012, 3]]), date_parts([[None]])
    ('2012-03', '')
    """
    first = parts[0] if isinstance(parts, list) and parts else None
    known = [part for part in first or () if isinstance(part, int) and part > 0]
    return "-".join(f"{part:02d}" for part in known[:3])


def _crossref_authors(record: Object) -> list[Author]:
    people = []
    for one in objects(record, "author"):
        places = tuple(name for a in objects(one, "affiliation") if (name := text(a, "name")))
        orcid = normal_orcid(text(one, "ORCID"))
        family, given = text(one, "family"), text(one, "given")
        if family:
            people.append(Author(family, given or None, orcid, places))
        elif name := text(one, "name") or text(one, "literal"):
            people.append(Author(name, None, orcid, places))
    return people


def _crossref_relations(record: Object) -> Iterator[Relation]:
    for name in ("update-to", "updated-by"):
        for one in objects(record, name):
            kind, doi = _UPDATES.get(text(one, "type")), normal_doi(text(one, "DOI"))
            if kind and doi:
                yield Relation(kind if name == "update-to" else _BACK[kind], f"doi:{doi}")
    for one in objects(record, "relation", "is-preprint-of"):
        if doi := normal_doi(text(one, "id")):
            yield Relation("preprint-of", f"doi:{doi}")


def _crossref_grants(record: Object) -> Iterator[Grant]:
    for one in objects(record, "funder"):
        name = text(one, "name") or None
        yield from (Grant(number, name) for number in texts(one, "award"))
        if name and not texts(one, "award"):
            yield Grant(None, name)


def crossref_references(record: Object) -> tuple[Reference, ...]:
    """Read the references that a publisher deposited."""
    found: dict[str, Reference] = {}
    for place, one in enumerate(objects(record, "reference"), 1):
        key = text(one, "key") or f"ref{place}"
        key = key if key not in found else f"{key}-{place}"
        year = text(one, "year")[:4]
        authors = (Author(text(one, "author")),) if text(one, "author") else ()
        title = text(one, "article-title") or text(one, "volume-title")
        journal = text(one, "journal-title") or text(one, "series-title")
        parts = (text(one, "author"), title, journal, text(one, "volume"), year)
        printed = text(one, "unstructured") or ". ".join(part for part in parts if part)
        found[key] = Reference(
            key=key,
            text=" ".join(printed.split()),
            identifiers=Identifiers(doi=normal_doi(text(one, "DOI"))),
            title=title or None,
            authors=authors,
            year=int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None,
            container_title=journal or None,
        )
    return tuple(found.values())


def is_semantic(record: Object) -> bool:
    """Tell whether an object is a paper of Semantic Scholar."""
    return "paperId" in record


def semantic(record: Object) -> tuple[Draft, str | None]:
    """Read a paper of Semantic Scholar; its key is its paperId."""
    draft = Draft()
    draft.put("title", text(record, "title"), "title")
    for path in (("journal", "name"), ("venue",), ("publicationVenue", "name")):
        draft.put("container_title", text(record, *path), ".".join(path))
    draft.put("volume", text(record, "journal", "volume"), "journal.volume")
    draft.put("page", text(record, "journal", "pages"), "journal.pages")
    draft.put("url", text(record, "url"), "url")
    draft.date(text(record, "year"), "year")
    draft.date(text(record, "publicationDate"), "publicationDate")
    names = [text(one, "name") for one in objects(record, "authors")]
    draft.authors([Author(*parse_name(n, "given-first")) for n in names if n.strip()], "authors")
    draft.abstract(text(record, "abstract"), "abstract")
    kinds = [publication_type(kind) for kind in texts(record, "publicationTypes")]
    draft.put_all("publication_types", kinds, "publicationTypes")
    draft.put_all("keywords", texts(record, "fieldsOfStudy"), "fieldsOfStudy")
    draft.doi(text(record, "externalIds", "DOI"), "externalIds.DOI")
    draft.pmid(text(record, "externalIds", "PubMed"), "externalIds.PubMed")
    number = text(record, "externalIds", "PubMedCentral").upper().removeprefix("PMC")
    draft.pmcid(f"PMC{number}" if number else None, "externalIds.PubMedCentral")
    draft.other("semanticscholar", text(record, "paperId"))
    return draft, text(record, "paperId") or None
