"""Correlations (ri, ni), partial correlations (ti, ni, mi), semi-partial ones (and r2i)."""

from __future__ import annotations

import numpy as np

from probatum.stats.distributions import special
from probatum.stats.inputs import Floats
from probatum.stats.measures.fields import Fields, Pair


def correlation(f: Fields, vtype: str) -> Pair:
    """Raw correlation; large-sample variance (1 - r^2)^2 / (n - 1)."""
    r, n = f.take("ri", "ni")
    size = _average(r, n) if vtype == "AV" else r
    return r, (1 - size**2) ** 2 / (n - 1)


def unbiased_correlation(f: Fields, vtype: str) -> Pair:
    """Correlation corrected for its negative bias (Olkin & Pratt 1958)."""
    r, n = f.take("ri", "ni")
    yi = r * _gauss((n - 2) / 2, 1 - r**2, 0.5)
    if vtype == "UB":
        square = 1 - (n - 3) / (n - 2) * (1 - r**2) * _gauss(n / 2, 1 - r**2, 1.0)
        return yi, yi**2 - square
    size = _average(yi, n) if vtype == "AV" else yi
    return yi, (1 - size**2) ** 2 / (n - 1)


def _gauss(c: Floats, x: Floats, a: float) -> Floats:
    return np.asarray(special().hyp2f1(a, a, c, x), dtype=np.float64)


def _average(r: Floats, n: Floats) -> Floats:
    use = np.isfinite(r) & np.isfinite(n)
    return np.full_like(r, np.sum(n[use] * r[use]) / np.sum(n[use]))


def fisher_z(f: Fields, vtype: str) -> Pair:
    """Fisher's z-transformed correlation."""
    r, n = f.take("ri", "ni")
    return np.arctanh(r), 1 / (n - 3)


def partial(f: Fields, vtype: str) -> Pair:
    """Partial correlation from the t statistic of a regression with mi predictors."""
    t, n, m = f.take("ti", "ni", "mi")
    df = n - m - 1
    r = t / np.sqrt(t**2 + df)
    return r, (1 - r**2) ** 2 / df


def partial_z(f: Fields, vtype: str) -> Pair:
    """Fisher's z of the partial correlation."""
    r = partial(f, vtype)[0]
    return np.arctanh(r), 1 / (f["ni"] - f["mi"] - 1)


def semi_partial(f: Fields, vtype: str) -> Pair:
    """Semi-partial correlation (Aloe & Becker 2012); r2i is the model's R squared."""
    t, n, m, square = f.take("ti", "ni", "mi", "r2i")
    r = t * np.sqrt(1 - square) / np.sqrt(n - m - 1)
    rest = square - r**2
    return r, (square**2 - 2 * square + rest + 1 - rest**2) / n
