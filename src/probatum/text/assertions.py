"""What a sentence asserts: direction, negation with its scope, hedge, causal strength.

Pure string work over the tables of :mod:`probatum.text.cues`; linear in the sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from probatum.text.cues import CLAIMED, CLAUSE_BREAK, HEDGE, NEGATION, kind

_NEGATION_REACH = 60  # characters: some eight words
_AFTER_REACH = 30
_ON_WHAT_FOLLOWS = frozenset({"without", "lack of", "absence of"})  # "reduces pain without ..."
_LONGEST = 4_000  # longer "sentences" are dumps; only their beginning is read


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The tables of cues, compiled for one way of writing."""

    claimed: re.Pattern[str]
    negation: re.Pattern[str]
    hedge: re.Pattern[str]
    clause_break: re.Pattern[str]


_ANY_CASE = _Patterns(CLAIMED, NEGATION, HEDGE, CLAUSE_BREAK)
_SMALL = _Patterns(*(re.compile(p.pattern) for p in (CLAIMED, NEGATION, HEDGE, CLAUSE_BREAK)))


@dataclass(frozen=True, slots=True)
class Assertion:
    """One verb of effect in its clause; offsets in the sentence, end exclusive."""

    start: int
    end: int
    clause: tuple[int, int]
    direction: str
    strength: str
    negated: bool
    hedge: str | None


def assertions(sentence: str) -> list[Assertion]:
    """Find every verb of effect with its negation and hedge, left to right.

    >>> [(a.direction, a.negated, a.hedge) for a in assertions("It may not reduce pain.")]
    [('decreases', True, 'may')]
    >>> [(a.direction, a.strength) for a in assertions("It was associated with pain.")]
    [('other', 'correlational')]
    """
    text = sentence[:_LONGEST]
    scope = _Scope(text)
    return scope.read((m, kind(m)) for m in scope.cues.claimed.finditer(scope.text))


def asserted_by(sentence: str, phrases: re.Pattern[str], direction: str) -> list[Assertion]:
    """Read phrases of one direction as verbs of effect, with their negation and hedge.

    >>> phrase = re.compile("a good option")
    >>> found = asserted_by("It may be a good option.", phrase, "improves")
    >>> [(a.direction, a.hedge) for a in found]
    [('improves', 'may')]
    """
    text = sentence[:_LONGEST]
    found = [(match, (direction, "causal")) for match in phrases.finditer(text)]
    return _Scope(text).read(found) if found else []


def clauses(sentence: str) -> list[tuple[int, int]]:
    """Split a sentence into clauses at semicolons and contrasting or relative words.

    >>> clauses("A fell, but B rose")
    [(0, 6), (6, 18)]
    """
    cuts = [0, *(m.start() for m in CLAUSE_BREAK.finditer(sentence)), len(sentence)]
    return [(a, b) for a, b in pairwise(cuts) if b > a]


class _Scope:
    """Where the clauses, negations and hedges of a sentence stand."""

    def __init__(self, text: str) -> None:
        small = text.lower()
        # Patterns that mind case, on small letters, take a third of the time. A few capitals
        # become two characters: such a sentence is read as it stands.
        self.cues = _SMALL if len(small) == len(text) else _ANY_CASE
        self.text = small if len(small) == len(text) else text
        self.length = len(text)
        self.breaks = [m.start() for m in self.cues.clause_break.finditer(self.text)]
        self.negations = list(self.cues.negation.finditer(self.text))
        self.hedges = list(self.cues.hedge.finditer(self.text))

    def read(self, found: Iterable[tuple[re.Match[str], tuple[str, str]]]) -> list[Assertion]:
        """Read matches with their direction and strength."""
        return [self._one(match, *told) for match, told in found]

    def _one(self, match: re.Match[str], direction: str, strength: str) -> Assertion:
        breaks = self.breaks
        at = bisect_right(breaks, match.start())
        clause = (breaks[at - 1] if at else 0, breaks[at] if at < len(breaks) else self.length)
        hedge = _hedge(match, clause, self.hedges)
        negated = direction not in {"no_difference", "contraindicated"} and _negated(
            match, clause, self.negations
        )
        if hedge is not None and strength == "causal":
            strength = "conditional"
        return Assertion(match.start(), match.end(), clause, direction, strength, negated, hedge)


def _negated(
    match: re.Match[str], clause: tuple[int, int], negations: list[re.Match[str]]
) -> bool:
    starts = [m.start() for m in negations]
    at = bisect_left(starts, match.start())
    before = negations[at - 1] if at else None
    near = before is not None and match.start() - before.end() <= _NEGATION_REACH
    if near and before is not None and before.start() >= clause[0]:
        return True
    after = negations[at] if at < len(negations) else None
    if after is None or after.start() >= clause[1] or after.group().lower() in _ON_WHAT_FOLLOWS:
        return False
    return 0 <= after.start() - match.end() <= _AFTER_REACH


def _hedge(
    match: re.Match[str], clause: tuple[int, int], hedges: list[re.Match[str]]
) -> str | None:
    inside = [m for m in hedges if clause[0] <= m.start() < clause[1]]
    before = [m for m in inside if m.start() < match.start()]
    chosen = before[-1] if before else None
    return chosen.group().lower() if chosen else None
