"""Fitted shapes as they are shown."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from probatum.errors import StatsError
from probatum.model.curve import CurveFit, CurveValue
from probatum.stats.curves.fit import Curve

Floats = NDArray[np.float64]
Fit = Callable[[str, str], Curve]
_WIDEST = 30.0  # beyond this a log ratio means nothing, and its exponential leaves the floats


def fitted_shapes(
    shapes: Sequence[str], fit: Fit, grid: Floats, read: Callable[[float], float]
) -> list[tuple[CurveFit, Curve]]:
    """Fit each shape (name, "REML" or "ML"); those that the data do not determine are left out.

    Drawn and tested by REML; the criterion is that of the ML fit, since restricted likelihoods of
    different shapes cannot be compared.
    """
    made = []
    for name in shapes:
        try:
            curve = fit(name, "REML")
            # A shape with a parameter of its own is fitted by ML whatever is asked for.
            other = curve if curve.method == "ML" else fit(name, "ML")
            values = curve_values(curve, grid, read)
        except (StatsError, np.linalg.LinAlgError):
            continue
        if all(math.isfinite(v) for v in (*curve.beta, other.aic)):
            made.append((_shown(name, curve, other.aic, values), curve))
    return made


def best_of(fits: Sequence[CurveFit]) -> str:
    """Name the shape with the smallest criterion among those that the data determine."""
    told = [fit for fit in fits if fit.determined] or list(fits)
    return min(told, key=lambda fit: fit.aic).shape


def curve_values(
    curve: Curve, grid: Floats, read: Callable[[float], float]
) -> tuple[CurveValue, ...]:
    """Return a curve at the places of a grid, back-transformed, with pointwise limits."""
    band = curve.predict(grid)
    bounded = (np.clip(v, -_WIDEST, _WIDEST) for v in (band.pred, band.ci_lb, band.ci_ub))
    ends = bounded if read is math.exp else (band.pred, band.ci_lb, band.ci_ub)
    rows = zip(band.x.tolist(), *(v.tolist() for v in ends), strict=True)
    return tuple(CurveValue(x, read(y), read(low), read(high)) for x, y, low, high in rows)


def _shown(name: str, curve: Curve, aic: float, values: tuple[CurveValue, ...]) -> CurveFit:
    names = curve.shape.terms
    own = [
        (term, float(value), float(error))
        for term, value, error in zip(names, curve.beta, curve.se, strict=False)
    ]
    if curve.shape.theta is not None:
        # The error is that of log θ, carried to θ.
        own.append((curve.shape.theta, curve.theta, curve.theta * float(curve.se[-1])))
    varied = bool(curve.psi.size) or curve.tau2 > 0
    return CurveFit(
        name,
        "differs between studies" if varied else "one curve for all studies",
        curve.k,
        curve.n,
        tuple(own),
        curve.Q,
        curve.df,
        float(curve.Qp) if curve.df > 0 else None,
        aic,
        curve.determined,
        values,
    )
