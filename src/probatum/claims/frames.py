"""Claims: drug by condition, outcome, mechanism or harm, with what is asserted of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import cast

from probatum.claims import circumstances, granted, listed, named, subjects, turns
from probatum.claims.directions import direction_of
from probatum.claims.effect_direction import Asked, directions
from probatum.claims.local_terms import local_terms
from probatum.claims.passages import Passage, section_name
from probatum.claims.relations import Relation, relations
from probatum.claims.roles import roles
from probatum.claims.themes import Spot, spots, themes
from probatum.claims.words import Words, compiled
from probatum.model.claim import Claim, Direction, Strength
from probatum.model.document import Document
from probatum.model.pack import Vocabulary
from probatum.text.concepts import Concept, nearest
from probatum.text.digest import short_id
from probatum.text.polarity import aspect_of

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
    r"|\bwe (?:also )?(?:did not use|used|chose)\b|^These include\b|\?$"
    r"|\bwere (?:\w+ (?:and )?){0,2}(?:enrolled|randomi[sz]ed|allocated|recruited"
    r"|assigned|divided|excluded)\b",
    re.IGNORECASE,
)
_SURE = 0.8  # of the model of direction, where no rule reads one
_SKIPPED = frozenset({"introduction", "methods"})
_PLANS = frozenset({"objective", "methods"})
_MOST = 8  # claims of one sentence
_LONGEST = 4_000


def claims(document: Document, found: Sequence[Passage], vocabulary: Vocabulary) -> list[Claim]:
    """Find the claims of a document: in titles, abstracts, results, discussions and web pages.

    Introductions and methods of articles are left out, since they relay or plan; in an abstract
    without headings, the sentences that say what was to be found out, and how. A sentence that
    opens with "it" or "the drug" is about the drug last named in its paragraph; an item of a list
    about the drug and the relation of its heading.
    """
    words = compiled(vocabulary)
    made: list[Claim] = []
    context = named.Context(document.kind == "web-page", document.metadata.title or "", words)
    plans, local = _plans(document, found), local_terms(document, words)
    for passage in found:
        if passage.start in plans or not _is_read(document, passage):
            continue
        text = passage.text[:_LONGEST]
        terms = local.added(text, named.terms(words.matcher, text))
        terms = turns.measured(terms, text, words.matcher)
        terms = named.consumed(terms, text, words.order)
        sentence = named.Sentence(passage, text, terms, *context.implied(passage, text, terms))
        made.extend(_numbered(document.id, _of_sentence(sentence, context)))
        context.add(passage, text, terms)
    return made


def _numbered(document: str, given: Iterator[Claim]) -> Iterator[Claim]:
    """Give claims their ids, each frame of a sentence once."""
    seen: set[tuple[str | None, ...]] = set()
    for claim in given:
        frame = (claim.intervention, claim.condition, claim.outcome, claim.direction)
        if frame in seen or len(seen) >= _MOST:
            continue
        name = short_id(document, claim.start, claim.end, f"claim{len(seen)}")
        seen.add(frame)
        yield replace(claim, id=name, document=document)


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


def _of_sentence(sentence: named.Sentence, context: named.Context) -> Iterator[Claim]:
    head = listed.head_of(sentence.passage, context.lead(sentence.passage))
    if head is not None:
        yield from _of_item(sentence, head, context)
        return
    if not sentence.has_drug or _NO_CLAIM.search(sentence.text):
        return
    taken = [(c.start, c.end) for c in sentence.found]
    read = relations(sentence.text, taken)
    known = spots(sentence.found, sentence.text)
    found = list(_read(sentence, read, known, context.words))
    yield from found
    if not found and known:
        yield from _by_model(sentence, context.words)


def _read(
    sentence: named.Sentence, read: list[Relation], known: list[Spot], words: Words
) -> Iterator[Claim]:
    """Read the relations of a sentence, then the effects that it takes for granted."""
    pairs, lone = _paired(sentence, read, known, words)
    spoken = {thing.start for _, thing in pairs} | {start for _, start in lone if start >= 0}
    for spot in known:
        if spot.start in spoken:
            continue
        relation_of = granted.presupposed(spot, sentence)
        if relation_of is not None:
            pairs.append((relation_of, spot.concepts[0]))
    made = [_claim(sentence, relation, thing, words) for relation, thing in pairs]
    made += [_alone(sentence, one, words) for one, start in lone if one.alone and start < 0]
    given = [claim for claim in made if claim is not None]
    condition = next((c.condition for c in given if c.condition), None)
    for claim in given:
        yield claim if claim.condition else replace(claim, condition=condition)


def _paired(
    sentence: named.Sentence, read: list[Relation], known: list[Spot], words: Words
) -> tuple[list[tuple[Relation, Concept]], list[tuple[Relation, int]]]:
    """Pair relations with their things; with each that has none, where its words stand, or -1."""
    pairs: list[tuple[Relation, Concept]] = []
    lone: list[tuple[Relation, int]] = []
    firsts = [one.first for one in read]
    for relation in read:
        if relation.alone and relation.direction == "improves":
            lone.append((relation, -1))  # "responded to the drug"
            continue
        told = themes(relation, sentence.text, known, firsts)
        told = [spot for spot in told if not sentence.is_drug(spot.start, spot.end)]
        told = [s for s in told if not (s.is_population and relation.direction in _AMOUNTS)]
        things = [granted.chosen(spot, relation, sentence, words.order) for spot in told]
        pairs += [(relation, thing) for thing in things if thing is not None]
        if not any(things):
            lone += [(relation, spot.start) for spot in told] or [(relation, -1)]
        held = [spot for spot in known if relation.start <= spot.start < relation.end]
        lone += [(relation, spot.start) for spot in held]
    return granted.settled(pairs), lone


def _redirected(said: str | None, fate: str) -> str | None:
    """Apply what becomes of a direction where the drug is not who acts."""
    if said is None or fate == "none":
        return None
    return {"turned": turns.turned(said), "interacts": fate}.get(fate, said)


_AMOUNTS = frozenset({"increases", "decreases"})  # of something in people with a condition


def _alone(sentence: named.Sentence, relation: Relation, words: Words) -> Claim | None:
    """Make a claim of a relation that has no object in the vocabulary: a duty, a ban, a status."""
    claim = _claim(sentence, relation, None, words)
    if claim is None or not granted.stands_alone(sentence, relation, claim.aspect):
        return None
    rival = granted.other_drug(sentence, relation) if relation.direction == "interacts" else None
    return replace(claim, comparator=rival or claim.comparator)


def _of_item(
    sentence: named.Sentence, head: listed.Head, context: named.Context
) -> Iterator[Claim]:
    """Read an item of a list under the relation of its heading."""
    drug = nearest(sentence.found, ("drug",), 0)
    about = drug.id if drug else context.about(sentence.passage, head.text)
    if about is None:
        return
    at = (0, len(sentence.text))
    relation = granted.plain(head.direction, at)
    meant = replace(sentence, implied=about, loosely=False)
    for thing in listed.things(head, sentence.found):
        rival = thing.id if thing.kind == "comparator" else None
        claim = _claim(meant, relation, None if rival else thing, context.words)
        if claim:
            yield replace(claim, comparator=rival or claim.comparator)


def _by_model(sentence: named.Sentence, words: Words) -> Iterator[Claim]:
    """Ask the model of direction where no rule reads one: drug, comparator and outcome named."""
    against = circumstances.AGAINST.search(sentence.text)
    outcome = nearest(sentence.found, ("outcome", "scale", "harm"), 0)
    drug = nearest(sentence.found, ("drug",), 0)
    if against is None or outcome is None or drug is None:
        return
    if circumstances.comparator(sentence.text, sentence.found, drug, both=True) is None:
        return
    rival = sentence.text[against.end() : against.end() + 40]
    told = (sentence.text[one.start : one.end] for one in (drug, outcome))
    (found,) = directions([Asked(sentence.text, next(told), rival, next(told))])
    if found.confidence < _SURE:
        return
    said = granted.plain(
        _CHANGES[found.change], (against.start(), against.start()), "correlational"
    )
    claim = _claim(sentence, said, outcome, words)
    if claim is not None:
        yield replace(claim, method="model")


_CHANGES = {"increased": "increases", "decreased": "decreases", "no_difference": "no_difference"}


def _claim(
    sentence: named.Sentence, relation: Relation, thing: Concept | None, words: Words
) -> Claim | None:
    found, text = sentence.found, sentence.text
    drug = subjects.agent(sentence, relation, thing)
    if drug is None and sentence.implied is None:
        return None
    if drug is None and sentence.loosely and not granted.is_loose(relation, thing):
        return None
    said = relation.direction if thing is None else direction_of(relation, thing, text)
    said = _redirected(said, subjects.turned(sentence, relation, thing, drug))
    if said is None:
        return None
    denied = relation.negated
    if said == "requires" and denied and thing is not None and thing.kind == "outcome":
        said, denied = "improves", False  # no need of a painkiller
    condition = _condition(sentence, thing)
    compares = relation.form in ("comparative", "state") or said == "no_difference"
    compares = compares or (relation.direction == "gives" and relation.light)
    passage = sentence.passage
    return Claim(
        id="",
        document="",
        start=passage.start,
        end=passage.end,
        quote=passage.text,
        intervention=drug.id if drug else sentence.implied,
        condition=condition.id if condition else None,
        outcome=_outcome(sentence, thing, relation, words),
        aspect=_aspect(sentence, relation, thing, words),
        direction=cast("Direction", said),
        negated=denied,
        hedge=relation.hedge,
        strength=cast("Strength", relation.strength),
        dose=circumstances.dose(text, found, drug),
        route=circumstances.route(found, drug, relation.start),
        time_point=circumstances.time_point(text),
        section=section_name(passage.block),
        comparator=circumstances.comparator(text, found, drug, both=compares),
    )


def _aspect(
    sentence: named.Sentence, relation: Relation, thing: Concept | None, words: Words
) -> str | None:
    stem = granted.aspect_stem(sentence, relation, thing)
    if stem is not None:
        return next((aspect for aspect in words.aspects if stem in aspect.lower()), None)
    kind = thing.kind if thing is not None else "indication"
    return aspect_of(sentence.text[slice(*relation.clause)], kind, words.aspects)


def _condition(sentence: named.Sentence, thing: Concept | None) -> Concept | None:
    """Give the condition of a claim: the thing itself, the people's, or what stands beside it."""
    if thing is not None and thing.kind == "indication":
        return thing
    inside = [c for c in sentence.found if c.kind == "indication"]
    people = subjects.people(sentence, inside)
    if people is not None or thing is None:
        return people
    same = next((c for c in inside if c.start < thing.end and thing.start < c.end), None)
    if thing.kind == "harm":
        harms = {(c.start, c.end) for c in sentence.found if c.kind == "harm"}
        inside = [c for c in inside if (c.start, c.end) not in harms]
        same = None if subjects.is_side_effect(sentence, thing) else same
    other = subjects.located(sentence, inside)
    if (
        same is None
        and other is None
        and thing.kind == "harm"
        and len({c.id for c in inside}) == 1
    ):
        other = inside[0]
    return same or other


_MEASURED = frozenset({"increases", "decreases", "no_difference"})


def _outcome(
    sentence: named.Sentence, thing: Concept | None, relation: Relation, words: Words
) -> str | None:
    if thing is None:
        return None
    if thing.kind == "indication":
        here = [c for c in sentence.found if thing.start <= c.start and c.end <= thing.end]
        same = [c for c in here if (c.start, c.end) == (thing.start, thing.end)]
        used = relation.direction in ("treats", "gives")
        kinds = ("outcome",) if used else ("outcome", "harm")
        held = here if relation.direction in _MEASURED else same
        return next((c.id for c in held if c.kind in kinds), None)
    return words.scales.get(thing.id) or thing.id if thing.kind == "scale" else thing.id
