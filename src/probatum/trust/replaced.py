"""How likely it is that a word was put in the place of another.

A small network weighs what counts, vectors and the document say of the word and of its near words.
Its training and its errors stand in docs/models/wording.md; made by validation/replaced_model.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from probatum.text.lexicon import array
from probatum.text.ngrams import LEVELS
from probatum.trust.counted import Counted
from probatum.trust.expectation import (
    Floats,
    Ints,
    chance,
    near_table,
    usual_in_vocabulary,
    vocabulary_keys,
)
from probatum.trust.tokens import Tokens

CHANNEL = np.log(12.0)  # neighbours of a word, roughly: each is as likely a replacement
_OFFERED = 10  # near words of which a paraphrasing machine chooses, the most usual ones
_HALF_WINDOW = 4  # places on either side that tell how well the passage is known
_NO_NEAR, _LEAST_FIT = -20.0, -12.0
_MOST, _TAKEN = -1.2, 40  # what the register of most texts is, and its weight in words


@dataclass(frozen=True, slots=True)
class Near:
    """Near words of several places end to end: numbers, how many a place, what they are worth.

    ``expected`` is the log probability in the place of the word, ``fits`` the log odds of
    :func:`probatum.trust.context.fit`.
    """

    words: Ints
    counts: Ints
    expected: Floats
    fits: Floats

    def most(self, value: Floats, none: float) -> Floats:
        """Give the greatest value of each place's near words, ``none`` where it has none."""
        result = np.full(len(self.counts), none)
        some = np.flatnonzero(self.counts)
        if len(some):
            starts = (np.cumsum(self.counts) - self.counts)[some]
            result[some] = np.maximum.reduceat(value, starts)
        return result

    def sum_of_odds(self, value: Floats, none: float) -> Floats:
        """Add up each place's near words on the scale of the logarithm."""
        result = np.full(len(self.counts), none)
        some = np.flatnonzero(self.counts)
        if len(some):
            # In three steps: to add up on the scale of the logarithm one by one takes four times.
            starts, counts = (np.cumsum(self.counts) - self.counts)[some], self.counts[some]
            most = np.maximum.reduceat(value, starts)
            sums = np.add.reduceat(np.exp(value - most.repeat(counts)), starts)
            result[some] = most + np.log(sums)
        return result


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words in the places ``at`` of a row: n-grams seen, log probability, fit, near words.

    ``in_text`` counts how often each word of the vocabulary stands in the document; ``behind``
    are the log ratios of :func:`probatum.trust.bound.behind`.
    """

    tokens: Tokens
    counted: Counted
    at: Ints
    seen: Ints
    expected: Floats
    fits: Floats
    near: Near
    in_text: Ints
    behind: tuple[Floats, Floats]


def gain(given: Evidence) -> Floats:
    """Give the log ratio of "a near word was meant" to "this word was meant", counts alone."""
    total = given.near.sum_of_odds(given.near.expected, -np.inf)
    result: Floats = np.maximum(total - CHANNEL - given.expected, _NO_NEAR)
    return result


def log_odds(given: Evidence, ratio: Floats) -> Floats:
    """Give the log odds that each word was put in the place of another; ``ratio``: its gain."""
    return weighed(_network(), features(given, ratio))


def weighed(network: NDArray[np.float32], columns: Floats) -> Floats:
    """Give the log odds that a network takes from what :func:`features` gives."""
    first, bias, second, last = network[:-3], network[-3], network[-2], network[-1, 0]
    hidden = np.tanh(columns.astype(np.float32) @ first + bias)  # a third of the time in 32 bits
    result: Floats = (hidden @ second).astype(np.float64) + last
    return result


def features(given: Evidence, ratio: Floats) -> Floats:
    """Give what the network weighs, with the gain of each place; shape (places, 26)."""
    near, fits = given.near, given.fits
    own = np.repeat(given.expected + fits, near.counts)
    columns = (
        np.clip(ratio, -20, 15),
        np.clip(near.most(near.expected, -np.inf) - given.expected, -20, 15),
        given.seen,
        np.clip(given.expected, -60, 0),
        fits,
        near.most(near.fits, _LEAST_FIT) - fits,
        near.sum_of_odds(near.fits, _LEAST_FIT) - fits,
        np.clip(near.most(near.expected + near.fits - own, _NO_NEAR), -20, 20),
        np.log1p(near.counts),
        _around(np.clip(ratio, -8, 12)),
        _around(fits),
        *_of_words(given),
        *_in_text(given),
        *_pairs(given),
        np.full(len(given.at), register(given.tokens, given.counted)),
        *given.behind,
        _around(np.maximum(*given.behind)),
    )
    return np.column_stack(columns)


def _of_words(given: Evidence) -> tuple[Floats, ...]:
    """Say how usual the words are, and how often they would be put for another."""
    own, every = given.counted.own[given.at], given.counted.words[given.at]
    number = given.tokens.number[given.at]
    known = np.minimum(number, len(vocabulary_keys()) - 1)
    in_vocabulary = number < len(vocabulary_keys())
    put, on_pages = (np.where(in_vocabulary, table[known], 0.0) for table in _put_for_another())
    return (
        np.log(every + 0.5),
        np.log(own + 0.5),
        np.log((own + 0.5) / (every + 0.5)),
        np.log((put + 0.5) / (every + 0.5)),
        np.log((on_pages + 0.5) / (every + 0.5)),
    )


def _in_text(given: Evidence) -> tuple[Floats, Floats]:
    """Say how often the document holds the word itself, and the most frequent near one."""
    number = given.tokens.number[given.at]
    held = given.in_text[np.minimum(number, len(given.in_text) - 1)]
    own = np.where(number < len(vocabulary_keys()), held, 1)
    other = given.near.most(given.in_text[given.near.words].astype(np.float64), 0.0)
    return np.log1p(own), np.log1p(other)


def _pairs(given: Evidence) -> tuple[Floats, ...]:
    """Compare the pairs on either side with chance; 0 where there is none."""
    at, counts = given.at, given.counted
    left, right = given.tokens.around[1][at], given.tokens.around[2][at]
    by_itself, following = chance(counts.words[at]), np.minimum(at + 1, len(counts.words) - 1)
    before = np.log((counts.pairs[at] + 0.3) / (counts.words[at - 1] * by_itself + 0.3))
    behind = np.log((counts.pairs[at + 1] + 0.3) / (counts.words[following] * by_itself + 0.3))
    return (
        np.where(left == 0, 0.0, before),
        np.where(right == 0, 0.0, behind),
        (left == 0).astype(np.float64),
        (right == 0).astype(np.float64),
    )


def register(row: Tokens, counts: Counted) -> float:
    """Say how near the words of a whole document are to those of trials, mostly -2 to -0.3.

    By that the surprise at a word is judged: how plain people write is no sign of a machine. What
    replacement itself would change, such as how well words fit on the whole, is left out. A short
    document is taken to be like most.
    """
    own, every = counts.own[row.weighed], counts.words[row.weighed]
    of_trials = float(np.log((own + 0.5) / (every + 0.5)).sum())
    return (of_trials + _TAKEN * _MOST) / (len(own) + _TAKEN)


def _around(value: Floats) -> Floats:
    """Give the mean of each value and of those beside it."""
    if not len(value):
        return value
    sums = np.concatenate([[0.0], np.cumsum(value)])
    here = np.arange(len(value))
    low = np.maximum(0, here - _HALF_WINDOW)
    high = np.minimum(len(value), here + _HALF_WINDOW + 1)
    result: Floats = (sums[high] - sums[low]) / (high - low)
    return result


@cache
def _network() -> NDArray[np.float32]:
    return np.asarray(array("probatum.trust", "data/wording/network.npy"))


@cache
def _put_for_another() -> tuple[Floats, Floats]:
    """Count how often each word would be put for another, were every word replaced once.

    First by near words, then by what machines put on pages on health.
    """
    starts, flat = near_table()
    own, every = usual_in_vocabulary()
    offered = np.minimum(_OFFERED, np.diff(starts))
    worth = np.maximum(own, 0.05 * every) / np.maximum(1, offered)
    rank = np.arange(offered.sum()) - np.repeat(np.cumsum(offered) - offered, offered)
    where = np.repeat(starts[:-1], offered) + rank
    put: Floats = np.bincount(
        flat[where], weights=np.repeat(worth, offered), minlength=len(own)
    ).astype(np.float64)
    levels = array("probatum.trust", "data/wording/put_on_pages.npy")
    on_pages: Floats = LEVELS[np.asarray(levels)]
    return put, on_pages
