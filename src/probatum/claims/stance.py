"""Stance of a citation by rule: cues of agreement and contrast in the clause of the target.

A small, honest set of rules with weights set by hand; the confidence of each kind of decision is
its precision on our own gold labels (validation/ holds the figure). Follows the definition of
strict support: a stance and the citing authors' own evidence are two answers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import cast

from probatum.model.claim import Stance
from probatum.text.assertions import clauses
from probatum.text.lexicon import load, words

_TABLE = load("probatum.claims", "stance.toml")
_CUES = [
    (row["name"], cast("Stance", row["stance"]), float(row["weight"]), words(row["patterns"]))
    for row in _TABLE["cue"]
]
_CUE = re.compile("|".join(f"(?P<c{i}>{row[3]})" for i, row in enumerate(_CUES)), re.IGNORECASE)
_OWN = re.compile(words(_TABLE["own"]["patterns"]), re.IGNORECASE)
_PRIOR = re.compile(words(_TABLE["prior"]["patterns"]), re.IGNORECASE)

_ELSEWHERE = 0.6  # of a cue's weight when it stands in another clause than the target
_OUTSIDE_DISCUSSION = 0.3  # introductions and methods cite without comparing
_NEEDED = 0.75
THRESHOLD = 0.5
_LONGEST = 3_000
_REACH_BACK = 300
_SPREAD = 1.0
# (at the needed score, at the needed score + spread): precision on our gold labels.
_CALIBRATION = {"supporting": (0.55, 0.92), "contrasting": (0.45, 0.8)}


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the rules say of one citation; ``why`` names each cue that counted."""

    stance: Stance
    own_evidence: bool
    confidence: float
    abstained: bool
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Context:
    """One citation: its sentence, where the target stands in it, what is before, its section."""

    sentence: str
    target: tuple[int, int]
    previous: str = ""
    section: str = "other"


def judge(context: Context) -> Judgement:
    """Judge the stance of one citation.

    ``confidence`` is in [0, 1]; under :data:`THRESHOLD` the judgement is an abstention and the
    stance "mentioning" only its default.

    >>> text = "Our results agree with an earlier trial [3]."
    >>> found = judge(Context(text, (40, 43), section="discussion"))
    >>> found.stance, found.own_evidence
    ('supporting', True)
    """
    text = context.sentence[:_LONGEST]
    own = bool(_OWN.search(text))
    own_before = bool(_OWN.search(context.previous[-_REACH_BACK:]))
    factor = _factor(context, text, own, own_before)
    hits = _hits(context, text)
    scores = {side: factor * _combined(hits, side) for side in ("supporting", "contrasting")}
    best = max(scores, key=lambda side: (scores[side], side))
    if scores[best] < _NEEDED:
        return _mention(scores[best], hits)
    margin = scores[best] - 0.5 * min(scores.values())
    confidence = _confidence(best, margin)
    why = (*_reasons(hits, best), *(("own study named",) if own else ()))
    abstained = confidence < THRESHOLD
    stance: Stance = "mentioning" if abstained else cast("Stance", best)
    owns = not abstained and (own or own_before or context.section == "discussion")
    return Judgement(stance, owns, confidence, abstained, why)


def _hits(context: Context, text: str) -> list[tuple[str, str, float, str]]:
    """List (name, stance, weight after distance, words) of each cue that counts."""
    home = _clause(text, context.target)
    found: list[tuple[str, str, float, str]] = []
    for match in _CUE.finditer(text):
        name, side, weight, _ = _CUES[int((match.lastgroup or "c0")[1:])]
        near = match.start() < home[1] and match.end() > home[0]
        found.append((name, side, weight * (1.0 if near else _ELSEWHERE), match.group()))
    return found


def _clause(text: str, target: tuple[int, int]) -> tuple[int, int]:
    for start, end in clauses(text):
        if start <= target[0] < end:
            return start, end
    return 0, len(text)


def _factor(context: Context, text: str, own: bool, own_before: bool) -> float:
    if context.section in {"introduction", "methods"}:
        return _OUTSIDE_DISCUSSION
    factor = 1.2 if own else 1.1 if own_before else 0.8
    return factor * (1.1 if _PRIOR.search(text) else 1.0)


def _combined(hits: list[tuple[str, str, float, str]], side: str) -> float:
    weights = sorted((weight for _, s, weight, _ in hits if s == side), reverse=True)
    return weights[0] + 0.2 * min(1.0, sum(weights[1:])) if weights else 0.0


def _mention(score: float, hits: list[tuple[str, str, float, str]]) -> Judgement:
    confidence = round(0.88 - 0.45 * score / _NEEDED, 2)
    why = tuple(dict.fromkeys(f"weak {name}: {w!r}" for name, _, _, w in hits)) or ("no cue",)
    return Judgement("mentioning", False, confidence, confidence < THRESHOLD, why)


def _confidence(side: str, margin: float) -> float:
    low, high = _CALIBRATION[side]
    share = min(1.0, max(0.0, (margin - _NEEDED) / _SPREAD))
    return round(low + (high - low) * share, 2)


def _reasons(hits: list[tuple[str, str, float, str]], side: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"{name}: {words!r}" for name, s, _, words in hits if s == side))
