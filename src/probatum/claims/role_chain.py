"""A chain over the sentences of an abstract: how likely each state is, all paths counted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# A state is never ruled out by one sentence alone, so that no sum over paths is zero.
_LEAST = 1e-30


@dataclass(frozen=True, slots=True, eq=False)
class Chain:
    """Log-weights of the first state (k,), of steps (k, k), row to column, of the last (k,)."""

    start: NDArray[np.float64]
    step: NDArray[np.float64]
    end: NDArray[np.float64]


def smoothed(scores: NDArray[np.float64], chain: Chain) -> NDArray[np.float64]:
    """Give the probability of every state in every sentence, shape (n, k), n at least 1.

    The forward-backward algorithm with a scale for each sentence (Rabiner 1989).

    >>> even = Chain(np.zeros(2), np.array([[0.0, -9.0], [-9.0, 0.0]]), np.zeros(2))
    >>> smoothed(np.array([[3.0, 0.0], [0.0, 0.0]]), even).round(2).tolist()
    [[0.95, 0.05], [0.95, 0.05]]
    """
    start, step, end = (np.exp(part) for part in (chain.start, chain.step, chain.end))
    here = np.maximum(np.exp(scores - scores.max(axis=1, keepdims=True)), _LEAST)
    forward, backward = np.empty_like(here), np.empty_like(here)
    forward[0], backward[-1] = start * here[0], end
    for at in range(1, len(here)):
        row = forward[at - 1] @ step * here[at]
        forward[at] = row / row.sum()
    for at in range(len(here) - 2, -1, -1):
        row = step @ (here[at + 1] * backward[at + 1])
        backward[at] = row / row.sum()
    states = forward * backward
    found: NDArray[np.float64] = states / states.sum(axis=1, keepdims=True)
    return found
