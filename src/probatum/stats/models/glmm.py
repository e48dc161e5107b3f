"""Mixed models of counts: exact likelihoods instead of effects with normal errors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from probatum.errors import StatsError
from probatum.stats import distributions as dist
from probatum.stats import inputs
from probatum.stats.distributions import special
from probatum.stats.inputs import Floats
from probatum.stats.measures.families import FAMILIES, Options
from probatum.stats.measures.table import MEASURES
from probatum.stats.models.glmm_random import Arm, Estimate, binomial, estimate, poisson

# log-likelihood of each study at its nuisance parameter (k, 1) and its effects (k, nodes)
StudyLikelihood = Callable[[Floats, Floats], Floats]
MODELS = {
    "OR": ("UM.FS", "UM.RS", "CM.EL", "CM.AL"),
    "IRR": ("UM.FS", "UM.RS", "CM.EL"),
    "PLO": ("UM.FS",),
}
FLAT = 1e-10


@dataclass(frozen=True, slots=True)
class RmaGlmm:
    """A fitted mixed model: the pooled effect (log odds ratio, log rate ratio or log odds).

    ``sigma2`` is the variance of the studies' levels in model UM.RS, else None.
    """

    measure: str
    model: str
    method: str
    k: int
    beta: float
    se: float
    zval: float
    pval: float
    ci_lb: float
    ci_ub: float
    tau2: float
    ll: float
    sigma2: float | None = None


def rma_glmm(
    measure: str,
    *,
    model: str = "UM.FS",
    method: str = "ML",
    nodes: int = 7,
    level: float = 95,
    slab: inputs.Labels = None,
    **fields: ArrayLike,
) -> RmaGlmm:
    """Fit a mixed-effects logistic or Poisson model to counts.

    ``measure`` OR (ai bi ci di or ai n1i ci n2i), IRR (x1i t1i x2i t2i) or PLO (xi ni). ``model``:
    UM.FS (unconditional, a fixed effect a study), UM.RS (the same with random study effects),
    CM.EL (conditional, exact: noncentral hypergeometric, for IRR binomial), CM.AL (conditional,
    approximate: binomial). ``method`` ML, or EE without heterogeneity. Integrals by adaptive
    Gauss-Hermite quadrature with ``nodes`` points (1: Laplace). Stijnen, Hamza & Özdemir (2010).
    Studies without an event say nothing and drop out.

    >>> fit = rma_glmm("PLO", xi=[3, 5, 9], ni=[20, 25, 30], method="EE")
    >>> round(fit.beta, 4)
    -1.2272
    """
    inputs.one_of(measure, tuple(MODELS), "measure of rma_glmm")
    inputs.one_of(model, MODELS[measure], f"model for {measure}")
    inputs.one_of(method, ("ML", "EE"), "method of rma_glmm")
    arrays = {name: inputs.vector(values, name) for name, values in fields.items()}
    if model == "UM.RS":
        arms, k, start = _arms(measure, arrays, slab)
        at = estimate(arms, k, start, method, nodes)
    else:
        made = _model(measure, model, arrays, slab)
        k, at = made[2], _by_study(made, method, nodes, nuisance=model == "UM.FS" != measure)
    half = dist.critical(inputs.level_fraction(level)) * at.se
    z = at.beta / at.se
    return RmaGlmm(
        measure, model, method, k, at.beta, at.se, z, float(dist.two_sided(z)), at.beta - half,
        at.beta + half, at.tau2, at.ll, at.sigma2,
    )  # fmt: skip


def _by_study(
    made: tuple[StudyLikelihood, float, int], method: str, nodes: int, *, nuisance: bool
) -> Estimate:
    """Maximise where each study has its own nuisance parameter, or none."""
    likelihood, start, k = made

    def profile(theta: float, tau2: float) -> float:
        def integrated(alpha: Floats) -> Floats:
            return _integrate(likelihood, alpha, theta, tau2, nodes)

        zero = np.zeros(k)
        return float((_best(integrated, zero) if nuisance else integrated(zero)).sum())

    beta, tau2 = _maximum(profile, start, method)
    se = _error(profile, beta, tau2, method)
    return Estimate(beta, se, tau2, None, profile(beta, tau2))


def _arms(
    measure: str, arrays: dict[str, Floats], labels: inputs.Labels
) -> tuple[tuple[Arm, Arm], int, float]:
    """Return the likelihoods of both arms, the number of studies and a start for their level."""
    a, b, c, d = _columns(measure, arrays, labels)
    if measure == "OR":
        level = _odds(a + c, a + b + c + d)
        return (binomial(a, a + b), binomial(c, c + d)), len(a), level
    return (poisson(a, b), poisson(c, d)), len(a), float(np.log((a + c).sum() / (b + d).sum()))


def _model(
    measure: str, model: str, arrays: dict[str, Floats], labels: inputs.Labels
) -> tuple[StudyLikelihood, float, int]:
    """Return the studies' likelihood, a start for the effect, and the number of studies."""
    columns = _columns(measure, arrays, labels)
    if measure == "PLO":
        x, n = columns
        return lambda alpha, effect: _binomial(x, n, effect), _odds(x, n), len(x)
    make = _tables if measure == "OR" else _rates
    return make(model, columns), 0.0, len(columns[0])


def _columns(measure: str, arrays: dict[str, Floats], labels: inputs.Labels) -> list[Floats]:
    """Return the counts of the studies that say something, as columns (k, 1)."""
    row = MEASURES[measure]
    made, _ = FAMILIES[row.family](row, arrays, Options(labels=labels))
    raw = list(made.raw) if row.family == "2x2" else [made.raw[name] for name in row.needs]
    if measure == "PLO":
        keep = np.isfinite(raw[0] + raw[1]) & (raw[1] > 0)
        return [a[keep][:, None] for a in raw]
    events = raw[0] + raw[2]
    keep = np.isfinite(events) & (events > 0)
    if measure == "OR":
        keep &= raw[1] + raw[3] > 0
    if not keep.any():
        raise StatsError(f"{measure}: no study has an event to learn from")
    return [a[keep][:, None] for a in raw]


def _odds(x: Floats, n: Floats) -> float:
    return float(np.log((x.sum() + 0.5) / (n.sum() - x.sum() + 0.5)))


def _binomial(x: Floats, n: Floats, logit: Floats) -> Floats:
    gamma = special().gammaln
    ways = gamma(n + 1) - gamma(x + 1) - gamma(n - x + 1)
    return np.asarray(ways + x * logit - n * np.logaddexp(0, logit))


def _poisson(x: Floats, log_mean: Floats) -> Floats:
    return np.asarray(x * log_mean - np.exp(log_mean) - special().gammaln(x + 1))


def _tables(model: str, columns: list[Floats]) -> StudyLikelihood:
    a, b, c, d = columns
    n1, n2 = a + b, c + d
    if model == "CM.AL":
        offset = np.log(n1 / n2)
        return lambda alpha, effect: _binomial(a, a + c, effect + offset)
    if model == "CM.EL":
        return _hypergeometric(a, n1, n2, a + c)
    start = np.log((a + c + 0.5) / (b + d + 0.5))

    def unconditional(alpha: Floats, effect: Floats) -> Floats:
        level = start + alpha
        return _binomial(a, n1, level + effect / 2) + _binomial(c, n2, level - effect / 2)

    return unconditional


def _hypergeometric(a: Floats, n1: Floats, n2: Floats, events: Floats) -> StudyLikelihood:
    """Return the exact conditional likelihood of the first cell given all margins."""
    gamma = special().gammaln
    most = int(np.minimum(n1, events).max())
    u = np.arange(most + 1.0)[None, :]
    possible = (u >= np.maximum(0, events - n2)) & (u <= np.minimum(n1, events))

    def ways(x: Floats) -> Floats:
        first = gamma(n1 + 1) - gamma(x + 1) - gamma(n1 - x + 1)
        second = gamma(n2 + 1) - gamma(events - x + 1) - gamma(n2 - events + x + 1)
        return np.asarray(first + second)

    with np.errstate(invalid="ignore"):
        table = np.where(possible, ways(np.where(possible, u, a)), -np.inf)
    own = ways(a)

    def conditional(alpha: Floats, effect: Floats) -> Floats:
        total = special().logsumexp(table[:, None, :] + effect[:, :, None] * u, axis=2)
        return np.asarray(own + effect * a - total)

    return conditional


def _rates(model: str, columns: list[Floats]) -> StudyLikelihood:
    x1, t1, x2, t2 = columns
    if model == "CM.EL":
        offset = np.log(t1 / t2)
        return lambda alpha, effect: _binomial(x1, x1 + x2, effect + offset)
    start = np.log((x1 + x2) / (t1 + t2))

    def unconditional(alpha: Floats, effect: Floats) -> Floats:
        level = start + alpha
        one = _poisson(x1, level + effect / 2 + np.log(t1))
        return one + _poisson(x2, level - effect / 2 + np.log(t2))

    return unconditional


def _integrate(
    likelihood: StudyLikelihood, alpha: Floats, theta: float, tau2: float, nodes: int
) -> Floats:
    """Return log integrals over the studies' random effects, by adaptive quadrature."""
    column = alpha[:, None]
    if tau2 <= FLAT:
        return likelihood(column, np.full_like(column, theta))[:, 0]

    def height(u: Floats) -> Floats:
        return np.asarray(likelihood(column, theta + u) - 0.5 * u**2 / tau2)

    step, mode = 1e-3, np.zeros_like(column)
    curve = np.ones_like(column)
    for _ in range(12):
        up, here, down = height(mode + step), height(mode), height(mode - step)
        curve = np.maximum(-(up - 2 * here + down) / step**2, 0.5 / tau2)
        move = np.clip((up - down) / (2 * step) / curve, -2, 2)
        mode = mode + move
        if np.abs(move).max() < 1e-8:
            break
    x, w = np.polynomial.hermite.hermgauss(nodes)
    scale = np.sqrt(2 / curve)
    values = height(mode + scale * x) + x**2 + np.log(w)
    peak = values.max(axis=1, keepdims=True)
    total = np.log(np.exp(values - peak).sum(axis=1)) + peak[:, 0] + np.log(scale[:, 0])
    return np.asarray(total - 0.5 * np.log(2 * np.pi * tau2))


def _best(integrated: Callable[[Floats], Floats], alpha: Floats) -> Floats:
    """Return each study's likelihood at its own best nuisance parameter."""
    step = 1e-3
    for _ in range(25):
        up, here, down = integrated(alpha + step), integrated(alpha), integrated(alpha - step)
        curve = np.maximum(-(up - 2 * here + down) / step**2, 1e-3)
        move = np.clip((up - down) / (2 * step) / curve, -2, 2)
        alpha = alpha + move
        if np.abs(move).max() < 1e-7:
            break
    return integrated(alpha)


def _maximum(
    profile: Callable[[float, float], float], start: float, method: str
) -> tuple[float, float]:
    from scipy.optimize import minimize, minimize_scalar  # noqa: PLC0415, loads on first use

    fixed = minimize_scalar(
        lambda t: -profile(float(t), 0.0), bracket=(start - 0.5, start + 0.5), tol=1e-10
    )
    if method == "EE":
        return float(fixed.x), 0.0

    def objective(t: Floats) -> float:
        return -profile(float(t[0]), float(t[1] ** 2))

    found = minimize(
        objective,
        np.array([float(fixed.x), 0.5]),
        method="Nelder-Mead",
        options={"xatol": 1e-7, "fatol": 1e-10, "maxiter": 400},
    )
    tau2 = float(found.x[1] ** 2)
    return (float(found.x[0]), tau2) if tau2 > 1e-6 else (float(fixed.x), 0.0)


def _error(
    profile: Callable[[float, float], float], beta: float, tau2: float, method: str
) -> float:
    """Return the standard error from the curvature of the profile likelihood."""
    h, g = 1e-3, 1e-2 * max(tau2, 1e-3)
    centre = profile(beta, tau2)
    curve = -(profile(beta + h, tau2) - 2 * centre + profile(beta - h, tau2)) / h**2
    if method == "EE" or tau2 <= 0:
        return float(curve**-0.5)
    other = -(profile(beta, tau2 + g) - 2 * centre + profile(beta, tau2 - g)) / g**2
    corner = profile(beta + h, tau2 + g) + profile(beta - h, tau2 - g)
    corner -= profile(beta + h, tau2 - g) + profile(beta - h, tau2 + g)
    mixed = -corner / (4 * h * g)
    return float((curve - mixed**2 / other) ** -0.5)
