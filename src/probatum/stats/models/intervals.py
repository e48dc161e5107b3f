"""Confidence intervals of tau2."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from probatum.stats.distributions import chi2_quantile
from probatum.stats.inputs import Floats
from probatum.stats.models.exact import solve_q
from probatum.stats.models.likelihood import Data, fit, log_likelihood, traces


@dataclass(frozen=True, slots=True)
class Tau2Interval:
    """tau2 with its interval, and the same three numbers as tau, I2 (percent) and H2.

    Each is (estimate, lower, upper).
    """

    tau2: tuple[float, float, float]
    tau: tuple[float, float, float]
    I2: tuple[float, float, float]
    H2: tuple[float, float, float]


def q_profile(data: Data, level: float) -> tuple[float, float]:
    """Return the Q-profile interval of tau2 (Viechtbauer 2007); exact under the model.

    The bounds are where the generalised Q meets the chi-squared quantiles with k - p degrees
    of freedom; a bound that would be negative is 0.
    """
    df = data.k - data.p
    if df <= 0:
        return 0.0, float("inf")
    low = solve_q(data, chi2_quantile((1 + level) / 2, df))
    return low, solve_q(data, chi2_quantile((1 - level) / 2, df))


def profile_likelihood(
    data: Data, tau2: float, level: float, *, restricted: bool
) -> tuple[float, float]:
    """Return the profile-likelihood interval of tau2 around its (restricted) ML estimate.

    The bounds are the outermost values whose log-likelihood lies within half the chi-squared
    quantile with one degree of freedom (Hardy & Thompson 1996).
    """
    peak = log_likelihood(data, tau2, restricted=restricted)
    drop = chi2_quantile(level, 1) / 2

    def above(t: float) -> float:
        return log_likelihood(data, t, restricted=restricted) - peak + drop

    low = 0.0 if above(0.0) >= 0 else _crossing(above, (tau2, 0.0))
    far = max(2 * tau2, float(data.v.min()))
    while above(far) > 0 and far < 1e12 * float(data.v.max() + 1):
        far *= 2
    return low, _crossing(above, (tau2, far))


def _crossing(above: Callable[[float], float], ends: tuple[float, float]) -> float:
    """Return where ``above`` changes sign between an inner (above) and an outer point."""
    inner, outer = ends
    for _ in range(200):
        middle = (inner + outer) / 2
        if middle in {inner, outer}:
            break
        inner, outer = (middle, outer) if above(middle) > 0 else (inner, middle)
    return inner


def on_every_scale(data: Data, tau2: float, bounds: tuple[float, float]) -> Tau2Interval:
    """Return an interval of tau2 on the scales of tau, I2 and H2."""
    df = data.k - data.p
    typical = df / traces(data, fit(data, 0.0)).p if df > 0 else float("nan")
    values = (tau2, *bounds)
    inconsistency = [100.0 if t == float("inf") else 100 * t / (typical + t) for t in values]
    return Tau2Interval(
        values,
        _three([t**0.5 for t in values]),
        _three(inconsistency),
        _three([t / typical + 1 for t in values]),
    )


def _three(values: list[float]) -> tuple[float, float, float]:
    return values[0], values[1], values[2]


def weights_percent(weights: Floats) -> Floats:
    """Return weights as percentages of their sum."""
    total = float(weights.sum())
    return weights * (100 / total)
