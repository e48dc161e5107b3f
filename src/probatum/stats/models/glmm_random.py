"""Counts with random study effects beside random treatment effects (model UM.RS).

Arm 1 of study i has the linear predictor a + u_i + (b + e_i)/2, arm 2 a + u_i - (b + e_i)/2, with
u ~ N(0, sigma2) and e ~ N(0, tau2), uncorrelated. The double integral is adaptive Gauss-Hermite
quadrature on a product grid around each study's mode, turned by the curvature there; one node
is Laplace's approximation (Pinheiro & Bates 1995).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from probatum.errors import StatsError
from probatum.stats.distributions import special
from probatum.stats.inputs import Floats

# Log-likelihood, score and information of an arm at its linear predictor.
Arm = Callable[[Floats], tuple[Floats, Floats, Floats]]
# Parameters: a, b, sigma and, unless there is none, tau.
Parameters = Floats
NO_SPREAD = 1e-4


@dataclass(frozen=True, slots=True)
class Estimate:
    """The pooled effect with its error, the variances, and the log-likelihood."""

    beta: float
    se: float
    tau2: float
    sigma2: float | None
    ll: float


def binomial(events: Floats, total: Floats) -> Arm:
    """Return the likelihood of events among ``total``; columns (k, 1)."""
    gamma = special().gammaln
    ways = gamma(total + 1) - gamma(events + 1) - gamma(total - events + 1)

    def arm(logit: Floats) -> tuple[Floats, Floats, Floats]:
        share = special().expit(logit)
        ll = ways + events * logit - total * np.logaddexp(0, logit)
        return ll, events - total * share, total * share * (1 - share)

    return arm


def poisson(events: Floats, time: Floats) -> Arm:
    """Return the likelihood of events within ``time``; columns (k, 1)."""
    constant = events * np.log(time) - special().gammaln(events + 1)

    def arm(log_rate: Floats) -> tuple[Floats, Floats, Floats]:
        mean = time * np.exp(log_rate)
        return constant + events * log_rate - mean, events - mean, mean

    return arm


def estimate(arms: tuple[Arm, Arm], k: int, level: float, method: str, nodes: int) -> Estimate:
    """Maximise over the intercept (from ``level``), effect and standard deviations.

    ``method`` EE leaves out the spread of the effects. StatsError where nothing bounds them.
    """
    from scipy.optimize import minimize  # noqa: PLC0415, loads on first use

    def objective(at: Parameters) -> float:
        whole = at if len(at) == 4 else np.append(at, 0.0)
        return -float(_integrals(arms, whole, k, nodes).sum())

    start = np.array([level, 0.0, 0.5, 0.4])
    size = 4 if method == "ML" else 3
    best = np.asarray(minimize(objective, start[:size], method="BFGS", options={"gtol": 1e-4}).x)
    if size == 4 and abs(best[3]) < NO_SPREAD:
        best = best[:3]
    best, curve = _polished(objective, best)
    if len(best) == 4 and abs(best[3]) < NO_SPREAD:
        best, curve = _polished(objective, best[:3])
    tau = float(best[3]) if len(best) == 4 else 0.0
    variance = float(np.linalg.inv(curve)[1, 1])
    if not variance > 0:
        raise StatsError("the counts do not bound the pooled effect; use another model")
    return Estimate(
        float(best[1]), variance**0.5, tau * tau, float(best[2]) ** 2, -objective(best)
    )


def _integrals(arms: tuple[Arm, Arm], at: Parameters, k: int, nodes: int) -> Floats:
    """Return each study's log-likelihood (k,) with both random effects integrated out."""
    mode, curve = _modes(arms, at, k)
    # Columns of the inverse root: z = mode + sqrt(2) C x, CC' = curve^-1.
    c11 = 1 / np.sqrt(curve[0])
    c21 = -curve[1] / curve[0]
    c22 = 1 / np.sqrt(curve[2] - curve[1] ** 2 / curve[0])
    x, w = np.polynomial.hermite.hermgauss(nodes)
    first, second = (g.ravel()[None, :] for g in np.meshgrid(x, x))
    log_w = np.add.outer(np.log(w), np.log(w)).ravel()
    z2 = np.sqrt(2) * c22 * second
    z1 = mode[0] + np.sqrt(2) * c11 * first + c21 * z2
    z2 = mode[1] + z2
    value = _height(arms, at, z1, z2) + first**2 + second**2 + log_w
    peak = value.max(axis=1, keepdims=True)
    total = np.log(np.exp(value - peak).sum(axis=1)) + peak[:, 0]
    return np.asarray(total + np.log(2 * c11 * c22)[:, 0] - np.log(2 * np.pi))


def _predictors(at: Parameters, z1: Floats, z2: Floats) -> tuple[Floats, Floats]:
    a, b, sigma, tau = at
    level, half = a + sigma * z1, (b + tau * z2) / 2
    return level + half, level - half


def _height(arms: tuple[Arm, Arm], at: Parameters, z1: Floats, z2: Floats) -> Floats:
    one, two = _predictors(at, z1, z2)
    return np.asarray(arms[0](one)[0] + arms[1](two)[0] - (z1 * z1 + z2 * z2) / 2)


def _modes(
    arms: tuple[Arm, Arm], at: Parameters, k: int
) -> tuple[tuple[Floats, Floats], tuple[Floats, Floats, Floats]]:
    """Return the mode of the standardised effects and minus the Hessian there, by Newton."""
    _, _, sigma, tau = at
    z1, z2 = np.zeros((k, 1)), np.zeros((k, 1))
    h11 = h12 = h22 = z1
    for _ in range(50):
        one, two = _predictors(at, z1, z2)
        (_, r1, w1), (_, r2, w2) = arms[0](one), arms[1](two)
        g1, g2 = sigma * (r1 + r2) - z1, tau / 2 * (r1 - r2) - z2
        h11 = 1 + sigma**2 * (w1 + w2)
        h12 = sigma * tau / 2 * (w1 - w2)
        h22 = 1 + tau**2 / 4 * (w1 + w2)
        determinant = h11 * h22 - h12 * h12
        d1 = np.clip((h22 * g1 - h12 * g2) / determinant, -2, 2)
        d2 = np.clip((h11 * g2 - h12 * g1) / determinant, -2, 2)
        z1, z2 = z1 + d1, z2 + d2
        if max(np.abs(d1).max(), np.abs(d2).max()) < 1e-11:
            break
    return (z1, z2), (h11, h12, h22)


def _polished(objective: Callable[[Floats], float], at: Floats) -> tuple[Floats, Floats]:
    """Return the minimum after two Newton steps, and the matrix of second derivatives there."""
    for _ in range(2):
        gradient, curve = _derivatives(objective, at)
        move = np.linalg.solve(curve, gradient)
        if objective(at - move) > objective(at):
            break
        at = at - move
    return at, _derivatives(objective, at)[1]


def _derivatives(objective: Callable[[Floats], float], at: Floats) -> tuple[Floats, Floats]:
    """Return gradient and Hessian by central differences."""
    n, step = len(at), 1e-3
    shifts = step * np.eye(n)
    up = np.array([objective(at + s) for s in shifts])
    down = np.array([objective(at - s) for s in shifts])
    centre = objective(at)
    hessian = np.diag((up - 2 * centre + down) / step**2)
    for i in range(n):
        for j in range(i):
            both = objective(at + shifts[i] + shifts[j]) + objective(at - shifts[i] - shifts[j])
            across = objective(at + shifts[i] - shifts[j]) + objective(at - shifts[i] + shifts[j])
            hessian[i, j] = hessian[j, i] = (both - across) / (4 * step**2)
    return (up - down) / (2 * step), hessian
