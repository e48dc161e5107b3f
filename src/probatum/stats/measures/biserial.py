"""Correlations of a dichotomy with a variable, from two means."""

from __future__ import annotations

import numpy as np

from probatum.stats.distributions import normal_density, normal_quantile
from probatum.stats.inputs import Floats
from probatum.stats.measures.fields import Pair
from probatum.stats.measures.means import TwoMeans


def _correlation(t: TwoMeans) -> Floats:
    d = (t.m1i - t.m2i) / t.pooled_sd
    return d / np.sqrt(d**2 + t.df / t.n1i + t.df / t.n2i)


def point_biserial(t: TwoMeans, vtype: str) -> Pair:
    """Point-biserial correlation; variance for groups of fixed size (Tate 1954)."""
    r, n = _correlation(t), t.n1i + t.n2i
    return r, (1 - r**2) ** 2 * ((1 - r**2) / (n - 2) + r**2 / (2 * n))


def biserial(t: TwoMeans, vtype: str) -> Pair:
    """Biserial correlation (Soper 1914)."""
    n = t.n1i + t.n2i
    p = t.n1i / n
    z = normal_quantile(p)
    height = normal_density(z)
    r = np.sqrt(p * (1 - p)) / height * _correlation(t)
    ratio = p * (1 - p) / height**2
    slope = ratio * z**2 + (1 - 2 * p) * z / height - 2.5
    # The estimate may leave -1 to 1; its variance is that at the limit then.
    square = np.minimum(r**2, 1.0)
    return r, (ratio + slope * square + square**2) / (n - 1)
