"""From a relation and the thing it is said of to the direction of a claim."""

from __future__ import annotations

import re

from probatum.claims import turns
from probatum.claims.relations import Relation
from probatum.text.concepts import Concept
from probatum.text.polarity import direction_for

# Words that name a benefit, whatever the outcome's own sign: less of an "antidepressant effect"
# is worse, though less of depression is better.
_BENEFIT = re.compile(
    r"^anti|analges|lytic$|effects?$|propert|actions?$|benefit|efficacy|potential$|relief|sparing|killer"
    r"|killing|reduction$|control$|management$"
)
_GOOD_STATE = re.compile(r"analgesia|relief|remission|recovery|abstinence")
_GOOD_HEAD = re.compile(
    r"\b(?:quality|success|efficacy|effectiveness|tolerability|adequacy|comfort|outcomes?|control)"
    r"(?: rates?)? (?:of|in|with) (?:the )?(?:[\w-]+ ){0,2}$",
    re.IGNORECASE,
)
_PURPOSE = re.compile(r"\bfor (?:the )?$", re.IGNORECASE)
_NEED = re.compile(r"^(?:rescue|repeat|second|vasopressor)-|-use$")
_NEUTRAL = re.compile(
    r"blood pressure|heart rate|respiratory (?:function|drive)|airway reflex(?:es)?|bladder",
    re.IGNORECASE,
)
_SURE = frozenset({"harm", "mechanism"})
_AGENT = re.compile(r"\s(?:agents?|drugs?|technique|medications?|adjuvants?|options?|choices?)\b")


def is_benefit(thing: Concept, surface: str) -> bool:
    """Whether more of a thing, as it is worded, is better.

    >>> is_benefit(Concept(0, 4, "outcome", "mood-severity"), "antidepressant effect")
    True
    >>> is_benefit(Concept(0, 4, "outcome", "rescue-analgesia"), "rescue analgesia")
    False
    """
    if thing.kind == "indication":  # "labour analgesia" for the pain of labour
        return bool(_GOOD_STATE.search(surface.lower()))
    if thing.kind != "outcome" or _NEED.search(thing.id):
        return False
    return bool(_BENEFIT.search(surface.lower())) or (
        direction_for("increases", thing.kind, thing.id) == "improves"
    )


def direction_of(relation: Relation, thing: Concept, text: str) -> str | None:
    """Give the direction of a claim; None where the words say nothing of the thing."""
    said = relation.direction
    if thing.kind in _SURE:
        # "Blood pressure was recorded" tells of no harm.
        plain = said == "causes" and relation.form == "state"
        measured = plain and _NEUTRAL.fullmatch(text, thing.start, thing.end)
        return None if measured else _of_harm(said, thing.kind)
    if thing.kind == "indication" and said in ("other", "requires"):
        return None
    if thing.kind == "indication" and _is_use(relation, thing, text):
        return "treats"
    return _of_outcome(relation, thing, text)


def _is_use(relation: Relation, thing: Concept, text: str) -> bool:
    """Whether a condition is what the drug is for: "anaesthetic agent", "for the control of"."""
    before = text[max(0, relation.start - 20) : relation.start]
    purpose = relation.form == "noun" and _PURPOSE.search(before)
    agent = relation.direction == "improves" and _AGENT.match(text, thing.end)
    return relation.direction == "gives" or bool(purpose or agent)


def _of_outcome(relation: Relation, thing: Concept, text: str) -> str | None:
    """Turn a change into better or worse by the outcome's own sign."""
    said = relation.direction
    low = relation.end if relation.end <= thing.start else max(0, thing.start - 50)
    good = is_benefit(thing, text[thing.start : thing.end])
    good = good or bool(_GOOD_HEAD.search(text[low : thing.start]))
    if said in ("increases", "decreases"):
        said = "improves" if (said == "increases") == good else "worsens"
        # "pain reduction": the property is the relation itself.
        apart = not 0 <= relation.start - thing.end <= 1
        return turns.turned(said) if apart and turns.of_property(text, thing) else said
    brings = said in ("gives", "causes") or (
        said == "other" and relation.strength == "correlational"
    )
    if brings and good:
        return "improves"
    weak = said == "gives" or (said == "causes" and relation.form == "state")
    return None if weak else said


_HARMS = {"gives": "causes", "other": "causes", "improves": "decreases"}
_MECHANISMS = {"gives": "increases", "improves": "increases", "worsens": "decreases"}


def _of_harm(said: str, kind: str) -> str:
    return (_HARMS if kind == "harm" else _MECHANISMS).get(said, said)
