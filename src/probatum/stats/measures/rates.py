"""Events in person-time: two groups (x1i, t1i, x2i, t2i) and one (xi, ti)."""

from __future__ import annotations

import numpy as np

from probatum.stats.measures.fields import Fields, Pair


def rate_ratio(f: Fields, vtype: str) -> Pair:
    """Log incidence rate ratio."""
    x1, t1, x2, t2 = f.take("x1i", "t1i", "x2i", "t2i")
    return np.log(x1 / t1) - np.log(x2 / t2), 1 / x1 + 1 / x2


def rate_difference(f: Fields, vtype: str) -> Pair:
    """Incidence rate difference, from the counts as given; variance from the adjusted counts."""
    x1, t1, x2, t2 = f.take("x1i", "t1i", "x2i", "t2i")
    yi = f.raw["x1i"] / t1 - f.raw["x2i"] / t2
    return yi, x1 / t1**2 + x2 / t2**2


def root_rate_difference(f: Fields, vtype: str) -> Pair:
    """Difference of square-root transformed rates, from the counts as given."""
    t1, t2 = f.take("t1i", "t2i")
    yi = np.sqrt(f.raw["x1i"] / t1) - np.sqrt(f.raw["x2i"] / t2)
    return yi, 1 / (4 * t1) + 1 / (4 * t2)


def rate(f: Fields, vtype: str) -> Pair:
    """Raw incidence rate."""
    return f.raw["xi"] / f["ti"], f["xi"] / f["ti"] ** 2


def log_rate(f: Fields, vtype: str) -> Pair:
    """Log incidence rate."""
    return np.log(f["xi"] / f["ti"]), 1 / f["xi"]


def root_rate(f: Fields, vtype: str) -> Pair:
    """Square-root transformed rate."""
    return np.sqrt(f.raw["xi"] / f["ti"]), 1 / (4 * f["ti"])


def freeman_tukey_rate(f: Fields, vtype: str) -> Pair:
    """Freeman-Tukey (1950) transformed rate."""
    x, t = f.raw["xi"], f["ti"]
    return 0.5 * (np.sqrt(x / t) + np.sqrt((x + 1) / t)), 1 / (4 * t)
