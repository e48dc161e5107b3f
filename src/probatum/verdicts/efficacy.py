"""Claims of effect against pooled answers: direction, certainty, strength of wording."""

from __future__ import annotations

from dataclasses import dataclass

from probatum.model.answer import Answer, Evidence, VerdictKind
from probatum.text.assertions import Assertion, assertions
from probatum.text.concepts import Concept, nearest, population
from probatum.text.polarity import direction_for, merged
from probatum.verdicts.known import Known, sign
from probatum.verdicts.wording import STRONG, too_strong

_OBJECTS = ("outcome", "scale", "harm", "indication")
_EXPECTED = {"improves": "benefit", "treats": "benefit", "worsens": "harm", "causes": "harm"}
_LEVELS = ("none", "very low", "low", "moderate", "high")
_MOST_EVIDENCE = 4


@dataclass(frozen=True, slots=True)
class Finding:
    """A verdict with its reason and the evidence for and against."""

    verdict: VerdictKind
    reason: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    """What one assertion says: the direction expected of an answer, and about what."""

    expected: str
    condition: str | None
    outcome: str | None
    drug: str | None
    comparators: frozenset[str]
    routes: frozenset[str]
    hedged: bool


def judge_effect(
    sentence: str, found: list[Concept], known: Known, implied: str | None
) -> Finding | None:
    """Judge the first claim of effect for which there are pooled answers; None without one."""
    for assertion in merged(assertions(sentence)):
        said = _said(assertion, found, known, implied, population(found, sentence))
        if said is None:
            continue
        answers = _matching(said, known)
        if answers:
            return _decide(sentence, said, answers, known)
    return None


def is_claim(sentence: str, found: list[Concept], implied: str | None) -> bool:
    """Whether a sentence asserts something of a drug and a condition, outcome or harm."""
    drug = implied or any(c.kind == "drug" for c in found)
    thing = any(c.kind in _OBJECTS or c.kind == "mechanism" for c in found)
    return bool(drug and thing and assertions(sentence))


def _said(
    assertion: Assertion,
    found: list[Concept],
    known: Known,
    implied: str | None,
    people: Concept | None,
) -> _Said | None:
    at = assertion.end
    thing = nearest(found, _OBJECTS, at, assertion.clause) or nearest(found, _OBJECTS, at)
    drug = nearest(found, ("drug",), assertion.start)
    if (
        thing is None
        or (drug is None and implied is None)
        or assertion.strength == "correlational"
    ):
        return None
    direction = direction_for(assertion.direction, thing.kind, thing.id)
    expected = _expected(direction, thing.kind, negated=assertion.negated)
    if expected is None:
        return None
    named = thing if thing.kind == "indication" else nearest(found, ("indication",), at)
    condition = people or named
    outcome = known.scales.get(thing.id) if thing.kind == "scale" else thing.id
    return _Said(
        expected,
        condition.id if condition else None,
        outcome if thing.kind != "indication" else None,
        drug.id if drug else implied,
        frozenset(c.id for c in found if c.kind == "comparator"),
        frozenset(c.id for c in found if c.kind == "route"),
        assertion.hedge is not None,
    )


def _expected(direction: str, kind: str, *, negated: bool) -> str | None:
    """Give the sign an answer must have for the claim to hold; None for other claims."""
    if direction == "no_difference":
        return "unclear"
    if kind == "harm":
        expected = {"increases": "harm", "causes": "harm", "decreases": "benefit"}.get(direction)
    else:
        expected = _EXPECTED.get(direction)
    return "unclear" if negated and expected else expected


def _matching(said: _Said, known: Known) -> list[Answer]:
    """Give the answers on the same thing: the same condition first, else its kinds or parent.

    Without a named comparator a claim of effect is meant against none.
    """
    meant = said.comparators or known.inert
    fitting = [
        a
        for a in known.answers
        if a.question.comparator in meant and _fits_drug(said, a) and _fits_outcome(said, a)
    ]
    routed = [a for a in fitting if a.question.route in said.routes]
    return _of_condition(said, routed, known) or _of_condition(said, fitting, known)


def _of_condition(said: _Said, fitting: list[Answer], known: Known) -> list[Answer]:
    exact = [a for a in fitting if a.question.indication == said.condition]
    if exact or said.condition is None:
        return exact or [a for a in fitting if said.outcome is not None]
    family = frozenset[str]().union(*(f for f in known.related if said.condition in f))
    return [a for a in fitting if a.question.indication in family]


def _fits_drug(said: _Said, answer: Answer) -> bool:
    """An answer on one form of the drug says nothing of another form."""
    asked = answer.question.drug
    return asked is None or said.drug is None or asked == said.drug


def _fits_outcome(said: _Said, answer: Answer) -> bool:
    if said.outcome is not None:
        return answer.question.outcome == said.outcome
    return answer.question.aspect.startswith("effic")


def _decide(sentence: str, said: _Said, answers: list[Answer], known: Known) -> Finding:
    evidence = _evidence(said, answers, known)
    count = f"{len(answers)} pooled answer{'s' if len(answers) > 1 else ''}"
    if said.expected == "unclear":
        return _no_effect(_share(answers, "benefit"), count, evidence)
    share = _share(answers, said.expected)
    opposite = "harm" if said.expected == "benefit" else "benefit"
    other = _share(answers, opposite)
    if share <= other or (share < 0.5 and not said.hedged):
        return _unshown(sentence, said, (count, other > share), evidence)
    level = _best([a for a in answers if sign(a) == said.expected])
    reason = too_strong(sentence, hedged=said.hedged, certainty=level)
    supported = Finding("supported", f"{count}; certainty {level}", evidence)
    return Finding("overstated", reason, evidence) if reason else supported


def _share(answers: list[Answer], wanted: str) -> float:
    """Give the share of answers that point a way, each counted by its number of studies."""
    total = sum(answer.pooled.k for answer in answers)
    return sum(a.pooled.k for a in answers if sign(a) == wanted) / total if total else 0.0


def _no_effect(share: float, count: str, evidence: tuple[Evidence, ...]) -> Finding:
    if share > 0.5:
        reason = f"most of {count} exclude no effect"
        return Finding("contradicted", reason, evidence)
    if share == 0:
        return Finding("supported", f"{count}: no interval excludes no effect", evidence)
    return Finding("no_evidence", f"{count} do not agree", evidence)


def _unshown(
    sentence: str, said: _Said, found: tuple[str, bool], evidence: tuple[Evidence, ...]
) -> Finding:
    """Judge a claim that most answers do not bear out; some may point the other way."""
    count, other = found
    if other:
        return Finding("contradicted", f"of {count}, some point the other way", evidence)
    careful = said.hedged and not STRONG.search(sentence)
    verdict: VerdictKind = "no_evidence" if careful else "overstated"
    return Finding(verdict, f"{count}: most intervals include no effect", evidence)


def _best(answers: list[Answer]) -> str:
    return max((a.certainty.level for a in answers), key=_LEVELS.index)


def _evidence(said: _Said, answers: list[Answer], known: Known) -> tuple[Evidence, ...]:
    ordered = sorted(answers, key=lambda a: (-(a.pooled.n or 0), a.question.id))[:_MOST_EVIDENCE]
    return tuple(
        Evidence(
            "pooled",
            answer.question.id,
            answer.sentence,
            _source(answer),
            _link(answer, known),
            sign(answer) == said.expected,
        )
        for answer in ordered
    )


def _source(answer: Answer) -> str:
    rows = ", ".join(effect.row_id for effect in answer.pooled.effects if not effect.left_out)
    if answer.pooled.k == 1:
        return f"one study ({rows})"
    return f"pooled from {answer.pooled.k} studies ({rows})"


def _link(answer: Answer, known: Known) -> str | None:
    rows = (effect.row_id for effect in answer.pooled.effects)
    return next((known.links[row] for row in rows if row in known.links), None)
