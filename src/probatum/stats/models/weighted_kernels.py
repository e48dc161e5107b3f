"""Weighted least squares with moderators, compiled: the fit and the score at one tau2.

The columns of W^(1/2) X are made orthonormal by Gram-Schmidt, each taken off twice, which keeps
them orthogonal to rounding however ill-conditioned X is (Giraud, Langou & Rozložník 2005). With
H = QQ' and z = (I - H) W^(1/2) y: P y = W^(1/2) z, tr P = tr W(I - H) and
tr PP = tr WW - 2 tr WWH + |Q'WQ|^2, so that no k x k matrix is made. Imported on first use.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from probatum.stats.compiled import compiled, inner


def _take_off(q: Any, rows: int, z: Any, lengths: Any) -> None:
    """Take the first ``rows`` orthonormal rows of q off z, twice; add what was taken."""
    for _ in range(2):
        for j in range(rows):
            along = 0.0
            for i in range(len(z)):
                along += q[j, i] * z[i]
            lengths[j] += along
            for i in range(len(z)):
                z[i] -= along * q[j, i]


take_off = inner(_take_off)


def _orthogonal(y: Any, x: Any, w: Any) -> Any:
    """Q' (p, k), the columns of R as rows (p, p), Q'W^(1/2)y (p,) and z (k,)."""
    k, p = x.shape
    q, r = np.empty((p, k)), np.zeros((p, p))
    along, z = np.zeros(p), np.empty(k)
    for j in range(p):
        for i in range(k):
            q[j, i] = math.sqrt(w[i]) * x[i, j]
        take_off(q, j, q[j], r[j])
        norm = 0.0
        for i in range(k):
            norm += q[j, i] * q[j, i]
        r[j, j] = math.sqrt(norm)
        for i in range(k):
            q[j, i] /= r[j, j]
    for i in range(k):
        z[i] = math.sqrt(w[i]) * y[i]
    take_off(q, p, z, along)
    return q, r, along, z


orthogonal = inner(_orthogonal)


def _inverse(r: Any) -> Any:
    """Rows of R^-1, where row j of ``r`` holds column j of the upper triangle R."""
    p = len(r)
    out = np.zeros((p, p))
    for j in range(p):
        out[j, j] = 1.0 / r[j, j]
        for i in range(j - 1, -1, -1):
            total = 0.0
            for m in range(i + 1, j + 1):
                total += r[m, i] * out[m, j]
            out[i, j] = -total / r[i, i]
    return out


inverse = inner(_inverse)


def _weighted(y: Any, v: Any, x: Any, t: float) -> Any:
    """Weights, coefficients, (X'WX)^-1, P y, residual sum of squares, log det X'WX."""
    k, p = x.shape
    w = 1.0 / (v + t)
    _, r, along, z = orthogonal(y, x, w)
    left = inverse(r)
    beta, cov, py = np.zeros(p), np.zeros((p, p)), np.empty(k)
    log_det = rss = 0.0
    for i in range(p):
        log_det += 2.0 * math.log(r[i, i])
        for j in range(i, p):
            beta[i] += left[i, j] * along[j]
            for m in range(j, p):
                cov[i, j] += left[i, m] * left[j, m]
            cov[j, i] = cov[i, j]
    for i in range(k):
        rss += z[i] * z[i]
        py[i] = math.sqrt(w[i]) * z[i]
    return w, beta, cov, py, rss, log_det


weighted = compiled(_weighted)


def _score(y: Any, v: Any, x: Any, t: float, restricted: bool) -> Any:
    """Score of the (restricted) likelihood in tau2 and its derivative."""
    k, p = x.shape
    w = 1.0 / (v + t)
    q, _, _, z = orthogonal(y, x, w)
    square = cube = first = second = 0.0
    for i in range(k):
        wz = w[i] * z[i]
        square += wz * z[i]
        cube += wz * wz
        first += w[i]
        second += w[i] * w[i]
    for j in range(p):
        across = 0.0
        for i in range(k):
            across += q[j, i] * w[i] * z[i]
        cube -= across * across
        if restricted:
            first, second = _without(q, w, j, first, second)
    return 0.5 * (square - first), -cube + 0.5 * second


def _without(q: Any, w: Any, j: int, first: float, second: float) -> Any:
    """Take the part of column j off tr P and tr PP."""
    for m in range(j + 1):
        cross = twice = 0.0
        for i in range(len(w)):
            cross += q[j, i] * w[i] * q[m, i]
            if m == j:
                twice += q[j, i] * w[i] * w[i] * q[j, i]
        if m == j:
            first -= cross
            second += cross * cross - 2.0 * twice
        else:
            second += 2.0 * cross * cross
    return first, second


_without = inner(_without)
score = compiled(_score)
