"""What verbs of effect say: each bound to what it acts on and to the drug it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from probatum.text.assertions import Assertion, assertions
from probatum.text.concepts import Concept
from probatum.text.polarity import direction_for, merged
from probatum.verdicts.context import BEFORE, OBJECTS, Context, Said
from probatum.verdicts.speech import cue

_REACH = 110  # characters from a verb to what it acts on: some fifteen words
_PASSIVE = re.compile(r"(?:ed|tion|ment|better|worse|effective|relief)$", re.IGNORECASE)
_GOOD = re.compile(r"effect|relief|analges|response|remission|benefit|efficacy", re.IGNORECASE)
_FRONT = re.compile(r"\W*(?:for|in|against)\b", re.IGNORECASE)
_BRINGS_ABOUT = re.compile(r"induc|produc|result", re.IGNORECASE)
_EFFECTS = {
    "improves": "improves",
    "treats": "improves",
    "worsens": "worsens",
    "causes": "worsens",
    "no_difference": "no-benefit",
}
_ON_HARMS = {
    "increases": "causes",
    "causes": "causes",
    "worsens": "causes",
    "decreases": "reduces",
    "improves": "reduces",
    "no_difference": "not-causes",
}


def effects(context: Context) -> Iterator[Said]:
    """Read what the verbs of effect of a sentence say; associations say nothing of an effect."""
    read = list(merged(assertions(context.sentence)))
    comparators = context.comparators()
    equal = comparators and cue("equal").search(context.sentence)
    for place, verb in enumerate(read):
        later = (a.start for a in read[place + 1 :] if a.strength != "correlational")
        bound = _object(context, verb, next(later, 1 << 60))
        drug = context.drug(verb.start, verb.clause)
        if bound is None or drug is None or verb.strength == "correlational":
            continue
        thing, presupposed = bound
        relation = _relation(context.sentence, verb, thing)
        if relation is not None:
            yield Said(
                "no-benefit" if equal and relation == "improves" else relation,
                drug,
                thing,
                context.condition(thing, verb.end),
                comparators,
                context.routes(),
                verb.hedge is not None,
                presupposed,
            )


def _object(context: Context, verb: Assertion, until: int) -> tuple[Concept, bool] | None:
    """Give what a verb acts on, and whether the verb is only part of its name."""
    things = [c for c in context.found if c.kind in OBJECTS]
    own = next((c for c in things if c.start < verb.end and verb.start < c.end), None)
    if own is not None and own.end >= verb.end:
        return own, True  # "antidepressant effects"
    found = _after(things, verb, until) or own or _generic(context, verb, until)
    if found is None and _PASSIVE.search(context.sentence[verb.start : verb.end]):
        found = _before(things, verb) or _set_in_front(context.sentence, things, verb)
    return (found, False) if found is not None else None


def _after(things: list[Concept], verb: Assertion, until: int) -> Concept | None:
    """Give the first thing behind a verb, before the next verb and in the same clause."""
    end = min(verb.clause[1] - 1, until, verb.end + _REACH)
    inside = [c for c in things if verb.end <= c.start <= end]
    first = [c for c in inside if c.start == inside[0].start]
    order = (
        OBJECTS[::-1] if verb.direction == "treats" else OBJECTS
    )  # "sedation" is a use and a harm
    return min(first, key=lambda c: order.index(c.kind), default=None)


def _before(things: list[Concept], verb: Assertion) -> Concept | None:
    """Give the thing close in front of a verb: "pain was reduced"."""
    close = [c for c in things if verb.clause[0] <= c.start and 0 <= verb.start - c.end <= BEFORE]
    last = [c for c in close if c.start == close[-1].start]
    return min(last, key=lambda c: OBJECTS.index(c.kind), default=None)


def _set_in_front(sentence: str, things: list[Concept], verb: Assertion) -> Concept | None:
    """Give the condition of "For chronic pain, drug X is effective"."""
    front = _FRONT.match(sentence)
    inside = [c for c in things if front and front.end() <= c.start < front.end() + BEFORE]
    comma = inside and sentence.find(",", inside[0].end, verb.start) >= 0
    return inside[0] if comma and inside[0].kind == "indication" else None


def _generic(context: Context, verb: Assertion, until: int) -> Concept | None:
    """Take "symptoms" and the like for the condition last named."""
    if context.topic is None:
        return None
    end = min(verb.end + _REACH, until)
    found = cue("generic").search(context.sentence, verb.end, end)
    return Concept(found.start(), found.end(), "indication", context.topic) if found else None


def _relation(sentence: str, verb: Assertion, thing: Concept) -> str | None:
    if thing.kind == "mechanism":
        return "not-by" if verb.negated else "acts-by"
    if thing.kind == "harm":
        return _on_harm(sentence, verb, thing)
    relation = _on_condition(sentence, verb, thing)
    if not verb.negated:
        return relation
    return "no-benefit" if relation in {"improves", "worsens"} else None


def _on_condition(sentence: str, verb: Assertion, thing: Concept) -> str | None:
    if verb.direction == "treats" and cue("use").search(sentence, verb.start, verb.end):
        return "used-for"
    if thing.kind == "indication" and _BRINGS_ABOUT.match(sentence, verb.start):
        return None  # "induction of anaesthesia"
    brought = verb.direction in {"causes", "increases"}
    if brought and _GOOD.search(sentence, thing.start, thing.end):
        return "improves"  # "leads to its analgesic effect"
    return _EFFECTS.get(direction_for(verb.direction, thing.kind, thing.id))


def _on_harm(sentence: str, verb: Assertion, thing: Concept) -> str | None:
    around = max(0, thing.start - BEFORE), thing.end
    named = verb.start < thing.end and thing.start < verb.end  # "side effects" is no verb
    if named or cue("handled").search(sentence, *around):
        return None
    relation = _ON_HARMS.get(verb.direction)
    if verb.negated:
        return "not-causes" if relation == "causes" else None
    if relation == "causes" and cue("minimised").search(sentence, *around):
        return "minimises"
    return relation
