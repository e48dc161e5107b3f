"""REML fits beside a direct search for the maximum of the same likelihood."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.optimize import minimize_scalar

from bench.timing import Row, beside
from probatum.stats import rma


def _sets(count: int, studies: int) -> list[tuple[np.ndarray, np.ndarray]]:
    random = np.random.default_rng(20)
    return [
        (random.normal(0.4, 0.5, studies), random.uniform(0.01, 0.2, studies))
        for _ in range(count)
    ]


def _minus_likelihood(tau2: float, yi: np.ndarray, vi: np.ndarray) -> float:
    weights = 1 / (vi + tau2)
    mean = (weights @ yi) / weights.sum()
    return float(np.log(vi + tau2).sum() + np.log(weights.sum()) + weights @ (yi - mean) ** 2)


def rows() -> Iterator[Row]:
    """Yield 200 fits of 10 studies each."""
    sets = _sets(200, 10)
    yield beside(
        "200 REML fits with Hartung-Knapp, k = 10",
        lambda: [rma(yi, vi, method="REML", test="knha") for yi, vi in sets],
        "SciPy's bounded search, tau2 only",
        lambda: [
            minimize_scalar(_minus_likelihood, args=pair, bounds=(0, 10), method="bounded")
            for pair in sets
        ],
    )
