"""Which relation a verb of effect states between the drug and what the verb acts on."""

from __future__ import annotations

import re

from probatum.text.assertions import Assertion
from probatum.text.concepts import Concept
from probatum.text.polarity import direction_for
from probatum.verdicts.context import BEFORE
from probatum.verdicts.speech import cue

_GOOD = re.compile(r"effect|relief|analges|response|remission|benefit|efficacy", re.IGNORECASE)
_BRINGS_ABOUT = re.compile(r"induc|produc|result", re.IGNORECASE)
_OF_PEOPLE = re.compile(r"\b(?:in|among|of|for)\b.*\bwith ", re.IGNORECASE)
_SAME = re.compile(r"\b(?:the same|similar|equal|comparable|identical)\b", re.IGNORECASE)
_EFFECTS = {
    "improves": "improves",
    "treats": "improves",
    "worsens": "worsens",
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


def relation_of(sentence: str, verb: Assertion, thing: Concept) -> str | None:
    """Give the relation, as :class:`probatum.verdicts.context.Said` names them; None for none."""
    if thing.kind == "mechanism":
        return "not-by" if verb.negated else "acts-by"
    if thing.kind == "harm":
        return _on_harm(sentence, verb, thing)
    relation = _on_condition(sentence, verb, thing)
    doubted = relation == "improves" and cue("doubt").search(sentence) is not None
    if not verb.negated and not doubted:
        return relation
    return "no-benefit" if relation in {"improves", "worsens"} else None


def _on_condition(sentence: str, verb: Assertion, thing: Concept) -> str | None:
    brings = thing.kind == "indication" and _BRINGS_ABOUT.match(sentence, verb.start)
    used = verb.direction == "treats" and cue("use").search(sentence, verb.start, verb.end)
    if brings or used:
        return "used-for"  # "for inducing anaesthesia"
    harmful = verb.direction in {"causes", "worsens"}
    if harmful and _OF_PEOPLE.search(sentence, verb.end, thing.start):
        return None  # "sets off mania in people with depression"
    if verb.direction == "causes" and _SAME.search(sentence, verb.end, thing.start):
        return "no-benefit"
    return _changed(sentence, verb, thing)


def _changed(sentence: str, verb: Assertion, thing: Concept) -> str | None:
    brought = verb.direction in {"causes", "increases"}
    if brought and _GOOD.search(sentence, thing.start, thing.end):
        return "improves"  # "leads to its analgesic effect"
    more = "increases" if verb.direction == "causes" else verb.direction  # "produced responders"
    return _EFFECTS.get(direction_for(more, thing.kind, thing.id))


def _on_harm(sentence: str, verb: Assertion, thing: Concept) -> str | None:
    around = max(0, thing.start - BEFORE), thing.end
    named = verb.start < thing.end and thing.start < verb.end  # "side effects" is no verb
    compared = sentence[verb.start : verb.start + 4].lower() in {"more", "less"}
    if (named and not compared) or cue("handled").search(sentence, *around):
        return None
    relation = _ON_HARMS.get(verb.direction)
    if verb.negated:
        return "not-causes" if relation == "causes" else None
    little = sentence.startswith(("little", "Little"), verb.start)
    mild = cue("minimised").search(sentence, *around) is not None
    small = (relation == "not-causes" and little) or (relation == "causes" and mild)
    return "minimises" if small else relation
