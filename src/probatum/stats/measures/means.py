"""Two independent groups with means, standard deviations and sizes (m1i, sd1i, n1i; m2i …)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from probatum.stats.distributions import normal_cdf, special
from probatum.stats.inputs import Floats

Pair = tuple[Floats, Floats]


@dataclass(frozen=True, slots=True)
class TwoMeans:
    """Means, standard deviations and sizes of two groups in k studies."""

    m1i: Floats
    sd1i: Floats
    n1i: Floats
    m2i: Floats
    sd2i: Floats
    n2i: Floats

    @property
    def df(self) -> Floats:
        return self.n1i + self.n2i - 2

    @property
    def pooled_sd(self) -> Floats:
        within = (self.n1i - 1) * self.sd1i**2 + (self.n2i - 1) * self.sd2i**2
        return np.sqrt(within / self.df)

    @property
    def inverse_sizes(self) -> Floats:
        return 1 / self.n1i + 1 / self.n2i


def small_sample_factor(df: Floats) -> Floats:
    """Return the exact bias correction J = Γ(m/2) / (sqrt(m/2) Γ((m-1)/2)) of Hedges (1981).

    >>> float(small_sample_factor(np.array([10.0])).round(6)[0])
    0.922746
    """
    log_gamma = special().gammaln
    with np.errstate(invalid="ignore", divide="ignore"):
        log_j = log_gamma(df / 2) - np.log(np.sqrt(df / 2)) - log_gamma((df - 1) / 2)
        return np.where(df > 1, np.exp(log_j), np.nan)


def mean_difference(t: TwoMeans, vtype: str) -> Pair:
    """Mean difference; HO assumes equal variances in the two groups."""
    if vtype == "HO":
        return t.m1i - t.m2i, t.pooled_sd**2 * t.inverse_sizes
    return t.m1i - t.m2i, t.sd1i**2 / t.n1i + t.sd2i**2 / t.n2i


def standardised(t: TwoMeans, vtype: str) -> Pair:
    """Standardised mean difference with exact bias correction (Hedges' g)."""
    factor = small_sample_factor(t.df)
    d = (t.m1i - t.m2i) / t.pooled_sd
    return factor * d, _smd_variance(t, d, factor, vtype)


def _smd_variance(t: TwoMeans, d: Floats, factor: Floats, vtype: str) -> Floats:
    n, g = t.n1i + t.n2i, factor * d
    if vtype == "LS2":
        return factor**2 * (t.inverse_sizes + d**2 / (2 * n))
    if vtype == "UB":
        return t.inverse_sizes + (1 - (t.df - 2) / (t.df * factor**2)) * g**2
    if vtype == "AV":
        use = np.isfinite(g) & np.isfinite(n)
        g = np.full_like(g, np.sum(n[use] * g[use]) / np.sum(n[use]))
    return t.inverse_sizes + g**2 / (2 * n)


def standardised_unequal(t: TwoMeans, vtype: str) -> Pair:
    """Standardised by the root of the mean of the two variances (Bonett 2008)."""
    square = (t.sd1i**2 + t.sd2i**2) / 2
    factor = small_sample_factor(t.df)
    yi = factor * (t.m1i - t.m2i) / np.sqrt(square)
    df1, df2 = t.n1i - 1, t.n2i - 1
    spread = yi**2 * (t.sd1i**4 / df1 + t.sd2i**4 / df2) / (8 * square**2)
    return yi, factor**2 * (spread + (t.sd1i**2 / df1 + t.sd2i**2 / df2) / square)


def standardised_by_control(t: TwoMeans, vtype: str) -> Pair:
    """Standardised by the second group's standard deviation (Glass 1976)."""
    yi = small_sample_factor(t.n2i - 1) * (t.m1i - t.m2i) / t.sd2i
    return yi, t.inverse_sizes + yi**2 / (2 * t.n2i)


def standardised_by_control_unequal(t: TwoMeans, vtype: str) -> Pair:
    """The same, without assuming equal variances (Bonett 2008)."""
    yi = small_sample_factor(t.n2i - 1) * (t.m1i - t.m2i) / t.sd2i
    return yi, t.sd1i**2 / t.sd2i**2 / t.n1i + 1 / t.n2i + yi**2 / (2 * t.n2i)


def _relative(t: TwoMeans) -> Floats:
    return t.sd1i**2 / (t.n1i * t.m1i**2) + t.sd2i**2 / (t.n2i * t.m2i**2)


def ratio_of_means(t: TwoMeans, vtype: str) -> Pair:
    """Log ratio of means (Hedges et al. 1999)."""
    return np.log(t.m1i / t.m2i), _relative(t)


def variability_ratio(t: TwoMeans, vtype: str) -> Pair:
    """Log ratio of standard deviations (Nakagawa et al. 2015)."""
    half1, half2 = 1 / (2 * (t.n1i - 1)), 1 / (2 * (t.n2i - 1))
    return np.log(t.sd1i / t.sd2i) + half1 - half2, half1 + half2


def variation_ratio(t: TwoMeans, vtype: str) -> Pair:
    """Log ratio of coefficients of variation (Nakagawa et al. 2015)."""
    yi, vi = variability_ratio(t, vtype)
    return yi - (np.log(t.m1i) - np.log(t.m2i)), vi + _relative(t)


def _uncorrected(t: TwoMeans) -> Pair:
    d = (t.m1i - t.m2i) / t.pooled_sd
    return d, t.inverse_sizes + d**2 / (2 * (t.n1i + t.n2i))


def d_to_odds_logistic(t: TwoMeans, vtype: str) -> Pair:
    """Cohen's d times pi/sqrt(3): a log odds ratio under logistic distributions (Chinn 2000)."""
    yi, vi = _uncorrected(t)
    return yi * np.pi / np.sqrt(3), vi * np.pi**2 / 3


def d_to_odds_normal(t: TwoMeans, vtype: str) -> Pair:
    """Cohen's d times 1.65: a log odds ratio under normal distributions (Cox & Snell 1989)."""
    yi, vi = _uncorrected(t)
    return yi * 1.65, vi * 1.65**2


def common_language(t: TwoMeans, vtype: str) -> Pair:
    """Probability that a person of group 1 exceeds one of group 2, under normality.

    McGraw & Wong (1992); delta-method variance of the unequal-variance standardised difference.
    """
    square = t.sd1i**2 + t.sd2i**2
    z = (t.m1i - t.m2i) / np.sqrt(square)
    height = np.exp(-0.5 * z**2) / np.sqrt(2 * np.pi)
    mean_part = (t.sd1i**2 / t.n1i + t.sd2i**2 / t.n2i) / square
    spread = t.sd1i**4 / (t.n1i - 1) + t.sd2i**4 / (t.n2i - 1)
    return normal_cdf(z), height**2 * (mean_part + z**2 * spread / (2 * square**2))
