"""Counts corrected for the known error of the classifier that made them.

Rogan & Gladen 1978 for two classes; here for any number, with the uncertainty of the error rates
and of the counts carried by simulation from Dirichlet posteriors (Jeffreys).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from probatum.errors import StatsError

_DRAWS = 4000
_SEED = 20_231


@dataclass(frozen=True, slots=True)
class Corrected:
    """Corrected counts with their interval, arrays (classes,); each row sums to the total."""

    estimate: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


def corrected(counts: ArrayLike, confusion: ArrayLike, *, level: float = 95.0) -> Corrected:
    """Correct the counts of a classifier's labels for its confusion.

    Parameters
    ----------
    counts
        How many got each label, shape (k,).
    confusion
        Counts (k, k) on labelled material, true class by row, found by column.
    level
        Of the interval, in percent.

    Returns
    -------
    Corrected
        Medians and quantiles of the true counts. They hold where the material to be corrected is
        confused as the labelled was.

    Examples
    --------
    >>> found = corrected([80, 20], [[90, 10], [10, 90]])
    >>> bool(found.low[1] < 12.5 < found.high[1])
    True
    """
    seen, table = np.asarray(counts, dtype=float), np.asarray(confusion, dtype=float)
    if seen.ndim != 1 or table.shape != (len(seen), len(seen)) or min(seen.min(), table.min()) < 0:
        raise StatsError("counts must be k numbers >= 0 and confusion a k by k table of counts")
    total = seen.sum()
    if total == 0:
        return Corrected(seen, seen, seen)
    random = np.random.default_rng(_SEED)
    shares = random.dirichlet(seen + 0.5, _DRAWS)
    rates = np.stack([random.dirichlet(row + 0.5, _DRAWS) for row in table], axis=1)
    solved = np.linalg.solve(np.swapaxes(rates, 1, 2), shares[:, :, None])[:, :, 0]
    true = _on_simplex(solved.astype(np.float64))
    tail = (100.0 - level) / 2
    low, middle, high = np.percentile(true * total, [tail, 50.0, 100.0 - tail], axis=0)
    return Corrected(middle, low, high)


def _on_simplex(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Project each row on the nearest shares that sum to one (Duchi et al. 2008)."""
    ordered = -np.sort(-points, axis=1)
    sums = np.cumsum(ordered, axis=1) - 1.0
    ranks = np.arange(1, points.shape[1] + 1)
    last = (ordered - sums / ranks > 0).sum(axis=1) - 1
    shift = sums[np.arange(len(points)), last] / (last + 1)
    shares: NDArray[np.float64] = np.maximum(points - shift[:, None], 0.0)
    return shares
