"""Fixed terms behind a pair of words: words put for others that are strongly bound to each other.

Two words are bound when they stand together far more often than chance gives (mutual information,
Church & Hanks 1990). A pair that was never seen, while what its words are put for forms a bound
pair, is most often that term, word by word replaced ("important signals" for "vital signs"). What
words are put for: near words, those that a thesaurus lists whatever the sense, and those that
published broken terms show. Made by validation/bound_terms.py, mapped into memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from probatum.text.lexicon import array
from probatum.text.ngrams import LEVELS, word_key
from probatum.trust.counted import Counted
from probatum.trust.expectation import (
    Floats,
    Ints,
    chance,
    known,
    near_table,
    pair_count,
    vocabulary,
    vocabulary_keys,
)
from probatum.trust.tokens import Tokens

_MOST = 3
_SAME, _ATTESTED, _NEAR, _LISTED = 1.0, 0.12, 0.03, 0.01  # chance, roughly, of each replacement
_LEAST, _ROOM = 0.02, 0.3  # what is added to mass and to chance, so that neither is none
NONE = -3.0  # the ratio where no term stands behind a pair, or the pair is known


@dataclass(frozen=True, slots=True)
class Reached:
    """Bound terms behind pairs, end to end: number of the pair, of both words, and its weight.

    The weight is how often the term stands in trial texts, times how likely its words are to be
    put so.
    """

    pair: Ints
    first: Ints
    second: Ints
    weight: Floats


def reached(left: Ints, right: Ints) -> Reached:
    """Give the bound terms that pairs of words, by their numbers in the vocabulary, may be."""
    owner, word, weight = _put_for(left)
    starts, seconds, counts = _terms()
    place, of = _spread(starts, word)
    owner, second, weight = owner[of], seconds[place].astype(np.int64), weight[of] * counts[place]
    usual = len(vocabulary_keys())
    of_right, meant, likely = _put_for(right)
    keys = of_right * usual + meant
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    wanted = owner * usual + second
    at = np.minimum(np.searchsorted(keys, wanted), max(0, len(keys) - 1))
    hit = np.flatnonzero(keys[at] == wanted) if len(keys) else np.empty(0, dtype=np.int64)
    return Reached(owner[hit], word[of][hit], second[hit], weight[hit] * likely[order[at[hit]]])


def behind(row: Tokens, counts: Counted, at: Ints) -> tuple[Floats, Floats]:
    """Give the log ratio of "a term stood here" to chance for the pairs before and after places.

    Only pairs of words of content that were never seen have one.
    """
    content = row.weighed & (row.number < len(vocabulary_keys()))
    joined = row.around[2][:-1] != 0
    pair: Ints = np.flatnonzero(content[:-1] & content[1:] & joined)
    pair = pair[counts.pairs[pair + 1] == 0]
    ratio = np.full(len(row.keys) + 1, NONE)
    ratio[pair] = log_ratio(row, counts, pair)
    return ratio[at - 1], ratio[at]


def log_ratio(row: Tokens, counts: Counted, pair: Ints) -> Floats:
    """Give the log ratio of "a bound term stood here" to "these two words stand by chance"."""
    found = reached(row.number[pair], row.number[pair + 1])
    weight = np.bincount(found.pair, weights=found.weight, minlength=len(pair))
    expected = chance(counts.words[pair]) * counts.words[pair + 1]
    result: Floats = np.log((weight + _LEAST) / (expected + _ROOM))
    return np.maximum(result, NONE)


@lru_cache(maxsize=20_000)
def fixed_terms(left: str, right: str) -> tuple[str, ...]:
    """Give the fixed terms that a pair of words, in lower case, may stand for, best first.

    >>> fixed_terms("vital", "signs"), fixed_terms("important", "signals")[0]
    ((), 'vital signs')
    """
    keys = np.array([word_key(left), word_key(right)], dtype=np.uint32)
    if not (known(left) and known(right)) or pair_count(keys[:1], keys[1:])[0] > 0:
        return ()
    number = np.searchsorted(vocabulary_keys(), keys)
    found = reached(number[:1], number[1:])
    names = vocabulary()
    best = np.argsort(-found.weight, kind="stable")
    terms = [f"{names[found.first[i]]} {names[found.second[i]]}" for i in best]
    return tuple(dict.fromkeys(terms))[:_MOST]


def _put_for(words: Ints) -> tuple[Ints, Ints, Floats]:
    """Give what each word may be put for, itself too: whose, which word, how likely."""
    near_starts, near = near_table()
    starts, listed, attested = _listed()
    a, of_a = _spread(near_starts, words)
    b, of_b = _spread(starts, words)
    likely = np.where(b - starts[words][of_b] < attested[words][of_b], _ATTESTED, _LISTED)
    own = np.arange(len(words))
    return (
        np.concatenate([own, of_a, of_b]),
        np.concatenate([words, near[a].astype(np.int64), listed[b].astype(np.int64)]),
        np.concatenate([np.full(len(words), _SAME), np.full(len(a), _NEAR), likely]),
    )


def _spread(starts: NDArray[np.int64], words: Ints) -> tuple[Ints, Ints]:
    """Give all places of words in a table, end to end, and to which word each belongs."""
    first = starts[words]
    counts = starts[words + 1] - first
    of = np.repeat(np.arange(len(words)), counts)
    return np.repeat(first - (np.cumsum(counts) - counts), counts) + np.arange(len(of)), of


@cache
def _terms() -> tuple[NDArray[np.int64], NDArray[np.uint16], Floats]:
    """Read where the terms that begin with each word start, second words, counts."""
    held, second, levels = (np.asarray(_array(f"terms_{n}")) for n in ("held", "second", "counts"))
    return _starts(held), second, LEVELS[levels]


@cache
def _listed() -> tuple[NDArray[np.int64], NDArray[np.uint16], NDArray[np.uint8]]:
    """Read where what is listed for each word starts, the words, how many of them are attested."""
    held, words, attested = (np.asarray(_array(f"listed_{n}")) for n in ("held", "words", "sure"))
    return _starts(held), words, attested


def _starts(held: NDArray[np.uint8]) -> NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(held, dtype=np.int64)])


def _array(name: str) -> NDArray[np.generic]:
    return array("probatum.trust", f"data/wording/{name}.npy")
