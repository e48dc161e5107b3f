"""JATS front matter: the metadata of an article with the origin of every field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from lxml import etree

from probatum.documents.dates import Dated, iso_date
from probatum.documents.languages import language_tag
from probatum.documents.markup import Element, empty, flat
from probatum.documents.origins import with_origins
from probatum.model.document import (
    AbstractSection,
    Author,
    Identifiers,
    Metadata,
    Relation,
)
from probatum.text.identifiers import (
    find_ncts,
    normal_doi,
    normal_orcid,
    normal_pmcid,
    normal_pmid,
)

_XLINK = "{http://www.w3.org/1999/xlink}href"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_RELATIONS = {
    "corrected-article": "correction-of",
    "retracted-article": "retraction-of",
    "partial-retraction": "retraction-of",
    "addended-article": "correction-of",
    "object-of-concern": "expression-of-concern-about",
    "correction-forward": "corrected-by",
    "retraction-forward": "retracted-by",
    "concern-forward": "concern-raised-by",
}
_Parts = Mapping[str, list[Element]]
# The date is the one that bibliographies print; the first that is there is taken.
_DATES = ("ppub", "collection", "pub", "epub-ppub", "epub", "epreprint")
_REGISTERED = re.compile(
    r"(?:regist|clinicaltrials\.gov|trial number|identifier)[^\n]{0,80}?\b(NCT\s?\d{8})"
    r"|\b(NCT\s?\d{8})[^\n]{0,30}?regist",
    re.IGNORECASE,
)


def front_metadata(root: etree._Element, abstract: Sequence[AbstractSection]) -> Metadata:
    """Read the metadata of an article whose abstract was read already."""
    meta = _first(root, "./front/article-meta", "./front-stub")
    journal = root.find("./front/journal-meta")
    # One walk for all: asking for each part by its path took half the time of all this.
    parts: dict[str, list[etree._Element]] = {}
    for child in meta:
        parts.setdefault(child.tag, []).append(child)
    dated, date_origin = _date(parts.get("pub-date", ()))
    fields: dict[str, object] = {
        "title": title_of(parts["title-group"][0] if "title-group" in parts else meta) or None,
        "authors": tuple(_authors(meta, parts.get("contrib-group", ()))),
        "year": dated.year,
        "date": dated.iso,
        "language": language_tag(root.get(_LANGUAGE) or ""),
        "identifiers": _identifiers(meta, parts.get("article-id", ()), abstract),
        **_place(parts, journal),
        "publication_types": (root.get("article-type", ""),) if root.get("article-type") else (),
        "abstract": tuple(abstract),
        "keywords": tuple(_keywords(parts.get("kwd-group", ()))),
        "relations": tuple(_relations(parts.get("related-article", ()))),
    }
    where = dict.fromkeys(("container_title", "publisher"), "front/journal-meta")
    where |= {"language": "@xml:lang", "publication_types": "@article-type"}
    where |= {"year": date_origin, "date": date_origin}
    return with_origins(fields, where, "front/article-meta")


def _first(element: etree._Element, *paths: str) -> etree._Element:
    """Find the first of several places that is there, else give the element itself."""
    found = (element.find(path) for path in paths)
    return next((place for place in found if place is not None), element)


def _keywords(groups: Iterable[etree._Element]) -> Iterable[str]:
    words = [flat(keyword) for group in groups for keyword in group.iter("kwd")]
    return dict.fromkeys(word for word in words if word)


def title_of(group: etree._Element) -> str:
    """Give an article's title, with its subtitle behind a colon."""
    title = flat(_without_notes(group.find("article-title")))
    subtitle = flat(group.find("subtitle"))
    return f"{title}: {subtitle}" if title and subtitle else title


def _without_notes(element: etree._Element | None) -> etree._Element | None:
    """Take footnote marks out of a title, leaving what stands behind them."""
    if element is None:
        return None
    for note in [*element.iter("xref", "fn")]:
        if note.tag == "fn" or note.get("ref-type") in {"fn", "author-notes", "aff", "corresp"}:
            empty(note)
    return element


def _place(parts: _Parts, journal: etree._Element | None) -> dict[str, object]:
    name = publisher = ""
    if journal is not None:
        name = flat(next(journal.iter("journal-title"), None)) or flat(
            journal.find("./journal-id[@journal-id-type='nlm-ta']")
        )
        publisher = flat(next(journal.iter("publisher-name"), None))
    first, last = _said(parts, "fpage"), _said(parts, "lpage")
    pages = f"{first}-{last}" if first and last and first != last else first
    return {
        "container_title": name or None,
        "volume": _said(parts, "volume") or None,
        "issue": _said(parts, "issue") or None,
        "page": pages or _said(parts, "elocation-id") or None,
        "publisher": publisher or None,
    }


def _said(parts: _Parts, tag: str) -> str:
    return flat(parts[tag][0]) if tag in parts else ""


def _date(printed: Iterable[etree._Element]) -> tuple[Dated, str]:
    """Date of the issue, made more precise by another date of the same year."""
    found: dict[str, Dated] = {}
    for element in printed:
        kind = element.get("pub-type") or element.get("date-type") or "pub"
        if kind not in found:
            parts = _texts(element)
            dated = iso_date(*[parts.get(part, "") for part in ("year", "month", "day")])
            if dated.year:
                found[kind] = dated
    order = [kind for kind in _DATES if kind in found] or list(found)
    if not order:
        return Dated(None, None), ""
    chosen = order[0]
    if len(found[chosen].iso or "") == 4:
        same = [k for k in order if found[k].year == found[chosen].year]
        chosen = max(same, key=lambda kind: len(found[kind].iso or ""))
    return found[chosen], f"front/article-meta/pub-date[{chosen}]"


def _texts(element: etree._Element) -> dict[str, str]:
    """Texts of what stands in an element, each the first of its kind."""
    found: dict[str, str] = {}
    for child in element:
        if child.tag not in found:
            found[child.tag] = flat(child)
    return found


def _authors(meta: etree._Element, groups: Iterable[etree._Element]) -> Iterator[Author]:
    places = {aff.get("id", ""): _affiliation(aff) for aff in meta.iter("aff")}
    for group in groups:
        for contributor in group.iterchildren("contrib"):
            if contributor.get("contrib-type", "author") == "author":
                yield from _author(contributor, places)


def _author(contributor: etree._Element, places: Mapping[str, str]) -> Iterator[Author]:
    affiliations, orcid = _belongings(contributor, places)
    name = next(contributor.iter("name"), None)
    parts = {} if name is None else _texts(name)
    if parts.get("surname"):
        yield Author(parts["surname"], parts.get("given-names") or None, orcid, affiliations)
        return
    whole = contributor.find("collab")
    if whole is None:
        whole = contributor.find("string-name")
    if whole is not None and (words := _group_name(whole)):
        yield Author(words, None, orcid, affiliations)


def _belongings(
    contributor: etree._Element, places: Mapping[str, str]
) -> tuple[tuple[str, ...], str | None]:
    """Give affiliations and ORCID; asking for each part by a path took twice as long."""
    pointed: list[str] = []
    own: list[str] = []
    number = ""
    for child in contributor:
        tag = child.tag
        if tag == "xref" and child.get("ref-type") == "aff":
            pointed += [places.get(name, "") for name in (child.get("rid") or "").split()]
        elif tag == "aff":
            own.append(_affiliation(child))
        elif tag == "contrib-id" and not number and child.get("contrib-id-type") == "orcid":
            number = flat(child)
    kept = tuple(dict.fromkeys([place for place in (*pointed, *own) if place]))
    return kept, normal_orcid(number) if number else None


def _group_name(collab: etree._Element) -> str:
    """Name of a group without the people that some publishers nest in it."""
    if collab.find(".//contrib") is None:
        return flat(collab)
    return flat(collab.find("institution")) or (collab.text or "").strip()


def _affiliation(element: etree._Element) -> str:
    parts = [element.text or ""]
    for child in element:
        if child.tag not in {"label", "sup", "institution-id"}:
            parts.append(flat(child) if child.tag != "institution-wrap" else _institution(child))
        parts.append(child.tail or "")
    return " ".join(" ".join(parts).split()).strip(" ,;").replace(" ,", ",")


def _institution(wrap: etree._Element) -> str:
    return ", ".join(flat(name) for name in wrap.iterfind("institution"))


def _identifiers(
    meta: etree._Element, stated: Iterable[etree._Element], abstract: Sequence[AbstractSection]
) -> Identifiers:
    found: dict[str, str] = {}
    for element in stated:
        found.setdefault(element.get("pub-id-type", ""), flat(element))
    pmcid = found.get("pmcid") or found.get("pmc") or found.get("pmcaid") or ""
    trials = [
        element.get("document-id", "") + " " + flat(element)
        for element in meta.iter("related-object")
        if element.get("source-type", "").startswith("clinical-trial")
    ]
    for part in abstract:
        if "nct" in part.text.lower():  # a hundredth of the cost of the search
            trials += [a or b for a, b in _REGISTERED.findall(part.text)]
        if part.label and "regist" in part.label.lower():
            trials.append(part.text)
    publisher = found.get("publisher-id") or found.get("publisher-manuscript")
    return Identifiers(
        doi=normal_doi(found.get("doi", "")),
        pmid=normal_pmid(found.get("pmid", "")),
        pmcid=normal_pmcid(pmcid if pmcid.upper().startswith("PMC") else f"PMC{pmcid}"),
        nct=find_ncts(" ".join(trials)),
        other=(("publisher-id", publisher),) if publisher else (),
    )


def _relations(related: Iterable[etree._Element]) -> Iterator[Relation]:
    for element in related:
        kind = _RELATIONS.get(element.get("related-article-type", ""))
        address = element.get(_XLINK) or flat(element)
        if kind is None:
            continue
        if doi := normal_doi(address):
            yield Relation(kind, f"doi:{doi}")
        elif element.get("ext-link-type") == "pmid" and (pmid := normal_pmid(address)):
            yield Relation(kind, f"pmid:{pmid}")
