"""The Bayesian model beside the headline: a weakly informative prior of tau, flat for the mean.

Prior: half-normal with scale 0.5 for log ratios and standardised differences (Röver et al. 2021,
doi 10.1002/jrsm.1475); a mean difference takes half of the typical standard deviation of people,
which is the same prior in its units.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence

from probatum.effects.comparisons import Comparison
from probatum.effects.material import RATIOS
from probatum.effects.pooling import back, units
from probatum.effects.words import figure
from probatum.errors import StatsError
from probatum.model.effect import ModelFit
from probatum.stats.bayes.meta import bayes_meta
from probatum.stats.bayes.priors import half_normal

SCALE = 0.5


def bayes(taken: Sequence[Comparison], measure: str) -> ModelFit | str:
    """Return the posterior median with its central 95 % interval, or why there is none."""
    data = units(taken)
    if data.k < 2:
        return ""
    scale = prior_scale(taken, measure)
    if isinstance(scale, str):
        return f"Bayes: {scale}"
    try:
        found = bayes_meta(data.yi, data.vi, tau_prior=half_normal(scale))
    except StatsError as error:
        return f"Bayes: {error}"
    read = back(measure)
    low, middle, high = (float(end) for end in found.mu.quantile([0.025, 0.5, 0.975]))
    return ModelFit(
        method="Bayes",
        test="posterior",
        flagged="out",
        k=data.k,
        estimate=read(middle),
        ci_low=read(low),
        ci_high=read(high),
        tau2=float(found.tau.median) ** 2,
        se=float(found.mu.sd),
        note="posterior median and central 95 % interval",
        variant=f"Bayes, tau half-normal({figure(scale)})",
    )


def prior_scale(taken: Sequence[Comparison], measure: str) -> float | str:
    """Return the scale of the prior of tau on the analysis scale, or why there is none."""
    if measure in RATIOS or measure == "SMD":
        return SCALE
    if measure != "MD":
        return f"no weakly informative prior of tau is agreed for a {measure}"
    spread = [one.vi * one.n / 4 for one in taken if one.n]  # two groups of n/2 people each
    if not spread:
        return "the sizes of the groups are not known, so no prior of tau in units of the scale"
    return SCALE * math.sqrt(statistics.median(spread))
