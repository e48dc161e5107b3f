"""Exact tests of two-by-two tables."""

from __future__ import annotations

import numpy as np

from probatum.stats.distributions import special, two_sided

#: Above this many possible tables the normal approximation is right to a part in a thousand.
_MOST_TABLES = 100_000
_TIES = 1 + 1e-7  # probabilities that differ by rounding are equal


def fisher_exact(a: int, b: int, c: int, d: int) -> float:
    """Return Fisher's exact two-sided p of the counts a, b over c, d.

    The sum of the probabilities of all tables with the same margins that are no more likely than
    the one given (Fisher 1935, J R Stat Soc 98:39). With more than 100,000 such tables the score
    test stands in for it. The counts must not be negative.

    >>> round(fisher_exact(8, 2, 1, 5), 6)
    0.034965
    """
    first, column, total = a + b, a + c, a + b + c + d
    lowest, highest = max(0, column - (c + d)), min(first, column)
    if highest == lowest:
        return 1.0
    if highest - lowest > _MOST_TABLES:
        variance = first * (total - first) * column * (total - column) / total**3
        return float(two_sided((a - first * column / total) / variance**0.5))
    k = np.arange(lowest, highest + 1)
    gammaln = special().gammaln
    counts = (k, first - k, column - k, total - first - column + k)
    weights = -sum(gammaln(count + 1.0) for count in counts)
    likelihood = np.exp(weights - weights.max())
    rare = likelihood <= likelihood[a - lowest] * _TIES
    return float(likelihood[rare].sum() / likelihood.sum())
