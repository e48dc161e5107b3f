"""The bootstrap of a fitted model, and a prediction interval from confidence distributions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from probatum.errors import StatsError, UsageError
from probatum.stats import inputs
from probatum.stats.inputs import Floats
from probatum.stats.models.batch import rma_batch
from probatum.stats.models.fit import estimate
from probatum.stats.models.likelihood import Data
from probatum.stats.models.quick import CODES
from probatum.stats.models.result import Rma

Complex = NDArray[np.complex128]
GRID = 200
# Above this many studies the contour needs too many nodes; the trapezoid rule takes over.
FEW = 20
TERMS = 256


@dataclass(frozen=True, slots=True)
class Bootstrap:
    """Refits: ``beta`` (draws, p) and ``tau2`` (draws,), with percentile limits of each."""

    kind: str
    beta: Floats
    tau2: Floats
    se: Floats
    bias: Floats
    ci_lb: Floats
    ci_ub: Floats
    tau2_lb: float
    tau2_ub: float


@dataclass(frozen=True, slots=True)
class BootstrapPrediction:
    """Prediction limits of a new study's true effect and confidence limits of the mean."""

    pi_lb: float
    pi_ub: float
    ci_lb: float
    ci_ub: float
    draws: int


def bootstrap(
    model: Rma, *, kind: str = "parametric", draws: int = 1000, level: float = 95, seed: int = 1
) -> Bootstrap:
    """Refit a model to samples of its data (Efron & Tibshirani 1993; van den Noortgate 2005).

    "parametric" draws effects from the fitted normal model with the same variances and
    moderators; "nonparametric" draws studies with replacement. Samples whose moderators are
    dependent are drawn anew. ``level`` in percent; ``seed`` fixes the draws. UsageError for own
    weights or fewer than 2 draws, StatsError when no sample can carry the moderators.

    >>> from probatum.stats import rma
    >>> model = rma([0.1, 0.3, 0.8], [0.02, 0.03, 0.05])
    >>> sample = bootstrap(model, draws=200, seed=3)
    >>> bool(sample.ci_lb[0] < model.estimate < sample.ci_ub[0]), sample.tau2.shape
    (True, (200,))
    """
    inputs.one_of(kind, ("parametric", "nonparametric"), "kind of bootstrap")
    tail = (1 - inputs.level_fraction(level)) / 2
    if draws < 2:
        raise UsageError(f"draws is {draws}; allowed: 2 or more")
    if model.settings.weights is not None:
        raise UsageError("the bootstrap is of models without own weights")
    rng = np.random.default_rng(seed)
    beta, tau2 = _refitted(model, _samples(model, kind, draws, rng))
    low, high = np.quantile(beta, [tail, 1 - tail], axis=0)
    t_low, t_high = np.quantile(tau2, [tail, 1 - tail])
    return Bootstrap(
        kind, beta, tau2, beta.std(axis=0, ddof=1), beta.mean(axis=0) - model.beta, low, high,
        float(t_low), float(t_high),
    )  # fmt: skip


def _samples(model: Rma, kind: str, draws: int, rng: np.random.Generator) -> list[Data]:
    d = model.data
    if kind == "parametric":
        spread, centre = np.sqrt(d.v + model.tau2), d.x @ model.beta
        effects = centre + spread * rng.standard_normal((draws, d.k))
        return [Data(y, d.v, d.x, d.plain) for y in effects]
    return [_resampled(d, rng) for _ in range(draws)]


def _resampled(d: Data, rng: np.random.Generator) -> Data:
    for _ in range(1000):
        rows = rng.integers(0, d.k, d.k)
        x = d.x[rows]
        if d.plain or np.linalg.matrix_rank(x) == d.p:
            return Data(d.y[rows], d.v[rows], x, d.plain)
    raise StatsError("1000 samples of studies with dependent moderators; use kind='parametric'")


def _refitted(model: Rma, samples: list[Data]) -> tuple[Floats, Floats]:
    settings = model.settings
    usual = settings.compat is None and settings.tau2 is None and settings.method in CODES
    if model.data.plain and usual:
        k = model.k
        many = rma_batch(
            np.concatenate([s.y for s in samples]),
            np.concatenate([s.v for s in samples]),
            np.repeat(np.arange(len(samples)), k),
            method=settings.method,
        )
        return many.beta[:, None], many.tau2
    fits = [estimate(s, settings) for s in samples]
    return np.array([f.beta for f in fits]), np.array([f.tau2 for f in fits])


def bootstrap_prediction(
    yi: ArrayLike, vi: ArrayLike, *, draws: int = 25_000, level: float = 95, seed: int = 1
) -> BootstrapPrediction:
    """Return the prediction interval of Nagashima, Noma & Furukawa (2019, their algorithm 1).

    tau2 is drawn from its confidence distribution, 1 - F_Q(q; tau2) with the exact distribution
    of Cochran's Q, and the mean from Hartung's t with k - 1 degrees of freedom at that tau2.
    ``level`` in percent; ``seed`` fixes the draws. StatsError below three studies.

    >>> found = bootstrap_prediction([0.1, 0.3, 0.8, 0.4], [0.02, 0.03, 0.05, 0.02], draws=2000)
    >>> found.pi_lb < found.ci_lb < found.ci_ub < found.pi_ub
    True
    """
    y, v = inputs.effects(yi, vi)
    tail = (1 - inputs.level_fraction(level)) / 2
    if len(y) < 3:
        raise StatsError(f"the bootstrap prediction interval needs 3 studies; there are {len(y)}")
    if draws < 100:
        raise UsageError(f"draws is {draws}; allowed: 100 or more")
    rng = np.random.default_rng(seed)
    tau2 = _tau2_draws(y, v, rng.random(draws))
    w = 1 / (v + tau2[:, None])
    total = w.sum(axis=1)
    mean = (w @ y) / total
    se = np.sqrt((w * (y - mean[:, None]) ** 2).sum(axis=1) / (len(y) - 1) / total)
    centre = mean - rng.standard_t(len(y) - 1, draws) * se
    new = centre + rng.standard_normal(draws) * np.sqrt(tau2)
    wide, narrow = np.quantile(new, [tail, 1 - tail]), np.quantile(centre, [tail, 1 - tail])
    return BootstrapPrediction(
        float(wide[0]), float(wide[1]), float(narrow[0]), float(narrow[1]), draws
    )


def _tau2_draws(y: Floats, v: Floats, u: Floats) -> Floats:
    """Return the tau2 at which the confidence distribution reaches each ``u``; 0 below H(0)."""
    w = 1 / v
    q = float((w * (y - (w @ y) / w.sum()) ** 2).sum())
    if q <= 0:
        return np.zeros_like(u)
    top = float(np.var(y) + v.mean())
    while 1 - float(q_distribution(q, v, np.array([top]))[0]) < 1 - 1e-6 and top < 1e12 * v.max():
        top *= 2
    # Squares of equal steps, finer near 0, where most of the distribution may lie.
    grid = top * np.linspace(0, 1, GRID) ** 4
    reached = np.maximum.accumulate(1 - q_distribution(q, v, grid))
    return np.interp(u, reached, grid, left=0.0)


def q_distribution(q: float, v: ArrayLike, tau2: ArrayLike) -> Floats:
    """Return P(Q <= q) for Cochran's Q of studies with variances ``v``, one number a ``tau2``.

    Q is a weighted sum of chi-squared variables; its Laplace transform,
    prod(1 + 2 s d)^-1/2 (mean of 1/(1 + 2 s d), weights 1/v)^-1/2 with d = 1 + tau2/v, is
    inverted on the cotangent contour of Trefethen, Weideman & Schmelzer (2006), to 1e-8; above
    20 studies by the trapezoid rule (Davies 1980), to 1e-5 or better.

    >>> float(q_distribution(3.0, [0.1, 0.2, 0.4], [0.0])[0].round(10))  # chi-squared, 2 df
    0.7768698399
    """
    variance = inputs.vector(v, "v")
    w = (1 / variance) / (1 / variance).sum()
    rule = _contour if len(w) <= FEW else _trapezoid
    scales = 1 + inputs.vector(tau2, "tau2")[:, None] / variance
    return np.array([min(1.0, max(0.0, rule(q, w, d))) for d in scales])


def _transform(s: Complex, w: Floats, d: Floats) -> Complex:
    """Return the logarithm of E exp(-s Q)."""
    factor = 1 + 2 * d * s[:, None]
    return np.asarray(-0.5 * (np.log(factor).sum(axis=1) + np.log((w / factor).sum(axis=1))))


def _contour(q: float, w: Floats, d: Floats) -> float:
    nodes = 24
    angle = (2 * np.arange(nodes) + 1) * np.pi / nodes - np.pi
    inner = 0.6407 * angle
    z: Complex = nodes * (0.5017 * angle / np.tan(inner) - 0.6122 + 0.2645j * angle)
    bend = 1 / np.tan(inner) - inner / np.sin(inner) ** 2
    slope = nodes * (0.5017 * bend + 0.2645j)
    return float(np.imag(np.exp(z + _transform(z / q, w, d)) / z * slope).sum() / nodes)


def _trapezoid(q: float, w: Floats, d: Floats) -> float:
    mean = float((d * (1 - w)).sum())
    trace = float((d * d * (1 - 2 * w)).sum() + (w * d).sum() ** 2)
    step = np.pi / (max(mean, q) + 12 * np.sqrt(2 * trace))
    n = np.arange(TERMS) + 0.5
    wave = np.exp(_transform(-1j * step * n, w, d) - 1j * step * n * q)
    return float(0.5 - (wave.imag / (np.pi * n)).sum())
