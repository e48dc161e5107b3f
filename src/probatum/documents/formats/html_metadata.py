"""What a web page says of itself: Highwire and Dublin Core tags, JSON-LD, Open Graph, title."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from probatum.documents.dates import parse_date
from probatum.documents.languages import language_tag
from probatum.documents.markup import flat, spoken
from probatum.documents.origins import with_origins
from probatum.model.document import AbstractSection, Author, Identifiers, Metadata
from probatum.text.identifiers import normal_doi, normal_pmcid, normal_pmid
from probatum.text.names import parse_name

_LARGEST_JSON = 2_000_000
_ARTICLES = frozenset(
    {"Article", "NewsArticle", "BlogPosting", "ScholarlyArticle", "MedicalScholarlyArticle"}
    | {"MedicalWebPage", "Report", "WebPage", "TechArticle"}
)
# Sources of each field in the order of trust: names of meta tags, "ld:" keys of JSON-LD.
_FIELDS: dict[str, tuple[str, ...]] = {
    "title": ("citation_title", "ld:headline", "dc.title", "dcterms.title", "og:title", "ld:name"),
    "date": (
        "citation_publication_date",
        "citation_date",
        "citation_online_date",
        "ld:datePublished",
        "dc.date",
        "dc.date.issued",
        "dcterms.issued",
        "dcterms.date",
        "article:published_time",
        "date",
    ),
    "language": ("citation_language", "dc.language", "ld:inLanguage"),
    "container_title": ("citation_journal_title", "ld:isPartOf", "og:site_name"),
    "volume": ("citation_volume",),
    "issue": ("citation_issue",),
    "publisher": ("citation_publisher", "dc.publisher", "ld:publisher"),
    "abstract": ("citation_abstract", "dcterms.abstract"),
    "url": ("canonical", "og:url", "ld:url"),
}
_AUTHORS = ("citation_author", "ld:author", "dc.creator", "dcterms.creator", "author")
_DOIS = ("citation_doi", "dc.identifier", "dcterms.identifier", "prism.doi", "ld:identifier")

Stated = Mapping[str, Sequence[str]]


def html_metadata(root: etree._Element) -> tuple[Metadata, bool]:
    """Read the metadata of a page, and whether it is an article of a journal.

    A plain <title> is taken only when nothing better states the title.
    """
    stated = {**_linked_data(root), **_tags(root)}
    fields: dict[str, object] = {}
    where: dict[str, str] = {}
    for field, names in _FIELDS.items():
        found = _first(stated, names)
        if found:
            fields[field], where[field] = found
    _title(root, fields, where)
    _finish(root, stated, fields, where)
    return with_origins(fields, where, "the page's tags"), "citation_title" in stated


def _first(stated: Stated, names: Sequence[str]) -> tuple[str, str] | None:
    return next(((stated[name][0], name) for name in names if stated.get(name)), None)


def _tags(root: etree._Element) -> dict[str, list[str]]:
    tags: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").lower()
        content = " ".join((meta.get("content") or "").split())
        if name and content:
            tags.setdefault(name, []).append(content)
    for link in root.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and link.get("href"):
            tags["canonical"] = [str(link.get("href"))]
    return tags


def _title(root: etree._Element, fields: dict[str, object], where: dict[str, str]) -> None:
    plain = flat(next(root.iter("title"), None))
    headings = [words for h1 in root.iter("h1") if (words := flat(h1))]
    if "title" not in fields and len(headings) == 1 and (not plain or headings[0] in plain):
        fields["title"], where["title"] = headings[0], "the one h1"
    elif "title" not in fields and plain:
        fields["title"], where["title"] = plain, "<title>"


def _finish(
    root: etree._Element, stated: Stated, fields: dict[str, object], where: dict[str, str]
) -> None:
    """Turn what was stated as strings into the nouns' types."""
    dated = parse_date(str(fields.pop("date", "")))
    if dated.year:
        fields |= {"date": dated.iso, "year": dated.year}
        where["year"] = where["date"]
    if abstract := fields.get("abstract"):
        fields["abstract"] = (AbstractSection(None, str(abstract)),)
    language = fields.get("language") or root.get("lang")
    if language:
        fields["language"] = language_tag(str(language).split("-")[0])
    names = next((stated[name] for name in _AUTHORS if stated.get(name)), [])
    fields["authors"] = tuple(author for name in names if (author := _author(name)))
    where["authors"] = next((name for name in _AUTHORS if stated.get(name)), "")
    fields["page"] = _pages(stated)
    fields["identifiers"] = _identifiers(stated)
    fields["keywords"] = tuple(dict.fromkeys(stated.get("citation_keywords", ())))


def _pages(stated: Stated) -> str | None:
    first = _first(stated, ("citation_firstpage",))
    last = _first(stated, ("citation_lastpage",))
    if first and last and first[0] != last[0]:
        return f"{first[0]}-{last[0]}"
    return first[0] if first else None


def _identifiers(stated: Stated) -> Identifiers:
    dois = (normal_doi(value) for name in _DOIS for value in stated.get(name, ()))
    pmid = _first(stated, ("citation_pmid",))
    pmcid = _first(stated, ("citation_pmcid",))
    return Identifiers(
        doi=next((doi for doi in dois if doi), None),
        pmid=normal_pmid(pmid[0]) if pmid else None,
        pmcid=normal_pmcid(pmcid[0]) if pmcid else None,
    )


def _author(name: str) -> Author | None:
    if name.startswith(("http:", "https:")):
        return None
    family, given = parse_name(name)
    return Author(family, given) if family else None


def _linked_data(root: etree._Element) -> dict[str, list[str]]:
    """Strings of the first JSON-LD object that describes an article or page, by "ld:" key."""
    best: tuple[int, dict[str, list[str]]] = (99, {})
    for script in root.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        for rank, thing in _things(spoken(script)):
            if rank < best[0]:
                strings = {f"ld:{key}": _strings(value) for key, value in thing.items()}
                best = rank, {key: found for key, found in strings.items() if found}
    return best[1]


def _things(text: str) -> Iterator[tuple[int, dict[str, object]]]:
    """Objects of a JSON-LD script with a rank: articles before pages."""
    if len(text) > _LARGEST_JSON:
        return
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):  # what is not JSON states nothing
        return
    listed = found if isinstance(found, list) else [found]
    for thing in listed[:100]:
        graph = thing.get("@graph") if isinstance(thing, dict) else None
        for part in graph[:100] if isinstance(graph, list) else [thing]:
            if isinstance(part, dict) and (kind := _kind(part)):
                yield 1 if kind in {"WebPage", "MedicalWebPage"} else 0, part


def _kind(thing: Mapping[str, object]) -> str | None:
    kind = thing.get("@type")
    names = kind if isinstance(kind, list) else [kind]
    return next((name for name in names if isinstance(name, str) and name in _ARTICLES), None)


def _strings(value: object) -> list[str]:
    """Strings of a JSON-LD value: itself, its name, or those of its members."""
    if isinstance(value, str):
        return [" ".join(value.split())] if value.strip() else []
    if isinstance(value, dict):
        name = value.get("name") or value.get("value")
        return [" ".join(name.split())] if isinstance(name, str) and name.strip() else []
    if isinstance(value, list):
        parts = (part for part in value[:500] if not isinstance(part, list))
        return [found for part in parts for found in _strings(part)]
    return []
