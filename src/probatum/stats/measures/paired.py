"""The same people twice: means (m1i, m2i, sd1i, sd2i, ri, ni) and paired tables (ai bi ci di).

In a paired table rows are the first and columns the second condition: ai both yes, bi yes then
no, ci no then yes, di both no.
"""

from __future__ import annotations

import numpy as np

from probatum.stats.inputs import Floats
from probatum.stats.measures.fields import Fields, Pair
from probatum.stats.measures.means import small_sample_factor


def _difference_variance(f: Fields) -> Floats:
    sd1, sd2, r = f.take("sd1i", "sd2i", "ri")
    return sd1**2 + sd2**2 - 2 * r * sd1 * sd2


def mean_change(f: Fields, vtype: str) -> Pair:
    """Mean change."""
    return f["m1i"] - f["m2i"], _difference_variance(f) / f["ni"]


def change_standardised(f: Fields, vtype: str) -> Pair:
    """Mean change over the standard deviation of the changes (Gibbons et al. 1993)."""
    n, spread = f["ni"], np.sqrt(_difference_variance(f))
    yi = small_sample_factor(n - 1) * (f["m1i"] - f["m2i"]) / spread
    return yi, 1 / n + yi**2 / (2 * n)


def raw_standardised(f: Fields, vtype: str) -> Pair:
    """Mean change over the first standard deviation (Becker 1988)."""
    n = f["ni"]
    yi = small_sample_factor(n - 1) * (f["m1i"] - f["m2i"]) / f["sd1i"]
    return yi, 2 * (1 - f["ri"]) / n + yi**2 / (2 * n)


def raw_standardised_unequal(f: Fields, vtype: str) -> Pair:
    """The same, without assuming equal variances (Bonett 2008)."""
    n, sd1 = f["ni"], f["sd1i"]
    factor = small_sample_factor(n - 1)
    yi = factor * (f["m1i"] - f["m2i"]) / sd1
    spread = _difference_variance(f) / (sd1**2 * (n - 1)) + yi**2 / (2 * (n - 1))
    return yi, factor**2 * spread


def pooled_standardised(f: Fields, vtype: str) -> Pair:
    """Mean change over the root of the mean of the two variances (Bonett 2008)."""
    n, sd1, sd2, r = f.take("ni", "sd1i", "sd2i", "ri")
    m = 2 * (n - 1) / (1 + r**2)
    square = (sd1**2 + sd2**2) / 2
    factor = small_sample_factor(m)
    d = (f["m1i"] - f["m2i"]) / np.sqrt(square)
    spread = d**2 * (sd1**4 + sd2**4 + 2 * (r * sd1 * sd2) ** 2) / (8 * (n - 1) * square**2)
    return factor * d, spread * factor**2 + _difference_variance(f) / (square * (n - 1))


def _relative(f: Fields) -> Floats:
    m1, m2, sd1, sd2, r, n = f.take("m1i", "m2i", "sd1i", "sd2i", "ri", "ni")
    shared = 2 * r * sd1 * sd2 / (m1 * m2)
    return (sd1**2 / m1**2 + sd2**2 / m2**2 - shared) / n


def log_ratio_of_means(f: Fields, vtype: str) -> Pair:
    """Log ratio of means of the same people (Lajeunesse 2011)."""
    return np.log(f["m1i"] / f["m2i"]), _relative(f)


def log_variation_ratio(f: Fields, vtype: str) -> Pair:
    """Log ratio of coefficients of variation of the same people (Nakagawa et al. 2015)."""
    yi = np.log((f["sd1i"] / f["m1i"]) / (f["sd2i"] / f["m2i"]))
    return yi, (1 - f["ri"] ** 2) / (f["ni"] - 1) + _relative(f)


def log_variability_ratio(f: Fields, vtype: str) -> Pair:
    """Log ratio of standard deviations of the same people (Nakagawa et al. 2015)."""
    return np.log(f["sd1i"] / f["sd2i"]), (1 - f["ri"] ** 2) / (f["ni"] - 1)


def paired_risk_ratio(f: Fields, vtype: str) -> Pair:
    """Log ratio of the two marginal risks."""
    a, b, c = f.take("ai", "bi", "ci")
    return np.log((a + b) / (a + c)), (b + c) / ((a + b) * (a + c))


def paired_odds_ratio(f: Fields, vtype: str) -> Pair:
    """Log ratio of the two marginal odds; variance by the delta method."""
    a, b, c, d = f.take("ai", "bi", "ci", "di")
    r1, r2, c1, c2 = a + b, c + d, a + c, b + d
    n = a + b + c + d
    shared = n * (a * d - b * c) / (r1 * r2 * c1 * c2)
    return np.log(r1 / r2) - np.log(c1 / c2), 1 / r1 + 1 / r2 + 1 / c1 + 1 / c2 - 2 * shared


def paired_risk_difference(f: Fields, vtype: str) -> Pair:
    """Difference of the two marginal risks."""
    a, b, c, d = f.take("ai", "bi", "ci", "di")
    n = a + b + c + d
    raw = f.raw
    total = raw["ai"] + raw["bi"] + raw["ci"] + raw["di"]
    return (raw["bi"] - raw["ci"]) / total, (b + c) / n**2 - (b - c) ** 2 / n**3


def conditional_odds_ratio(f: Fields, vtype: str) -> Pair:
    """Log odds ratio of the discordant pairs."""
    return np.log(f["bi"] / f["ci"]), 1 / f["bi"] + 1 / f["ci"]


def conditional_peto(f: Fields, vtype: str) -> Pair:
    """Peto's estimate of the conditional log odds ratio."""
    b, c = f.raw["bi"], f.raw["ci"]
    return 2 * (b - c) / (b + c), 4 / (b + c)
