"""Documents become works: normalise, block, match, cluster; people's decisions win."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import combinations

from probatum.model.work import Card, Decision, Duplicate, Linking, Work
from probatum.works.block import block
from probatum.works.cluster import Pair, cluster
from probatum.works.edges import stated_pairs, with_edges
from probatum.works.match import Match, match
from probatum.works.merge import digest, merge
from probatum.works.normalise import normalise

#: A group with more documents than this lists its compared pairs only, not every pair.
LARGEST_LISTED = 200


def link(cards: Sequence[Card], decisions: Sequence[Decision] = ()) -> Linking:
    """Find out which documents are reports of one work; nothing is deleted.

    The order of the cards changes nothing; of cards with the same document id one is taken.
    Decisions about documents that are not among the cards are ignored. About 140 microseconds of
    CPU a card on search exports.

    >>> from probatum.model.document import Author, Metadata
    >>> meta = Metadata(title="A trial of drug X in acute pain of the knee", year=2019,
    ...                 authors=(Author("Doe", "J"),))
    >>> linking = link([Card("a", "record", meta, "x.ris"), Card("b", "record", meta, "y.bib")])
    >>> [work.documents for work in linking.works], linking.duplicates[0].verdict
    ([('a', 'b')], 'same')
    """
    with uncollected():
        ordered = _ordered(cards)
        keys = [normalise(card) for card in ordered]
        found = {pair: m for pair in block(keys) if (m := match(keys[pair[0]], keys[pair[1]]))}
        return _linked(ordered, found, decisions)


def compare(cards: Iterable[Card], pairs: Iterable[tuple[str, str]]) -> Iterator[Duplicate]:
    """Match pairs of documents, the first of two sorting before the other; gives what is found.

    What ``link`` does with each pair that blocking proposes, before any work is made.
    """
    known = {card.document: (normalise(card), card.record) for card in cards}
    for left, right in pairs:
        (one, one_record), (two, two_record) = known[left], known[right]
        if (found := match(one, two)) is not None:
            yield _duplicate(left, right, (one_record, two_record), found)


def assemble(
    cards: Sequence[Card], found: Iterable[Duplicate], decisions: Sequence[Decision] = ()
) -> Linking:
    """Make works of cards whose pairs were compared; what ``link`` does after matching.

    Gives of some cards what ``link`` would give of all, when every card that shares a PMID, DOI or
    PMCID with them, states a relation to them, or makes a pair with them is among them too.
    """
    ordered = _ordered(cards)
    place = {card.document: at for at, card in enumerate(ordered)}
    matches = {
        (place[pair.left], place[pair.right]): Match(
            pair.verdict, pair.relation, pair.score, pair.why
        )
        for pair in found
    }
    return _linked(ordered, matches, decisions)


def _ordered(cards: Sequence[Card]) -> list[Card]:
    known = {card.document: card for card in cards}
    return [known[document] for document in sorted(known)]


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the collector of cycles away: no card makes any, and looking takes a fifth more."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _linked(
    ordered: Sequence[Card], found: Mapping[Pair, Match], decisions: Sequence[Decision]
) -> Linking:
    decided = _decided(ordered, decisions)
    together = [pair for pair, decision in decided.items() if decision.verdict == "same"]
    apart = [pair for pair, decision in decided.items() if decision.verdict != "same"]
    stated = [pair for pair in stated_pairs(ordered) if pair not in decided]
    pmids = [card.metadata.identifiers.pmid for card in ordered]
    groups = cluster(pmids, found, together=together, apart=apart + stated)
    duplicates = tuple(_duplicates(ordered, groups, found, decided))
    works = _distinct([merge([ordered[place] for place in group]) for group in groups])
    known = {card.document: card for card in ordered}
    return Linking(with_edges(works, known, duplicates), duplicates)


def _decided(cards: Sequence[Card], decisions: Sequence[Decision]) -> dict[Pair, Decision]:
    """The latest decision about each pair of documents that are there."""
    place = {card.document: at for at, card in enumerate(cards)}
    found: dict[Pair, Decision] = {}
    for decision in sorted(decisions, key=lambda d: d.when):
        left, right = place.get(decision.left), place.get(decision.right)
        if left is not None and right is not None and left != right:
            found[min(left, right), max(left, right)] = decision
    return found


def _distinct(works: Sequence[Work]) -> tuple[Work, ...]:
    """Works sorted by id; those that share their strongest identifier get ids of their own."""
    taken: dict[str, int] = {}
    for work in works:
        taken[work.id] = taken.get(work.id, 0) + 1
    unique = [
        work if taken[work.id] == 1 else replace(work, id=digest(f"{work.id}:{work.documents[0]}"))
        for work in works
    ]
    return tuple(sorted(unique, key=lambda work: work.id))


def _duplicates(
    cards: Sequence[Card],
    groups: Sequence[Sequence[int]],
    found: Mapping[Pair, Match],
    decided: Mapping[Pair, Decision],
) -> Iterator[Duplicate]:
    group_of = {place: at for at, group in enumerate(groups) for place in group}
    pairs = set(found) | set(decided)
    for group in groups:
        if len(group) <= LARGEST_LISTED:
            pairs.update(combinations(group, 2))
    for pair in sorted(pairs):
        one_work = group_of[pair[0]] == group_of[pair[1]]
        said = _said(found.get(pair), decided.get(pair), one_work=one_work)
        if said is not None:
            left, right = (cards[place] for place in pair)
            yield _duplicate(left.document, right.document, (left.record, right.record), said)


def _said(found: Match | None, decision: Decision | None, *, one_work: bool) -> Match | None:
    """What is reported of a pair, given where clustering and people put it."""
    if decision is not None:
        return _as_decided(found, decision, one_work=one_work)
    if one_work:
        return _joined(found)
    if found is not None and found.verdict == "same":
        return Match("review", None, found.score, (*found.why, "kept apart by what others say"))
    return found


def _joined(found: Match | None) -> Match:
    if found is None:
        return Match("same", None, 0.0, ("joined through other documents of the work",))
    through = () if found.verdict == "same" else ("joined through other documents of the work",)
    return Match("same", None, found.score, found.why + through)


def _as_decided(found: Match | None, decision: Decision, *, one_work: bool) -> Match | None:
    if decision.verdict == "different":
        return None
    score = found.score if found else 0.0
    why = f"decided by {decision.who} on {decision.when}: {decision.why}"
    if decision.verdict == "related":
        return Match("related", (found.relation if found else None) or "related", score, (why,))
    if not one_work:
        return Match("review", None, score, (why, "another decision or record keeps them apart"))
    return Match("same", None, score, (why,))


def _duplicate(
    left: str, right: str, records: tuple[str | None, str | None], said: Match
) -> Duplicate:
    return Duplicate(
        left=left,
        right=right,
        verdict=said.verdict,
        relation=said.relation,
        score=said.score,
        why=said.why,
        left_record=records[0],
        right_record=records[1],
    )
