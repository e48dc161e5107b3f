"""What one more trial could do to a meta-analysis."""

from __future__ import annotations

import math
from dataclasses import dataclass

from numpy.typing import ArrayLike

from probatum.errors import UsageError
from probatum.stats.distributions import normal_cdf, normal_quantile
from probatum.stats.inputs import Labels, effects
from probatum.stats.models.fit import rma


@dataclass(frozen=True, slots=True)
class NextTrial:
    """Chance that the meta-analysis updated with one more trial is significant.

    ``power`` if its true mean effect is ``delta``; ``expected`` averaged over what the studies so
    far leave possible (predictive); ``estimate`` if it is the pooled effect.
    """

    power: float
    expected: float
    estimate: float


def conditional_power(  # noqa: PLR0913, keyword-only options
    yi: ArrayLike,
    vi: ArrayLike,
    next_vi: float,
    *,
    delta: float,
    tau2: float | None = None,
    alpha: float = 0.05,
    labels: Labels = None,
) -> NextTrial:
    """Return the chance that one more trial with variance ``next_vi`` makes the pool significant.

    The pooled z of all trials, with τ² held at its value (REML of the studies so far unless
    given), is compared with z(1 − α/2) in either direction (Roloff, Higgins & Sutton 2013, Stat
    Med 32:11).

    >>> chance = conditional_power([0.2, 0.3], [0.04, 0.05], 0.01, delta=0.3, tau2=0)
    >>> round(chance.power, 3), round(chance.estimate, 3)
    (0.959, 0.882)
    """
    y, v = effects(yi, vi, labels)
    if not (math.isfinite(next_vi) and next_vi > 0 and math.isfinite(delta)):
        raise UsageError("next_vi must be a finite number above 0, delta a finite number")
    if tau2 is None:
        tau2 = rma(y, v).tau2 if len(y) > 1 else 0.0
    if not (math.isfinite(tau2) and tau2 >= 0):
        raise UsageError(f"tau2 is {tau2:g}; allowed: a finite number from 0")
    w = 1 / (v + tau2)
    total, own = float(w.sum()), 1 / (next_vi + tau2)
    mean = float(w @ y) / total
    bar = float(normal_quantile(1 - alpha / 2)) * math.sqrt(total + own)

    def chance(center: float, variance: float) -> float:
        # The updated z is significant when |total·mean + own·y_next| reaches the bar.
        sd = own * math.sqrt(variance)
        middle = total * mean + own * center
        tails = normal_cdf((middle - bar) / sd) + normal_cdf((-middle - bar) / sd)
        return float(tails)

    one = next_vi + tau2
    return NextTrial(chance(delta, one), chance(mean, one + 1 / total), chance(mean, one))
