"""The iterations that metafor 3.8 documents: same start, same steps, same stopping rule.

Its help pages (rma.uni, argument ``control``; confint.rma) give Fisher scoring from the Hedges
estimator with threshold 1e-5 and at most 100 steps, halved where tau2 would be negative, set to
0 where the likelihood there is higher; and R's uniroot with its default tolerance from 0 to an
upper limit for PM, PMM and the Q-profile interval. These stop early: use them to reproduce a
published number, not to get the best one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from probatum.errors import StatsError
from probatum.stats.distributions import chi2_quantile
from probatum.stats.models import moments
from probatum.stats.models.likelihood import Data, fit, log_likelihood, traces
from probatum.stats.models.roots import brent
from probatum.stats.models.solution import Solution, q_target, se_generalised_q

THRESHOLD = 1e-5
MAX_STEPS = 100


@dataclass(frozen=True, slots=True)
class _Step:
    change: float
    information: float
    gradient: float


def fisher_scoring(data: Data, method: str) -> Solution:
    """Estimate tau2 by ML, REML or EB as metafor iterates."""
    tau2, steps = moments.hedges(data)[0], 0
    while True:
        steps += 1
        if steps > MAX_STEPS:
            raise StatsError(
                "Fisher scoring did not converge in 100 steps, as metafor's would not; "
                "leave compat out to use the exact solver"
            )
        change = _step(data, method, tau2).change
        while tau2 + change < 0:
            change /= 2
        tau2 += change
        if abs(change) <= THRESHOLD:
            break
    tau2 = _zero_if_higher(data, method, tau2)
    at = _step(data, method, tau2)
    se = se_generalised_q(data, tau2) if method == "EB" else float(np.sqrt(2 / at.information))
    return Solution(tau2, se, at.gradient, steps, True)


def _step(data: Data, method: str, tau2: float) -> _Step:
    at = fit(data, tau2)
    t = traces(data, at)
    if method == "EB":
        gradient = at.rss * data.k / (data.k - data.p) - data.k
        return _Step(gradient / t.w, t.w, gradient)
    square, first, second = float(at.py @ at.py), t.w, t.ww
    if method == "REML":
        first, second = t.p, t.pp
    return _Step((square - first) / second, second, 0.5 * (square - first))


def _zero_if_higher(data: Data, method: str, tau2: float) -> float:
    if method == "EB":
        return tau2
    restricted = method == "REML"
    here = log_likelihood(data, tau2, restricted=restricted)
    at_zero = log_likelihood(data, 0.0, restricted=restricted)
    return 0.0 if at_zero - here > THRESHOLD and tau2 > THRESHOLD else tau2


def generalised_q(data: Data, method: str) -> Solution:
    """Estimate tau2 by PM or PMM as R's uniroot finds it."""
    centre = float(np.median(data.y))
    spread = 1.4826 * float(np.median(np.abs(data.y - centre)))
    top = max(100.0, 10 * spread**2)
    target = q_target(data, method)
    tau2 = _uniroot(data, target, top)
    if tau2 is None:
        raise StatsError(
            f"tau2 lies beyond metafor's search limit ({top:g}); "
            "leave compat out to use the exact solver"
        )
    return Solution(tau2, se_generalised_q(data, tau2), fit(data, tau2).rss - target, 0, True)


def q_profile(data: Data, level: float, tau2: float) -> tuple[float, float]:
    """Return the Q-profile interval as metafor finds it: searched up to max(100, 10 tau2)."""
    df, top = data.k - data.p, max(100.0, 10 * tau2)
    bounds = []
    for tail in ((1 + level) / 2, (1 - level) / 2):
        root = _uniroot(data, chi2_quantile(tail, df), top)
        bounds.append(top if root is None else root)
    return bounds[0], bounds[1]


def _uniroot(data: Data, target: float, top: float) -> float | None:
    """Return the root of Q(tau2) = target in [0, top]; 0 when Q(0) is below, None beyond."""
    if fit(data, 0.0).rss < target:
        return 0.0
    if fit(data, top).rss > target:
        return None
    return brent(lambda t: fit(data, t).rss - target, (0.0, top))
