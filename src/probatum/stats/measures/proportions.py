"""One proportion a study (xi events among ni)."""

from __future__ import annotations

import numpy as np

from probatum.stats.distributions import normal_quantile
from probatum.stats.measures.fields import Fields, Pair


def proportion(f: Fields, vtype: str) -> Pair:
    """Raw proportion."""
    p, n = f["xi"] / f["ni"], f["ni"]
    yi = p
    if vtype == "AV":
        use = np.isfinite(p) & np.isfinite(n)
        p = np.full_like(p, np.sum(p[use] * n[use]) / np.sum(n[use]))
    return yi, p * (1 - p) / (n - 1 if vtype == "UB" else n)


def log_proportion(f: Fields, vtype: str) -> Pair:
    """Log proportion."""
    return np.log(f["xi"] / f["ni"]), 1 / f["xi"] - 1 / f["ni"]


def logit_proportion(f: Fields, vtype: str) -> Pair:
    """Log odds."""
    x, others = f["xi"], f["ni"] - f["xi"]
    return np.log(x / others), 1 / x + 1 / others


def arcsine_proportion(f: Fields, vtype: str) -> Pair:
    """Arcsine square-root transformed proportion."""
    return np.arcsin(np.sqrt(f.raw["xi"] / f.raw["ni"])), 1 / (4 * f.raw["ni"])


def freeman_tukey_proportion(f: Fields, vtype: str) -> Pair:
    """Freeman-Tukey (1950) double arcsine transformed proportion."""
    x, n = f.raw["xi"], f.raw["ni"]
    yi = 0.5 * (np.arcsin(np.sqrt(x / (n + 1))) + np.arcsin(np.sqrt((x + 1) / (n + 1))))
    return yi, 1 / (4 * n + 2)


def probit_proportion(f: Fields, vtype: str) -> Pair:
    """Probit-transformed proportion."""
    p = f["xi"] / f["ni"]
    z = normal_quantile(p)
    return z, 2 * np.pi * p * (1 - p) * np.exp(z * z) / f["ni"]
