"""Conversions between what papers print and what models take."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from probatum.errors import StatsError
from probatum.stats import distributions as dist
from probatum.stats.inputs import Floats, level_fraction, require, vector


def se_from_ci(
    low: ArrayLike, high: ArrayLike, *, level: float = 95, df: float | None = None
) -> Floats:
    """Return standard errors from confidence limits on the analysis scale.

    Ratios: pass the logarithms of the limits. ``df`` for limits from a t distribution.
    Cochrane Handbook 6.3.

    >>> float(se_from_ci(-32.09, 0.51).round(4)[0])
    8.3165
    """
    lower, upper = vector(low, "low"), vector(high, "high")
    require(~(upper < lower), upper, "high", "at least low")
    return (upper - lower) / (2 * dist.critical(level_fraction(level), df))


def se_from_p(estimate: ArrayLike, p: ArrayLike, *, df: float | None = None) -> Floats:
    """Return standard errors from estimates and two-sided p-values.

    >>> float(se_from_p(0.5, 0.04550026389635842).round(6)[0])
    0.25
    """
    effect, pvalue = vector(estimate, "estimate"), vector(p, "p")
    require(~((pvalue <= 0) | (pvalue >= 1)), pvalue, "p", "above 0 and below 1")
    if (effect == 0).any():
        raise StatsError("an estimate of 0 has p = 1: its standard error cannot be recovered")
    size = dist.normal_quantile(1 - pvalue / 2) if df is None else _t_upper(pvalue, df)
    return np.abs(effect) / size


def _t_upper(p: Floats, df: float) -> NDArray[np.float64]:
    return -np.asarray(dist.special().stdtrit(df, p / 2), dtype=np.float64)
