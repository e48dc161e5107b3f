"""Closed-form estimators of tau2, and their standard errors.

Every one equates a quadratic form y'Ay with its expectation tr(AV) + tau2 tr A, where AX = 0
(DerSimonian & Kacker 2007). Its variance is 2 tr(A S A S), S = V + tau2 I.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from probatum.stats.inputs import Floats
from probatum.stats.models.likelihood import Data, Weighted, fit, traces

Estimate = tuple[float, float]


def quadratic(data: Data, weights: Floats) -> tuple[float, float, float]:
    """Return y'Ay, tr A and tr(AV) for the residual form with fixed ``weights``."""
    fixed = Data(data.y, 1 / weights, data.x)
    at = fit(fixed, 0.0)
    xw = data.x * weights[:, None]
    leverage = ((xw @ at.cov) * xw).sum(axis=1)
    diagonal = weights - leverage
    return at.rss, float(diagonal.sum()), float((diagonal * data.v).sum())


def spread(data: Data, weights: Floats, tau2: float) -> float:
    """Return tr(A S A S) for the residual form with fixed ``weights``, in O(k p^2)."""
    s = data.v + tau2
    fixed = fit(Data(data.y, 1 / weights, data.x), 0.0)
    x, w = data.x, weights
    first = float((w * w * s * s).sum())
    middle = fixed.cov @ (x.T @ (x * (w * w * s)[:, None]))
    upper = fixed.cov @ (x.T @ (x * (w**3 * s * s)[:, None]))
    return first - 2 * float(np.trace(upper)) + float((middle * middle.T).sum())


def _moment(data: Data, weights: Floats) -> Estimate:
    q, trace, trace_v = quadratic(data, weights)
    tau2 = max(0.0, (q - trace_v) / trace)
    return tau2, float(np.sqrt(2 * spread(data, weights, tau2))) / trace


def dersimonian_laird(data: Data, weights: Floats | None = None) -> Estimate:
    """DerSimonian & Laird (1986)."""
    return _moment(data, 1 / data.v)


def hedges(data: Data, weights: Floats | None = None) -> Estimate:
    """Hedges & Olkin (1985): equal weights."""
    return _moment(data, np.ones(data.k))


def generalised(data: Data, weights: Floats | None = None) -> Estimate:
    """Generalised Q with the caller's fixed weights (DerSimonian & Kacker 2007; Jackson 2014)."""
    return _moment(data, np.ones(data.k) if weights is None else weights)


def hunter_schmidt(data: Data, weights: Floats | None = None) -> Estimate:
    """Hunter & Schmidt (1990)."""
    at = fit(data, 0.0)
    total = float(at.w.sum())
    tau2 = max(0.0, (at.rss - data.k) / total)
    return tau2, float(np.sqrt(2 * _residual_spread(data, at, tau2))) / total


def hunter_schmidt_k(data: Data, weights: Floats | None = None) -> Estimate:
    """Hunter & Schmidt with the small-sample factor k/(k - p) (Brannick et al. 2019)."""
    at = fit(data, 0.0)
    total, factor = float(at.w.sum()), data.k / (data.k - data.p)
    tau2 = max(0.0, (factor * at.rss - data.k) / total)
    return tau2, factor * float(np.sqrt(2 * _residual_spread(data, at, tau2))) / total


def sidik_jonkman(data: Data, weights: Floats | None = None) -> Estimate:
    """Sidik & Jonkman (2005), started from the uncorrected variance of the effects."""
    start = float(np.var(data.y))
    if start == 0:
        return 0.0, 0.0
    ratio = data.v / start
    at = fit(Data(data.y, ratio, data.x), 1.0)
    df = data.k - data.p
    tau2 = at.rss / df
    size = float(np.sqrt(2 * spread(data, at.w, tau2)))
    return tau2, size / df * 1.0


def _residual_spread(data: Data, at: Weighted, tau2: float) -> float:
    t = traces(data, at)
    return data.k - data.p + 2 * tau2 * t.p + tau2**2 * t.pp


MOMENTS: dict[str, Callable[[Data, Floats | None], Estimate]] = {
    "DL": dersimonian_laird,
    "HE": hedges,
    "HS": hunter_schmidt,
    "HSk": hunter_schmidt_k,
    "SJ": sidik_jonkman,
    "GENQ": generalised,
}
