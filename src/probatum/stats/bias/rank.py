"""Begg and Mazumdar's rank correlation test."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from probatum.errors import StatsError
from probatum.stats import distributions as dist
from probatum.stats.inputs import Floats
from probatum.stats.models.result import Rma

# Beyond this the exact distribution costs seconds and differs from the normal one by < 1e-4.
EXACT_UP_TO = 400


@dataclass(frozen=True, slots=True)
class RankTest:
    """Kendall's tau between standardised effects and variances, with a two-sided p-value."""

    tau: float
    pval: float
    exact: bool


def ranktest(fitted: Rma) -> RankTest:
    """Test the rank correlation of effects and variances (Begg & Mazumdar 1994).

    The p-value is exact without ties (up to 400 studies), else by the normal approximation with
    the variance corrected for ties.
    """
    if fitted.k < 3:
        raise StatsError("ranktest needs at least 3 studies")
    w = 1 / fitted.vi
    centre = float((w * fitted.yi).sum() / w.sum())
    deviate = (fitted.yi - centre) / np.sqrt(fitted.vi - 1 / w.sum())
    return kendall(deviate, fitted.vi)


def kendall(x: Floats, y: Floats) -> RankTest:
    """Return Kendall's tau-b of two samples with its two-sided p-value."""
    n = len(x)
    upper = np.triu_indices(n, 1)
    sx = np.sign(x[:, None] - x)[upper]
    sy = np.sign(y[:, None] - y)[upper]
    score = float((sx * sy).sum())
    filled = float(np.sqrt((sx != 0).sum() * (sy != 0).sum()))
    if filled == 0:
        raise StatsError("all effects or all variances are equal: no rank correlation exists")
    ties = bool((sx == 0).any() or (sy == 0).any())
    if not ties and n <= EXACT_UP_TO:
        return RankTest(score / filled, _exact_p(score, n), True)
    z = score / _null_sd(x, y, n)
    return RankTest(score / filled, float(dist.two_sided(z)), False)


def _exact_p(score: float, n: int) -> float:
    """Return the p-value by counting permutations: inversions by recursion on n."""
    share = np.ones(1)
    for m in range(2, n + 1):
        padded = np.concatenate([share, np.zeros(m - 1)])
        total = np.cumsum(padded)
        total[m:] -= np.cumsum(padded)[:-m]
        share = total / m
    pairs = n * (n - 1) // 2
    concordant = round((score + pairs) / 2)
    below = float(share[: concordant + 1].sum())
    above = float(share[concordant:].sum())
    return min(1.0, 2 * min(below, above))


def _null_sd(x: Floats, y: Floats, n: int) -> float:
    tx, ty = (np.unique(v, return_counts=True)[1].astype(float) for v in (x, y))
    first = float(n * (n - 1) * (2 * n + 5))
    for t in (tx, ty):
        first -= float((t * (t - 1) * (2 * t + 5)).sum())
    pairs = float((tx * (tx - 1)).sum()) * float((ty * (ty - 1)).sum()) / (2 * n * (n - 1))
    triples = float((tx * (tx - 1) * (tx - 2)).sum()) * float((ty * (ty - 1) * (ty - 2)).sum())
    return float(np.sqrt(first / 18 + pairs + triples / (9 * n * (n - 1) * (n - 2))))
