"""Tail areas and quantiles of the four distributions that tests use; SciPy loads on first use."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def special() -> Any:  # scipy.special as a module: its ufuncs are not typed one by one
    """Import scipy.special on first use (about 0.1 s), so that importing stats stays cheap."""
    import scipy.special  # noqa: PLC0415

    return scipy.special


def normal_cdf(x: ArrayLike) -> Floats:
    """Return the standard normal distribution function."""
    return np.asarray(special().ndtr(x), dtype=np.float64)


def normal_quantile(p: ArrayLike) -> Floats:
    """Return the standard normal quantile function."""
    return np.asarray(special().ndtri(p), dtype=np.float64)


def normal_density(x: ArrayLike) -> Floats:
    """Return the standard normal density."""
    z = np.asarray(x, dtype=np.float64)
    return np.asarray(np.exp(-0.5 * z * z) / math.sqrt(2 * math.pi))


def two_sided(statistic: ArrayLike, df: float | None = None) -> Floats:
    """Return two-sided p-values of z (``df`` None) or t statistics, exact far into the tail."""
    size = -np.abs(np.asarray(statistic, dtype=np.float64))
    if df is None:
        return np.asarray(2 * special().ndtr(size))
    return np.asarray(2 * special().stdtr(df, size))


def critical(level: float, df: float | None = None) -> float:
    """Return the two-sided critical value at ``level`` (a fraction, such as 0.95).

    >>> round(critical(0.95), 6), round(critical(0.95, 2), 6)
    (1.959964, 4.302653)
    """
    upper = (1 + level) / 2
    return float(special().ndtri(upper) if df is None else special().stdtrit(df, upper))


def chi2_upper(x: ArrayLike, df: ArrayLike) -> Floats:
    """Return the upper tail area of a chi-squared variable."""
    return np.asarray(special().chdtrc(df, x), dtype=np.float64)


def chi2_quantile(p: float, df: float) -> float:
    """Return the chi-squared quantile with lower tail area ``p``."""
    return float(2 * special().gammaincinv(df / 2, p))


def f_upper(x: ArrayLike, df1: float, df2: float) -> Floats:
    """Return the upper tail area of an F variable."""
    return np.asarray(special().fdtrc(df1, df2, x), dtype=np.float64)
