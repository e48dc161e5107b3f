"""Intervals for measured qualities: Wilson for shares, bootstrap by article for the rest."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

_DRAWS = 1000
_SEED = 20_260


def wilson(hits: int, n: int) -> tuple[float, float]:
    """Give the 95 % interval of a share (Wilson 1927).

    >>> tuple(round(x, 3) for x in wilson(8, 10))
    (0.49, 0.943)
    """
    if n == 0:
        return 0.0, 1.0
    z, share = 1.959964, hits / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return middle - half, middle + half


def bootstrap(
    measure: Callable[[NDArray[np.int64]], float], groups: Sequence[str]
) -> tuple[float, float]:
    """Give the 95 % percentile interval of a measure of row indices, drawing whole groups."""
    names = sorted(set(groups))
    members = {name: [] for name in names}  # type: dict[str, list[int]]
    for row, name in enumerate(groups):
        members[name].append(row)
    arrays = [np.array(members[name]) for name in names]
    random = np.random.default_rng(_SEED)
    found = [
        measure(np.concatenate([arrays[i] for i in random.integers(0, len(arrays), len(arrays))]))
        for _ in range(_DRAWS)
    ]
    low, high = np.percentile(found, [2.5, 97.5])
    return float(low), float(high)


def f1(found: NDArray[np.int64], true: NDArray[np.int64], label: int) -> float:
    """Give the F1 of one label."""
    hits = int(((found == label) & (true == label)).sum())
    return 2 * hits / max(1, int((found == label).sum() + (true == label).sum()))


def macro_f1(found: NDArray[np.int64], true: NDArray[np.int64], labels: int) -> float:
    """Give the mean F1 of the labels 0 to ``labels`` - 1."""
    return sum(f1(found, true, label) for label in range(labels)) / labels


def calibration_error(confidence: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """Give the expected calibration error over ten bins of equal width (Guo et al. 2017)."""
    bins = np.minimum(9, (confidence * 10).astype(np.int64))
    total = 0.0
    for number in range(10):
        inside = bins == number
        if inside.any():
            total += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    return total
