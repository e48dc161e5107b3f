"""What a sentence asserts of a drug, as relations: where each stands and what it speaks of.

``relations.toml`` holds the words. Negation and hedges are those of :mod:`probatum.text.cues`;
clauses end where another subject is likely to begin. Linear in the sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from probatum.text.cues import CLAUSE_BREAK, HEDGE, NEGATION
from probatum.text.lexicon import load

Form = Literal["verb", "noun", "after", "state", "comparative", "beside"]
_ROWS = load("probatum.claims", "relations.toml")["relation"]
# The look behind stands outside, so that the table is tried only where words begin: a third of
# the time.
_CUE = re.compile(
    r"(?<![\w\u2010\u2011-])(?:"
    + "|".join(rf"(?P<r{i}>{'|'.join(row['patterns'])})" for i, row in enumerate(_ROWS))
    + r")(?![\w])"
)
_NEGATION, _HEDGE = re.compile(NEGATION.pattern), re.compile(HEDGE.pattern)
_BREAK = re.compile(
    CLAUSE_BREAK.pattern.removesuffix(r"|, and\b") + r"|\b(?:so that|when|unless|until|if|where)\b"
    r"|\bthat (?=(?:ha(?:s|ve|d)|is|are|was|were|do|does|did|can|may|would|could|will)\b)"
    r"|, (?:and|or|so|then|with)\b(?! \d)(?=[^,;:]{0,80}?\b(?:is|are|was|were|has|have|had|may|can"
    r"|could|might|will|should|must|did|does|do|it|they)\b)"
)
_OPENER = re.compile(
    r"\W*(?:while|although|though|because|since|when|if|unlike|despite|whereas|as|in contrast)\b"
    r"[^,;:]{0,200},"
)
# "less likely" is no hedge, "can" in "how can I" none either.
_NO_HEDGE = re.compile(r"(?:less|more|un|equally|as|most|least)[\s-]?$")
# "Side effects such as nausea or dizziness were not seen."
_UNSEEN = re.compile(
    r"[^.;:]{0,100}?\bwere not(?= (?:seen|observed|reported|noted|found|recorded|experienced)\b)"
)
_EITHER = re.compile(r"\bor (?:may |might |can )?$")
_WHETHER = re.compile(r"\b(?:whether|aims? to|hop(?:e|es|ing) (?:to|that))\b")
_VERB_REACH = 32
_NEGATION_REACH, _AFTER_REACH, _LINK_REACH = 60, 18, 45
_ANEW = re.compile(r"\band (?:both|it|they|the|this|that|is|are|was|were|has|have|had)\b")
_NO_AFTER = frozenset({"without", "lack of", "absence of"})
_STOPS = re.compile(r"\band\b|,|\bbut\b|\bthat\b|\bwho\b|\bwhen\b|\bafter\b")
_OPPOSITE = {
    "increases": "decreases", "decreases": "increases", "improves": "worsens",
    "worsens": "improves",
}  # fmt: skip
_CHANGES = frozenset(_OPPOSITE)
_LONGEST = 4_000


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation in its clause; offsets in the sentence, end exclusive.

    ``row`` is its row of the table; ``first`` the start of the first word that it has taken in.
    ``denied`` and ``hedged`` are the places of the words that deny and hedge it.
    """

    start: int
    end: int
    clause: tuple[int, int]
    direction: str
    strength: str
    row: int
    first: int
    negated: bool = False
    hedge: str | None = None
    denied: tuple[int, int] | None = None
    hedged: tuple[int, int] | None = None

    @property
    def form(self) -> Form:
        """Where the thing stands that it speaks of."""
        form: Form = _ROWS[self.row]["form"]
        return form

    @property
    def kinds(self) -> frozenset[str]:
        """Kinds of the vocabulary that it can be said of; none where of all."""
        return frozenset(_ROWS[self.row].get("kinds", ()))

    @property
    def alone(self) -> bool:
        """Whether it makes a claim without anything of the vocabulary beside it."""
        return bool(_ROWS[self.row].get("alone"))

    @property
    def is_onset(self) -> bool:
        """Whether it tells how soon or how long, of nothing in particular."""
        return "onset" in self.kinds

    @property
    def light(self) -> bool:
        """Whether it gives way to a change that it introduces."""
        return bool(_ROWS[self.row].get("light"))


def relations(sentence: str, taken: Sequence[tuple[int, int]]) -> list[Relation]:
    """Find the relations of a sentence, left to right.

    ``taken`` are the places of the vocabulary's terms: a word inside one is no relation, and one
    relation does not reach over them to join another.

    >>> [(r.direction, r.negated, r.hedge) for r in relations("It may not reduce pain.", [])]
    [('decreases', True, 'may')]
    >>> [r.direction for r in relations("It produced a reduction in pain.", [(26, 30)])]
    ['decreases']
    """
    text = sentence[:_LONGEST]
    small = text.lower()
    small = small if len(small) == len(text) else text
    found = [m for m in _CUE.finditer(small) if not _inside(m, taken)]
    if not found:
        return []
    cuts = _cuts(small, [m.start() for m in found])
    cuts = [at for at in cuts if not any(m.start() < at < m.end() for m in found)]
    read = [_relation(match, _clause(match.start(), cuts, len(small))) for match in found]
    scope = _Scope(small, read)
    return [scope.closed(one) for one in _joined(read, taken) if not scope.is_open(one)]


def _inside(match: re.Match[str], taken: Sequence[tuple[int, int]]) -> bool:
    return any(a <= match.start() and match.end() <= b for a, b in taken)


def _cuts(text: str, cues: Sequence[int]) -> list[int]:
    """Give where clauses begin; ", and" joins a list as long as no verb stands before it."""
    cuts: set[int] = set()
    last = 0
    for match in _BREAK.finditer(text):
        at = match.start()
        listed = match.group().startswith(", ") and match.group()[2:] in _LISTING
        if listed and not any(last <= c < at for c in cues) and not _FINITE.search(text, last, at):
            continue
        cuts.add(at)
        last = at
    opener = _OPENER.match(text)
    if opener:
        cuts.add(opener.end())
    return sorted(cuts)


def _clause(at: int, cuts: list[int], length: int) -> tuple[int, int]:
    place = bisect_right(cuts, at)
    return cuts[place - 1] if place else 0, cuts[place] if place < len(cuts) else length


def _relation(match: re.Match[str], clause: tuple[int, int]) -> Relation:
    number = int((match.lastgroup or "r0")[1:])
    row = _ROWS[number]
    strength = row.get("strength") or ("causal" if row["direction"] in _CAUSAL else "none")
    return Relation(
        match.start(), match.end(), clause, row["direction"], strength, number, match.start()
    )


_LISTING = frozenset({"and", "or"})
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|may|can|could|might|will|should|did|does|do)\b"
)
_CAUSAL = _CHANGES | {"causes", "gives"}


def _joined(read: list[Relation], taken: Sequence[tuple[int, int]]) -> list[Relation]:
    """Join what is one relation: "led to a greater reduction in" is a reduction."""
    made: list[Relation] = []
    for one in read:
        last = made[-1] if made else None
        joined = None
        if last is not None and _may_join(last, one, taken):
            joined = _join(last, one)
        if joined is not None:
            made[-1] = joined
        else:
            made.append(one)
    return made


def _may_join(one: Relation, other: Relation, taken: Sequence[tuple[int, int]]) -> bool:
    between = any(one.end <= a and b <= other.start for a, b in taken)
    near = 0 <= other.start - one.end <= _LINK_REACH
    return near and not between and one.clause == other.clause


def _join(one: Relation, other: Relation) -> Relation | None:
    """Join two relations that follow each other; None where both stand."""
    if other.form == "state":
        return None
    if one.light:
        return replace(other, first=one.first, strength=_lent(one, other))
    if _takes_in(one, other):
        return replace(one, end=other.end)
    both = one.direction == "treats" and not other.light
    return replace(other, first=one.first) if both else _changed(one, other)


def _lent(one: Relation, other: Relation) -> str:
    """Give the strength that a light verb lends to the change it introduces."""
    if one.strength == "correlational" and other.direction in _CAUSAL:
        return one.strength
    brings = one.direction in ("causes", "gives") and other.direction in _CHANGES
    return "causal" if brings else other.strength


def _takes_in(one: Relation, other: Relation) -> bool:
    """Whether a relation takes in the next: "reduced the risk of", "effective treatment of"."""
    if one.direction == "treats":
        return other.direction in ("causes", "gives")  # "used for inducing"
    if other.light:
        measured = one.form == "comparative" and other.start - one.end <= 1
        return one.direction in _STANDING and (other.form != "verb" or measured)
    if one.direction == "no_difference":
        return other.form != "verb"
    return other.direction == "treats" and one.direction in _ABSORBING


_STANDING = _CHANGES | {"no_difference", "contraindicated", "requires"}
_ABSORBING = frozenset({"improves", "no_difference", "contraindicated", "requires"})


def _changed(one: Relation, other: Relation) -> Relation | None:
    """Join a change of a change: a greater reduction, less improvement, an attenuated rise."""
    if one.direction not in _CHANGES or other.direction not in _CHANGES:
        return None
    nominal = other.form in ("noun", "beside") or (
        one.form == "comparative" and other.form == "after"
    )
    if not nominal and (one.form != "comparative" or other.form == "verb"):
        return None
    turns = one.direction in ("decreases", "worsens")
    said = _OPPOSITE[other.direction] if turns else other.direction
    return replace(other, first=one.first, direction=said, strength=one.strength)


def _reach(word: str) -> int:
    """Give how far a negation reaches: "not" its verb, "no" the sentence about what is not."""
    far = word == "no" or word.startswith(("nei", "nor", "ins", "lit"))
    return _NEGATION_REACH if far else _VERB_REACH


class _Scope:
    """Where the negations and hedges of a sentence stand."""

    def __init__(self, text: str, read: list[Relation]) -> None:
        self.text, self.read = text, read
        self.negations = [m for m in _NEGATION.finditer(text) if not self._either(m)]
        self.hedges = [m for m in _HEDGE.finditer(text) if not self._no_hedge(m)]
        self.open = [m.start() for m in _WHETHER.finditer(text)]

    def _no_hedge(self, match: re.Match[str]) -> bool:
        return bool(_NO_HEDGE.search(self.text[max(0, match.start() - 8) : match.start()]))

    def _either(self, match: re.Match[str]) -> bool:
        """Whether both are left open: "whether or not", "may or may not"."""
        return bool(_EITHER.search(self.text[max(0, match.start() - 8) : match.start()]))

    def is_open(self, one: Relation) -> bool:
        """Whether a relation is what someone asks or hopes."""
        return any(one.clause[0] <= at < one.start for at in self.open)

    def closed(self, one: Relation) -> Relation:
        """Add what is denied and what is hedged."""
        open_to = one.direction not in ("no_difference", "contraindicated")
        denied = self._denied(one) if open_to else None
        low = one.clause[0]
        before = [m for m in self.hedges if low <= m.start() < one.end]
        last = before[-1] if before else None
        hedge = last.group() if last else None
        strength = one.strength
        if hedge is not None and strength == "causal":
            strength = "conditional"
        return replace(
            one,
            negated=denied is not None,
            hedge=hedge,
            strength=strength,
            denied=denied.span() if denied else None,
            hedged=last.span() if last else None,
        )

    def _denied(self, one: Relation) -> re.Match[str] | None:
        found = next((match for match in self.negations if self._denies(match, one)), None)
        if found is None and one.direction == "causes" and one.form == "after":
            unseen = _UNSEEN.match(self.text, one.end)
            last = unseen.end() if unseen else -1
            found = next((match for match in self.negations if match.end() == last), None)
        return found

    def _denies(self, match: re.Match[str], one: Relation) -> bool:
        """Whether one negation denies a relation: before it, inside it, or right behind it."""
        if match.start() >= one.end:
            near = match.start() - one.end <= _AFTER_REACH and match.end() <= one.clause[1]
            apart = _STOPS.search(self.text, one.end, match.start())
            return near and match.group() not in _NO_AFTER and not apart
        if match.end() > one.first:
            return True
        near = one.first - match.end() <= _reach(match.group()) and match.start() >= one.clause[0]
        anew = near and _ANEW.search(self.text, match.end(), one.first)
        return near and not anew and not self._used(match, one)

    def _used(self, negation: re.Match[str], one: Relation) -> bool:
        """Whether an earlier relation takes the negation, and "and" begins anew."""
        for other in self.read:
            if negation.end() <= other.start and other.end <= one.first:
                between = self.text[other.end : one.first]
                return bool(re.search(r"\band\b|,", between)) and not re.search(
                    r"\bn?or\b", between
                )
        return False


def plain_row() -> int:
    """Give the row of a relation that no word of its own states."""
    return next(i for i, row in enumerate(_ROWS) if row["direction"] == "interacts")
