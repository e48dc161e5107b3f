"""The cards of one work become one description; where they disagree, the conflict is kept."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from probatum.model.document import Author, Identifiers, Metadata
from probatum.model.work import Card, Conflict, Work
from probatum.works.normalise import fold, pages
from probatum.works.places import same_container

T = TypeVar("T", bound=str | int)


def merge(cards: Sequence[Card]) -> Work:
    """Describe the work that cards are reports of; ``id`` is the one of :func:`work_id`.

    Of each field the most frequent value is taken, among equals the smallest, so that the order
    of the cards does not matter; the longest list of authors.
    """
    if len(cards) == 1:  # most works have one record; this is six times as fast
        return _alone(cards[0])
    metas = [card.metadata for card in cards]
    identifiers = _identifiers(metas)
    documents = tuple(sorted(card.document for card in cards))
    lists = [meta.authors for meta in metas]
    return Work(
        id=work_id(identifiers, documents),
        documents=documents,
        records=tuple(sorted({card.record for card in cards if card.record})),
        identifiers=identifiers,
        title=usual(meta.title for meta in metas),
        year=usual(meta.year for meta in metas),
        authors=max((_written(names) for names in lists), key=lambda names: (len(names), names)),
        container_title=usual(meta.container_title for meta in metas),
        publication_types=tuple(sorted({kind for m in metas for kind in m.publication_types})),
        conflicts=conflicts(cards),
    )


def _alone(card: Card) -> Work:
    meta = card.metadata
    ids = meta.identifiers
    return Work(
        id=work_id(ids, (card.document,)),
        documents=(card.document,),
        records=(card.record,) if card.record else (),
        identifiers=replace(ids, nct=tuple(sorted(ids.nct)), other=tuple(sorted(ids.other)))
        if ids.nct or ids.other
        else ids,
        title=meta.title,
        year=meta.year,
        authors=_written(meta.authors),
        container_title=meta.container_title,
        publication_types=tuple(sorted(meta.publication_types)),
    )


def work_id(identifiers: Identifiers, documents: Sequence[str]) -> str:
    """``w`` and 16 hex digits from the strongest identifier, else from the first document.

    >>> work_id(Identifiers(doi="10.1000/a"), ["d1"]) == work_id(Identifiers(doi="10.1000/a"), [])
    True
    """
    for scheme, value in (
        ("doi", identifiers.doi),
        ("pmid", identifiers.pmid),
        ("pmcid", identifiers.pmcid),
    ):
        if value:
            return digest(f"{scheme}:{value}")
    return digest("document:" + min(documents, default=""))


def digest(name: str) -> str:
    """The id of a work that is known by this name."""
    return "w" + hashlib.sha256(name.encode()).hexdigest()[:16]


def usual(values: Iterable[T | None]) -> T | None:
    """The most frequent value, among equals the smallest; None when there is none.

    >>> usual(["b", None, "a", "b"])
    'b'
    """
    given = [value for value in values if value is not None]
    if not given or given.count(given[0]) == len(given):
        return given[0] if given else None
    counts = Counter(given)
    return min(counts, key=lambda value: (-counts[value], value))


def _written(authors: tuple[Author, ...]) -> tuple[str, ...]:
    return tuple(f"{a.family}, {a.given}" if a.given else a.family for a in authors)


def _identifiers(metas: Sequence[Metadata]) -> Identifiers:
    found = [meta.identifiers for meta in metas]
    return Identifiers(
        doi=usual(ids.doi for ids in found),
        pmid=usual(ids.pmid for ids in found),
        pmcid=usual(ids.pmcid for ids in found),
        nct=tuple(sorted({nct for ids in found for nct in ids.nct})),
        other=tuple(sorted({pair for ids in found for pair in ids.other})),
    )


def conflicts(cards: Sequence[Card]) -> tuple[Conflict, ...]:
    """Fields on which the cards of a work disagree once written in one way, with every value.

    An abbreviated journal, another case or a shortened last page is no conflict.
    """
    found = []
    for name, (read, alike) in _FIELDS.items():
        given = [(c.document, v) for c in cards if (v := read(c.metadata))]
        if len({value for _, value in given}) < 2:
            continue
        values = sorted(given)
        if any(not alike(values[0][1], value) for _, value in values[1:]):
            found.append(Conflict(name, tuple(values)))
    return tuple(found)


def _equal(left: str, right: str) -> bool:
    return left == right


def _folded(left: str, right: str) -> bool:
    return left == right or fold(left) == fold(right)


def _journal(left: str, right: str) -> bool:
    return left == right or same_container(fold(left), fold(right))


def _one_page(left: str, right: str) -> bool:
    return left == right or pages(left)[0] == pages(right)[0]


_Read = Callable[[Metadata], str | None]
_FIELDS: dict[str, tuple[_Read, Callable[[str, str], bool]]] = {
    "title": (lambda meta: meta.title, _folded),
    "year": (lambda meta: str(meta.year) if meta.year else None, _equal),
    "doi": (lambda meta: meta.identifiers.doi, _equal),
    "pmid": (lambda meta: meta.identifiers.pmid, _equal),
    "pmcid": (lambda meta: meta.identifiers.pmcid, _equal),
    "container_title": (lambda meta: meta.container_title, _journal),
    "volume": (lambda meta: meta.volume, _folded),
    "issue": (lambda meta: meta.issue, _folded),
    "page": (lambda meta: meta.page, _one_page),
}
