"""What relations mean for claims: taken for granted, standing alone, giving way; aspects."""

from __future__ import annotations

import re
from collections.abc import Mapping

from probatum.claims.named import Sentence
from probatum.claims.relations import Relation, plain_row
from probatum.claims.subjects import EFFECT
from probatum.claims.themes import Spot
from probatum.text.concepts import Concept, nearest

_GRANTED = re.compile(
    r"(?:['\u2019]s?|\b(?:is|as|evidence of|evidence for|has|have|had|having|with|show\w*|exert\w*"
    r"|possess\w*|demonstrat\w*|produc\w*|provid\w*|its|strong|potent|rapid|large|marked|robust"
    r"|offers?))\s(?:[\w,-]+\s){0,3}$",
    re.IGNORECASE,
)
_OF_DRUG = re.compile(
    r"(?:\s(?:effects?|actions?|properties))?\sof\s(?:[\w.,/-]+\s){0,3}$", re.IGNORECASE
)
_BLOCKED = re.compile(r"antagonis|block", re.IGNORECASE)
_AGENT = re.compile(r"\s(?:agent|drug)\b")
_IS = re.compile(
    r"\b(?:is|are|remains|acts as) (?:an? |one of the )?(?!(?:[\w-]+ )*local )(?:[\w,-]+ ){0,4}$",
    re.IGNORECASE,
)
_DRUG = re.compile(r"an(?:a)?esthetics?$", re.IGNORECASE)
_LIABLE = re.compile(r"\b(?:potential|liability)\b", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:no|not|without|whether|lack)\b", re.IGNORECASE)
_SIDE = frozenset({"any-adverse-event"})
_REGULATOR = re.compile(
    r"\b(?:FDA|EMA|MHRA|off-?label|agency|regulator|Europe\w*|United States|USA?|UK)\b",
    re.IGNORECASE,
)
_MONITORED = re.compile(
    r"monitor|check|observ|supervis|watch|screen|measur|assess|test|follow", re.IGNORECASE
)
_SHARE = re.compile(r"\d|per ?cent|proportion|half|third|majority|most|rates?", re.IGNORECASE)
_INERT = re.compile(r"placebo|saline|sham|dummy|control|care|treatment|group", re.IGNORECASE)
_DOSED = re.compile(r"\bdos(?:e|es|age|ages|ing)$", re.IGNORECASE)


def plain(direction: str, at: tuple[int, int], strength: str = "none") -> Relation:
    """Make a relation that no word of its own states."""
    return Relation(at[0], at[1], (0, 1 << 30), direction, strength, plain_row(), at[0])


def chosen(
    spot: Spot, relation: Relation, sentence: Sentence, order: Mapping[str, int]
) -> Concept | None:
    """Choose what a place means under a relation: one "response" of several, or none."""
    one = spot.pick(relation)
    if one is None or one.kind != "outcome":
        return one
    several = [c for c in spot.concepts if c.kind == "outcome"]
    if len(several) < 2:
        return one
    conditions = {w for c in sentence.found if c.kind == "indication" for w in c.id.split("-")}
    return min(
        several,
        key=lambda c: (not conditions.intersection(c.id.split("-")), order.get(c.id, 0)),
    )


def is_loose(relation: Relation, thing: Concept | None) -> bool:
    """Whether a sentence that names no drug may still be about the page's: harms and duties."""
    if thing is None:
        return relation.direction in ("requires", "contraindicated")
    return thing.kind == "harm"


def presupposed(spot: Spot, sentence: Sentence) -> Relation | None:
    """Read what a sentence takes for granted: "its analgesic effect", "its side effects"."""
    text = sentence.text
    one = spot.concepts[0]
    said = _granted(one, text[spot.start : spot.end], text[spot.end : spot.end + 12])
    if said is None and one.kind == "indication" and _DRUG.search(text, spot.start, spot.end):
        said = "treats" if _IS.search(text[max(0, spot.start - 50) : spot.start]) else None
    if said is None:
        return None
    drugs = [c for c in sentence.found if c.kind == "drug"]
    after = any(_OF_DRUG.fullmatch(text, spot.end, c.start) for c in drugs if c.start >= spot.end)
    after = after or (said == "decreases" and bool(drugs or sentence.implied))
    before = _GRANTED.search(text[max(0, spot.start - 50) : spot.start])
    own = before is not None and "its" in before.group().lower().split()
    own = own or (before is not None and sentence.implied is not None and not sentence.loosely)
    if not after and not own and not (before and any(c.start < spot.start for c in drugs)):
        return None
    if _DENIED.search(text[max(0, spot.start - 40) : spot.end + 40]):
        return None
    return plain(said, (spot.start, spot.start), "none" if said == "treats" else "causal")


def _granted(one: Concept, surface: str, after: str) -> str | None:
    """Give the direction of what the words of a term say by themselves."""
    if one.kind == "outcome" and EFFECT.search(surface):
        return "improves"
    if one.kind == "mechanism" and _BLOCKED.search(surface):
        return "decreases"
    if one.kind == "indication" and _AGENT.match(after):
        return "treats"
    risky = one.id in _SIDE or _LIABLE.search(surface)
    return "causes" if one.kind == "harm" and risky else None


def settled(pairs: list[tuple[Relation, Concept]]) -> list[tuple[Relation, Concept]]:
    """Let one relation stand where two speak of one thing: "gave relief comparable to".

    A light verb gives way; "more" and "less" behind a verb only say how much.
    """
    return [
        (relation, thing)
        for relation, thing in pairs
        if not _gives_way(
            relation, [r for r, t in pairs if t.start == thing.start and r is not relation]
        )
    ]


def _gives_way(relation: Relation, others: list[Relation]) -> bool:
    """Whether a relation gives way to another of the same thing."""
    same = [r for r in others if r.clause == relation.clause]
    if relation.light and any(not r.light or r.form == "state" for r in same):
        return True
    if relation.direction == "no_difference":
        return False
    measured = relation.form in ("comparative", "noun", "beside")
    if measured and any(r.direction == "no_difference" for r in others):
        return True
    return relation.form == "comparative" and any(
        r.form == "verb" and not r.light and r.end <= relation.first for r in same
    )


def stands_alone(sentence: Sentence, relation: Relation, aspect: str | None) -> bool:
    """Whether a relation without an object is a claim: a ban, a duty to watch, a status."""
    clause = sentence.text[slice(*relation.clause)]
    near = range(relation.end, relation.end + 20)
    drug_near = any(c.kind == "drug" and c.start in near for c in sentence.found)
    held = {
        "requires": aspect == "monitoring",
        "treats": relation.negated or bool(_REGULATOR.search(clause)),
        "interacts": other_drug(sentence, relation) is not None,
        "improves": drug_near and bool(_SHARE.search(clause)),
    }
    return held.get(relation.direction, True)


def other_drug(sentence: Sentence, relation: Relation) -> Concept | None:
    """Name what a drug interacts with, where the vocabulary has it."""
    after = [
        c for c in sentence.found
        if relation.end <= c.start < relation.end + 80
        and not _INERT.search(sentence.text[c.start : c.end])
    ]  # fmt: skip
    return nearest(after, ("comparator",), relation.end)


_STATUS = frozenset({"regulation", "onset"})
_STEMS = {"contraindicated": "contra", "interacts": "interact"}


def aspect_stem(sentence: Sentence, relation: Relation, thing: Concept | None) -> str | None:
    """Give the beginning of the name of a claim's aspect, where the relation decides it."""
    if relation.direction == "requires":
        clause = sentence.text[slice(*relation.clause)]
        return "monitor" if _MONITORED.search(clause) else None
    if relation.direction == "interacts" and thing is not None and thing.kind == "mechanism":
        return "mechan"
    if relation.kinds & _STATUS:
        return "onset" if relation.is_onset else "regulat"
    dosed = relation.direction == "treats" and _DOSED.search(
        sentence.text[relation.start : relation.end]
    )
    return "dose" if dosed else _STEMS.get(relation.direction)
