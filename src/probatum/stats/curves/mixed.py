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


class Between(Protocol):
    """A structure of the variation between studies with parameters θ."""

    def start(self) -> Floats:
        """Return starting values of θ."""
        ...

    def added(self, group: Group, theta: Floats) -> tuple[Floats, list[Floats]]:
        """Return G and its derivatives with respect to θ."""
        ...


@dataclass(frozen=True, slots=True)
class Nothing:
    """No variation between studies."""

    def start(self) -> Floats:
        return np.zeros(0)

    def added(self, group: Group, theta: Floats) -> tuple[Floats, list[Floats]]:
        return np.zeros_like(group.v) + theta.sum(), []


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

    def added(self, group: Group, theta: Floats) -> tuple[Floats, list[Floats]]:
        z = group.x @ self.turn
        root = z @ self.lower(theta)
        slopes = []
        for i, j in zip(*np.tril_indices(len(self.turn)), strict=True):
            half = np.outer(z[:, i], root[:, j])
            slopes.append(half + half.T)
        return root @ root.T, slopes


@dataclass(frozen=True, slots=True)
class Drift:
    """Studies drift about the curve: G = τ² ρ^|t − t'|; θ = (τ/unit, logit of ρ per time unit)."""

    unit: float
    time_unit: float

    def start(self) -> Floats:
        return np.array([1.0, 0.0])

    def values(self, theta: Floats) -> tuple[float, float]:
        """Return τ² and the correlation ρ of visits one unit of time apart."""
        rho = 1 / (1 + math.exp(-float(theta[1])))
        return float((self.unit * theta[0]) ** 2), rho ** (1 / self.time_unit)

    def added(self, group: Group, theta: Floats) -> tuple[Floats, list[Floats]]:
        apart = np.abs(group.t[:, None] - group.t) / self.time_unit
        rho = 1 / (1 + math.exp(-float(theta[1])))
        correlation = rho**apart
        size = (self.unit * theta[0]) ** 2
        by_tau = 2 * self.unit**2 * theta[0] * correlation
        return size * correlation, [by_tau, size * apart * correlation * (1 - rho)]


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
    starts: Sequence[float] = (1.0, 0.1),
) -> Fitted:
    """Return the fit with the largest (restricted) likelihood over several starts.

    Raises StatsError when the effects do not determine the coefficients.
    """
    at = evaluate(groups, between, np.zeros_like(between.start()), restricted)
    best = Fitted(at[1], at[2], np.zeros_like(between.start()), at[0], 0.0)
    if len(between.start()) == 0:
        return best
    for scale in starts:
        found = _climb(groups, between, scale * between.start(), restricted)
        if found.log_likelihood > best.log_likelihood + 1e-9:
            best = found
    return best


def _climb(groups: Sequence[Group], between: Between, start: Floats, restricted: bool) -> Fitted:
    from scipy import optimize  # noqa: PLC0415, loads on first use

    def cost(theta: Floats) -> tuple[float, Floats]:
        try:
            value, _, _, score = evaluate(groups, between, theta, restricted)
        except np.linalg.LinAlgError:
            return 1e100, np.zeros_like(theta)
        return -value, -score

    found = optimize.minimize(
        cost, start, jac=True, method="BFGS", options={"gtol": 1e-7, "maxiter": 400}
    )
    theta = np.asarray(found.x, dtype=np.float64)
    value, beta, vb, score = evaluate(groups, between, theta, restricted)
    return Fitted(beta, vb, theta, value, float(np.abs(score).max()))


def evaluate(
    groups: Sequence[Group], between: Between, theta: Floats, restricted: bool
) -> tuple[float, Floats, Floats, Floats]:
    """Return the log-likelihood at θ, the coefficients, their covariance and the score of θ."""
    p = groups[0].x.shape[1]
    matrix, right = np.zeros((p, p)), np.zeros(p)
    parts: list[tuple[Group, Floats, list[Floats]]] = []
    log_det, n = 0.0, 0
    for group in groups:
        extra, slopes = between.added(group, theta)
        m = group.v + extra
        inverse: Floats = np.asarray(np.linalg.inv(m), dtype=np.float64)
        matrix += group.x.T @ inverse @ group.x
        right += group.x.T @ inverse @ group.y
        log_det += float(np.linalg.slogdet(m)[1])
        n += len(group.y)
        parts.append((group, inverse, slopes))
    vb = _inverse(matrix)
    beta = vb @ right
    score, square = _score(parts, beta, vb if restricted else np.zeros_like(vb))
    value = -0.5 * (log_det + square + n * math.log(2 * math.pi))
    if restricted:
        # Harville's constants, as metafor and mixmeta print them.
        plain = sum(group.x.T @ group.x for group in groups)
        value += 0.5 * float(np.linalg.slogdet(plain)[1] - np.linalg.slogdet(matrix)[1])
        value += 0.5 * p * math.log(2 * math.pi)
    return value, beta, vb, score


def _score(
    parts: Sequence[tuple[Group, Floats, list[Floats]]], beta: Floats, vb: Floats
) -> tuple[Floats, float]:
    """Return the derivatives of the log-likelihood by θ, and the weighted sum of squares."""
    score, square = np.zeros(len(parts[0][2])), 0.0
    for group, inverse, slopes in parts:
        rest = group.y - group.x @ beta
        e = inverse @ rest
        square += float(rest @ e)
        ix = inverse @ group.x
        weight = np.outer(e, e) - inverse + ix @ vb @ ix.T
        score += 0.5 * np.array([float((weight * slope).sum()) for slope in slopes])
    return score, square


def _inverse(matrix: Floats) -> Floats:
    scale = np.sqrt(np.diag(matrix))
    if not (scale > 0).all() or np.linalg.cond(matrix / np.outer(scale, scale)) > 1e12:
        raise StatsError(
            "the effects do not determine the curve: fewer different values than coefficients; "
            "take a simpler shape"
        )
    outer = np.outer(scale, scale)
    return np.asarray(np.linalg.inv(matrix / outer) / outer)
