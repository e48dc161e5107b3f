"""The answer in a sentence, in GRADE's wording.

Source: Santesso et al. 2020 (GRADE guidelines 26), doi 10.1016/j.jclinepi.2019.10.014. A sentence
says what studies found and how certain that is; it never says what anybody should do.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from probatum.certainty.body import BOUNDS, RATIOS, Body, body
from probatum.certainty.grade import ordinal
from probatum.certainty.thresholds import value
from probatum.model.answer import Certainty
from probatum.model.effect import MEASURES, Pooled
from probatum.model.pack import Question

# How the certainty colours the verb.
REDUCES = {"high": "reduces", "moderate": "probably reduces", "low": "may reduce"}
INCREASES = {"high": "increases", "moderate": "probably increases", "low": "may increase"}
NOTHING = {
    "high": "results in little to no difference in",
    "moderate": "probably results in little to no difference in",
    "low": "may result in little to no difference in",
}
INCLUDES = "includes no difference"
BOTH = "holds important effects in both directions"


def sentence(
    question: Question,
    pooled: Pooled,
    certainty: Certainty,
    labels: Mapping[str, str],
) -> str:
    """Say an answer in words, with its numbers, the direction of benefit and its certainty.

    ``labels`` holds the names of this question's drug, comparator, outcome, indication and scale
    under these five words; what is missing is called in general terms. What difference is
    unimportant is read from the numbers of ``certainty``.

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
        f"{_lead(evidence)}{_finding(evidence, certainty, labels)} ({_numbers(evidence, labels)})"
        f"{_reserve(evidence, certainty)}.",
        _benefit(evidence, labels),
        _caveat(evidence, certainty),
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
    """Say what was found: size by the estimate, direction only as far as the interval bears it."""
    if certainty.level not in REDUCES:
        return f"the evidence is very uncertain about the effect of {_topic(labels)}"
    if evidence.spans:
        return f"the evidence is uncertain about the effect of {_topic(labels)}"
    drug = _called(labels, "drug", "the treatment")
    changed, level = _changed(evidence, labels), certainty.level
    if _trivial(evidence):
        return f"{drug} {NOTHING[level]} {changed}{_versus(labels)}"
    verbs = REDUCES if evidence.estimate < 0 else INCREASES
    verb = verbs["low" if evidence.includes_none else level]
    degree = " slightly" if _slight(evidence) else ""
    return f"{drug} {verb} {changed}{degree}{_versus(labels)}"


def _trivial(evidence: Body) -> bool:
    """Whether the finding is little to no difference.

    The whole interval is unimportant; or it includes none, without holding important effects in
    both directions, and the estimate is of no importance: a difference below the important one,
    or any effect of less than half its standard error (rule of this project). A ratio of 0.85 is
    not unimportant by itself: what it means depends on how common the event is.
    """
    if evidence.unimportant or evidence.estimate == 0:
        return True
    if not evidence.includes_none or evidence.spans:
        return False
    error = (evidence.high - evidence.low) / (2 * 1.959964)
    return _inside(evidence) or abs(evidence.estimate) < error / 2


def _slight(evidence: Body) -> bool:
    """Whether a difference that excludes none is estimated below the important one."""
    return not evidence.includes_none and _inside(evidence)


def _inside(evidence: Body) -> bool:
    """Whether a difference is estimated below the one that matters, as far as that is known."""
    if evidence.pooled.measure in RATIOS:
        return False
    low, high = evidence.bounds or _small(evidence)
    return low < evidence.estimate < high


def _small(evidence: Body) -> tuple[float, float]:
    """Give a fifth of the studies' standard deviation where a scale has no known importance.

    The standard deviation of an effect follows from its variance and number of people in two
    arms of one size. Without them nothing is small.
    """
    if evidence.pooled.measure != "MD":
        return (0.0, 0.0)
    spreads = [math.sqrt(e.vi * e.n) / 2 for e in evidence.effects if e.n and e.vi > 0]
    if not spreads or len(spreads) < len(evidence.effects):
        return (0.0, 0.0)
    small = value("small SMD") * math.fsum(spreads) / len(spreads)
    return (-small, small)


def _numbers(evidence: Body, labels: Mapping[str, str]) -> str:
    """Say the estimate with its interval and unit, and what it rests on."""
    pooled = evidence.pooled
    measure = MEASURES.get(pooled.measure or "", pooled.measure or "effect")
    read = ratio if pooled.measure in RATIOS else number
    limits = f"{read(pooled.ci_low)} to {read(pooled.ci_high)}"
    studies = "1 study" if pooled.k == 1 else f"{pooled.k} studies"
    estimate = f"{read(pooled.estimate)}{_unit(pooled, labels)}"
    return f"{measure} {estimate}, 95 % interval {limits}; {studies}, {_n(pooled)}"


def _unit(pooled: Pooled, labels: Mapping[str, str]) -> str:
    """Name the scale of a difference, without which its number says nothing."""
    scale = labels.get("scale")
    if pooled.measure != "MD" or not scale:
        return ""
    return f" on {'the ' if scale[0].isdigit() else ''}{scale}"


def ratio(value: float | None) -> str:
    """Return a ratio as a reader expects it: nobody needs more than a thousandfold.

    >>> ratio(0.4666), ratio(2.3e-5), ratio(176627.0)
    ('0.47', 'below 0.001', 'above 1,000')
    """
    if value is not None and 0 <= value < 0.001:
        return "below 0.001"
    return "above 1,000" if value is not None and value > 1000 else number(value)


def _n(pooled: Pooled) -> str:
    if pooled.n is None:
        return "number of people not known"
    people = f"{pooled.n:,.0f} people"
    return people if pooled.n_known else f"at least {people}"


def number(value: float | None) -> str:
    """Return a number as a reader expects it: two decimals, or two digits if small; a true minus.

    The two ends of an interval have decimals alike, as GRADE's tables print them.

    >>> number(-15.7998), number(0.7521), number(0.05), number(222.0), number(1234.6)
    ('−15.80', '0.75', '0.05', '222', '1,235')
    """
    if value is None or math.isnan(value):
        return "not known"
    if math.isinf(value):
        return "−∞" if value < 0 else "∞"
    if abs(value) < 0.1 or abs(value) >= 1e6:
        text = f"{value + 0.0:.2g}"
    else:
        text = f"{value:,.2f}" if abs(value) < 100 else f"{value:,.0f}"
    return text.replace("-", "−")


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


def _reserve(evidence: Body, certainty: Certainty) -> str:
    """Say beside a direction that the interval does not bear it alone."""
    told = certainty.level not in REDUCES or evidence.widened or evidence.spans
    if told or not evidence.includes_none or _trivial(evidence):
        return ""
    return f", but the interval {INCLUDES}"


def _caveat(evidence: Body, certainty: Certainty) -> str:
    if not evidence.includes_none or evidence.unimportant or _reserve(evidence, certainty):
        return ""
    held = BOTH if evidence.spans else INCLUDES
    if evidence.widened:
        return f"So few and so alike studies need care: by DL with z the interval {held}."
    return f"The interval {held}."
