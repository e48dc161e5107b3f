"""The likelihood of y ~ N(X b, M), M = V + the random terms, and its score."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from probatum.stats.inputs import Floats
from probatum.stats.multivariate.terms import Laid


@dataclass(frozen=True, slots=True)
class Problem:
    """Effects (k,), their covariance (k, k), the model matrix (k, p) and the laid-out terms."""

    y: Floats
    v: Floats
    x: Floats
    terms: tuple[Laid, ...]
    restricted: bool

    def split(self, theta: Floats) -> list[Floats]:
        """Return the parameters of each term."""
        if not self.terms:
            return []
        ends = np.cumsum([t.size for t in self.terms])
        return np.split(theta, ends[:-1])

    def marginal(self, theta: Floats) -> Floats:
        """Return M."""
        parts = zip(self.terms, self.split(theta), strict=True)
        return np.asarray(self.v + sum(t.covariance(part) for t, part in parts))


@dataclass(frozen=True, slots=True)
class Fitted:
    """Generalised least squares at one M: log-likelihood, coefficients, and P."""

    ll: float
    beta: Floats
    vb: Floats
    p: Floats
    inverse: Floats
    py: Floats
    qe: float


def fit(problem: Problem, theta: Floats | None) -> Fitted | None:
    """Return the fit at ``theta`` (None: without random terms), or None if M is singular."""
    m = problem.v if theta is None else problem.marginal(theta)
    try:
        lower = np.linalg.cholesky(m)
    except np.linalg.LinAlgError:
        return None
    k, p = problem.x.shape
    root = np.linalg.inv(lower)
    x, y = root @ problem.x, root @ problem.y
    q, r = np.linalg.qr(x)
    beta = np.linalg.solve(r, q.T @ y)
    unscaled = np.linalg.inv(r)
    resid = y - x @ beta
    rss = float(resid @ resid)
    half_log = float(np.log(np.diag(lower)).sum())
    ll = -half_log - rss / 2 - (k - (p if problem.restricted else 0)) / 2 * math.log(2 * math.pi)
    if problem.restricted:
        ll += 0.5 * float(np.linalg.slogdet(problem.x.T @ problem.x)[1])
        ll -= float(np.log(np.abs(np.diag(r))).sum())
    inverse = root.T @ root
    turned = root.T @ q
    projector = inverse - turned @ turned.T
    return Fitted(ll, beta, unscaled @ unscaled.T, projector, inverse, projector @ problem.y, rss)


def score(problem: Problem, theta: Floats, at: Fitted) -> tuple[Floats, Floats]:
    """Return the gradient of the log-likelihood and its average information."""
    parts = zip(problem.terms, problem.split(theta), strict=True)
    slopes = [s for term, part in parts for s in term.slopes(part)]
    weight = at.p if problem.restricted else at.inverse
    work = np.array([s @ at.py for s in slopes])
    gradient = np.array(
        [
            0.5 * (at.py @ w - np.einsum("ij,ji->", weight, s))
            for s, w in zip(slopes, work, strict=True)
        ]
    )
    information = 0.5 * work @ at.p @ work.T
    return gradient, information
