"""Who acts in a sentence, on whom: the drug, what it is held against, people and conditions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from probatum.claims import circumstances
from probatum.claims.named import Sentence
from probatum.claims.relations import Relation
from probatum.claims.themes import is_population
from probatum.text.concepts import Concept, nearest

_UNLIKE = re.compile(
    r"\b(?:unlike|instead of|rather than|other than|in contrast to)\s(?:\w+\s)?$", re.IGNORECASE
)
_LOCATED = re.compile(
    r"\b(?:in|for|of|from|during|against|under|undergoing|after|following|treat\w*|manag\w*)\s"
    r"(?:(?:the|a|an|people|patients|adults|children|those|general|with|acute|severe|treatment"
    r"|management|of|and)\s){0,4}$",
    re.IGNORECASE,
)
_EFFECTS_OF = re.compile(
    r"(?:\s(?:effects?|actions?|properties|response))?\sof\s(?:[\w-]+\s){0,2}$", re.IGNORECASE
)
EFFECT = re.compile(
    r"effect|propert|action|efficacy|benefit|relief|analges|painkill|antidepress|sparing",
    re.IGNORECASE,
)
_ADDED = re.compile(
    r"\b(?:combin\w+|add\w+|addition|administration|plus|together)\b", re.IGNORECASE
)
_JOINED = re.compile(
    r"\b(?:and|or|plus|with|by|than|to|over|versus|vs\.?)\s(?:\w+\s)?$", re.IGNORECASE
)
_CHANGED = frozenset({"improves", "worsens", "increases", "decreases", "causes"})
_ARM = re.compile(
    r"\b(?:in|of|for|among|with) (?:the )?(?:[\w-]+ )?"
    r"(?:control|placebo|saline|comparison|comparator|sham)"
    r" (?:group|arm|patients|participants|condition)s?\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:conventional|traditional|standard|other|existing|previous|older) (?:[\w-]+ ){0,2}"
    r"(?:drugs?|treatments?|medications?|medicines?|antidepressants?|therap\w+|analgesics?|agents?)\b",
    re.IGNORECASE,
)
# An arm that the vocabulary does not know.
_GROUP = re.compile(
    r"\b(?:in|for|with|among) (?:the )?(?!both|all|two|each|patients|people)(?:[\w-]+ ){1,2}"
    r"(?:groups?|arm)\b"
    r"|\bin (?:[Gg]roup|arm) [A-Z0-9]{1,3}\b"
)
_START = re.compile(r"(?:the |their )?(?:baseline|before|preoperative|initial)\b", re.IGNORECASE)
_OR = re.compile(r"\b(?:or|and|nor) (?:\w+ )?$")
_BEHIND = 60


def agent(sentence: Sentence, relation: Relation, thing: Concept | None) -> Concept | None:
    """Give the drug that a relation is about: the subject before it, else the nearest one."""
    text = sentence.text
    drugs = [
        c for c in sentence.found
        if c.kind == "drug" and not _UNLIKE.search(text[max(0, c.start - 30) : c.start])
        and not (thing is not None and (c.start, c.end) == (thing.start, thing.end))
    ]  # fmt: skip
    low = relation.clause[0]
    for within in ((low, relation.first), (0, relation.first), None):
        found = nearest(drugs, ("drug",), relation.first, within)
        if found is not None:
            return found
    return None


def turned(
    sentence: Sentence, relation: Relation, thing: Concept | None, drug: Concept | None
) -> str:
    """Say what becomes of a direction: "kept", "turned", "interacts", or "none": not the drug's.

    A drug may be only what another is held against, or what another acts upon; a clause may tell
    what happened without it.
    """
    if drug is None:
        return "kept"
    if _is_of_other_arm(sentence, relation):
        return "none"
    if thing is not None and _has_object(relation, thing, drug):
        acted = _acted_upon(sentence, relation, thing, drug)
        if acted is not None:
            return acted
    return "turned" if is_rival(sentence, drug) else "kept"


def _has_object(relation: Relation, thing: Concept, drug: Concept) -> bool:
    """Whether the thing and the drug both stand behind a verb of change."""
    after = drug.start > relation.end and thing.start >= relation.end
    return after and relation.form == "verb" and relation.direction in _CHANGED


def _acted_upon(
    sentence: Sentence, relation: Relation, thing: Concept, drug: Concept
) -> str | None:
    """Tell what another agent does to the drug's effect: "another one blunted its effect"."""
    text = sentence.text
    subject = text[relation.clause[0] : relation.first]
    if _ADDED.search(subject):
        return None
    between = text[thing.end : drug.start] if thing.end <= drug.start else "-"
    named = EFFECT.search(text[thing.start : drug.start])
    if _EFFECTS_OF.fullmatch(between) and named and re.search(r"[a-z]{3}", subject):
        return "interacts"
    other = any(c.kind == "comparator" and c.start < relation.first for c in sentence.found)
    joined = _JOINED.search(text[max(0, drug.start - 25) : drug.start])
    return "none" if other and not joined else None


def is_rival(sentence: Sentence, drug: Concept) -> bool:
    """Whether a drug is only what another is held against: "B did better than the drug"."""
    drugs = [c for c in sentence.found if c.kind in ("drug", "comparator")]
    others = [c for c in drugs if c.kind == "comparator"]
    for against in circumstances.AGAINST.finditer(sentence.text):
        behind = [c for c in drugs if against.end() <= c.start < against.end() + _BEHIND]
        other = bool(others) or bool(_GROUP.search(sentence.text, 0, against.start()))
        other = other or against.group().lower() == "than "
        first = next((c for c in behind if c.id == drug.id), None)
        if first is None or not other:
            continue
        gap = sentence.text[against.end() : first.start]
        if first is not behind[0] and not _OR.search(gap):
            continue
        if not any(c.id == drug.id and c.start < against.start() for c in drugs):
            return not re.search(r"[,.;]", gap)
    return False


def _is_of_other_arm(sentence: Sentence, relation: Relation) -> bool:
    """Whether a clause only tells what happened without the drug: "in the control group"."""
    low, high = relation.clause
    clause = sentence.text[low:high]
    if any(c.kind == "drug" and low <= c.start < high for c in sentence.found):
        return False
    if _OTHERS.search(clause[: relation.first - low]):
        return True
    against = circumstances.AGAINST.search(clause)
    start = against is not None and _START.match(clause, against.end())
    return bool(_ARM.search(clause)) and (against is None or bool(start))


def people(sentence: Sentence, inside: Sequence[Concept]) -> Concept | None:
    """Give the condition of the people a sentence is about: "adults with X"."""
    told = (c for c in inside if is_population(sentence.text, c.start, c.end))
    return next(told, None)


def located(sentence: Sentence, inside: Sequence[Concept]) -> Concept | None:
    """Give the condition that a sentence is set in: "in X", "for X"."""
    for concept in inside:
        if _LOCATED.search(sentence.text[max(0, concept.start - 60) : concept.start]):
            return concept
    return None


def is_side_effect(sentence: Sentence, thing: Concept) -> bool:
    """Whether what may be a condition or a harm (sedation) stands among other harms."""
    conditions = {c.start for c in sentence.found if c.kind == "indication"}
    return any(
        c.kind == "harm" and c.start != thing.start and c.start not in conditions
        for c in sentence.found
    )
