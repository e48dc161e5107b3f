"""The models and tests beside a pool, and whether its conclusion survives them all.

Each variant either gives models or says in words why it was not made. "The conclusion" is which
side of no difference the interval of the headline excludes, if any.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from probatum import stats
from probatum.effects.bayesian import bayes
from probatum.effects.comparisons import Comparison, compare
from probatum.effects.crossover import OTHERS, PAIRED
from probatum.effects.material import RATIOS
from probatum.effects.plan import Plan, plan
from probatum.effects.pooling import HEADLINE, Units, fit, model_fit, units
from probatum.effects.sensitivity import analyses, eligible
from probatum.effects.smallstudies import small_study_tests
from probatum.errors import StatsError
from probatum.model.effect import Analyses, ModelFit, Pooled
from probatum.model.pack import Question, Scale, StudyRow, Window
from probatum.stats.distributions import critical

_FEW = 4  # with three, each is far from two that happen to agree


@dataclass(frozen=True, slots=True)
class Ground:
    """What every variant starts from: the rows, the plan, and the comparisons of the headline.

    ``high_risk`` are studies at high risk of bias; None where risk of bias is not assessed.
    """

    rows: tuple[StudyRow, ...]
    how: Plan
    window: Window | None
    taken: tuple[Comparison, ...]
    high_risk: frozenset[str] | None

    def fitted(self, taken: Sequence[Comparison], variant: str) -> ModelFit:
        """Return the headline model over other comparisons."""
        found = fit(units(taken), *HEADLINE)
        return replace(model_fit(found, self.how.measure or "", "out"), variant=variant)

    def without(self, studies: Collection[str], variant: str) -> tuple[ModelFit, ...] | str:
        """Return the headline model without some studies, or that nothing is left."""
        left = [one for one in self.taken if one.row.study not in studies]
        if not left:
            return f"{variant}: no study is left"
        return (self.fitted(left, variant),)


Variant = Callable[[Ground], tuple[ModelFit, ...] | str]


def examine(
    question: Question,
    rows: Sequence[StudyRow],
    pooled: Pooled,
    *,
    window: Window | None = None,
    scales: Sequence[Scale] = (),
    high_risk: Collection[str] | None = None,
) -> Analyses:
    """Return the models and tests beside ``pooled``, which is of the same rows, flagged out.

    ``high_risk`` holds labels of studies at high risk of bias, None where nobody assessed it.
    """
    base = analyses(question, rows, window=window, scales=scales)
    ground = _ground(question, rows, window, scales, high_risk)
    if not ground.taken:
        return replace(base, conclusion="nothing is pooled: there is no conclusion to test")
    models: list[ModelFit] = []
    not_run: list[str] = []
    for variant in VARIANTS:
        found = variant(ground)
        if isinstance(found, str):
            not_run.append(found)
        else:
            models.extend(found)
    tests, note = small_study_tests(units(ground.taken), ground.how.measure or "")
    full = replace(
        base,
        models=tuple(models),
        outliers=outliers(units(ground.taken)),
        small_study=tests,
        small_study_note=note,
        not_run=tuple(told for told in not_run if told),
    )
    survives, conclusion = survival(pooled, full)
    return replace(full, survives=survives, conclusion=conclusion)


def _ground(
    question: Question,
    rows: Sequence[StudyRow],
    window: Window | None,
    scales: Sequence[Scale],
    high_risk: Collection[str] | None,
) -> Ground:
    main = eligible(question, rows)
    how = plan(question, main, scales)
    risky = None if high_risk is None else frozenset(high_risk)
    return Ground(tuple(main), how, window, compare(main, how, window).taken, risky)


def other_correlations(ground: Ground) -> tuple[ModelFit, ...] | str:
    """Assume other correlations between the periods of crossover trials."""
    if not any(note.startswith(PAIRED) for one in ground.taken for note in one.notes):
        return ""
    found = []
    for correlation in OTHERS:
        how = replace(ground.how, correlation=correlation)
        taken = compare(ground.rows, how, ground.window).taken
        found.append(ground.fitted(taken, f"crossover correlation {correlation}"))
    return tuple(found)


def without_high_risk(ground: Ground) -> tuple[ModelFit, ...] | str:
    """Leave out the studies at high risk of bias."""
    if ground.high_risk is None:
        return "without high risk of bias: risk of bias is not assessed"
    if not ground.high_risk.intersection(one.row.study for one in ground.taken):
        return "without high risk of bias: no study is at high risk"
    return ground.without(ground.high_risk, "without high risk of bias")


def without_outliers(ground: Ground) -> tuple[ModelFit, ...] | str:
    """Leave out the studies that lie far from the others."""
    far = outliers(units(ground.taken))
    return ground.without(far, f"without outliers ({', '.join(far)})") if far else ""


def outliers(data: Units) -> tuple[str, ...]:
    """Return studies whose externally standardised residual passes 1.96; none below four.

    Viechtbauer and Cheung 2010, doi 10.1002/jrsm.11.
    """
    if len(data.yi) < _FEW:
        return ()
    try:
        z = stats.rstudent(stats.rma(data.yi, data.vi, method="REML", test="z")).z
    except StatsError:
        return ()
    far = np.flatnonzero(np.abs(np.nan_to_num(z)) > critical(0.95))
    return tuple(dict.fromkeys(data.studies[i] for i in far))


def bayesian(ground: Ground) -> tuple[ModelFit, ...] | str:
    """Fit the Bayesian model."""
    found = bayes(ground.taken, ground.how.measure or "")
    return found if isinstance(found, str) else (found,)


VARIANTS: tuple[Variant, ...] = (bayesian, other_correlations, without_high_risk, without_outliers)


def survival(pooled: Pooled, found: Analyses) -> tuple[bool | None, str]:
    """Say in one line whether every analysis says of no difference what the headline says."""
    null = 1.0 if pooled.measure in RATIOS else 0.0
    others = [
        *((_named(model), model.ci_low, model.ci_high) for model in pooled.models[1:]),
        *((_named(model), model.ci_low, model.ci_high) for model in found.models),
        *((f"without {o.study}", o.ci_low, o.ci_high) for o in found.leave_one_out),
    ]
    if pooled.ci_low is None or pooled.ci_high is None or not others:
        return None, "one analysis only: there is nothing to hold the conclusion against"
    headline = side(pooled.ci_low, pooled.ci_high, null)
    told = _SAID[headline]
    against = [name for name, low, high in others if side(low, high, null) != headline]
    if not against:
        return True, f"the conclusion ({told}) holds in all {len(others)} other analyses"
    named = "; ".join(against[:_MOST_NAMED])
    more = f" and {len(against) - _MOST_NAMED} more" if len(against) > _MOST_NAMED else ""
    return False, (
        f"the conclusion ({told}) does not hold in {len(against)} of {len(others)} other "
        f"analyses: {named}{more}"
    )


_MOST_NAMED = 4
_SAID = {
    0: "no difference is not excluded",
    -1: "lower, no difference excluded",
    1: "higher, no difference excluded",
}


def side(low: float, high: float, null: float) -> int:
    """Return the side of no difference on which an interval lies; 0 where it includes it.

    >>> side(1.2, 3.0, 1.0), side(-1.0, 2.0, 0.0)
    (1, 0)
    """
    if math.isnan(low) or math.isnan(high):
        return 0
    return (low > null) - (high < null)


def _named(model: ModelFit) -> str:
    flagged = ", flagged rows in" if model.flagged == "in" else ""
    return model.variant or f"{model.method} {model.test}{flagged}"
