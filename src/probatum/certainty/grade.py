"""Grade: how certain a pooled answer is, by computed steps of GRADE."""

from __future__ import annotations

from collections.abc import Sequence

from probatum.certainty.body import body
from probatum.certainty.domains import DOMAINS, start
from probatum.certainty.thresholds import important
from probatum.model.answer import Certainty, Level, RiskOfBias, Step
from probatum.model.effect import Pooled
from probatum.model.pack import Question, Scale, StudyRow

LEVELS: tuple[Level, ...] = ("very low", "low", "moderate", "high")
# Where risk of bias is not assessed, nothing is called high (Cochrane Handbook 14.2.2).
CEILING: Level = "moderate"


def grade(
    question: Question,
    pooled: Pooled,
    rows: Sequence[StudyRow],
    scale: Scale | None,
    *,
    risk: Sequence[RiskOfBias] = (),
) -> Certainty:
    """Rate the certainty of a pooled answer.

    Starts at high for randomised trials and at low for others, then takes the steps of
    :data:`probatum.certainty.domains.DOMAINS`; at most moderate, unless ``risk`` judges every
    study of the pool. ``rows`` are the rows of the question, ``scale`` its scale with the minimal
    important difference, if known. Without an estimate the level is "none".

    >>> from probatum.effects.synthesize import synthesize
    >>> question = Question("q", "Q", "pain", "efficacy", measure="MD")
    >>> grade(question, synthesize(question, []), [], None).level
    'none'
    """
    bounds = important(pooled.measure, None if scale is None else scale.mid)
    judged = {one.study: one.judgement for one in risk}
    evidence = body(question, pooled, rows, bounds, judged)
    if evidence is None:
        reason = "no study gives an effect, so there is nothing to rate"
        return Certainty("none", "none", (Step("evidence", 0, reason),))
    first, _ = start(evidence)
    steps = tuple(domain(evidence) for domain in DOMAINS)
    rank = LEVELS.index(first) + sum(step.change for step in steps)
    ceiling = len(LEVELS) - 1 if evidence.assessed else LEVELS.index(CEILING)
    return Certainty(LEVELS[min(max(rank, 0), ceiling)], first, steps)


def ordinal(level: Level) -> str:
    """Return a level with its place among the four.

    >>> ordinal("moderate")
    'moderate, 3 of 4'
    """
    return f"{level}, {LEVELS.index(level) + 1} of 4" if level in LEVELS else level
