"""One mean a study (mi, sdi, ni), and reliability coefficients (ai, mi items, ni persons)."""

from __future__ import annotations

import numpy as np

from probatum.stats.measures.fields import Fields, Pair


def mean(f: Fields, vtype: str) -> Pair:
    """Raw mean."""
    return f["mi"], f["sdi"] ** 2 / f["ni"]


def log_mean(f: Fields, vtype: str) -> Pair:
    """Log mean."""
    m, sd, n = f.take("mi", "sdi", "ni")
    return np.log(m), sd**2 / (n * m**2)


def standardised_mean(f: Fields, vtype: str) -> Pair:
    """Mean over its standard deviation."""
    m, sd, n = f.take("mi", "sdi", "ni")
    yi = m / sd
    return yi, 1 / n + yi**2 / (2 * n)


def log_variation(f: Fields, vtype: str) -> Pair:
    """Log coefficient of variation (Nakagawa et al. 2015)."""
    m, sd, n = f.take("mi", "sdi", "ni")
    half = 1 / (2 * (n - 1))
    return np.log(sd / m) + half, half + sd**2 / (n * m**2)


def log_sd(f: Fields, vtype: str) -> Pair:
    """Log standard deviation (Nakagawa et al. 2015)."""
    half = 1 / (2 * (f["ni"] - 1))
    return np.log(f["sdi"]) + half, half


def alpha_raw(f: Fields, vtype: str) -> Pair:
    """Cronbach's alpha (Bonett 2002)."""
    a, m, n = f.take("ai", "mi", "ni")
    return a, 2 * m * (1 - a) ** 2 / ((m - 1) * (n - 2))


def alpha_hakstian_whalen(f: Fields, vtype: str) -> Pair:
    """Alpha transformed as 1 - (1 - a)^(1/3) (Hakstian & Whalen 1976)."""
    a, m, n = f.take("ai", "mi", "ni")
    vi = 18 * m * (n - 1) * (1 - a) ** (2 / 3) / ((m - 1) * (9 * n - 11) ** 2)
    return 1 - (1 - a) ** (1 / 3), vi


def alpha_bonett(f: Fields, vtype: str) -> Pair:
    """Alpha transformed as -log(1 - a) (Bonett 2002)."""
    a, m, n = f.take("ai", "mi", "ni")
    return -np.log(1 - a), 2 * m / ((m - 1) * (n - 2))
