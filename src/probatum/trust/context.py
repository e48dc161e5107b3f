"""How well a word fits the words round it and its passage, by vectors learnt for that.

The score is that of a word's own vector with a weighed sum of its company's; it reaches further
than counts do and knows pairs that were never seen. Made by validation/context_vectors.py from
CC-BY articles, WordNet's glosses and counts; kept as bytes and mapped into memory.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from probatum.text.lexicon import array
from probatum.trust.expectation import Floats, Ints, vocabulary_keys
from probatum.trust.tokens import AROUND, EDGE, NOTHING, Tokens

SPAN = 30  # words before and after that count as the passage
Vectors = NDArray[np.float32]
_NAMES = ("around", "word", "bias", "place", "passage")


def company(tokens: Tokens, at: Ints) -> Vectors:
    """Give a vector of what stands round each of the places ``at``; shape (places, size)."""
    around, place, passage = _table("around"), _table("place"), _table("passage")
    usual = len(vocabulary_keys())
    total = np.zeros((len(at), around.shape[1]), dtype=np.float32)
    for side in range(2):
        open_: NDArray[np.bool_] = np.ones(len(at), dtype=np.bool_)
        for step in range(1, AROUND + 1):
            found = tokens.row[tokens.place[at] + (step if side else -step)]
            found = np.where(open_, found, usual + NOTHING)
            total += around[found] * place[side * AROUND + step - 1]
            open_ &= found < usual + EDGE
    result: Vectors = total + _passage(tokens, at) * passage
    return result


def _passage(tokens: Tokens, at: Ints) -> Vectors:
    """Give the mean vector of the weighed words at most ``SPAN`` places away, without the own."""
    usual = len(vocabulary_keys())
    counted = np.flatnonzero(tokens.weighed & (tokens.number < usual))
    vectors = _table("around")[tokens.number[counted]]
    sums = np.vstack(
        [np.zeros((1, vectors.shape[1])), np.cumsum(vectors, axis=0, dtype=np.float64)]
    )
    where = tokens.place[counted]
    low = np.searchsorted(where, tokens.place[at] - SPAN, side="left")
    high = np.searchsorted(where, tokens.place[at] + SPAN, side="right")
    own = np.where(tokens.number[at] < usual, tokens.number[at], usual + NOTHING)
    total = sums[high] - sums[low] - _table("around")[own]
    number = high - low - (own < usual)
    result: Vectors = (total / np.maximum(1, number)[:, None]).astype(np.float32)
    return result


def fit(words: Ints, company_of: Vectors) -> Floats:
    """Give the log odds that each word stands in its company, rather than a near or random one."""
    own = _table("word")[words]
    result: Floats = _table("bias")[words] + np.einsum("ij,ij->i", own, company_of).astype(float)
    return result


@cache
def _table(name: str) -> Vectors:
    """Read a table: bytes with one step a table (10 ms for the greatest)."""
    steps: NDArray[np.float32] = np.asarray(array("probatum.trust", "data/wording/steps.npy"))
    stored = array("probatum.trust", f"data/wording/{name}_vectors.npy")
    result: Vectors = np.asarray(stored, dtype=np.float32) * steps[_NAMES.index(name)]
    return result
