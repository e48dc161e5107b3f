"""Weighted least squares at a given tau2, and what the tau2 estimators need of it.

Model: y ~ N(X b, diag(v + tau2)). With W = diag(1/(v + tau2)) and
P = W - W X (X'WX)^-1 X'W, the restricted score is (y'PPy - tr P)/2 and its expected
information tr(PP)/2 (Harville 1977; Viechtbauer 2005).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from probatum.stats.compiled import enabled
from probatum.stats.inputs import Floats


@dataclass(frozen=True, slots=True)
class Weighted:
    """One weighted fit: weights (k,), coefficients (p,), (X'WX)^-1 (p, p), P y (k,)."""

    w: Floats
    beta: Floats
    cov: Floats
    py: Floats
    rss: float
    log_det: float


@dataclass(frozen=True, slots=True)
class Data:
    """Effects (k,), variances (k,) and the full-rank model matrix (k, p).

    ``plain`` says that the matrix is one column of ones, for which sums are enough.
    """

    y: Floats
    v: Floats
    x: Floats
    plain: bool = False

    @property
    def contiguous(self) -> tuple[Floats, Floats, Floats]:
        """The arrays as kernels take them."""
        as_c = np.ascontiguousarray
        return as_c(self.y), as_c(self.v), as_c(self.x)

    @property
    def k(self) -> int:
        return len(self.y)

    @property
    def p(self) -> int:
        return int(self.x.shape[1])


def fit(data: Data, tau2: float) -> Weighted:
    """Fit by weights 1/(v + tau2); QR of the weighted matrix, so that X'WX is never formed."""
    if data.plain or (data.p == 1 and (data.x == 1.0).all()):
        w = 1.0 / (data.v + tau2)
        total = w.sum()
        beta = (w * data.y).sum() / total
        resid = data.y - beta
        py = w * resid
        return Weighted(
            w, np.array([beta]), np.array([[1 / total]]), py, float(py @ resid), math.log(total)
        )
    if enabled():
        return _compiled(data, tau2)
    w = 1.0 / (data.v + tau2)
    root = np.sqrt(w)
    q, r = np.linalg.qr(data.x * root[:, None])
    beta = np.linalg.solve(r, q.T @ (data.y * root))
    inverse = np.linalg.inv(r)
    resid = data.y - data.x @ beta
    py = w * resid
    log_det = 2 * float(np.log(np.abs(np.diag(r))).sum())
    return Weighted(w, beta, inverse @ inverse.T, py, float(py @ resid), log_det)


def _compiled(data: Data, tau2: float) -> Weighted:
    from probatum.stats.models import weighted_kernels  # noqa: PLC0415, compiles on first use

    return Weighted(*weighted_kernels.weighted(*data.contiguous, tau2))


@dataclass(frozen=True, slots=True)
class Traces:
    """tr W, tr WW, tr P, tr PP at one tau2."""

    w: float
    ww: float
    p: float
    pp: float


def traces(data: Data, at: Weighted) -> Traces:
    """Return the traces that scores and informations need, in O(k p^2)."""
    w, x = at.w, data.x
    w2 = w * w
    middle = at.cov @ (x.T @ (x * w2[:, None]))
    upper = at.cov @ (x.T @ (x * (w2 * w)[:, None]))
    trace_w, trace_ww = float(w.sum()), float(w2.sum())
    return Traces(
        trace_w,
        trace_ww,
        trace_w - float(np.trace(middle)),
        trace_ww - 2 * float(np.trace(upper)) + float((middle * middle.T).sum()),
    )


def log_likelihood(
    data: Data, tau2: float, *, restricted: bool, beta: Floats | None = None
) -> float:
    """Return the (restricted) log-likelihood, with the constant log|X'X|/2 for restricted.

    ``beta`` evaluates it at other coefficients than the maximising ones.
    """
    at = fit(data, tau2)
    rss = at.rss
    if beta is not None:
        resid = data.y - data.x @ beta
        rss = float((at.w * resid * resid).sum())
    common = float(np.log(at.w).sum()) / 2 - rss / 2
    if not restricted:
        return common - data.k / 2 * math.log(2 * math.pi)
    log_xx = float(np.linalg.slogdet(data.x.T @ data.x)[1])
    constant = (data.k - data.p) / 2 * math.log(2 * math.pi)
    return common - constant + log_xx / 2 - at.log_det / 2
