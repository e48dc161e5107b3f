"""JATS reference lists: one reference an entry, with the identifiers it states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from lxml import etree

from probatum.documents.formats.jats_inline import Keys
from probatum.documents.markup import flat
from probatum.model.document import Author, Identifiers, Reference
from probatum.text.identifiers import find_dois, normal_doi, normal_pmcid, normal_pmid

_CITATIONS = (
    "element-citation",
    "mixed-citation",
    "citation",
    "nlm-citation",
    "citation-alternatives",
)
_YEAR = re.compile(r"\b(1[6-9]\d\d|20\d\d)")
_DIGITS = re.compile(r"\d{1,4}")
_PUBMED = re.compile(r"(?:pubmed(?:\.ncbi\.nlm\.nih\.gov)?/|list_uids=)(\d{1,9})")
_XLINK = "{http://www.w3.org/1999/xlink}href"
# Between the parts of an element-citation, which has no punctuation of its own.
_AFTER = {"volume": ":", "source": " ", "year": ";", "fpage": "-", "surname": " "}


def references(root: etree._Element) -> tuple[tuple[Reference, ...], Keys]:
    """Read all reference lists of an article and the ways in which markers may name them.

    Each entry's ``id`` is set to the key of its reference, unique in the article.
    """
    found: list[Reference] = []
    by_id: dict[str, str] = {}
    taken: set[str] = set()
    for position, entry in enumerate(root.iter("ref"), 1):
        reference = _reference(entry, position, taken)
        taken.add(reference.key)
        found.append(reference)
        for name in _names(entry):
            by_id.setdefault(name, reference.key)
        entry.set("id", reference.key)
    number = _numbers(found)
    by_number: dict[int, str] = {}
    for key, printed in number.items():
        by_number.setdefault(printed, key)
    others = frozenset(cast("list[str]", root.xpath("//*/@id"))) - by_id.keys()
    return tuple(found), Keys(by_id, number, by_number, others)


def _numbers(found: list[Reference]) -> dict[str, int]:
    """Printed numbers; places in the list only where no entry prints a label."""
    if any(reference.label for reference in found):
        printed = ((r.key, _DIGITS.search(r.label or "")) for r in found)
        return {key: int(digits[0]) for key, digits in printed if digits}
    return {reference.key: place for place, reference in enumerate(found, 1)}


def _names(entry: etree._Element) -> Iterator[str]:
    for element in (entry, *entry.iter(*_CITATIONS)):
        if name := element.get("id"):
            yield name


def _reference(entry: etree._Element, position: int, taken: set[str]) -> Reference:
    label = flat(entry.find("label")) or flat(entry.find("./*/label")) or None
    key = entry.get("id") or label or f"ref{position}"
    if key in taken:
        key = f"{key}#{position}"
    citation = next(entry.iter(*_CITATIONS), entry)
    text = _text(entry, label)
    year = _YEAR.search(flat(citation.find(".//year")))
    title = citation.find(".//article-title")
    if title is None:
        title = citation.find(".//chapter-title")
    return Reference(
        key=key,
        label=label.strip(".[]() ") or None if label else None,
        text=text,
        identifiers=_identifiers(citation, text),
        title=flat(title) or None,
        authors=tuple(_authors(citation)),
        year=int(year[1]) if year else None,
        container_title=flat(citation.find(".//source")) or None,
    )


def _text(entry: etree._Element, label: str | None) -> str:
    parts = []
    for citation in entry:
        if citation.tag == "label":
            continue
        spoken = citation.tag in {"mixed-citation", "citation"} and (citation.text or "").strip()
        parts.append(flat(citation) if spoken else _assembled(citation))
    text = " ".join(part for part in parts if part) or flat(entry)
    if label and text.startswith(label):
        text = text[len(label) :].lstrip()
    return text


def _assembled(citation: etree._Element) -> str:
    """Set the parts of a citation side by side, with the punctuation its markup leaves out."""
    if any((child.tail or "").strip() for child in citation):
        return flat(citation)
    parts: list[str] = []
    for child in citation.iter():
        if child.tag in {"label", "pub-id-type"} or not (child.text or "").strip():
            continue
        parts.append(flat(child) if len(child) == 0 else str(child.text).strip())
        parts.append(_AFTER.get(str(child.tag), ", " if child.tag == "given-names" else ". "))
    return "".join(parts[:-1])


def _identifiers(citation: etree._Element, text: str) -> Identifiers:
    doi = pmid = pmcid = None
    for element in citation.iter("pub-id", "ext-link"):
        kind = element.get("pub-id-type") or element.get("ext-link-type") or ""
        value = flat(element)
        address = element.get(_XLINK) or ""
        doi = doi or normal_doi(value if kind == "doi" else address)
        if kind == "pmid":
            pmid = pmid or normal_pmid(value)
        elif found := _PUBMED.search(address):
            pmid = pmid or normal_pmid(found[1])
        pmcid = pmcid or normal_pmcid(value if kind in {"pmcid", "pmc"} else "")
    stated = {found for _, _, found in find_dois(text)} if not doi else set()
    return Identifiers(doi or (stated.pop() if len(stated) == 1 else None), pmid, pmcid)


def _authors(citation: etree._Element) -> Iterator[Author]:
    for group in citation.iter("person-group"):
        if group.get("person-group-type") not in {None, "author"}:
            continue
        yield from _people(group)
        return
    yield from _people(citation)


def _people(group: etree._Element) -> Iterator[Author]:
    for name in group.iter("name", "string-name", "collab"):
        family = flat(name.find("surname"))
        if family:
            yield Author(family, flat(name.find("given-names")) or None)
        elif whole := flat(name):
            yield Author(whole)
