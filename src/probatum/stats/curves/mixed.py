"""Likelihood of correlated effects within studies and random effects between them.

y_s ~ N(X_s b, V_s + G_s(θ)): generalised least squares for b, maximum or restricted likelihood
for θ with its analytic score. Two kinds of G: ``Random`` coefficients X_s Ψ X_s' with Ψ
unstructured (Crippa et al. 2019, one-stage), and ``Drift`` τ² ρ^|t − t'| (continuous-time
autoregression between visits of a study). Jackson & Riley 2014 for the multivariate REML.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from probatum.errors import StatsError
from probatum.stats.inputs import Floats


@dataclass(frozen=True, slots=True)
class Group:
    """One study: effects (n,), their covariance (n, n), model matrix (n, p), visits (n,)."""

    y: Floats
    v: Floats
    x: Floats
    t: Floats


@dataclass(frozen=True, slots=True)
class Stack:
    """All studies at once, padded to the longest with rows that carry nothing.

    y (S, n), v (S, n, n), x (S, n, p), time apart (S, n, n); ``real`` (S, n, n) marks pairs of
    true effects. Padding has variance 1 and empty rows: it adds nothing to any sum.
    """

    y: Floats
    v: Floats
    x: Floats
    apart: Floats
    real: Floats
    n: int


def stack(groups: Sequence[Group]) -> Stack:
    """Return the studies padded to one length."""
    longest, p = max(len(g.y) for g in groups), groups[0].x.shape[1]
    size = (len(groups), longest)
    y, x = np.zeros(size), np.zeros((*size, p))
    v = np.tile(np.eye(longest), (len(groups), 1, 1))
    apart, real = np.zeros_like(v), np.zeros_like(v)
    for i, g in enumerate(groups):
        m = len(g.y)
        y[i, :m], x[i, :m], v[i, :m, :m] = g.y, g.x, g.v
        real[i, :m, :m] = 1.0
        if len(g.t) == m:
            apart[i, :m, :m] = np.abs(g.t[:, None] - g.t)
    return Stack(y, v, x, apart, real, sum(len(g.y) for g in groups))


class Between(Protocol):
    """A structure of the variation between studies with parameters θ."""

    def start(self) -> Floats:
        """Return starting values of θ."""
        ...

    def added(self, studies: Stack, theta: Floats) -> tuple[Floats, list[Floats]]:
        """Return G (S, n, n) and its derivatives with respect to θ."""
        ...


@dataclass(frozen=True, slots=True)
class Nothing:
    """No variation between studies."""

    def start(self) -> Floats:
        return np.zeros(0)

    def added(self, studies: Stack, theta: Floats) -> tuple[Floats, list[Floats]]:
        return np.zeros_like(studies.v) + theta.sum(), []


@dataclass(frozen=True, slots=True)
class Random:
    """Coefficients differ between studies: G = X T L L' T' X', θ the lower triangle L.

    ``turn`` T (p, p) makes the coefficients comparable in size, so that L is well scaled.
    """

    turn: Floats

    def start(self) -> Floats:
        p = len(self.turn)
        return np.concatenate([np.eye(p)[i, : i + 1] for i in range(p)])

    def lower(self, theta: Floats) -> Floats:
        out = np.zeros_like(self.turn)
        out[np.tril_indices(len(self.turn))] = theta
        return out

    def psi(self, theta: Floats) -> Floats:
        """The covariance of the coefficients between studies."""
        root = self.turn @ self.lower(theta)
        return np.asarray(root @ root.T)

    def added(self, studies: Stack, theta: Floats) -> tuple[Floats, list[Floats]]:
        z = studies.x @ self.turn
        root = z @ self.lower(theta)
        slopes = []
        for i, j in zip(*np.tril_indices(len(self.turn)), strict=True):
            half = z[:, :, i, None] * root[:, None, :, j]
            slopes.append(half + half.transpose(0, 2, 1))
        return root @ root.transpose(0, 2, 1), slopes


@dataclass(frozen=True, slots=True)
class Drift:
    """Studies drift about the curve: G = τ² ρ^|t − t'|; θ = (τ/unit, logit of ρ per time unit)."""

    unit: float
    time_unit: float

    def start(self) -> Floats:
        return np.array([1.0, 0.0])

    def values(self, theta: Floats) -> tuple[float, float]:
        """Return τ² and the correlation ρ of visits one unit of time apart."""
        rho = _logistic(float(theta[1]))
        return float((self.unit * theta[0]) ** 2), rho ** (1 / self.time_unit)

    def added(self, studies: Stack, theta: Floats) -> tuple[Floats, list[Floats]]:
        apart = studies.apart / self.time_unit
        rho = _logistic(float(theta[1]))
        correlation = studies.real * rho**apart
        size = (self.unit * theta[0]) ** 2
        by_tau = 2 * self.unit**2 * theta[0] * correlation
        return size * correlation, [by_tau, size * apart * correlation * (1 - rho)]


def _logistic(value: float) -> float:
    # Beyond 35 a correlation is 0 or 1 to rounding; a search may step much farther.
    return 1 / (1 + math.exp(-min(max(value, -35.0), 35.0)))


@dataclass(frozen=True, slots=True)
class Fitted:
    """Coefficients, their covariance, θ, log-likelihood (with all constants), score left at θ."""

    beta: Floats
    vb: Floats
    theta: Floats
    log_likelihood: float
    gradient: float


def solve(
    groups: Sequence[Group],
    between: Between,
    restricted: bool,
    starts: Sequence[float] = (3.0, 0.3, 1.0, 10.0),
) -> Fitted:
    """Return the fit with the largest (restricted) likelihood over several starts.

    Several, since the likelihood of an unstructured Ψ can have modes where it is singular.
    Raises StatsError when the effects do not determine the coefficients.
    """
    studies = stack(groups)
    none = np.zeros_like(between.start())
    value, beta, vb, _ = evaluate(studies, between, none, restricted)
    best = Fitted(beta, vb, none, value, 0.0)
    if len(none) == 0:
        return best
    for scale in starts:
        found = _climb(studies, between, scale * between.start(), restricted)
        if found.log_likelihood > best.log_likelihood + 1e-9:
            best = found
    return best


def _climb(studies: Stack, between: Between, start: Floats, restricted: bool) -> Fitted:
    from scipy import optimize  # noqa: PLC0415, loads on first use

    def cost(theta: Floats) -> tuple[float, Floats]:
        try:
            value, _, _, score = evaluate(studies, between, theta, restricted)
        except (np.linalg.LinAlgError, StatsError):  # a step far out; the search turns back
            return 1e100, np.zeros_like(theta)
        return -value, -score

    found = optimize.minimize(
        cost, start, jac=True, method="BFGS", options={"gtol": 1e-8, "maxiter": 400}
    )
    theta = np.asarray(found.x, dtype=np.float64)
    value, beta, vb, score = evaluate(studies, between, theta, restricted)
    return Fitted(beta, vb, theta, value, float(np.abs(score).max()))


def evaluate(
    studies: Stack, between: Between, theta: Floats, restricted: bool
) -> tuple[float, Floats, Floats, Floats]:
    """Return the log-likelihood at θ, the coefficients, their covariance and the score of θ."""
    x, p = studies.x, studies.x.shape[2]
    extra, slopes = between.added(studies, theta)
    m = studies.v + extra
    inverse = np.linalg.inv(m)
    ix = inverse @ x
    matrix = np.einsum("sip,siq->pq", x, ix)
    vb = _inverse(matrix)
    beta = vb @ np.einsum("sip,si->p", ix, studies.y)
    rest = studies.y - x @ beta
    e = np.einsum("sij,sj->si", inverse, rest)
    weight = e[:, :, None] * e[:, None, :] - inverse
    value = float(np.linalg.slogdet(m)[1].sum()) + float((rest * e).sum())
    value = -0.5 * (value + studies.n * math.log(2 * math.pi))
    if restricted:
        weight = weight + ix @ vb @ ix.transpose(0, 2, 1)
        # Harville's constants, as metafor and mixmeta print them.
        plain = np.einsum("sip,siq->pq", x, x)
        value += 0.5 * float(np.linalg.slogdet(plain)[1] - np.linalg.slogdet(matrix)[1])
        value += 0.5 * p * math.log(2 * math.pi)
    score = np.array([0.5 * float((weight * slope).sum()) for slope in slopes])
    return value, beta, vb, score


def _inverse(matrix: Floats) -> Floats:
    scale = np.sqrt(np.diag(matrix))
    if not (scale > 0).all() or np.linalg.cond(matrix / np.outer(scale, scale)) > 1e12:
        raise StatsError(
            "the effects do not determine the curve: fewer different values than coefficients; "
            "take a simpler shape"
        )
    outer = np.outer(scale, scale)
    return np.asarray(np.linalg.inv(matrix / outer) / outer)
