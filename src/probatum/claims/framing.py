"""One claim: a relation and the thing it is said of, as a frame with the place of each part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import cast

from probatum.claims import circumstances, granted, parts, people, subjects, turns
from probatum.claims.directions import direction_of
from probatum.claims.named import Implied, Sentence
from probatum.claims.passages import section_name
from probatum.claims.relations import Relation
from probatum.claims.words import Words
from probatum.model.claim import Claim, Direction, Part, Strength
from probatum.text.concepts import Concept
from probatum.text.polarity import aspect_of

_Said = tuple[Relation, Concept | None, Concept | None]  # a relation, its thing and the drug


def framed(
    sentence: Sentence, relation: Relation, thing: Concept | None, words: Words
) -> Claim | None:
    """Make the claim that a relation says of a thing; None where it is not about a drug."""
    drug = subjects.agent(sentence, relation, thing)
    if drug is None and sentence.implied is None:
        return None
    if drug is None and sentence.loosely and not granted.is_loose(relation, thing):
        return None
    said = relation.direction if thing is None else direction_of(relation, thing, sentence.text)
    said = _redirected(said, subjects.turned(sentence, relation, thing, drug))
    if said is None:
        return None
    denied = relation.negated
    if said == "requires" and denied and thing is not None and thing.kind == "outcome":
        said, denied = "improves", False  # no need of a painkiller
    passage = sentence.passage
    claim = Claim(
        id="",
        document="",
        start=passage.start,
        end=passage.end,
        quote=passage.text,
        intervention=_id(drug or sentence.implied),
        condition=None,
        outcome=None,
        aspect=_aspect(sentence, relation, thing, words),
        direction=cast("Direction", said),
        negated=denied,
        hedge=relation.hedge,
        strength=cast("Strength", relation.strength),
        section=section_name(passage.block),
    )
    return _filled(claim, sentence, (relation, thing, drug), words)


def _filled(claim: Claim, sentence: Sentence, said: _Said, words: Words) -> Claim:
    """Fill in the fields that have words of their own, and say where they stand."""
    relation, thing, drug = said
    text, found = sentence.text, sentence.found
    compares = relation.form in ("comparative", "state") or claim.direction == "no_difference"
    compares = compares or (relation.direction == "gives" and relation.light)
    condition = _condition(sentence, thing)
    outcome, measured = _outcome(sentence, thing, relation, words)
    dose = circumstances.dose(text, found, drug)
    route = circumstances.route(found, drug, relation.start)
    time = circumstances.time_point(text)
    against = circumstances.comparator(text, found, drug, both=compares)
    whom = people.groups(words.people, sentence, relation.clause)
    lent = () if whom else people.lent(sentence)
    read = parts.named([
        ("intervention", drug), ("condition", condition), ("outcome", measured), ("dose", dose),
        ("route", route), ("time_point", time), ("comparator", against),
        *(("population", one) for one in whom),
    ])  # fmt: skip
    return replace(
        claim,
        condition=_id(condition),
        outcome=outcome,
        dose=_id(dose),
        route=_id(route),
        time_point=_id(time),
        comparator=_id(against),
        population=tuple(sorted({one.id for one in (*whom, *lent)})),
        parts=_parts(claim, sentence, said, read, lent),
    )


def _parts(
    claim: Claim,
    sentence: Sentence,
    said: _Said,
    read: Iterator[parts.Placed],
    lent: Sequence[Implied],
) -> tuple[Part, ...]:
    """Place what was read in the sentence, and what it means or is lent from elsewhere."""
    relation, thing, drug = said
    here = [*read, *parts.asserted(relation, thing, denied=claim.negated)]
    cue = granted.aspect_place(sentence, relation, thing)
    here += [("aspect", cue)] if cue and claim.aspect else []
    meant = sentence.implied if drug is None else None
    return parts.ordered((
        *parts.parts(sentence.passage.start, here),
        *(Part("intervention", one.start, one.end, one.origin) for one in (meant,) if one),
        *(Part("population", one.start, one.end, one.origin) for one in lent),
    ))  # fmt: skip


def _id(one: Concept | Implied | None) -> str | None:
    return one.id if one is not None else None


def _redirected(said: str | None, fate: str) -> str | None:
    """Apply what becomes of a direction where the drug is not who acts."""
    if said is None or fate == "none":
        return None
    return {"turned": turns.turned(said), "interacts": fate}.get(fate, said)


def _aspect(
    sentence: Sentence, relation: Relation, thing: Concept | None, words: Words
) -> str | None:
    stem = granted.aspect_stem(sentence, relation, thing)
    if stem is not None:
        return next((aspect for aspect in words.aspects if stem in aspect.lower()), None)
    kind = thing.kind if thing is not None else "indication"
    return aspect_of(sentence.text[slice(*relation.clause)], kind, words.aspects)


def _condition(sentence: Sentence, thing: Concept | None) -> Concept | None:
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
    sentence: Sentence, thing: Concept | None, relation: Relation, words: Words
) -> tuple[str | None, Concept | None]:
    """Give the id of the outcome that a claim is about, and what it was read from."""
    if thing is None:
        return None, None
    if thing.kind == "indication":
        here = [c for c in sentence.found if thing.start <= c.start and c.end <= thing.end]
        same = [c for c in here if (c.start, c.end) == (thing.start, thing.end)]
        used = relation.direction in ("treats", "gives")
        kinds = ("outcome",) if used else ("outcome", "harm")
        held = here if relation.direction in _MEASURED else same
        one = next((c for c in held if c.kind in kinds), None)
        return _id(one), one
    return (words.scales.get(thing.id) if thing.kind == "scale" else None) or thing.id, thing
