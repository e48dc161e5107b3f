"""Does the effect turn? Tests of an inverted U (or U) and of monotony over dose.

``inverted_u``: the quadratic curve rises at the lowest dose and falls at the highest (or the
other way round). The null hypothesis is that it does not turn within the doses; the p-value is
the larger of two one-sided ones (an intersection–union test: Sasabuchi 1980, Biometrika 67:429;
Lind & Mehlum 2010). It can show a turn if the curve is about quadratic; a flat top that never
falls may look like one.

``monotone``: the null hypothesis is that effects by dose never fall (rise); the alternative is
any other pattern. The statistic is the weighted distance from the estimates to the nearest
monotone ones; its reference distribution is chi-bar-squared at the least favourable null, equal
effects at all doses (Robertson, Wright & Dykstra 1988, chapter 2), which makes the test
conservative for truly rising curves. A large p-value does not show that the curve is monotone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from probatum.errors import StatsError, UsageError
from probatum.stats.curves.fit import Curve
from probatum.stats.distributions import chi2_upper, normal_cdf
from probatum.stats.dose.contrasts import DoseContrasts
from probatum.stats.inputs import Floats, one_of, symmetric, vector

_DRAWS = 4000


@dataclass(frozen=True, slots=True)
class Turn:
    """The test of a turning quadratic curve: slopes at both ends, their z, p, the turn's dose.

    ``form`` is "inverted U", "U" or "none" by the signs of the slopes; p is 1 for "none".
    """

    form: str
    slopes: tuple[float, float]
    z: tuple[float, float]
    pval: float
    peak: float


@dataclass(frozen=True, slots=True)
class Monotone:
    """The order-restricted test: distance T, weights of the chi-bar-squared, p, nearest effects.

    ``weights[j]`` is the probability of j violated constraints at the least favourable null;
    ``simulated`` tells that they come from 4,000 draws with a fixed seed (4 or more doses).
    """

    statistic: float
    weights: Floats
    pval: float
    nearest: Floats
    direction: str
    simulated: bool


def inverted_u(fit: Curve, low: float | None = None, high: float | None = None) -> Turn:
    """Test whether a quadratic dose–response curve turns between two doses (default all).

    >>> from probatum.stats.dose.contrasts import given_contrasts
    >>> from probatum.stats.dose.response import dose_response
    >>> c = given_contrasts([0.5, 0.8, 0.2], [[0.01, 0.005, 0.005], [0.005, 0.01, 0.005],
    ...                     [0.005, 0.005, 0.01]], [1, 2, 4], ["A"] * 3)
    >>> turn = inverted_u(dose_response(c, curve="quadratic", between="none"))
    >>> turn.form, turn.pval < 0.001
    ('inverted U', True)
    """
    if fit.shape.name != "quadratic":
        raise UsageError("inverted_u takes a quadratic curve: dose_response(curve='quadratic')")
    ends = (fit.span[0] if low is None else low, fit.span[1] if high is None else high)
    if not ends[0] < ends[1]:
        raise UsageError("low must be below high")
    rows = np.array([[1.0, 2 * end] for end in ends])
    slopes = rows @ fit.beta
    z = slopes / np.sqrt(np.einsum("ij,jk,ik->i", rows, fit.vb, rows))
    peak = -float(fit.beta[0]) / (2 * float(fit.beta[1])) if fit.beta[1] != 0 else math.inf
    turns = slopes[0] * slopes[1] < 0
    form = ("inverted U" if slopes[0] > 0 else "U") if turns else "none"
    pval = float(normal_cdf(-np.abs(z)).max()) if turns else 1.0
    return Turn(form, (float(slopes[0]), float(slopes[1])), (float(z[0]), float(z[1])), pval, peak)


def monotone(
    effects: ArrayLike, v: ArrayLike, *, direction: str = "increasing", reference: bool = True
) -> Monotone:
    """Test effects at rising doses (m,) with covariance ``v`` (m, m) against monotony.

    ``reference``: the effects are against a lower dose whose own effect is 0, which is the first
    step of the order. ``direction``: "increasing" or "decreasing".

    >>> test = monotone([0.5, 0.8, 0.2], [0.01, 0.01, 0.01])
    >>> round(test.statistic, 2), test.pval < 0.001
    (18.0, True)
    """
    y = vector(effects, "effects")
    sign = (
        -1.0
        if one_of(direction, ("increasing", "decreasing"), "direction") != "increasing"
        else 1.0
    )
    matrix = symmetric(v, len(y), "v")
    steps = np.eye(len(y)) - np.eye(len(y), k=-1)
    steps = steps if reference else steps[1:]
    if len(steps) == 0 or not np.isfinite(y).all() or np.linalg.eigvalsh(matrix)[0] <= 0:
        raise StatsError(
            "finite effects at two or more doses, and a positive definite v are needed"
        )
    rise, spread = sign * steps @ y, steps @ matrix @ steps.T
    root = np.linalg.cholesky(np.linalg.inv(spread)).T
    held = _nearest(root, rise)
    distance = float(((root @ (rise - held)) ** 2).sum())
    weights, simulated = _weights(spread)
    df = np.arange(1, len(weights))
    pval = float(weights[1:] @ chi2_upper(distance, df)) if distance > 1e-12 else 1.0
    gain = matrix @ steps.T @ np.linalg.solve(spread, held - rise)
    return Monotone(distance, weights, pval, y + sign * gain, direction, simulated)


def pooled_by_dose(contrasts: DoseContrasts) -> tuple[Floats, Floats, Floats]:
    """Return the doses, the pooled effect at each against the lowest, and their covariance.

    Generalised least squares with one coefficient a dose; heterogeneity enters as one factor, the
    residual Q over its degrees of freedom where that is above 1.
    """
    every = np.unique(np.concatenate([contrasts.dose, contrasts.reference]))
    own = (contrasts.dose[:, None] == every).astype(float)
    x = (own - (contrasts.reference[:, None] == every))[:, 1:]
    inverse = np.linalg.inv(contrasts.v)
    information = x.T @ inverse @ x
    if np.linalg.matrix_rank(information) < x.shape[1]:
        raise StatsError("the doses are not joined by common reference doses")
    cov = np.linalg.inv(information)
    beta = cov @ x.T @ inverse @ contrasts.yi
    rest = contrasts.yi - x @ beta
    df = len(contrasts.yi) - x.shape[1]
    factor = max(1.0, float(rest @ inverse @ rest) / df) if df > 0 else 1.0
    return every[1:], beta, cov * factor


def _nearest(root: Floats, rise: Floats) -> Floats:
    from scipy import optimize  # noqa: PLC0415, loads on first use

    found, _ = optimize.nnls(root, root @ rise)
    return np.asarray(found, dtype=np.float64)


def _weights(spread: Floats) -> tuple[Floats, bool]:
    """Return the probabilities of 0 … m violated constraints when all steps are 0."""
    m = len(spread)
    if m == 1:
        return np.array([0.5, 0.5]), False
    scale = np.sqrt(np.diag(spread))
    r = spread / np.outer(scale, scale)
    if m == 2:
        both = 0.25 + math.asin(float(r[0, 1])) / (2 * math.pi)
        return np.array([both, 0.5, 0.5 - both]), False
    if m == 3:
        return _three(r), False
    draws = np.random.default_rng(0).normal(size=(_DRAWS, m)) @ np.linalg.cholesky(spread).T
    root = np.linalg.cholesky(np.linalg.inv(spread)).T
    violated = [m - int((_nearest(root, row) > 0).sum()) for row in draws]
    return np.bincount(violated, minlength=m + 1) / _DRAWS, True


def _three(r: Floats) -> Floats:
    """Orthant probabilities of three normals (Kudô 1963): all held, all violated, the rest."""
    pairs = [(0, 1, 2), (0, 2, 1), (1, 2, 0)]
    plain = [math.acos(float(r[i, j])) for i, j, _ in pairs]
    partial = [math.acos(_partial(r, i, j, k)) for i, j, k in pairs]
    held = 0.5 - sum(plain) / (4 * math.pi)
    one = (3 * math.pi - sum(partial)) / (4 * math.pi)
    return np.array([held, one, 0.5 - held, 0.5 - one])


def _partial(r: Floats, i: int, j: int, k: int) -> float:
    left = math.sqrt((1 - r[i, k] ** 2) * (1 - r[j, k] ** 2))
    return float((r[i, j] - r[i, k] * r[j, k]) / left)
