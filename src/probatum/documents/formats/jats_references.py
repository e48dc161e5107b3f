"""JATS reference lists: one reference an entry, with the identifiers it states."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import cast

from lxml import etree

from probatum.documents.formats.jats_inline import Keys
from probatum.documents.markup import flat, spoken, squeezed
from probatum.model.document import Author, Identifiers, Reference
from probatum.model.quick import maker
from probatum.text.identifiers import find_dois, normal_doi, normal_pmcid, normal_pmid

_CITATIONS = frozenset(
    ("element-citation", "mixed-citation", "citation", "nlm-citation", "citation-alternatives")
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
_NESTING = frozenset({*_CITATIONS, "string-date"})
_LINKS = frozenset({"pub-id", "ext-link"})
_UNUSUAL = frozenset({*_NAMES, *_NESTING, *_LINKS, "person-group", "label"})
_PLAIN = frozenset({"doi", "pmid"})  # they need no address
_AUTHORS = frozenset({None, "author"})  # whom a group without a kind holds
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
            reference = _reference(element, name, len(found) + 1, taken)
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
    labels = [(reference.key, reference.label) for reference in found if reference.label]
    if labels:
        numbers = [(key, _number(label)) for key, label in labels]
        return {key: number for key, number in numbers if number is not None}
    return {reference.key: place for place, reference in enumerate(found, 1)}


@lru_cache(maxsize=2048)  # labels of lists are the same few hundred
def _number(label: str) -> int | None:
    digits = _DIGITS.search(label)
    return int(digits[0]) if digits else None


def _is_within(element: etree._Element, tag: str) -> bool:
    return next(element.iterancestors(tag), None) is not None


def _reference(
    entry: etree._Element, name: str | None, position: int, taken: set[str]
) -> Reference:
    citation, printed = entry, None
    for child in entry:
        tag = child.tag
        if tag == "label":
            printed = child if printed is None else printed
        elif citation is entry and tag in _CITATIONS:
            citation = child
    fields: dict[str, str] = {}
    authors: list[Author] = []
    words = _read_bare(citation, fields, authors) if citation is not entry else None
    if words is None:
        fields, authors = _read_nested(citation)
        words = flat(citation)
    label = flat(printed) if printed is not None else fields.get("label")
    if len(entry) > 2 or (label and words.startswith(label)):
        words = _whole(entry, citation, words, label)
    return _reference_of(
        _key(name or label, position, taken),
        (label.strip(".[]() ") or None) if label else None,
        words,
        None,
        None,
        _identifiers(fields, words),
        fields.get("article-title") or fields.get("chapter-title"),
        tuple(authors),
        _year(fields["year"]) if "year" in fields else None,
        fields.get("source"),
    )


@lru_cache(maxsize=2048)  # years are few
def _year(words: str) -> int | None:
    found = _YEAR.search(words)
    return int(found[1]) if found else None


def _read_bare(
    citation: etree._Element, fields: dict[str, str], authors: list[Author]
) -> str | None:
    """Read a citation whose markup leaves the punctuation out, and set its parts side by side.

    None when it is punctuated, that is, when text stands between its elements.
    """
    parts: list[str] = []
    for child in citation:
        tail, tag = child.tail, child.tag
        if tail and not tail.isspace():
            return None
        if tag not in _UNUSUAL:
            words = spoken(child) if len(child) else child.text
            if words and (words := words.strip()):
                fields.setdefault(tag, words)
                parts += words, _AFTER.get(tag, ". ")
        elif tag in _NESTING:
            return None
        elif words := _read_unusual(child, tag, fields, authors):
            parts += words, ". "
    text = "".join(parts[:-1])
    if not text.isprintable() or "  " in text:  # one look at the whole for all its fields
        fields.update([(tag, squeezed(words)) for tag, words in fields.items()])
        text = squeezed(text)
    return text or None


def _read_unusual(
    child: etree._Element, tag: str, fields: dict[str, str], authors: list[Author]
) -> str:
    """Read people, a link or a label of a citation without punctuation; give what it says."""
    if tag in _NAMES or tag == "person-group":
        people = _people(child) if tag == "person-group" else _person(child)
        if child.get("person-group-type") in _AUTHORS:
            authors += people
        return ", ".join([f"{p.family} {p.given}" if p.given else p.family for p in people])
    words = flat(child)
    if tag in _LINKS:
        _keep_identifier(fields, child, words)
        return words
    fields.setdefault(tag, words)  # a label, which is no part of the text
    return ""


def _people(group: etree._Element) -> list[Author]:
    """Read the people of a group.

    Asking a group for all names of a kind takes a third of the time of asking each person. It
    tells who they are where each has one name of either kind, as in nearly all groups.
    """
    families = [flat(p) if len(p) else (p.text or "").strip() for p in group.iter("surname")]
    givens = [flat(p) if len(p) else (p.text or "").strip() for p in group.iter("given-names")]
    known = len(families)
    if (
        known == len(givens)
        and (known == len(group) or (known == len(group) - 1 and _is_open(group)))
        and all(families)
        and all(givens)
    ):
        return [_author_of(family, given) for family, given in zip(families, givens, strict=True)]
    return [person for name in group for person in _person(name)]


def _is_open(group: etree._Element) -> bool:
    """Say whether a group ends with an empty <etal/>."""
    last = group[-1]
    return last.tag == "etal" and not last.text and not len(last)


def _person(name: etree._Element) -> tuple[Author, ...]:
    """Read a person, or a group with a name of its own; none where none is named."""
    family = given = None
    for part in name:
        tag = part.tag
        if tag == "surname":
            family = flat(part) if len(part) else (part.text or "").strip()
        elif tag == "given-names":
            given = flat(part) if len(part) else (part.text or "").strip()
    if family:
        return (_author_of(family, given or None),)
    words = flat(name)
    return (_author_of(words),) if words else ()


def _read_nested(citation: etree._Element) -> tuple[dict[str, str], list[Author]]:
    """Read a punctuated citation, wherever a dialect nests its parts."""
    fields: dict[str, str] = {}
    authors: list[Author] = []
    theirs = True
    for element in citation.iter(*_READ):
        tag = element.tag
        if tag in _NAMES:
            if theirs:
                authors += _person(element)
        elif tag == "person-group":
            theirs = element.get("person-group-type") in _AUTHORS
        elif tag in _LINKS:
            _keep_identifier(fields, element, flat(element))
        elif tag not in fields and (words := flat(element)):
            fields[tag] = words
    return fields, authors


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


def _keep_identifier(fields: dict[str, str], element: etree._Element, words: str) -> None:
    kind = element.get("pub-id-type") or element.get("ext-link-type") or ""
    fields.setdefault(kind, words)
    if kind in _PLAIN:
        return
    address = element.get(_XLINK)
    if not address:
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
