"""Statements: one for every in-text citation, with its sentence, targets, stance and reasons."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from probatum.claims.authorship import Party, combined, party, to_one
from probatum.claims.passages import Passage, section_name
from probatum.claims.stance import Judgement, judge_all
from probatum.claims.stance_context import Context
from probatum.model.claim import CiterRelation, Statement, Target
from probatum.model.document import Document, InTextCitation, Reference
from probatum.text.digest import short_id
from probatum.text.similarity import twins

Judge = Callable[[Sequence[Context]], list[Judgement]]

_TWIN_WORDS = 6  # shorter sentences repeat by chance
_AROUND = 600  # characters kept of the sentence before and after
_LONGEST_QUOTE = 4_000


@dataclass(slots=True)
class _Listed:
    """The reference list by key, and what was already worked out for a key."""

    own: Party
    references: dict[str, Reference]
    relations: dict[str, CiterRelation] = field(default_factory=dict)
    targets: dict[str, Target] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A citation in its sentence, with the sentences around it."""

    citation: InTextCitation
    here: Passage
    before: str | None
    after: str | None


def citation_statements(
    document: Document, found: Sequence[Passage], judge: Judge = judge_all
) -> list[Statement]:
    """Make the statements of a document that cites, in text order.

    A citation outside every sentence (in a table, say) makes none. ``judge`` gives the stances of
    all citations at once, in their order.
    """
    if not document.citations:
        return []
    listed = _Listed(
        party(document.metadata.authors, document.metadata.identifiers.nct),
        {r.key: r for r in document.references},
    )
    starts = [passage.start for passage in found]
    placed: list[_Placed] = []
    places = {(c.start, c.end): c for c in document.citations}
    for _, citation in sorted(places.items()):
        at = bisect_right(starts, citation.start) - 1
        if at >= 0 and citation.start < found[at].end:
            placed.append(_Placed(citation, *_around(found, at)))
    judged = judge([_context(document, place) for place in placed])
    made = [
        _statement(document, place, judgement, listed)
        for place, judgement in zip(placed, judged, strict=True)
    ]
    return _with_twins(made)


def _around(found: Sequence[Passage], at: int) -> tuple[Passage, str | None, str | None]:
    """Give the sentence with the ones before and after it in the same block."""
    here = found[at]
    before = found[at - 1] if at and found[at - 1].index == here.index else None
    later = found[at + 1] if at + 1 < len(found) else None
    after = later if later is not None and later.index == here.index else None
    return (
        here,
        before.text[-_AROUND:] if before else None,
        after.text[:_AROUND] if after else None,
    )


def _statement(
    document: Document, place: _Placed, judgement: Judgement, listed: _Listed
) -> Statement:
    citation, here = place.citation, place.here
    start, end = _window(here, citation)
    return Statement(
        id=short_id(document.id, citation.start, citation.end, "statement"),
        document=document.id,
        start=start,
        end=end,
        quote=document.text[start:end],
        section=section_name(here.block),
        marker=document.text[citation.start : citation.end],
        marker_start=citation.start,
        marker_end=citation.end,
        targets=tuple(_target(key, listed) for key in citation.references),
        stance=judgement.stance,
        own_evidence=judgement.own_evidence,
        confidence=judgement.confidence,
        abstained=judgement.abstained,
        relation=_relation(citation.references, listed),
        why=judgement.why,
        previous=place.before,
        next=place.after,
        label_origin="model",
    )


def _window(here: Passage, citation: InTextCitation) -> tuple[int, int]:
    """Cut a "sentence" of megabytes down to what stands around its citation."""
    if here.end - here.start <= _LONGEST_QUOTE:
        return here.start, here.end
    half = _LONGEST_QUOTE // 2
    return max(here.start, citation.start - half), min(here.end, citation.end + half)


def _context(document: Document, place: _Placed) -> Context:
    here = place.here
    start, end = _window(here, place.citation)
    target = (place.citation.start - start, min(place.citation.end, end) - start)
    role = here.block.role
    sentence = here.text if end - start == len(here.text) else document.text[start:end]
    return Context(sentence, target, place.before or "", role, place.after or "")


def _target(key: str, listed: _Listed) -> Target:
    if key not in listed.targets:
        found = listed.references.get(key)
        made = Target(key, found.identifiers, found.title, found.year) if found else Target(key)
        listed.targets[key] = made
    return listed.targets[key]


def _relation(keys: tuple[str, ...], listed: _Listed) -> CiterRelation:
    cited = [key for key in keys if key in listed.references]
    for key in cited:
        if key not in listed.relations:
            listed.relations[key] = to_one(listed.own, listed.references[key])
    return combined([listed.relations[key] for key in cited])


def _with_twins(made: list[Statement]) -> list[Statement]:
    """Mark statements in a sentence that nearly repeats an earlier one about the same work."""
    sentences: dict[int, list[int]] = {}
    for index, statement in enumerate(made):
        sentences.setdefault(statement.start, []).append(index)
    groups = list(sentences.values())
    texts = [_comparable(made[group[0]].quote) for group in groups]
    marked = list(made)
    for twin in twins(texts):
        for index in groups[twin.later]:
            first = next(_same_target(made, index, groups[twin.earlier]), None)
            if first is not None:
                marked[index] = replace(made[index], twin_of=made[first].id)
    return marked


def _same_target(made: list[Statement], index: int, earlier: list[int]) -> Iterator[int]:
    keys = {target.reference for target in made[index].targets}
    return (i for i in earlier if keys & {target.reference for target in made[i].targets})


def _comparable(quote: str) -> str:
    return quote if len(quote.split()) >= _TWIN_WORDS else ""
