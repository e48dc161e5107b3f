"""Fixed terms behind a pair of words: near words that are strongly bound to each other.

Two words are bound when they stand together far more often than chance gives (mutual information,
Church & Hanks 1990). A pair that was never seen, with a bound pair among its near words, is most
often that term, word by word replaced ("important signals" for "vital signs").
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from probatum.text.ngrams import word_key
from probatum.trust.expectation import (
    Keys,
    bound_count,
    known,
    neighbours,
    pair_count,
    seen_alone,
    vocabulary,
    vocabulary_keys,
)

_FEWEST = 40.0  # times that a fixed term must have been seen
_BOUND = 150.0  # times chance
_MOST = 3


@lru_cache(maxsize=20_000)
def fixed_terms(left: str, right: str) -> tuple[str, ...]:
    """Give the fixed terms that a pair of words, in lower case, may stand for, best first.

    >>> fixed_terms("vital", "signs"), fixed_terms("important", "signals")[0]
    ((), 'vital signs')
    """
    pair = np.array([[word_key(left)], [word_key(right)]], dtype=np.uint32)
    if not (known(left) and known(right)) or pair_count(pair[0], pair[1])[0] > 0:
        return ()
    first, second = _near(pair[0]), _near(pair[1])
    a, b = np.repeat(first, len(second)), np.tile(second, len(first))
    count = bound_count(a, b)
    ratio = count / (seen_alone(a) * seen_alone(b))
    fit = np.flatnonzero((count >= _FEWEST) & (ratio >= _BOUND))
    best = fit[np.argsort(-(np.log(ratio[fit]) * np.log(count[fit])), kind="stable")][:_MOST]
    names = vocabulary()
    keys = vocabulary_keys()
    return tuple(
        f"{names[np.searchsorted(keys, a[i])]} {names[np.searchsorted(keys, b[i])]}" for i in best
    )


def _near(word: Keys) -> Keys:
    """Give the keys of a word and its neighbours."""
    numbers, _ = neighbours(word)
    return np.concatenate([word, vocabulary_keys()[numbers]])
