"""A small network that reads the sentences of one abstract together; NumPy alone runs it.

Word vectors, a convolution with the strongest answer of each filter kept (Kim 2014), a hidden
layer that sees the sentence before and after and the whole abstract (Jin & Szolovits 2018), and a
chain over states (Lafferty et al. 2001). A state is a role under one of three ways to head an
opening: "Background" alone, "Objective" alone, or both; no chain passes from one way to another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from probatum.claims.role_chain import Chain, smoothed
from probatum.text.hashed import word_hashes

Floats = NDArray[np.float32]
Wholes = NDArray[np.int64]
# The role of each state, and the way of heading that it belongs to.
STATE_ROLES = np.array([0, 0, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4])
STATE_WAYS = np.array([0, 2, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2])
WIDTH = 3  # words that a filter sees
PLACES = 14  # numbers that tell where a sentence stands
EDGE, UNKNOWN, KNOWN = 0, 1, 2  # numbers of what is no word, of a rare word, of the first word
_MOST_WORDS = 80  # of a sentence
_FIRST = 4


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """The weights: ``vectors`` (v + 2, d) of the words, and the layers.

    ``filters`` (3 d, c), ``hidden`` (3 (c + 5) + 14, h), ``output`` (4 h, 13), ``chain`` of 13.
    """

    vectors: Floats
    filters: Floats
    filters_bias: Floats
    hidden: Floats
    hidden_bias: Floats
    output: Floats
    output_bias: Floats
    chain: Chain


def restored(stored: Mapping[str, NDArray[np.float64]], member: int) -> Network:
    """Read one network of a file of weights; vectors are bytes with a step for each column."""
    prefix = f"{member}_"
    found = {k[len(prefix) :]: v for k, v in stored.items() if k.startswith(prefix)}
    vectors = found.pop("vectors") * found.pop("vector_steps")
    linked = Chain(*(found.pop(name).astype(np.float64) for name in ("start", "step", "end")))
    floats = {name: values.astype(np.float32) for name, values in found.items()}
    return Network(vectors.astype(np.float32), **floats, chain=linked)


def numbered(
    sentences: Sequence[Sequence[str]], words: NDArray[np.uint32]
) -> tuple[Wholes, Wholes]:
    """Number the words, an edge before each sentence and after the last; where each begins.

    >>> numbered([["a"], ["b", "a"]], np.sort(word_hashes(["a"])).astype(np.uint32))[0].tolist()
    [0, 2, 0, 1, 2, 0]
    """
    taken = [list(sentence[:_MOST_WORDS]) for sentence in sentences]
    lengths = np.array([len(sentence) + 1 for sentence in taken])
    starts = np.cumsum(lengths) - lengths
    hashes = word_hashes([word for sentence in taken for word in sentence]).astype(np.uint32)
    at = np.minimum(np.searchsorted(words, hashes), len(words) - 1)
    numbers = np.full(int(lengths.sum()) + 1, EDGE)
    inside = np.ones(len(numbers), dtype=np.bool_)
    inside[starts], inside[-1] = False, False
    numbers[inside] = np.where(words[at] == hashes, at + KNOWN, UNKNOWN)
    return numbers, starts


def unfolded(vectors: Floats) -> Floats:
    """Put beside each word the one before and the one after: shape (n, 3 d)."""
    edge = np.zeros_like(vectors[:1])
    return np.hstack([np.vstack([edge, vectors[:-1]]), vectors, np.vstack([vectors[1:], edge])])


def beside(rows: Floats, joined: NDArray[np.bool_]) -> Floats:
    """Put beside each sentence the one before and after, where ``joined`` (n - 1,) lets it."""
    before, after = np.zeros_like(rows), np.zeros_like(rows)
    before[1:] = rows[:-1] * joined[:, None]
    after[:-1] = rows[1:] * joined[:, None]
    return np.hstack([before, rows, after])


@lru_cache(maxsize=256)
def places(count: int) -> Floats:
    """Tell where each sentence of an abstract stands, shape (count, 14).

    >>> places(3)[0, :4].tolist()
    [0.0, 1.0, 0.1875, 1.0]
    """
    at = np.arange(count)
    share = at / max(1, count - 1)
    ones = np.ones(count)
    from_first = at[:, None] == np.arange(_FIRST)
    from_last = (count - 1 - at)[:, None] == np.arange(_FIRST)
    columns = [share, 1 - share, ones * count / 16, ones, *from_first.T, *from_last.T]
    return np.stack([*columns, share**2, (1 - share) ** 2], axis=1).astype(np.float32)


def seen(linear: NDArray[np.float64]) -> Floats:
    """Scale the log-probabilities of the linear model as the network takes them."""
    return (np.clip(linear, -8, 0) / 2 + 1).astype(np.float32)


def state_scores(
    numbers: Wholes, starts: Wholes, linear: NDArray[np.float64], net: Network
) -> Floats:
    """Score the states of each sentence of one abstract, shape (n, 13), before the chain.

    ``numbers`` and ``starts`` are as :func:`numbered` gives them, ``linear`` (n, 5) are
    log-probabilities.
    """
    answers = np.maximum(unfolded(net.vectors[numbers]) @ net.filters + net.filters_bias, 0)
    read = np.hstack([np.maximum.reduceat(answers, starts), seen(linear)])
    joined = np.ones(len(starts) - 1, dtype=np.bool_)
    layer = np.hstack([beside(read, joined), places(len(starts))])
    layer = np.maximum(layer @ net.hidden + net.hidden_bias, 0)
    whole = np.broadcast_to(layer.mean(axis=0), layer.shape)
    scores: Floats = np.hstack([beside(layer, joined), whole]) @ net.output + net.output_bias
    return scores


def chances(scores: Floats, net: Network) -> NDArray[np.float64]:
    """Give the probability of each role for each sentence, shape (n, 5), by the whole chain."""
    states = smoothed(scores.astype(np.float64), net.chain)
    return np.stack([states[:, role == STATE_ROLES].sum(axis=1) for role in range(5)], axis=1)
