"""Claims: drug by condition, outcome, mechanism or harm, with what is asserted of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import cast

from probatum.claims import turns
from probatum.claims.effect_direction import Asked, directions
from probatum.claims.local_terms import local_terms
from probatum.claims.passages import Passage, section_name
from probatum.claims.roles import roles
from probatum.claims.words import Words, compiled
from probatum.model.claim import Claim, Direction, Strength
from probatum.model.document import Document
from probatum.model.pack import Vocabulary
from probatum.text.assertions import Assertion, assertions
from probatum.text.concepts import Concept, concepts, nearest, population
from probatum.text.digest import short_id
from probatum.text.polarity import aspect_of, direction_for, merged
from probatum.text.quantities import dose, time_point

_OBJECTS = ("outcome", "scale", "harm", "mechanism", "indication")
_PRONOUN = re.compile(
    r"(?:it|they|(?:this|the) (?:drug|medication|medicine|treatment))\b", re.IGNORECASE
)
# What was to be found out, what was done, what is not known: no claims.
_NO_CLAIM = re.compile(
    r"\b(?:aims?|purpose|objectives?|goal) (?:of|was|were)\b|\bwe (?:\w+ )?(?:aimed|investigated"
    r"|evaluated|examined|sought|compared|assessed|studied)\b"
    r"|\b(?:conducted|designed|carried out|performed|undertaken) to\b"
    r"|\b(?:further|future|more|larger) (?:studies|research|trials|investigations?)\b"
    r"|\b(?:remains?|is|are) (?:unclear|unknown|to be)\b|first (?:study|investigation|trial) to\b"
    r"|\bhave been (?:done|evaluated|conducted)\b"
    r"|\bthere (?:is|are|have been) (?:\w+ ){0,3}(?:studies|reports?|reviews?|trials?)\b"
    r"|\b(?:studies|trials|authors) have used\b|\bin (?:their|a|this) review of\b"
    r"|\bwe (?:also )?(?:did not use|used|chose)\b|^These include\b",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"\b(?:than|compared (?:with|to)|in comparison (?:with|to)|versus|vs\.?|over)\s", re.IGNORECASE
)
_SURE = 0.8  # of the model of direction, where no rule reads one
_SKIPPED = frozenset({"introduction", "methods"})
_PLANS = frozenset({"objective", "methods"})
_MOST = 6  # claims of one sentence
_LONGEST = 4_000


@dataclass(frozen=True, slots=True)
class _Sentence:
    """One sentence with its concepts and the drug it is about."""

    passage: Passage
    text: str
    found: list[Concept]
    implied: str | None


def claims(document: Document, found: Sequence[Passage], vocabulary: Vocabulary) -> list[Claim]:
    """Find the claims of a document: in titles, abstracts, results, discussions and web pages.

    Introductions and methods of articles are left out, since they relay or plan; in an abstract
    without headings, the sentences that say what was to be found out, and how. A sentence that
    opens with "it" or "the drug" is about the drug last named in its paragraph.
    """
    words = compiled(vocabulary)
    made: list[Claim] = []
    last: tuple[int, str] | None = None
    plans, local = _plans(document, found), local_terms(document, words)
    for passage in found:
        if passage.start in plans or not _is_read(document, passage):
            continue
        text = passage.text[:_LONGEST]
        terms = local.added(text, concepts(words.matcher, text))
        terms = turns.measured(terms, text, words.matcher)
        implied = last[1] if last and last[0] == passage.index and _PRONOUN.match(text) else None
        made.extend(_of_sentence(document.id, _Sentence(passage, text, terms, implied), words))
        drug = nearest(terms, ("drug",), 0)
        last = (passage.index, drug.id) if drug else last
    return made


def _plans(document: Document, found: Sequence[Passage]) -> frozenset[int]:
    """Give the starts of sentences of an undivided abstract that only plan."""
    inside = [p for p in found if p.block.role == "abstract" and p.is_prose]
    if not inside or any(section.label for section in document.metadata.abstract):
        return frozenset()
    told = zip(inside, roles([p.text for p in inside]), strict=False)
    return frozenset(passage.start for passage, role in told if role in _PLANS)


def _is_read(document: Document, passage: Passage) -> bool:
    if document.citation_page is not None:
        items = document.citation_page.items
        return any(i.start <= passage.start and passage.end <= i.end for i in items)
    if passage.block.kind == "heading":
        return False
    return document.kind == "web-page" or passage.block.role not in _SKIPPED


def _of_sentence(document: str, sentence: _Sentence, words: Words) -> Iterator[Claim]:
    has_drug = sentence.implied or any(c.kind == "drug" for c in sentence.found)
    if not has_drug or not any(c.kind in _OBJECTS for c in sentence.found):
        return
    if _NO_CLAIM.search(sentence.text):
        return
    seen: set[tuple[str | None, ...]] = set()
    read = assertions(sentence.text)
    # "during induction": a stage of anaesthesia, not an effect.
    found = list(merged([a for a in read if not _is_induction(sentence.text, a)]))
    if not found:
        yield from _by_model(document, sentence, words)
    for assertion in found:
        claim = _claim(document, sentence, assertion, words, len(seen))
        if claim is None or len(seen) >= _MOST:
            continue
        frame = (claim.intervention, claim.condition, claim.outcome, claim.direction)
        if frame not in seen:
            seen.add(frame)
            yield claim


def _is_induction(text: str, assertion: Assertion) -> bool:
    return text[assertion.start : assertion.end].lower() == "induction"


def _by_model(document: str, sentence: _Sentence, words: Words) -> Iterator[Claim]:
    """Ask the model of direction where no rule reads one: drug, comparator and outcome named."""
    against = _AGAINST.search(sentence.text)
    outcome = nearest(sentence.found, ("outcome", "scale", "harm"), 0)
    drug = nearest(sentence.found, ("drug",), 0)
    if against is None or outcome is None or drug is None:
        return
    rival = sentence.text[against.end() : against.end() + 40]
    names = (sentence.text[one.start : one.end] for one in (drug, outcome))
    (found,) = directions([Asked(sentence.text, next(names), rival, next(names))])
    if found.confidence < _SURE:
        return
    at, whole = against.start(), (0, len(sentence.text))
    said = Assertion(at, at, whole, _CHANGES[found.change], "correlational", False, None)
    claim = _claim(document, sentence, said, words, 0)
    if claim is not None:
        yield replace(claim, method="model")


_CHANGES = {"increased": "increases", "decreased": "decreases", "no_difference": "no_difference"}


def _comparator(sentence: _Sentence, drug: Concept | None) -> str | None:
    """Give what a sentence sets the drug against, as an id of comparators or drugs."""
    against = _AGAINST.search(sentence.text)
    if against is None:
        return None
    near = [c for c in sentence.found if against.end() <= c.start < against.end() + 80]
    found = nearest(near, ("comparator", "drug"), against.end())
    return found.id if found and (drug is None or found.id != drug.id) else None


def _claim(
    document: str, sentence: _Sentence, assertion: Assertion, words: Words, number: int
) -> Claim | None:
    found, at = sentence.found, assertion.end
    thing = nearest(found, _OBJECTS, at, assertion.clause) or nearest(found, _OBJECTS, at)
    if thing is None:
        return None
    named = thing if thing.kind == "indication" else nearest(found, ("indication",), at)
    condition = population(found, sentence.text) or named
    drug = nearest(found, ("drug",), assertion.start, (0, assertion.start))
    drug = drug or nearest(found, ("drug",), assertion.start)
    route = nearest(found, ("route",), assertion.start)
    direction, negated = _direction(sentence, assertion, thing, drug)
    passage, text = sentence.passage, sentence.text
    return Claim(
        id=short_id(document, passage.start, passage.end, f"claim{number}"),
        document=document,
        start=passage.start,
        end=passage.end,
        quote=passage.text,
        intervention=drug.id if drug else sentence.implied,
        condition=condition.id if condition else None,
        outcome=_outcome(sentence, thing, assertion, words),
        aspect=aspect_of(text[slice(*assertion.clause)], thing.kind, words.aspects),
        direction=cast("Direction", direction),
        negated=negated,
        hedge=assertion.hedge,
        strength=cast("Strength", assertion.strength),
        dose=dose(text),
        route=route.id if route else None,
        time_point=time_point(text),
        section=section_name(passage.block),
        comparator=_comparator(sentence, drug),
    )


def _direction(
    sentence: _Sentence, assertion: Assertion, thing: Concept, drug: Concept | None
) -> tuple[str, bool]:
    """Give the direction of a claim, and whether it is denied."""
    said = direction_for(assertion.direction, thing.kind, thing.id)
    if assertion.direction == "requires" and assertion.negated and thing.kind == "outcome":
        return "improves", False  # no need of a painkiller
    against = _AGAINST.search(sentence.text)
    rival = drug is not None and against is not None and turns.is_rival(
        drug, sentence.found, against.end(), assertion.start
    )  # fmt: skip
    if rival != turns.of_property(sentence.text, thing):
        said = turns.turned(said)
    return said, assertion.negated


def _outcome(
    sentence: _Sentence, thing: Concept, assertion: Assertion, words: Words
) -> str | None:
    if thing.kind == "indication":
        beside = nearest(sentence.found, ("outcome", "scale"), assertion.end, assertion.clause)
        if beside is None or beside.start == thing.start:
            return None
        thing = beside
    return words.scales.get(thing.id) or thing.id if thing.kind == "scale" else thing.id
