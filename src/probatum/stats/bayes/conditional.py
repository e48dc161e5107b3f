"""The normal model given τ: coefficients, their covariance and the evidence in closed form.

Rows are independent with variances λ + τ²: y ~ N(X b, diag(λ + τ²)), b ~ N(m, 1/precision) or
flat where the precision is 0. Studies of several correlated contrasts are brought to this form
by a simultaneous diagonalisation (:func:`decorrelate`), so that one engine serves pairwise
models, regressions and networks. Röver 2020, J Stat Softw 93(6), section 2.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np

from probatum.stats.compiled import enabled
from probatum.stats.inputs import Floats

LOG_2_PI = math.log(2 * math.pi)
# Elements of the (nodes, rows) work arrays at once: 32 MB each.
_AT_ONCE = 4_000_000


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows (n,), λ (n,), model matrix (n, p), prior means and precisions (p,) of coefficients."""

    y: Floats
    lam: Floats
    x: Floats
    prior_mean: Floats
    prior_precision: Floats
    log_jacobian: float = 0.0

    @property
    def p(self) -> int:
        return int(self.x.shape[1])

    @property
    def proper(self) -> bool:
        return bool((self.prior_precision > 0).all())


@dataclass(frozen=True, slots=True)
class Given:
    """What holds at each of m values of τ: log evidence (m,), mean (m, p), cov (m, p, p)."""

    log_evidence: Floats
    mean: Floats
    cov: Floats


def given_tau(rows: Rows, tau: Floats) -> Given:
    """Return the conditional posterior of the coefficients and the evidence at each τ."""
    step = max(1, _AT_ONCE // max(1, len(rows.y)))
    one = _single if rows.p == 1 else _several
    parts = [one(rows, tau[i : i + step]) for i in range(0, len(tau), step)]
    if len(parts) == 1:
        return parts[0]
    return Given(
        np.concatenate([part.log_evidence for part in parts]),
        np.concatenate([part.mean for part in parts]),
        np.concatenate([part.cov for part in parts]),
    )


def _weights(rows: Rows, tau: Floats) -> Floats:
    return 1.0 / (rows.lam + (tau * tau)[:, None])


def effect_given_tau(rows: Rows, tau: Floats) -> tuple[Floats, Floats]:
    """Return mean (m,) and variance (m,) of the only coefficient at each τ, no evidence."""
    mean, total, _, _ = _sums(rows, tau)
    return mean, 1 / total


def _sums(rows: Rows, tau: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Mean, precision, sum of squares and sum of log weights at each τ, for one coefficient."""
    precision, prior = float(rows.prior_precision[0]), float(rows.prior_mean[0])
    x = rows.x[:, 0]
    if enabled():
        mean, total, square, logs = _kernel()(rows.y, rows.lam, x, tau, precision, prior)
        return mean, total, square, logs
    w = _weights(rows, tau)
    total = w @ (x * x) + precision
    mean = (w @ (x * rows.y) + precision * prior) / total
    rest = rows.y - mean[:, None] * x
    rest *= rest
    rest *= w
    square = rest.sum(axis=1) + precision * (mean - prior) ** 2
    return mean, total, square, np.log(w).sum(axis=1)


@cache
def _kernel() -> Callable[..., Floats]:
    from probatum.stats.bayes import kernels  # noqa: PLC0415, compiles on first use

    return kernels.single


def _single(rows: Rows, tau: Floats) -> Given:
    mean, total, square, logs = _sums(rows, tau)
    evidence = _evidence(rows, logs, np.log(total), square)
    return Given(evidence, mean[:, None], (1 / total)[:, None, None])


def _several(rows: Rows, tau: Floats) -> Given:
    w = _weights(rows, tau)
    n, p = rows.x.shape
    products = (rows.x[:, :, None] * rows.x[:, None, :]).reshape(n, p * p)
    matrix = (w @ products).reshape(len(w), p, p) + np.diag(rows.prior_precision)
    right = w @ (rows.x * rows.y[:, None]) + rows.prior_precision * rows.prior_mean
    cov = np.asarray(np.linalg.inv(matrix), dtype=np.float64)
    mean = (cov @ right[:, :, None])[:, :, 0]
    rest = rows.y - mean @ rows.x.T
    shift = mean - rows.prior_mean
    square = np.einsum("mn,mn,mn->m", w, rest, rest) + (shift * shift) @ rows.prior_precision
    return Given(
        _evidence(rows, np.log(w).sum(axis=1), np.linalg.slogdet(matrix)[1], square), mean, cov
    )


def _evidence(rows: Rows, log_weights: Floats, log_det: Floats, square: Floats) -> Floats:
    known = rows.prior_precision[rows.prior_precision > 0]
    flat = rows.p - len(known)
    constant = rows.log_jacobian - 0.5 * (len(rows.y) - flat) * LOG_2_PI
    constant += 0.5 * float(np.log(known).sum())
    return np.asarray(constant + 0.5 * log_weights - 0.5 * (log_det + square))


def decorrelate(v: Floats, h: Floats) -> tuple[Floats, Floats, float]:
    """Return (T, λ, log |T|) with T (v + τ² h) T' = diag(λ + τ²) for every τ.

    ``v`` (n, n) is positive semidefinite, ``h`` (n, n) positive definite.
    """
    inverse = np.linalg.inv(np.linalg.cholesky(h))
    lam, q = np.linalg.eigh(inverse @ v @ inverse.T)
    return q.T @ inverse, np.maximum(lam, 0.0), float(np.linalg.slogdet(inverse)[1])
