"""The role of every sentence of an abstract: a linear chain, read by Viterbi's algorithm.

Emissions are a linear model over words and place, transitions are counted; trained by
``make train-roles`` on sentences that their journals put under headings (docs/models/roles.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from probatum.claims.role_features import BITS, role_features
from probatum.claims.weights import dense, load
from probatum.text.hashed import Sparse

Role = Literal["background", "objective", "methods", "results", "conclusions"]
ROLES: tuple[Role, ...] = ("background", "objective", "methods", "results", "conclusions")
_MOST = 200  # sentences; an abstract that is longer is none


@dataclass(frozen=True, slots=True)
class Chain:
    """Emission weights (2**BITS, 5), bias (5,), and log-weights of start, step and end."""

    table: NDArray[np.float32]
    bias: NDArray[np.float64]
    start: NDArray[np.float64]
    step: NDArray[np.float64]
    end: NDArray[np.float64]


@lru_cache(maxsize=1)
def shipped() -> Chain:
    """Load the weights of the package, once a process."""
    stored = load("roles")
    table = dense(stored["index"], stored["weights"], 1 << BITS)
    return Chain(table, stored["bias"], stored["start"], stored["step"], stored["end"])


def roles(sentences: Sequence[str]) -> tuple[Role, ...]:
    """Tell the role of each sentence of one abstract, in order; of the first 200 at most.

    >>> roles(["We aimed to test drug X.", "Forty adults were randomised.",
    ...        "Pain fell (p < 0.01).", "Drug X helps."])
    ('objective', 'methods', 'results', 'conclusions')
    """
    taken = sentences[:_MOST]
    if not taken:
        return ()
    chain = shipped()
    return tuple(
        ROLES[i] for i in best_path(emissions(role_features(taken), len(taken), chain), chain)
    )


def emissions(found: Sparse, count: int, chain: Chain) -> NDArray[np.float64]:
    """Give the log-probability of each role for each sentence alone, shape (count, 5)."""
    rows, indices, values = found
    weighted = chain.table[indices] * values[:, None]
    columns = [np.bincount(rows, weighted[:, k], minlength=count) for k in range(len(ROLES))]
    raw = np.stack(columns, axis=1) + chain.bias
    raw -= raw.max(axis=1, keepdims=True)
    logs: NDArray[np.float64] = raw - np.log(np.exp(raw).sum(axis=1, keepdims=True))
    return logs


def best_path(scores: NDArray[np.float64], chain: Chain) -> list[int]:
    """Find the likeliest sequence of roles (Viterbi 1967)."""
    best = chain.start + scores[0]
    came: list[NDArray[np.int64]] = []
    for row in scores[1:]:
        through = best[:, None] + chain.step
        came.append(through.argmax(axis=0))
        best = through.max(axis=0) + row
    path = [int((best + chain.end).argmax())]
    for back in reversed(came):
        path.append(int(back[path[-1]]))
    return path[::-1]
