"""The tetrachoric correlation of a two-by-two table (Pearson 1900)."""

from __future__ import annotations

import numpy as np

from probatum.stats.distributions import normal_cdf, normal_quantile
from probatum.stats.inputs import Floats
from probatum.stats.measures.binary import Table
from probatum.stats.measures.fields import Pair

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(96)
LIMIT = np.pi / 2 * (1 - 1e-9)


def bivariate_normal(h: Floats, k: Floats, angle: Floats) -> Floats:
    """Return P(X <= h, Y <= k) of a standard bivariate normal with correlation sin(angle).

    Φ(h)Φ(k) plus the integral of the density over the correlation, in angles so that the
    integrand stays smooth (Drezner & Wesolowsky 1990).
    """
    theta = angle[:, None] / 2 * (_NODES + 1)
    square = h**2 + k**2
    sine, cosine = np.sin(theta), np.cos(theta)
    power = -(square[:, None] - 2 * (h * k)[:, None] * sine) / (2 * cosine**2)
    integral = (np.exp(power) * _WEIGHTS).sum(axis=1) * angle / 2
    return np.asarray(normal_cdf(h) * normal_cdf(k) + integral / (2 * np.pi))


def tetrachoric(t: Table, vtype: str) -> Pair:
    """Correlation of two normal variables cut into the table; multinomial variance.

    Counts as given: the zero-cell rule does not apply.
    """
    a, b, c, d = t.raw
    n = a + b + c + d
    p1, p2, both = (a + b) / n, (a + c) / n, a / n
    h, k = normal_quantile(p1), normal_quantile(p2)
    # An empty margin has no threshold: NaN, which escalc keeps.
    h, k = np.where(np.isfinite(h), h, np.nan), np.where(np.isfinite(k), k, np.nan)
    low, high = np.full_like(h, -LIMIT), np.full_like(h, LIMIT)
    for _ in range(60):
        middle = (low + high) / 2
        below = bivariate_normal(h, k, middle) < both
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    angle = (low + high) / 2
    # One empty cell puts the estimate at -1 or 1, where there is no variance.
    inside = (a > 0) & (b > 0) & (c > 0) & (d > 0)
    vi = _variance((h, k, angle), (p1, p2, both), n)
    return np.sin(angle), np.where(inside, vi, np.nan)


def _variance(
    at: tuple[Floats, Floats, Floats], p: tuple[Floats, Floats, Floats], n: Floats
) -> Floats:
    """Delta method for the three free proportions of the table."""
    h, k, angle = at
    p1, p2, both = p
    r, root = np.sin(angle), np.cos(angle)
    density = np.exp(-(h**2 + k**2 - 2 * r * h * k) / (2 * root**2)) / (2 * np.pi * root)
    g1, g2 = normal_cdf((k - r * h) / root), normal_cdf((h - r * k) / root)
    spread = both * (1 - both) + g1**2 * p1 * (1 - p1) + g2**2 * p2 * (1 - p2)
    shared = g1 * both * (1 - p1) + g2 * both * (1 - p2) - g1 * g2 * (both - p1 * p2)
    return np.asarray((spread - 2 * shared) / (n * density**2))
