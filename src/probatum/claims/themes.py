"""What a relation speaks of: its themes among the vocabulary's terms, joined ones together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from probatum.claims.relations import Relation
from probatum.text.concepts import Concept

KINDS = ("outcome", "scale", "harm", "mechanism", "indication")
_ORDERS = {
    "treats": ("indication", *KINDS), "contraindicated": ("indication", *KINDS),
    "improves": ("outcome", "scale", "indication", "mechanism", "harm"),
    "gives": ("outcome", "scale", "indication", "harm"),
}  # fmt: skip
_REACH, _REACH_BACK = 110, 160
_BE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|gets?|got)\s(?:(?:not|also|further|never|\w+ly)\s){0,3}$"
)
_NO_OBJECT = re.compile(
    r"\s?(?:(?:\w+ly|about|again)\s)*(?:[.,;:)]|$|(?:by|from|to|at|after|with|within|over|during"
    r"|following|until|between|upon|\d+|on (?:day|the)|in|than|when|again|and|but)\b)"
)
_NO_NOUN = re.compile(
    r"\s?(?:[.,;:)]|$|(?:in|with|after|for|at|by|than|on|among|during|when|compared|versus|vs|and"
    r"|but|or|from|following|if|who|to|is|was|are|were)\b)"
)
_CHAIN = re.compile(
    r"(?:\s?\([^()]{0,60}\))?[^,;:.()]{0,24}?"
    r"(?:,|/|\band\b|\bor\b|\bas well as\b|\bplus\b|\bnor\b|&)"
    r"\s*(?:(?:and|or|also|then|e\.g\.)\s+)?(?:[\w'\u2019-]+\s+){0,3}[\"'\u201c(]?$"
)
_NO_CHAIN = re.compile(
    r"\b(?:with|after|than|by|for|who|that|which|when|is|was|are|were|has|have|had|can|may|but"
    r"|because|compared|versus|whereas|while|although|though|yet|however|at|during|within)\b"
)
_POPULATION = re.compile(
    r"\b(?:(?<!help )(?<!helps )(?<!helped )(?<!associated )(?<!linked )(?<!compared )with|having"
    r"|suffering from|diagnosed with|history of|undergoing|under)\s"
    r"(?:(?!(?:was|were|is|are|had|has|who|that)\b)[\w-]+\s){0,2}$"
)
_PEOPLE_AFTER = re.compile(r"\s(?:patients|people|adults|inpatients|sufferers|participants)\b")


@dataclass(frozen=True, slots=True)
class Spot:
    """One place of the vocabulary in a sentence, with all that its words may mean."""

    start: int
    end: int
    concepts: tuple[Concept, ...]
    is_population: bool

    def pick(self, relation: Relation) -> Concept | None:
        """Choose the meaning that a relation can be said of."""
        order = _ORDERS.get(relation.direction, KINDS)
        whole = [c for c in self.concepts if (c.start, c.end) == (self.start, self.end)]
        fitting = (
            c for kind in order for c in whole or self.concepts
            if c.kind == kind and (not relation.kinds or kind in relation.kinds)
        )  # fmt: skip
        return next(fitting, None)


def spots(found: Sequence[Concept], text: str) -> list[Spot]:
    """Group the objects of a sentence by place, left to right."""
    made: list[Spot] = []
    held: tuple[Concept, ...]
    for concept in sorted(found, key=lambda c: (c.start, c.end)):
        if concept.kind not in KINDS:
            continue
        start, end, held = concept.start, concept.end, (concept,)
        if made and start < made[-1].end:
            last = made.pop()
            start, end, held = last.start, max(end, last.end), (*last.concepts, concept)
        people = any(c.kind == "indication" for c in held) and is_population(text, start, end)
        made.append(Spot(start, end, held, people))
    return made


def is_population(text: str, start: int, end: int) -> bool:
    """Whether a term tells whom a sentence is about: "adults with X", "X patients"."""
    return bool(
        _POPULATION.search(text[max(0, start - 50) : start]) or _PEOPLE_AFTER.match(text, end)
    )


def themes(
    relation: Relation, text: str, known: Sequence[Spot], stops: Sequence[int]
) -> list[Spot]:
    """Give the places that a relation speaks of, in text order; none where it speaks of none.

    ``stops`` are the starts of the other relations: no relation reaches over the next one.
    """
    fitting = [spot for spot in known if spot.pick(relation) is not None]
    if side(relation, text, fitting) == "before":
        return _before(relation, text, fitting, stops)
    after = _after(relation, text, fitting, stops)
    if after or (relation.form in ("comparative", "verb") and relation.direction not in _FAR):
        return after
    if relation.direction == "treats" and not _ENDS.match(text, relation.end):
        return []
    before = _before(relation, text, fitting, stops)
    near = not before or relation.form != "noun" or relation.start - before[-1].end <= _BESIDE
    return before if near else []


_SYMPTOMS = re.compile(
    r"\s(?:(?:the|their|these|its|core|overall|all) )*symptoms\b", re.IGNORECASE
)


def themes_of_symptoms(relation: Relation, text: str, known: Sequence[Spot]) -> list[Spot]:
    """Give the condition whose symptoms are meant: "in depression, it eased the symptoms"."""
    if relation.form != "verb" or not _SYMPTOMS.match(text, relation.end):
        return []
    before = [
        s for s in known
        if s.end <= relation.start and any(c.kind == "indication" for c in s.concepts)
    ]  # fmt: skip
    return before[-1:]


_ENDS = re.compile(r"\s?(?:[.,;:)]|$)")
_BESIDE = 2


def side(relation: Relation, text: str, known: Sequence[Spot]) -> str:
    """Say on which side of a relation its theme stands: "after" or "before"."""
    if relation.form == "comparative":
        return _side_of_comparative(relation, text.lower(), known)
    if relation.form == "verb":
        return _side_of_verb(relation, text.lower())
    beside = relation.form == "noun" and any(0 < relation.start - s.end <= _BESIDE for s in known)
    return "before" if beside or relation.form in ("state", "beside") else "after"


def _side_of_comparative(relation: Relation, small: str, known: Sequence[Spot]) -> str:
    """Tell "lower pain" from "pain was lower"."""
    if any(relation.start <= s.start < relation.end for s in known):
        return "after"
    if relation.direction != "no_difference":
        return "before" if _NO_NOUN.match(small, relation.end) else "after"
    transitive = _TRANSITIVE.search(small[relation.start : relation.end])
    return "after" if transitive or _follows(relation, small, known) else "before"


def _side_of_verb(relation: Relation, small: str) -> str:
    """Tell "it reduced pain" from "pain was reduced", "pain fell"."""
    word = small[relation.start : relation.end]
    if relation.direction == "contraindicated" or word.endswith("ing"):
        return "after"
    passive = _is_passive(relation, small)
    by = bool(_BY.match(small, relation.end)) and word.endswith("ed")
    bare = bool(_NO_OBJECT.match(small, relation.end)) and relation.direction not in _AIMED
    aimed = relation.direction == "requires" and small.startswith(" to ", relation.end)
    return "before" if passive or by or (bare and not aimed) else "after"


def _is_passive(relation: Relation, small: str) -> bool:
    return bool(_BE.search(small[max(0, relation.start - 45) : relation.start]))


_AIMED = frozenset({"causes", "gives"})


def _follows(relation: Relation, small: str, known: Sequence[Spot]) -> bool:
    """Whether what did not differ is named behind: "no difference in pain", "similar pain"."""
    near = [
        s for s in known if relation.end <= s.start <= relation.end + 60 and not s.is_population
    ]
    before = any(relation.clause[0] <= s.start < relation.start for s in known)
    if not near:
        return False
    gap = small[relation.end : near[0].start]
    return not before or not re.search(r"[,;:]|\b(?:to|and|than|with)\b", gap)


_TRANSITIVE = re.compile(
    r"(?:\b(?:in|on|of|over|upon))$|^without"
    r"|^(?:did|do|does) not (?:\w+ ){0,2}(?:aff|alt|chan|infl|mod|int|com)"
)
_LISTS = re.compile(r"(?:include[sd]?|including|such as|like|were|are|be|for|of)$")
_HELD = frozenset({"no_difference", "treats"})


def _after(
    relation: Relation, text: str, known: Sequence[Spot], stops: Sequence[int]
) -> list[Spot]:
    limit = min(
        [relation.clause[1], relation.end + _REACH, *(s for s in stops if s >= relation.end)]
    )
    inside = [s for s in known if relation.start <= s.start < relation.end]
    inside = inside if relation.direction in _HELD else []
    ahead = inside or [s for s in known if relation.end <= s.start < limit]
    near = inside or relation.direction in _FAR
    gap = text[relation.end : ahead[0].start] if ahead else ""
    if _LISTS.search(text[relation.start : relation.end].lower()):
        gap = gap.replace(",", " ")
    if relation.direction == "no_difference" and _NEW_CLAUSE.search(gap.lower()):
        return inside and _chained(known, known.index(inside[0]), (text, stops), 1)
    if ahead and not near and not _reaches(gap) and not _SUMMARY.fullmatch(gap):
        return []
    first = next((s for s in ahead if not s.is_population), ahead[0] if ahead else None)
    if first is None:
        return []
    return _chained(known, known.index(first), (text, stops), 1)


_BY = re.compile(r" by (?!\d|day|week|month|the end)")
_NO_REACH = re.compile(
    r"\b(?:to|that|which|who|when|than|by|while|during|after|before|without|due|is|are|was|were|may"
    r"|might|can|could|will|has|have|had|with|from)\b|,(?! (?:including|such as|e\.g|namely))|[;:]"
)
# What stands in brackets behind a summary: "more complications than the others (nausea)", say
_SUMMARY = re.compile(
    r"[^().;:]{0,30}\b(?:complications|effects|events|reactions|symptoms|problems|harms)\b"
    r"[^().;:]{0,60}\((?:e\.g\.,? |such as |including )?",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"\b(?:patients|people|adults|children|individuals|those|women|men|veterans|inpatients|anyone"
    r"|participants|volunteers|subjects|persons|adolescents)\b.*$"
)
_NEW_CLAUSE = re.compile(r"\b(?:as|that|which|who|is|are|was|were|can|cannot|may|has|have|had)\b")
_FAR = frozenset({"contraindicated", "requires", "no_difference"})
_WITHIN_AND = 40
_AND = re.compile(r"\b(?:and|or|in)\b")


def _reaches(gap: str) -> bool:
    """Whether a relation still governs what stands behind a gap."""
    small = _PEOPLE.sub("", gap.lower())
    if _NO_REACH.search(small):
        return False
    return len(gap) <= _WITHIN_AND or not _AND.search(small)


def _before(
    relation: Relation, text: str, known: Sequence[Spot], stops: Sequence[int]
) -> list[Spot]:
    low = max(relation.clause[0], relation.start - _REACH_BACK)
    behind = [s for s in known if low <= s.start and s.end <= relation.start]
    last = next((s for s in reversed(behind) if not s.is_population), None)
    last = last or (behind[-1] if behind else None)
    if last is None or (_is_close(relation, text) and relation.start - last.end > _BESIDE):
        return []
    return _chained(known, known.index(last), (text, stops), -1)[::-1]


def _is_close(relation: Relation, text: str) -> bool:
    """Whether only the word right before is meant: "pain relief", "the rise caused by it"."""
    by = relation.form == "verb" and bool(_BY.match(text, relation.end))
    return relation.form == "beside" or (by and not _is_passive(relation, text.lower()))


def _chained(
    known: Sequence[Spot], at: int, told: tuple[str, Sequence[int]], step: int
) -> list[Spot]:
    return [known[at], *_links(known, at, told, step)]


def _same(one: Spot, other: Spot) -> bool:
    return not {c.id for c in one.concepts}.isdisjoint(c.id for c in other.concepts)


def _links(
    known: Sequence[Spot], at: int, told: tuple[str, Sequence[int]], step: int
) -> Iterator[Spot]:
    """Walk from a place to those that "and", "or" or a comma joins to it.

    ``told``: the text and the starts of its relations, over which nothing is joined.
    """
    text, stops = told
    while 0 <= at + step < len(known):
        left, right = sorted((known[at], known[at + step]), key=lambda s: s.start)
        gap = text[left.end : right.start].lower()
        if gap.strip() == "(" and _same(left, right):
            at += step  # "post-traumatic stress disorder (PTSD)"
            continue
        if any(left.end <= stop < right.start for stop in stops):
            return
        if len(gap) > 60 or not _CHAIN.fullmatch(gap) or _NO_CHAIN.search(gap):
            return
        if right.is_population and not left.is_population:
            return
        at += step
        yield known[at]
