"""The answer in a sentence, in GRADE's wording.

Source: Santesso et al. 2020 (GRADE guidelines 26), doi 10.1016/j.jclinepi.2019.10.014. A sentence
says what studies found and how certain that is; it never says what anybody should do.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from probatum.certainty.body import BOUNDS, RATIOS, Body, body
from probatum.certainty.grade import ordinal
from probatum.model.answer import Certainty
from probatum.model.effect import MEASURES, Pooled
from probatum.model.pack import Question

# How the certainty colours the verb: (with a singular verb, with "result in").
REDUCES = {"high": "reduces", "moderate": "probably reduces", "low": "may reduce"}
INCREASES = {"high": "increases", "moderate": "probably increases", "low": "may increase"}
NOTHING = {
    "high": "results in little to no difference in",
    "moderate": "probably results in little to no difference in",
    "low": "may result in little to no difference in",
}
INCLUDES = "includes no difference"


def sentence(
    question: Question,
    pooled: Pooled,
    certainty: Certainty,
    labels: Mapping[str, str],
) -> str:
    """Say an answer in words, with its numbers, the direction of benefit and its certainty.

    ``labels`` holds the names of this question's drug, comparator, outcome and indication under
    these four words; what is missing is called in general terms. What difference is unimportant
    is read from the numbers of ``certainty``.

    >>> from probatum.certainty.grade import grade
    >>> from probatum.effects.synthesize import synthesize
    >>> question = Question("q", "Q", "pain", "efficacy", measure="MD")
    >>> empty = synthesize(question, [])
    >>> sentence(question, empty, grade(question, empty, [], None), {"outcome": "pain"})
    'No study in this base gives an effect of the treatment on pain; the question is open.'
    """
    evidence = body(question, pooled, (), _bounds(certainty))
    if evidence is None:
        return _nothing(pooled, labels)
    parts = (
        f"{_lead(evidence)}{_finding(evidence, certainty, labels)} ({_numbers(evidence)}).",
        _benefit(evidence, labels),
        _caveat(evidence),
        f"Certainty: {ordinal(certainty.level)}.",
    )
    said = " ".join(part for part in parts if part)
    return said[0].upper() + said[1:]


def _bounds(certainty: Certainty) -> tuple[float, float] | None:
    numbers = {name: number for step in certainty.steps for name, number in step.numbers}
    low, high = (numbers.get(name) for name in BOUNDS)
    return (low, high) if isinstance(low, float) and isinstance(high, float) else None


def _nothing(pooled: Pooled, labels: Mapping[str, str]) -> str:
    """Say that there is no estimate, and whether results are shown that give none."""
    open_ = f"No study in this base gives an effect of {_topic(labels)}"
    shown, apart = len(pooled.excluded), len(pooled.effects)
    told = []
    if shown:
        told.append(f"{_results(shown)} shown and cannot be pooled")
    if apart:
        told.append(f"{_results(apart)} left out, with the reason")
    return "; ".join([open_, *told, "the question is open."])


def _results(count: int) -> str:
    return "1 result is" if count == 1 else f"{count} results are"


def inline(label: str) -> str:
    """Return a label as it stands inside a sentence: a capital stays where it means something.

    >>> inline("Pain intensity"), inline("PTSD severity"), inline("N-acetylcysteine")
    ('pain intensity', 'PTSD severity', 'N-acetylcysteine')
    """
    return label[0].lower() + label[1:] if label[1:2].islower() else label


def _called(labels: Mapping[str, str], field: str, otherwise: str) -> str:
    return inline(labels.get(field) or otherwise)


def _changed(evidence: Body, labels: Mapping[str, str]) -> str:
    """Name what becomes more or less: a hazard or rate ratio changes a rate, not a time."""
    outcome = _called(labels, "outcome", "the outcome")
    if evidence.pooled.measure not in {"HR", "IRR"}:
        return outcome
    event = outcome.removeprefix("time to ").removeprefix("rate of ")
    return f"the rate of {event}"


def _topic(labels: Mapping[str, str]) -> str:
    drug = _called(labels, "drug", "the treatment")
    return f"{drug} on {_called(labels, 'outcome', 'the outcome')}{_versus(labels)}"


def _versus(labels: Mapping[str, str]) -> str:
    comparator = labels.get("comparator")
    return f" compared with {inline(comparator)}" if comparator else ""


def _lead(evidence: Body) -> str:
    """Name the study where there is only one, so that nobody takes it for a pool."""
    if evidence.pooled.k != 1 or not evidence.effects:
        return ""
    return f"One study only ({evidence.effects[0].study}): "


def _finding(evidence: Body, certainty: Certainty, labels: Mapping[str, str]) -> str:
    if certainty.level not in REDUCES:
        return f"the evidence is very uncertain about the effect of {_topic(labels)}"
    verbs = NOTHING if _trivial(evidence) else REDUCES if evidence.estimate < 0 else INCREASES
    drug = _called(labels, "drug", "the treatment")
    return f"{drug} {verbs[certainty.level]} {_changed(evidence, labels)}{_versus(labels)}"


def _trivial(evidence: Body) -> bool:
    """Whether the finding is little to no difference.

    The whole interval is unimportant; or the estimate is none at all; or, for differences, the
    estimate is below the important difference and the interval includes none, without holding
    important effects in both directions. Ratios need the whole interval: what a ratio of 0.85
    means depends on how common the event is.
    """
    if evidence.unimportant or evidence.estimate == 0:
        return True
    if evidence.bounds is None or evidence.spans or evidence.pooled.measure in RATIOS:
        return False
    low, high = evidence.bounds
    return evidence.includes_none and low < evidence.estimate < high


def _numbers(evidence: Body) -> str:
    pooled = evidence.pooled
    measure = MEASURES.get(pooled.measure or "", pooled.measure or "effect")
    read = ratio if pooled.measure in RATIOS else number
    limits = f"{read(pooled.ci_low)} to {read(pooled.ci_high)}"
    studies = "1 study" if pooled.k == 1 else f"{pooled.k} studies"
    return f"{measure} {read(pooled.estimate)}, 95 % interval {limits}; {studies}, {_n(pooled)}"


def ratio(value: float | None) -> str:
    """Return a ratio as a reader expects it: nobody needs more than a thousandfold.

    >>> ratio(0.4666), ratio(2.3e-5), ratio(176627.0)
    ('0.467', 'below 0.001', 'above 1000')
    """
    if value is not None and 0 <= value < 0.001:
        return "below 0.001"
    return "above 1000" if value is not None and value > 1000 else number(value)


def _n(pooled: Pooled) -> str:
    if pooled.n is None:
        return "number of people not known"
    people = f"{pooled.n:.0f} people"
    return people if pooled.n_known else f"at least {people}"


def number(value: float | None) -> str:
    """Return a number as a reader expects it: three significant digits, a true minus sign.

    >>> number(-15.7998), number(0.05), number(1234.6)
    ('−15.8', '0.05', '1235')
    """
    if value is None or math.isnan(value):
        return "not known"
    if math.isinf(value):
        return "−∞" if value < 0 else "∞"
    text = f"{value:.0f}" if 1000 <= abs(value) < 1e6 else f"{value:.3g}"
    return text.replace("-", "−").replace("−0", "−0" if float(text) else "0", 1)


def _benefit(evidence: Body, labels: Mapping[str, str]) -> str:
    """Say which direction is good and, where the interval is on one side, whom it favours."""
    benefit = evidence.question.benefit
    if benefit is None:
        return ""
    better = f"{benefit.capitalize()} is better"
    if evidence.includes_none or _trivial(evidence):
        return f"{better}."
    good = (evidence.estimate < 0) == (benefit == "lower")
    favoured = _called(labels, "drug", "the treatment")
    if not good:
        favoured = _called(labels, "comparator", "the comparison")
    who = "study favours" if evidence.pooled.k == 1 else "studies favour"
    return f"{better}: the {who} {favoured}."


def _caveat(evidence: Body) -> str:
    if not evidence.includes_none or evidence.unimportant:
        return ""
    held = "holds important effects in both directions" if evidence.spans else INCLUDES
    if evidence.widened:
        return f"So few and so alike studies need care: by DL with z the interval {held}."
    return f"The interval {held}."
