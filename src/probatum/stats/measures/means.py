"""Two independent groups with means, standard deviations and sizes (m1i, sd1i, n1i; m2i …)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from probatum.stats.distributions import special
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
