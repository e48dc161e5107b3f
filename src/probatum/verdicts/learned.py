"""A sentence weighed against the units of evidence that it may speak of, by a small linear model.

The ranker says which unit a sentence speaks of, the judge what follows from it and from the way
the sentence speaks. What neither the judge nor the rules are sure of stays open. Weights are in
``weights.toml``; ``docs/models/alignment.md`` says how they were trained and how often they err.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import exp, fsum

from probatum.model.answer import VerdictKind
from probatum.text.concepts import Concept
from probatum.text.lexicon import load
from probatum.verdicts.context import Said
from probatum.verdicts.finding import Finding
from probatum.verdicts.gist import Gist
from probatum.verdicts.known import LEVELS, Known
from probatum.verdicts.pairing import Reading, asked_of, crossed, pair_features, told_numbers
from probatum.verdicts.ratios import ratio_told
from probatum.verdicts.speech import cue, may_claim
from probatum.verdicts.units import Held, timed, units_of

VERDICTS: tuple[VerdictKind, ...] = (
    "supported", "overstated", "contradicted", "no_evidence", "not_checkable",
)  # fmt: skip
_DECIDED = VERDICTS[:3]
_TOP = 4
_WAYS = (
    "way_same", "way_opposite", "way_level", "said_same", "said_against", "said_denies",
    "said_excess", "bare_same", "bare_opposite",
)  # fmt: skip
_OF_SOURCE = (
    "way_same", "way_opposite", "way_level", "bare_same", "bare_opposite", "number_met",
    "number_missed",
)  # fmt: skip
_WHY = {
    "supported": "it says the same",
    "overstated": "the sentence goes beyond it",
    "contradicted": "it stands against the sentence",
}
_OPEN = {
    "no_evidence": "nothing in the base bears on this claim",
    "not_checkable": "no claim on the therapy was recognised",
}

Features = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit that a sentence may speak of, with the numbers of the pair."""

    held: Held
    features: Features


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the ranker and, by verdict, of the judge, with what it takes to decide."""

    rank: Features
    judge: Mapping[str, Features]
    limits: Mapping[str, float]


@cache
def shipped() -> Weights:
    """Give the weights that ship."""
    made = load("probatum.verdicts", "weights.toml")
    return Weights(made["rank"], made["judge"], made["limits"])


def reading_of(
    text: str, found: list[Concept], content: Gist, told: tuple[str | None, Sequence[Said]],
    rules: Finding,
) -> Reading:  # fmt: skip
    """Read a sentence; ``told`` is the drug that it goes on about, and what verbs say of it."""
    implied, claimed = told
    drugs = [c.id for c in found if c.kind == "drug"]
    return Reading(
        text,
        found,
        drugs[0] if drugs else implied,
        timed(content, text),
        claimed,
        rules,
        told_numbers(text),
        ratio_told(text, found),
    )


def candidates(reading: Reading, known: Known) -> list[Candidate]:
    """Give the units that a sentence may speak of, the nearest in content first."""
    near, asked = units_of(known).nearest(reading.gist), asked_of(reading, known)
    return [Candidate(one.held, pair_features(asked, one, rank)) for rank, one in enumerate(near)]


def ranked(found: Sequence[Candidate], rank: Features) -> list[float]:
    """Give the share of each candidate, in sum 1, by a softmax of its weighted numbers."""
    return _softmax([_dot(one.features, rank) for one in found])


def joined(reading: Reading, found: Sequence[Candidate], rank: Features) -> dict[str, float]:
    """Give the numbers that the judge weighs.

    They are of the first candidate, of its source, of the way that the first few go, and of how
    the sentence speaks.
    """
    if not found:
        return {**reading.manner(), "none": 1.0, "bias": 1.0}
    scores = [_dot(one.features, rank) for one in found]
    shares = _softmax(scores)
    order = sorted(range(len(found)), key=lambda i: (-shares[i], i))
    best = order[0]
    made = crossed(found[best].features, reading.manner())
    own = [
        i for i in range(len(found)) if found[i].held.evidence.id == found[best].held.evidence.id
    ]
    made["rank_share"] = fsum(shares[i] for i in own)
    made["rank_score"] = scores[best] / 10
    made |= {f"id_{n}": 1.0 for n in _OF_SOURCE if any(n in found[i].features for i in own)}
    top = order[:_TOP]
    whole = fsum(shares[i] for i in top)
    for name in _WAYS:
        told = [shares[i] for i in top if name in found[i].features]
        if told:
            made[f"top_{name}"] = fsum(told) / whole
    return {**made, "bias": 1.0}


def chances_of(joint: Features, judge: Mapping[str, Features]) -> dict[VerdictKind, float]:
    """Give the probability of each verdict, of what :func:`joined` gives.

    Of one that no unit can bear out it is 0.
    """
    shares = _softmax([_dot(joint, judge[verdict]) for verdict in VERDICTS])
    made = dict(zip(VERDICTS, shares, strict=True))
    if "condition_missed" in joint:  # evidence on another condition bears nothing out
        made["supported"] = 0.0
    return made


def meets(joint: Features, limits: Mapping[str, float]) -> bool:
    """Whether the unit that is ranked first has enough of what a sentence says to decide it."""
    return joint.get("covered", 0.0) >= limits["covered"]


def settled(
    rules: VerdictKind, chances: Mapping[VerdictKind, float], limits: Mapping[str, float],
    *, met: bool,
) -> VerdictKind:  # fmt: skip
    """Give the verdict that rules and probabilities come to.

    ``met`` is what :func:`meets` tells. Where the rules are open a verdict needs ``decide``, and
    ``unclaimed`` where they see no claim; against the rules it needs ``override``. A verdict of
    the rules falls below ``keep``.
    """
    best = max(_DECIDED, key=lambda verdict: chances[verdict])
    needed = {"no_evidence": "decide", "not_checkable": "unclaimed"}.get(rules, "override")
    if met and best != rules and chances[best] >= limits[needed]:
        return best
    if rules in _DECIDED:
        return rules if chances[rules] >= limits["keep"] else "no_evidence"
    other = next(verdict for verdict in VERDICTS[3:] if verdict != rules)
    return other if chances[other] >= limits["turn"] else rules


def left_to_rules(reading: Reading, limits: Mapping[str, float]) -> bool:
    """Whether only the rules judge a sentence.

    They do of a long one, one that claims nothing by its form or relays another work, one that a
    rule left open on purpose, and a denial of less than all.
    """
    long = len(reading.text.split()) > limits["words"]
    on_purpose = reading.rules.verdict == "no_evidence" and bool(reading.rules.rule)
    partial = cue("partial").search(reading.text) or cue("relayed").search(reading.text)
    return long or on_purpose or partial is not None or not may_claim(reading.text)


def weighed(reading: Reading, known: Known) -> Finding:
    """Give the verdict that rules and model come to."""
    weights, rules = shipped(), reading.rules
    if left_to_rules(reading, weights.limits):
        return rules
    found = candidates(reading, known)
    joint = joined(reading, found, weights.rank)
    chances = chances_of(joint, weights.judge)
    verdict = settled(rules.verdict, chances, weights.limits, met=meets(joint, weights.limits))
    if verdict in _DECIDED and verdict != rules.verdict:
        return _decided(verdict, chances[verdict], found, weights)
    return rules if verdict == rules.verdict else _opened(verdict, rules)


def _opened(verdict: VerdictKind, rules: Finding) -> Finding:
    if rules.verdict in _DECIDED:
        told = f"not sure enough to call it {rules.verdict} ({rules.reason})"
        return Finding("no_evidence", told, rules.evidence)
    return Finding(verdict, _OPEN[verdict])


def _decided(
    verdict: VerdictKind, chance: float, found: Sequence[Candidate], weights: Weights
) -> Finding:
    shares = ranked(found, weights.rank)
    held = found[max(range(len(found)), key=lambda i: (shares[i], -i))].held
    evidence = replace(held.evidence, supports=verdict == "supported")
    single = f"; one study only, of {LEVELS[held.level]} certainty" if held.kind == "study" else ""
    why = f"set beside the evidence nearest to it ({chance:.2f}): {_WHY[verdict]}{single}"
    return Finding(verdict, why, (evidence,))


def _dot(features: Features, weights: Features) -> float:
    return fsum(value * weights[name] for name, value in features.items() if name in weights)


def _softmax(scores: Sequence[float]) -> list[float]:
    top = max(scores, default=0.0)
    parts = [exp(score - top) for score in scores]
    whole = fsum(parts)
    return [part / whole for part in parts]
