"""JATS reference lists: one reference an entry, with the identifiers it states."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple, cast

from lxml import etree

from probatum.documents.formats.jats_inline import Keys
from probatum.documents.markup import flat
from probatum.model.document import Author, Identifiers, Reference
from probatum.model.quick import maker
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
_IDS = etree.XPath("//*/@id", smart_strings=False)
_PUBMED = re.compile(r"(?:pubmed(?:\.ncbi\.nlm\.nih\.gov)?/|list_uids=)(\d{1,9})")
_XLINK = "{http://www.w3.org/1999/xlink}href"
# Between the parts of an element-citation, which has no punctuation of its own.
_AFTER = {"volume": ":", "source": " ", "year": ";", "fpage": "-"}
_author_of, _identified, _reference_of = maker(Author), maker(Identifiers), maker(Reference)
_NAMES = frozenset({"name", "string-name", "collab"})
_PEOPLE = frozenset({"name", "string-name", "collab", "person-group"})
_NESTING = frozenset({*_CITATIONS, "string-date"})
_LINKS = frozenset({"pub-id", "ext-link"})
_UNUSUAL = frozenset({*_PEOPLE, *_NESTING, *_LINKS, "label"})
_NO_IDENTIFIERS = Identifiers()
_READ = (*_NAMES, *_LINKS, "person-group", "label", "article-title", "chapter-title", "source")
_READ += ("year",)


def references(root: etree._Element) -> tuple[tuple[Reference, ...], Keys]:
    """Read all reference lists of an article and the ways in which markers may name them.

    Each entry's ``id`` is set to the key of its reference, unique in the article.
    """
    found: list[Reference] = []
    by_id: dict[str, str] = {}
    taken: set[str] = set()
    # One walk for all: asking each entry for its citations took a tenth of the time of all this.
    for element in root.iter("ref", *_CITATIONS):
        name = element.get("id")
        if element.tag == "ref":
            reference = _reference(element, len(found) + 1, taken)
            taken.add(reference.key)
            found.append(reference)
            if name:
                by_id.setdefault(name, reference.key)
            if name != reference.key:
                element.set("id", reference.key)
        elif name and found and _is_within(element, "ref"):
            by_id.setdefault(name, found[-1].key)
    number = _numbers(found)
    by_number: dict[int, str] = {}
    for key, printed in number.items():
        by_number.setdefault(printed, key)
    others = cache(lambda: frozenset(cast("list[str]", _IDS(root))))
    return tuple(found), Keys(by_id, number, by_number, others)


def _numbers(found: list[Reference]) -> dict[str, int]:
    """Printed numbers; places in the list only where no entry prints a label."""
    if any(reference.label for reference in found):
        printed = ((r.key, _DIGITS.search(r.label or "")) for r in found)
        return {key: int(digits[0]) for key, digits in printed if digits}
    return {reference.key: place for place, reference in enumerate(found, 1)}


def _is_within(element: etree._Element, tag: str) -> bool:
    return next(element.iterancestors(tag), None) is not None


def _reference(entry: etree._Element, position: int, taken: set[str]) -> Reference:
    citation = next((child for child in entry if child.tag in _CITATIONS), entry)
    read = _Citation({}, [])
    words = _read_bare(citation, read) if citation is not entry else None
    if words is None:
        _read_nested(citation, read)
        words = flat(citation)
    fields = read.fields
    printed = entry.find("label")
    label = flat(printed) if printed is not None else fields.get("label")
    text = _whole(entry, citation, words, label)
    year = _YEAR.search(fields.get("year", ""))
    return _reference_of(
        key=_key(entry.get("id") or label, position, taken),
        label=(label.strip(".[]() ") or None) if label else None,
        text=text,
        identifiers=_identifiers(fields, text),
        title=fields.get("article-title") or fields.get("chapter-title"),
        authors=tuple(read.authors),
        year=int(year[1]) if year else None,
        container_title=fields.get("source"),
    )


class _Citation(NamedTuple):
    """What is read of one citation: the first of each kind of field, and the authors."""

    fields: dict[str, str]
    authors: list[Author]


def _read_bare(citation: etree._Element, read: _Citation) -> str | None:
    """Read a citation whose markup leaves the punctuation out, and set its parts side by side.

    None when it is punctuated, that is, when text stands between its elements.
    """
    fields, parts = read.fields, list[str]()
    for child in citation:
        tail, tag = child.tail, str(child.tag)
        if tail and not tail.isspace():
            return None
        if tag not in _UNUSUAL:
            if words := flat(child):
                fields.setdefault(tag, words)
                parts += words, _AFTER.get(tag, ". ")
        elif tag in _NESTING:
            return None
        else:
            _read_unusual(child, tag, read, parts)
    return "".join(parts[:-1]) if parts else None


def _read_unusual(child: etree._Element, tag: str, read: _Citation, parts: list[str]) -> None:
    """Read people, a link or a label of a citation without punctuation."""
    words = _people(child, tag, read) if tag in _PEOPLE else flat(child)
    if tag in _LINKS:
        _keep_identifier(read.fields, child, words)
    elif words:
        read.fields.setdefault(tag, words)
    if words and tag != "label":
        parts += words, ". "


def _people(element: etree._Element, tag: str, read: _Citation) -> str:
    """Read a group of people, or one person; only authors are kept as such."""
    people = [_author(name) for name in (element if tag == "person-group" else (element,))]
    found = [person for person in people if person]
    if element.get("person-group-type") in {None, "author"}:
        read.authors.extend(found)
    return ", ".join(f"{one.family} {one.given}" if one.given else one.family for one in found)


def _read_nested(citation: etree._Element, read: _Citation) -> None:
    """Read a punctuated citation, wherever a dialect nests its parts."""
    read.fields.clear()
    read.authors.clear()
    theirs = True
    for element in citation.iter(*_READ):
        tag = str(element.tag)
        if tag in _NAMES:
            if theirs and (author := _author(element)):
                read.authors.append(author)
        elif tag == "person-group":
            theirs = element.get("person-group-type") in {None, "author"}
        elif tag in _LINKS:
            _keep_identifier(read.fields, element, flat(element))
        elif tag not in read.fields and (words := flat(element)):
            read.fields[tag] = words


def _whole(entry: etree._Element, citation: etree._Element, words: str, label: str | None) -> str:
    """Text of an entry that may hold several citations, without the label in front."""
    if len(entry) > 2:
        others = [child for child in entry if child is not citation and child.tag != "label"]
        words = " ".join((words, *(text for child in others if (text := flat(child)))))
    if label and words.startswith(label):
        words = words[len(label) :].lstrip(" .")
    return words


def _key(name: str | None, position: int, taken: set[str]) -> str:
    """A key that no other reference has; broken names are not taken."""
    if not name or not name.isprintable():
        return f"ref#{position}"
    return f"{name}#{position}" if name in taken else name


def _author(name: etree._Element) -> Author | None:
    family = given = None
    for part in name:
        tag = part.tag
        if tag == "surname":
            family = flat(part) if len(part) else (part.text or "").strip()
        elif tag == "given-names":
            given = flat(part) if len(part) else (part.text or "").strip()
    family, given = (family, given) if family else (flat(name), None)
    return _author_of(family, given or None) if family else None


def _keep_identifier(fields: dict[str, str], element: etree._Element, words: str) -> None:
    kind = element.get("pub-id-type") or element.get("ext-link-type") or ""
    fields.setdefault(kind, words)
    address = element.get(_XLINK)
    if not address or kind in {"doi", "pmid"}:
        return
    if "doi.org" in address:
        fields.setdefault("doi", address)
    elif pubmed := _PUBMED.search(address):
        fields.setdefault("pmid", pubmed[1])


def _identifiers(fields: dict[str, str], text: str) -> Identifiers:
    doi = normal_doi(fields["doi"]) if "doi" in fields else None
    if not doi and "10." in text:
        stated = {value for _, _, value in find_dois(text)}
        doi = stated.pop() if len(stated) == 1 else None
    pmid = normal_pmid(fields["pmid"]) if "pmid" in fields else None
    pmcid = fields.get("pmcid") or fields.get("pmc")
    if not (doi or pmid or pmcid):
        return _NO_IDENTIFIERS
    return _identified(doi, pmid, normal_pmcid(pmcid) if pmcid else None)
