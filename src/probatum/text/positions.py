"""What a sentence holds on approval, harm, monitoring and contraindication, and for or against.

Two sentences are in conflict when they hold opposite positions on the same thing. Used on a text
and on statements with a source, so both are read by the same rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from probatum.text.cues import NEGATION
from probatum.text.hazards import main_and_side
from probatum.text.terms import Matcher

Topic = Literal["approval", "harm", "monitoring", "contraindication"]

_APPROVED = re.compile(
    r"\b(?:approv(?:ed|es|al)(?! (?:by|from|of) (?:\w+ ){0,4}(?:ethic\w*|institutional|committee"
    r"|review board|board))|licen[sc]ed|authori[sz]ed|(?:is|are) indicated for"
    r"|cleared(?= (?:\w+ ){1,8}(?:for|to)\b)|licen[sc]e(?= for\b)|green-?lit|green light"
    r"|(?:official |FDA |federal )blessing|on-label|the nod(?= for\b)"
    r"|(?:FDA|EMA|MHRA)[- ](?:registered|backed|endorsed|certified))\b",
    re.IGNORECASE,
)
_OFF_LABEL = re.compile(r"\b(?:off-?label|unapproved|unlicen[sc]ed)\b", re.IGNORECASE)
_MONITORED = re.compile(
    r"\b(?:monitor(?:ed|ing|s)?|supervis(?:e|ed|ion)|observ(?:ed|ation) (?:for|after|until))\b",
    re.IGNORECASE,
)
_DUTY = re.compile(
    r"\b(?:should|must|needs?|needed|requir\w+|necessary|mandatory|has to|have to|at least"
    r"|monitor (?:the|for|blood)|only (?:through|under|with)|advised|recommended)\b",
    re.IGNORECASE,
)
_NOT_FOR = re.compile(
    r"\b(?:contra-?indicated|not (?:for|be used|be given|where|in people)|avoid(?:ed)?(?: in)?)\b",
    re.IGNORECASE,
)
_SAFE_FOR = re.compile(
    r"\b(?:safe(?:ly)? (?:for|in|during|with)|suitable for"
    r"|(?:can|may) (?:safely )?be (?:used|given|taken) (?:in|during|by|with))\b",
    re.IGNORECASE,
)
_NOBODY = re.compile(r"\b(?:nobody|no one|no-one|nothing|free of|free from|zero)\b", re.IGNORECASE)
_NO_DENIAL = re.compile(
    r"\bno (?:fewer|less|later|sooner|earlier|doubt)\b|\bnot only\b", re.IGNORECASE
)
_PAST = re.compile(
    r"\b(?:was|were|had|did|occurred|reported|observed|found|showed|stud(?:y|ies)|trials?|group)\b",
    re.IGNORECASE,
)
_ANY = re.compile(r"\b(?:any|all|other|every)\b", re.IGNORECASE)
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Position:
    """One position: topic, for or against, drugs and things it is about, and its clause.

    ``things`` are ids of indications or harms; ``general`` marks "any" and the like, which stands
    for things that are not named. ``found`` marks a past finding rather than a rule.
    """

    topic: Topic
    holds: bool
    drugs: frozenset[str]
    things: frozenset[str]
    general: bool
    found: bool
    start: int
    end: int


def positions(
    sentence: str, matcher: Matcher, about: frozenset[str] = frozenset()
) -> list[Position]:
    """Read the positions of a sentence, clause by clause.

    ``about`` are the drugs of a sentence that names none.

    >>> from probatum.text.terms import matcher
    >>> words = matcher([("drug", "x", "drug X"), ("indication", "pain", "pain")])
    >>> [(p.topic, p.holds, sorted(p.things))
    ...  for p in positions("Drug X is not approved for pain", words)]
    [('approval', False, ['pain'])]
    """
    text = sentence[:_LONGEST]
    terms = [(m.start, m.end, kind, name) for m in matcher.find(text) for kind, name in m.terms]
    spoken = frozenset(name for _, _, kind, name in terms if kind == "drug") or about
    made: list[Position] = []
    for start, end in main_and_side(text):
        inside = [(kind, name, a, b) for a, b, kind, name in terms if start <= a < end]
        named = frozenset(name for kind, name, _, _ in inside if kind == "drug")
        clause = _Clause(text[start:end], start, named or spoken, tuple(inside))
        made.extend(_read(clause))
    return made


@dataclass(frozen=True, slots=True)
class _Clause:
    text: str
    start: int
    drugs: frozenset[str]
    terms: tuple[tuple[str, str, int, int], ...]

    def things(self, kind: str) -> frozenset[str]:
        return frozenset(name for k, name, _, _ in self.terms if k == kind)

    @property
    def negated(self) -> bool:
        text = _NO_DENIAL.sub(" ", self.text)
        return bool(NEGATION.search(text) or _NOBODY.search(text))

    def denies(self, match: re.Match[str]) -> bool:
        """Whether the part of the clause up to the next comma denies a match."""
        end = self.text.find(",", match.end())
        text = _NO_DENIAL.sub(" ", self.text[: end if end > 0 else None])
        return bool(NEGATION.search(text) or _NOBODY.search(text))

    def position(self, topic: Topic, *, holds: bool, things: frozenset[str]) -> Position:
        """Make a position of the whole clause."""
        general = bool(_ANY.search(self.text))
        found = bool(_PAST.search(self.text))
        end = self.start + len(self.text.rstrip())
        return Position(topic, holds, self.drugs, things, general, found, self.start, end)


def _read(clause: _Clause) -> Iterator[Position]:
    indications = clause.things("indication")
    if _OFF_LABEL.search(clause.text) and _APPROVED.search(clause.text):
        pass  # "approved for A, its use in B is off-label": what belongs to what is not known
    elif _OFF_LABEL.search(clause.text):
        yield clause.position("approval", holds=False, things=indications)
    elif _APPROVED.search(clause.text):
        yield clause.position("approval", holds=not clause.negated, things=indications)
    watched = _MONITORED.search(clause.text)
    if watched and (_DUTY.search(clause.text) or clause.negated):
        yield clause.position("monitoring", holds=not clause.denies(watched), things=frozenset())
    if _SAFE_FOR.search(clause.text) and not clause.negated:
        yield clause.position("contraindication", holds=False, things=indications)
    elif _NOT_FOR.search(clause.text):
        yield clause.position("contraindication", holds=True, things=indications)
    harms = clause.things("harm")
    if harms:
        yield clause.position("harm", holds=not clause.negated, things=harms)


def opposed(
    said: Position, facts: Sequence[Position], related: Sequence[frozenset[str]] = ()
) -> list[int]:
    """Give the indices of the facts that a position stands against; none when a fact agrees.

    Both must be about the same drug, and the things must be shared, or general on the side that
    denies; ``related`` are sets of ids that count as one thing (a condition and its kinds). A past
    finding ("no headache was reported") is against no rule.
    """
    if said.found or (said.topic == "approval" and not said.things):
        return []
    same = [
        (index, fact)
        for index, fact in enumerate(facts)
        if fact.topic == said.topic and fact.drugs & said.drugs
    ]
    things = widened(said.things, related)
    if any(fact.holds == said.holds and fact.things & things for _, fact in same):
        return []
    return [i for i, fact in same if fact.holds != said.holds and _meets(said, things, fact)]


def agreed(
    said: Position, facts: Sequence[Position], related: Sequence[frozenset[str]] = ()
) -> list[int]:
    """Give the indices of the facts that hold the same of the same drug and thing."""
    things = widened(said.things, related)
    return [
        index
        for index, fact in enumerate(facts)
        if fact.topic == said.topic
        and fact.holds == said.holds
        and fact.drugs & said.drugs
        and (said.topic == "monitoring" or fact.things & things)
    ]


def _meets(said: Position, things: frozenset[str], fact: Position) -> bool:
    """Whether a fact of the opposite sign is about the same thing."""
    if said.topic == "monitoring":
        return fact.holds
    if said.topic == "approval" and not fact.holds and fact.general and not fact.things:
        return True
    return bool(things & fact.things) and (said.topic != "harm" or fact.holds)


def widened(things: frozenset[str], related: Sequence[frozenset[str]]) -> frozenset[str]:
    """Add what counts as one thing with any of the things."""
    return things.union(*(group for group in related if group & things))
