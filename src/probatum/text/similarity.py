"""Near duplicates among many short texts: word shingles, MinHash, banding.

Broder 1997 (resemblance of documents); Leskovec et al., Mining of Massive Datasets, ch. 3.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from probatum.text.hashed import word_hashes

_WORD = re.compile(r"[^\W_]+")
_BANDS, _ROWS = 12, 3
_PRIME = (1 << 31) - 1
_FIRST = np.uint64(0x9E3779B97F4A7C15)  # sets the first word of a pair apart from the second
_SEED = 20_231
_SEEN_PER_BUCKET = 8  # bounds the work when thousands of texts are alike

_random = np.random.default_rng(_SEED)
_A = _random.integers(1, _PRIME, _BANDS * _ROWS, dtype=np.uint64)
_B = _random.integers(0, _PRIME, _BANDS * _ROWS, dtype=np.uint64)


@dataclass(frozen=True, slots=True)
class Twin:
    """A text that repeats an earlier one: both indices and the Jaccard resemblance in [0, 1]."""

    later: int
    earlier: int
    resemblance: float


def shingles(text: str, size: int = 2) -> frozenset[int]:
    """Hash the runs of ``size`` words of a text; case and punctuation do not count.

    >>> len(shingles("one two three"))
    2
    """
    return _hashed(_runs(_words(text), size))


def _words(text: str) -> list[str]:
    if text.isascii():
        return _WORD.findall(text.lower())
    return [word.lower() for word in _WORD.findall(text)]


def _runs(words: list[str], size: int = 2) -> set[tuple[str, ...]]:
    """Give the runs of words, or the one of all words where there are fewer."""
    if 0 < len(words) < size:
        return {tuple(words)}
    return set(zip(*(words[at:] for at in range(size)), strict=False))


def _hashed(runs: set[tuple[str, ...]]) -> frozenset[int]:
    return frozenset([crc32(" ".join(run).encode()) for run in runs])


def resemblance(left: frozenset[int], right: frozenset[int]) -> float:
    """Return the Jaccard coefficient of two shingle sets, in [0, 1]; 0 when both are empty.

    >>> resemblance(shingles("a b c"), shingles("A, b c."))
    1.0
    """
    union = len(left | right)
    return len(left & right) / union if union else 0.0


def twins(texts: Sequence[str], threshold: float = 0.8) -> list[Twin]:
    """Find for each text the earliest one that it repeats or nearly repeats.

    Time grows with the number of texts, not its square; pairs well above the threshold are found
    with probability > .99, and every pair returned is verified.

    >>> twins(["It helps a lot.", "Nothing here.", "it helps a lot"])
    [Twin(later=2, earlier=0, resemblance=1.0)]
    """
    words = [_words(text) for text in texts]
    sets = {at: _hashed(_runs(words[at])) for at in _likely(words, threshold)}
    buckets: dict[tuple[int, bytes], list[int]] = defaultdict(list)
    found = []
    for index, shingled in sets.items():
        candidates: set[int] = set()
        for band, key in enumerate(bands(shingled)):
            bucket = buckets[(band, key)]
            candidates.update(bucket)
            if len(bucket) < _SEEN_PER_BUCKET:
                bucket.append(index)
        found.extend(_earliest(index, sorted(candidates), sets, threshold))
    return found


def _likely(words: Sequence[Sequence[str]], threshold: float) -> list[int]:
    """Give the texts whose pairs of words stand often enough elsewhere too, and some more.

    What a text shares with one other it shares with any, so that most need no further look. A
    pair that a text holds twice counts as shared: that raises its share and leaves none out.
    """
    lengths = np.array([len(own) for own in words], dtype=np.int64)
    alone = lengths == 1  # one word is its own run
    hashes = word_hashes(list(chain.from_iterable(words)))
    owner = np.repeat(np.arange(len(words)), lengths)
    whole = owner[:-1] == owner[1:]
    pairs = (hashes[:-1] * _FIRST + hashes[1:])[whole]
    pairs = np.concatenate([pairs, hashes[alone[owner]]])
    of = np.concatenate([owner[:-1][whole], owner[alone[owner]]])
    _, kind, count = np.unique(pairs, return_inverse=True, return_counts=True)
    shared = np.bincount(of, weights=count[kind] > 1, minlength=len(words))
    total = np.bincount(of, minlength=len(words))
    found: list[int] = np.flatnonzero((shared > 0) & (shared >= threshold * total)).tolist()
    return found


def _earliest(
    index: int, candidates: list[int], sets: Mapping[int, frozenset[int]], threshold: float
) -> list[Twin]:
    for other in candidates:
        score = resemblance(sets[index], sets[other])
        if score >= threshold:
            return [Twin(index, other, score)]
    return []


def bands(shingled: frozenset[int]) -> list[bytes]:
    """Give the MinHash bands of a set that is not empty; alike sets share one or more of them."""
    values: NDArray[np.uint64] = np.fromiter(shingled, dtype=np.uint64, count=len(shingled))
    values %= np.uint64(_PRIME)
    least = np.full(_BANDS * _ROWS, _PRIME, dtype=np.uint64)
    # In slices: a paragraph of megabytes as one text must not make a matrix of gigabytes.
    for start in range(0, len(values), 4096):
        part = values[start : start + 4096]
        hashed = (_A[:, None] * part[None, :] + _B[:, None]) % np.uint64(_PRIME)
        least = np.minimum(least, hashed.min(axis=1))
    return [least[i : i + _ROWS].tobytes() for i in range(0, len(least), _ROWS)]
