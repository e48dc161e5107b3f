"""One claim: a relation and the thing it is said of, as a frame with the place of each part."""

from __future__ import annotations

from collections.abc import Sequence
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
    return _filled(sentence, (relation, thing, drug), (cast("Direction", said), denied), words)


def _filled(sentence: Sentence, said: _Said, told: tuple[Direction, bool], words: Words) -> Claim:
    """Fill in the fields that have words of their own, and say where they stand.

    ``told``: the direction, and whether it is denied.
    """
    (relation, thing, drug), (direction, denied) = said, told
    text, found, passage = sentence.text, sentence.found, sentence.passage
    compares = relation.form in ("comparative", "state") or direction == "no_difference"
    compares = compares or (relation.direction == "gives" and relation.light)
    condition = _condition(sentence, thing)
    if condition is None and relation.is_onset:
        condition = next((c for c in found if c.kind == "indication"), None)
    outcome, measured = _outcome(sentence, thing, relation, words)
    aspect, cue = _aspect(sentence, relation, thing, words)
    dose = circumstances.dose(text, found, drug)
    route = circumstances.route(found, drug, relation.start)
    time = circumstances.time_point(text)
    against = circumstances.comparator(text, found, drug, both=compares)
    whom = people.groups(words.people, sentence, relation.clause)
    lent = () if whom else people.lent(sentence)
    cues: list[parts.Placed] = [("aspect", cue)] if cue else []
    here: list[parts.Placed] = [
        *parts.named([
            ("intervention", drug), ("condition", condition), ("outcome", measured),
            ("dose", dose), ("route", route), ("time_point", time), ("comparator", against),
            *(("population", one) for one in whom),
        ]),
        *parts.asserted(relation, thing, denied=denied),
        *cues,
    ]  # fmt: skip
    return Claim(
        "", "", passage.start, passage.end, passage.text, _id(drug or sentence.implied),
        _id(condition), outcome, aspect, direction, denied, relation.hedge,
        cast("Strength", relation.strength), _id(dose), _id(route), _id(time),
        section_name(passage.block), _id(against),
        population=tuple(sorted({one.id for one in (*whom, *lent)})),
        parts=_parts(sentence, here, sentence.implied if drug is None else None, lent),
    )  # fmt: skip


def _parts(
    sentence: Sentence,
    here: Sequence[parts.Placed],
    meant: Implied | None,
    lent: Sequence[Implied],
) -> tuple[Part, ...]:
    """Place what was read in the sentence, and what it means or is lent from elsewhere."""
    away = [Part("population", one.start, one.end, one.origin) for one in lent]
    if meant is not None:
        away.append(Part("intervention", meant.start, meant.end, meant.origin))
    return parts.parts(sentence.passage.start, here, away)


def _id(one: Concept | Implied | None) -> str | None:
    return one.id if one is not None else None


def _redirected(said: str | None, fate: str) -> str | None:
    """Apply what becomes of a direction where the drug is not who acts."""
    if said is None or fate == "none":
        return None
    return {"turned": turns.turned(said), "interacts": fate}.get(fate, said)


def _aspect(
    sentence: Sentence, relation: Relation, thing: Concept | None, words: Words
) -> tuple[str | None, tuple[int, int] | None]:
    """Give the aspect of a claim, and the place of the words that decide it, where some do."""
    stem = granted.aspect_stem(sentence, relation, thing)
    if stem is not None:
        named = next((aspect for aspect in words.aspects if stem in aspect.lower()), None)
        return named, (relation.first, relation.end) if named else None
    kind = thing.kind if thing is not None else "indication"
    low, high = relation.clause
    aspect, place = aspect_of(sentence.text[low:high], kind, words.aspects)
    return aspect, (low + place[0], low + place[1]) if place and aspect else None


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
