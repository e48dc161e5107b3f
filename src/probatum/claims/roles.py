"""The role of every sentence of an abstract: a linear chain and small networks that read it too.

Trained by ``make train-roles`` on sentences that their journals put under headings
(docs/models/roles.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from probatum.claims.role_chain import Chain, smoothed
from probatum.claims.role_features import BITS, role_features, role_words
from probatum.claims.role_network import Network, chances, numbered, restored, state_scores
from probatum.claims.weights import dense, load
from probatum.text.hashed import Sparse

Role = Literal["background", "objective", "methods", "results", "conclusions"]
ROLES: tuple[Role, ...] = ("background", "objective", "methods", "results", "conclusions")
_MOST = 200  # sentences; an abstract that is longer is none


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Linear weights (2**BITS, 5), bias (5,) and chain, and the networks that take its scores.

    ``words`` (v,) are the sorted hashes of the words that the networks know.
    """

    table: NDArray[np.float32]
    bias: NDArray[np.float64]
    chain: Chain
    words: NDArray[np.uint32]
    networks: tuple[Network, ...]


@lru_cache(maxsize=1)
def shipped() -> Model:
    """Load the weights of the package, once a process."""
    stored = load("roles")
    table = dense(stored["index"], stored["weights"], 1 << BITS)
    networks = tuple(restored(stored, member) for member in range(int(stored["members"][0])))
    chain = Chain(stored["start"], stored["step"], stored["end"])
    return Model(table, stored["bias"], chain, stored["words"].astype(np.uint32), networks)


def roles(sentences: Sequence[str]) -> tuple[Role, ...]:
    """Tell the role of each sentence of one abstract, in order; of the first 200 at most.

    >>> roles(["We aimed to test drug X.", "Forty adults were randomised.",
    ...        "Pain fell (p < 0.01).", "Drug X helps."])
    ('objective', 'methods', 'results', 'conclusions')
    """
    return tuple(ROLES[i] for i in role_chances(sentences).argmax(axis=1))


def role_chances(sentences: Sequence[str]) -> NDArray[np.float64]:
    """Give the probability of each role for each of the first 200 sentences, shape (n, 5).

    The linear chain and each network count the same.

    >>> role_chances(["Forty adults were randomised."]).shape
    (1, 5)
    """
    if not sentences:
        return np.zeros((0, len(ROLES)))
    model = shipped()
    words = role_words(sentences[:_MOST])
    linear = emissions(role_features(words), len(words), model)
    read = numbered(words, model.words)
    found = [chances(state_scores(*read, linear, net), net) for net in model.networks]
    mean: NDArray[np.float64] = np.mean([smoothed(linear, model.chain), *found], axis=0)
    return mean


def emissions(found: Sparse, count: int, model: Model) -> NDArray[np.float64]:
    """Give the linear log-probability of each role for each sentence alone, shape (count, 5)."""
    rows, indices, values = found
    weighted = model.table[indices] * values[:, None]
    columns = [np.bincount(rows, weighted[:, k], minlength=count) for k in range(len(ROLES))]
    raw = np.stack(columns, axis=1) + model.bias
    raw -= raw.max(axis=1, keepdims=True)
    logs: NDArray[np.float64] = raw - np.log(np.exp(raw).sum(axis=1, keepdims=True))
    return logs
