"""Edges between works: what records state (retraction, correction, preprint) and what was seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from probatum.model.work import Card, Duplicate, Work, WorkLink
from probatum.works.block import mark
from probatum.works.match import INVERSE

#: How a record's own relation reads as an edge of its work.
_KINDS = {
    "retraction-of": "retracts",
    "correction-of": "corrects",
    "expression-of-concern-about": "raises-concern-about",
}
_SCHEMES = ("doi:", "pmid:", "pmcid:")
Edge = tuple[str, str, str, str]


def ties(card: Card) -> set[int]:
    """Marks of the identifiers that a card has and of those that it states a relation to.

    Cards that share none of these neither take an id of a work from each other nor are linked by
    an edge that a record states.
    """
    targets = (relation.target for relation in card.metadata.relations)
    named = {*names(card), *(target for target in targets if target.startswith(_SCHEMES))}
    return {mark(*name.split(":", 1)) for name in named}


def names(card: Card) -> Iterator[str]:
    """How records name a card's work: ``"doi:10..."``, ``"pmid:1"``, ``"pmcid:PMC1"``."""
    ids = card.metadata.identifiers
    for scheme, value in (("doi", ids.doi), ("pmid", ids.pmid), ("pmcid", ids.pmcid)):
        if value:
            yield f"{scheme}:{value}"


def stated_pairs(cards: Sequence[Card]) -> list[tuple[int, int]]:
    """Pairs of places of which one record states a relation to the other: two works for sure."""
    if not any(card.metadata.relations for card in cards):
        return []
    places: dict[str, list[int]] = {}
    for place, card in enumerate(cards):
        for name in names(card):
            places.setdefault(name, []).append(place)
    pairs: set[tuple[int, int]] = set()
    for place, card in enumerate(cards):
        own = set(names(card))
        for relation in card.metadata.relations:
            if relation.kind == "report-of" or relation.target in own:
                continue
            others = places.get(relation.target, [])
            pairs.update((min(place, other), max(place, other)) for other in others)
    return sorted(pairs)


def with_edges(
    works: Sequence[Work], cards: Mapping[str, Card], duplicates: Iterable[Duplicate]
) -> tuple[Work, ...]:
    """Give each work its links, active at one end and passive at the other, sorted.

    A relation whose target is not in the base makes no edge; the record keeps stating it.
    """
    work_of = {document: work.id for work in works for document in work.documents}
    told = any(card.metadata.relations for card in cards.values())
    edges: set[Edge] = set(_stated(works, cards)) if told else set()
    for pair in duplicates:
        left, right = work_of[pair.left], work_of[pair.right]
        if pair.verdict == "related" and left != right:
            edges.add((left, pair.relation or "related", right, "; ".join(pair.why)))
    links: dict[str, dict[tuple[str, str], str]] = {}
    for left, kind, right, why in sorted(edges, reverse=True):
        links.setdefault(left, {})[kind, right] = why
        links.setdefault(right, {})[INVERSE.get(kind, "related"), left] = why
    return tuple(
        replace(work, links=_sorted(links[work.id])) if work.id in links else work
        for work in works
    )


def _sorted(links: Mapping[tuple[str, str], str]) -> tuple[WorkLink, ...]:
    return tuple(WorkLink(kind, target, why) for (kind, target), why in sorted(links.items()))


def _stated(works: Sequence[Work], cards: Mapping[str, Card]) -> Iterator[Edge]:
    known: dict[str, set[str]] = {}
    for work in works:
        for document in work.documents:
            for name in names(cards[document]):
                known.setdefault(name, set()).add(work.id)
    for work in works:
        for document in work.documents:
            for relation in cards[document].metadata.relations:
                kind = _KINDS.get(relation.kind, relation.kind)
                for target in sorted(known.get(relation.target, set()) - {work.id}):
                    why = f"the record states {relation.kind} {relation.target}"
                    yield work.id, kind, target, why
