"""Conversions between what papers print and what models take."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from probatum.errors import StatsError, UsageError
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


def mean_sd(
    n: ArrayLike,
    median: ArrayLike,
    *,
    q1: ArrayLike | None = None,
    q3: ArrayLike | None = None,
    low: ArrayLike | None = None,
    high: ArrayLike | None = None,
) -> tuple[Floats, Floats]:
    """Return means and standard deviations from medians with quartiles, the range, or both.

    Means after Luo et al. (2018); standard deviations after Wan et al. (2014), with both
    quartiles and range after Shi et al. (2020). Made for normal data: skewed material should not
    be converted.

    >>> m, sd = mean_sd(50, 10.0, q1=8.0, q3=13.0)
    >>> float(m[0].round(3)), float(sd[0].round(3))
    (10.354, 3.817)
    """
    size, middle = vector(n, "n"), vector(median, "median")
    require(size >= 3, size, "n", "3 or more")
    quartiles, extremes = _pair(q1, q3, ("q1", "q3")), _pair(low, high, ("low", "high"))
    if quartiles is None and extremes is None:
        raise UsageError("a median alone has no spread: give q1 and q3, or low and high")
    whole = dist.normal_quantile((size - 0.375) / (size + 0.25))
    half = dist.normal_quantile((0.75 * size - 0.125) / (size + 0.25))
    if quartiles is None:
        assert extremes is not None  # noqa: S101, one of the two is there
        share = 4 / (4 + size**0.75)
        return share * extremes[0] + (1 - share) * middle, extremes[1] / (2 * whole)
    if extremes is None:
        share = 0.7 + 0.39 / size
        return share * quartiles[0] + (1 - share) * middle, quartiles[1] / (2 * half)
    of_range, of_quartiles = 2.2 / (2.2 + size**0.75), 0.7 - 0.72 / size**0.55
    rest = 1 - of_range - of_quartiles
    mean = of_range * extremes[0] + of_quartiles * quartiles[0] + rest * middle
    first = (2 + 0.14 * size**0.6) * whole
    second = (2 + 2 / (0.07 * size**0.6)) * half
    return mean, extremes[1] / first + quartiles[1] / second


def _pair(
    lower: ArrayLike | None, upper: ArrayLike | None, names: tuple[str, str]
) -> tuple[Floats, Floats] | None:
    """Return middle and width of two limits, None where neither is given."""
    if lower is None and upper is None:
        return None
    if lower is None or upper is None:
        raise UsageError(f"{names[0]} and {names[1]} belong together: give both or neither")
    a, b = vector(lower, names[0]), vector(upper, names[1])
    require(~(b < a), b, names[1], f"at least {names[0]}")
    return (a + b) / 2, b - a


def smd_from_log_odds(yi: ArrayLike, vi: ArrayLike) -> tuple[Floats, Floats]:
    """Return standardised mean differences and variances from log odds ratios (Chinn 2000).

    >>> float(smd_from_log_odds(1.0, 0.1)[0][0].round(4))
    0.5513
    """
    y, v = vector(yi, "yi"), vector(vi, "vi")
    return y * np.sqrt(3) / np.pi, v * 3 / np.pi**2


def log_odds_from_smd(yi: ArrayLike, vi: ArrayLike) -> tuple[Floats, Floats]:
    """Return log odds ratios and variances from standardised mean differences (Chinn 2000)."""
    y, v = vector(yi, "yi"), vector(vi, "vi")
    return y * np.pi / np.sqrt(3), v * np.pi**2 / 3
