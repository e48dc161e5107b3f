"""Selection models: how likely a study is published, given its p-value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial

import numpy as np
from numpy.typing import NDArray

from probatum.errors import StatsError, UsageError
from probatum.stats import distributions as dist
from probatum.stats.inputs import Floats, one_of
from probatum.stats.models.fit import rma
from probatum.stats.models.result import Rma

Weight = Callable[[Floats, Floats], Floats]
# z beyond which a p-value is 0 or 1 to rounding, and weights no longer change.
FURTHEST = 8.3
SMALLEST = 1e-12
# Largest parameters: weights of steps beyond 100 are not told apart (metafor's documented limit).
STEP_LIMIT, SMOOTH_LIMIT = 100.0, 1e6


def _beta(p: Floats, delta: Floats) -> Floats:
    return np.asarray(p ** (delta[0] - 1) * (1 - p) ** (delta[1] - 1))


def _half_normal(p: Floats, delta: Floats) -> Floats:
    return np.asarray(np.exp(-delta[0] * p**2))


def _negative_exponential(p: Floats, delta: Floats) -> Floats:
    return np.asarray(np.exp(-delta[0] * p))


def _logistic(p: Floats, delta: Floats) -> Floats:
    return np.asarray(2 / (1 + np.exp(delta[0] * p)))


def _power(p: Floats, delta: Floats) -> Floats:
    return np.asarray((1 - p) ** delta[0])


@dataclass(frozen=True, slots=True)
class Shape:
    """A weight function: parameters, start, and its values without selection.

    p-values are kept ``edge`` off 0 and 1, where some weights have no finite value.
    """

    weight: Weight
    start: tuple[float, ...]
    neutral: tuple[float, ...]
    reference: str
    edge: float = 0.0


SHAPES = {
    "beta": Shape(_beta, (1.0, 1.0), (1.0, 1.0), "Citkowicz & Vevea 2017", 1e-5),
    "halfnorm": Shape(_half_normal, (1.0,), (0.0,), "Preston et al. 2004"),
    "negexp": Shape(_negative_exponential, (1.0,), (0.0,), "Preston et al. 2004"),
    "logistic": Shape(_logistic, (1.0,), (0.0,), "Preston et al. 2004"),
    "power": Shape(_power, (1.0,), (0.0,), "Preston et al. 2004", 1e-5),
}


@dataclass(frozen=True, slots=True)
class Selection:
    """A fitted selection model; ``delta`` are the weight function's parameters.

    For the step function the first is 1 by definition (its error 0). ``LRT`` compares with the
    model without selection.
    """

    kind: str
    beta: float
    se: float
    tau2: float
    se_tau2: float
    delta: Floats
    se_delta: Floats
    ll: float
    LRT: float
    LRTp: float
    converged: bool


def selmodel(
    fitted: Rma,
    kind: str = "stepfun",
    *,
    steps: Sequence[float] = (0.025,),
    alternative: str = "greater",
) -> Selection:
    """Fit a selection model by maximum likelihood to a model without moderators.

    ``kind``: stepfun (Vevea & Hedges 1995, cut at the one-sided p-values ``steps``), beta,
    halfnorm, negexp, logistic or power. ``alternative``: the direction that publication favours
    (greater, less, two.sided).
    """
    one_of(kind, ("stepfun", *SHAPES), "kind of selection model")
    one_of(alternative, ("greater", "less", "two.sided"), "alternative")
    if fitted.p != 1 or fitted.k < 3:
        raise UsageError("selmodel takes a model without moderators of at least 3 studies")
    base = rma(fitted.yi, fitted.vi, method="ML")
    data = _Data(fitted, alternative)
    if kind == "stepfun":
        cuts = np.array([*sorted(steps), 1.0]) if max(steps) < 1 else np.array(sorted(steps))
        if len(cuts) < 2 or cuts[0] <= 0:
            raise UsageError("steps: at least one p-value above 0 and below 1 is needed")
        count, target = len(cuts) - 1, partial(_step_likelihood, data, cuts)
        start = np.ones(count)
    else:
        shape = SHAPES[kind]
        count, target = len(shape.start), partial(_smooth_likelihood, data, shape)
        start = np.array(shape.start)
    return _fit(kind, base, target, start)


class _Data:
    """The studies and their p-values."""

    def __init__(self, fitted: Rma, alternative: str) -> None:
        self.y, self.v = fitted.yi, fitted.vi
        self.se = np.sqrt(fitted.vi)
        self.alternative = alternative
        self.p = self.pvalue(self.y / self.se)

    def pvalue(self, z: Floats) -> Floats:
        if self.alternative == "two.sided":
            return 2 * dist.normal_cdf(-np.abs(z))
        return dist.normal_cdf(-z if self.alternative == "greater" else z)


@cache
def _rule(edge: float, two_sided: bool) -> tuple[Floats, Floats, Floats]:
    """Return nodes of z, their areas, and the two ends between which they lie; 0 ends a panel."""
    tail = edge / 2 if two_sided else edge
    end = -float(dist.normal_quantile(tail)) if tail > 0 else FURTHEST
    nodes, weights = np.polynomial.legendre.leggauss(12)
    edges = np.linspace(-end, end, 25)
    half = np.diff(edges)[:, None] / 2
    places = (edges[1:] + edges[:-1])[:, None] / 2 + half * nodes
    return places.ravel(), (half * weights).ravel(), edges[[0, -1]]


def _smooth_likelihood(data: _Data, shape: Shape, mu: float, tau2: float, delta: Floats) -> float:
    """Integrate the weights over z = y/se, whose spread is 1 or more: nothing is narrower.

    Beyond the ends the weight stays what it is there, and the rest is a normal tail.
    """
    z, area, ends = _rule(shape.edge, data.alternative == "two.sided")

    def weight(p: Floats) -> Floats:
        return shape.weight(np.clip(p, shape.edge, 1 - shape.edge), delta)

    spread = np.sqrt(data.v + tau2)
    mean, scale = (mu / data.se)[:, None], (spread / data.se)[:, None]
    inside = dist.normal_density((z - mean) / scale) / scale @ (area * weight(data.pvalue(z)))
    beyond = dist.normal_cdf((ends - mean) / scale * np.array([1.0, -1.0]))
    # At the upper end the tail runs upwards: P(Z > end) is the cdf of its negative.
    total = inside + beyond @ weight(data.pvalue(ends))
    return _total(data, mu, spread, np.log(weight(data.p)), np.log(total))


def _step_likelihood(data: _Data, cuts: Floats, mu: float, tau2: float, delta: Floats) -> float:
    weights = np.concatenate([[1.0], delta])
    spread = np.sqrt(data.v + tau2)
    own = weights[np.searchsorted(cuts, data.p, side="left").clip(0, len(cuts) - 1)]
    below = np.zeros_like(mu + data.y)
    chance = np.zeros((len(cuts), len(data.y)))
    for j, cut in enumerate(cuts):
        reach = np.ones_like(below) if cut >= 1 else _reach(data, cut, mu, spread)
        chance[j] = reach - below
        below = reach
    return _total(data, mu, spread, np.log(own), np.log(weights @ np.maximum(chance, 0)))


def _reach(data: _Data, cut: float, mu: float, spread: Floats) -> Floats:
    """Return the chance of a p-value below ``cut``."""
    if data.alternative == "two.sided":
        z = float(dist.normal_quantile(1 - cut / 2)) * data.se
        return dist.normal_cdf((mu - z) / spread) + dist.normal_cdf((-mu - z) / spread)
    z = float(dist.normal_quantile(1 - cut)) * data.se
    sign = 1.0 if data.alternative == "greater" else -1.0
    return dist.normal_cdf((sign * mu - z) / spread)


def _total(data: _Data, mu: float, spread: Floats, own: Floats, norm: Floats) -> float:
    z = (data.y - mu) / spread
    density = -0.5 * np.log(2 * np.pi) - np.log(spread) - 0.5 * z * z
    return float((density + own - norm).sum())


def _fit(
    kind: str, base: Rma, target: Callable[[float, float, Floats], float], start: Floats
) -> Selection:
    from scipy.optimize import minimize  # noqa: PLC0415, loads on first use

    def objective(theta: Floats) -> float:
        with np.errstate(all="ignore"):
            value = -target(float(theta[0]), float(np.exp(theta[1])), np.exp(theta[2:]))
        return value if np.isfinite(value) else 1e10

    found = []
    for tau2 in (max(base.tau2, SMALLEST), float(np.var(base.yi)) + SMALLEST):
        for shift in (0.0, 1.5, -1.5):
            theta = np.concatenate([[base.estimate, np.log(tau2)], np.log(start) + shift])
            found.append(
                minimize(objective, theta, method="L-BFGS-B", bounds=_bounds(kind, len(start)))
            )
    rough = min(found, key=lambda r: float(r.fun))
    bounds = _bounds(kind, len(start))
    best = minimize(
        objective,
        rough.x,
        method="Nelder-Mead",
        bounds=bounds,
        options={"maxiter": 2000, "xatol": 1e-9, "fatol": 1e-12},
    )
    theta = _polish(kind, objective, np.asarray(best.x, dtype=np.float64))
    return _result(kind, base, target, theta)


def _bounds(kind: str, count: int) -> list[tuple[float | None, float | None]]:
    limit = STEP_LIMIT if kind == "stepfun" else SMOOTH_LIMIT
    return [(None, None), (np.log(SMALLEST), None), *[(np.log(1e-9), np.log(limit))] * count]


def _polish(kind: str, objective: Callable[[Floats], float], theta: Floats) -> Floats:
    """Newton steps with numeric derivatives; parameters at their limits stay there."""
    limits = _bounds(kind, len(theta) - 2)
    lows = np.array([-np.inf if a is None else a for a, _ in limits])
    highs = np.array([np.inf if b is None else b for _, b in limits])
    for _ in range(20):
        free = np.flatnonzero((theta > lows + 1e-3) & (theta < highs - 1e-3))
        gradient, hessian = _derivatives(objective, theta, free)
        if np.linalg.eigvalsh(hessian)[0] <= 0:
            break
        move = np.linalg.solve(hessian, gradient)
        new = theta.copy()
        new[free] -= move
        if not objective(new) <= objective(theta) or np.abs(move).max() < 1e-9:
            break
        theta = new
    return theta


def _derivatives(
    objective: Callable[[Floats], float], theta: Floats, free: NDArray[np.int64]
) -> tuple[Floats, Floats]:
    n = len(free)
    steps = 1e-4 * np.maximum(1.0, np.abs(theta[free]))
    at = np.zeros((n, n))
    gradient = np.zeros(n)

    def moved(i: int, a: float, j: int, b: float) -> float:
        new = theta.copy()
        new[free[i]] += a * steps[i]
        new[free[j]] += b * steps[j]
        return objective(new)

    centre = objective(theta)
    for i in range(n):
        up, down = moved(i, 1, i, 0), moved(i, -1, i, 0)
        gradient[i] = (up - down) / (2 * steps[i])
        at[i, i] = (up - 2 * centre + down) / steps[i] ** 2
        for j in range(i):
            corner = moved(i, 1, j, 1) - moved(i, 1, j, -1) - moved(i, -1, j, 1)
            at[i, j] = at[j, i] = (corner + moved(i, -1, j, -1)) / (4 * steps[i] * steps[j])
    return gradient, at


def _result(
    kind: str, base: Rma, target: Callable[[float, float, Floats], float], theta: Floats
) -> Selection:
    mu, tau2, delta = float(theta[0]), float(np.exp(theta[1])), np.exp(theta[2:])
    tau2 = 0.0 if tau2 <= 10 * SMALLEST else tau2
    natural = np.concatenate([[mu, tau2], delta])

    def objective(x: Floats) -> float:
        return -target(float(x[0]), float(x[1]), x[2:])

    upper = np.append(
        np.inf, np.full(len(delta), 0.99 * (STEP_LIMIT if kind == "stepfun" else SMOOTH_LIMIT))
    )
    inside = (natural[1:] > 1e-6) & (natural[1:] < upper)
    free = np.concatenate([[0], 1 + np.flatnonzero(inside)]).astype(np.int64)
    hessian = _derivatives(objective, natural, free)[1]
    errors = np.full(len(natural), np.nan)
    try:
        errors[free] = np.sqrt(np.diag(np.linalg.inv(hessian)))
    except np.linalg.LinAlgError:
        raise StatsError(
            "the selection model's information is singular: too few studies"
        ) from None
    ll = -objective(natural)
    lrt = max(0.0, 2 * (ll - base.log_likelihood()))
    first = ([1.0], [0.0]) if kind == "stepfun" else ([], [])
    return Selection(
        kind, mu, float(errors[0]), tau2, float(errors[1]), np.append(first[0], delta),
        np.append(first[1], errors[2:]), ll, lrt, float(dist.chi2_upper(lrt, len(delta))), True,
    )  # fmt: skip
