"""Counts of words, pairs and triples in hashed, memory-mapped arrays.

A word is 32 bits of hash; a pair or triple mixes those of its words. With a million entries a
look-up of something unseen meets a wrong entry once in 4,000 times. A count is a byte, 12 log2. Of
a key the lower half is stored, and how many keys share each upper half.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from probatum.text.lexicon import array

Keys = NDArray[np.uint32]
_STEPS = 12
LEVELS = 2.0 ** (np.arange(256) / _STEPS)
LEVELS[0] = 0.0
_FIRST, _SECOND, _THIRD = (
    np.uint64(0x9E3779B97F4A7C15),
    np.uint64(0xC2B2AE3D27D4EB4F),
    np.uint64(0x165667B19E3779F9),
)
_HALF = np.uint64(32)
_LOWER = np.uint32(16)
_FEW_BITS, _MANY_BITS = 16, 20  # buckets of small and of large tables, one key or less in each
_SMALL = 100_000


def word_key(word: str) -> int:
    """Hash a word in lower case to 32 bits."""
    return crc32(word.encode())


def level(count: float) -> int:
    """Give the byte that stands for a count; 0 only for none.

    >>> level(0), level(1.5), level(4)
    (0, 7, 24)
    """
    return 0 if count <= 0 else max(1, min(255, round(_STEPS * math.log2(max(count, 1.0)))))


def pair_keys(left: NDArray[np.integer], right: NDArray[np.integer]) -> Keys:
    """Hash pairs of word keys, element by element."""
    mixed = left.astype(np.uint64) * _FIRST ^ right.astype(np.uint64) * _SECOND
    return _folded(mixed)


def triple_keys(
    left: NDArray[np.integer], middle: NDArray[np.integer], right: NDArray[np.integer]
) -> Keys:
    """Hash triples of word keys, element by element."""
    mixed = left.astype(np.uint64) * _FIRST ^ middle.astype(np.uint64) * _SECOND
    return _folded(mixed ^ right.astype(np.uint64) * _THIRD)


def halves(keys: Keys) -> tuple[NDArray[np.uint8], NDArray[np.uint16]]:
    """Give how many sorted keys share each upper half, and their lower halves, as stored."""
    held = np.bincount(keys >> _LOWER, minlength=1 << int(_LOWER))
    if held.max(initial=0) > np.iinfo(np.uint8).max:
        raise ValueError("More than 255 keys share an upper half: make the table smaller.")
    return held.astype(np.uint8), keys.astype(np.uint16)


def _folded(mixed: NDArray[np.uint64]) -> Keys:
    mixed = (mixed ^ (mixed >> _HALF)) * _FIRST
    return (mixed >> _HALF).astype(np.uint32)


@dataclass(frozen=True)
class Counts:
    """A table of counts that ships inside a package: NAME_keys, NAME_held and NAME_counts.npy."""

    package: str
    name: str

    @cached_property
    def keys(self) -> Keys:
        """The sorted keys (4 ms for a million)."""
        held = np.asarray(array(self.package, f"{self.name}_held.npy"))
        upper = np.repeat(np.arange(len(held), dtype=np.uint32) << _LOWER, held)
        lower: NDArray[np.uint16] = np.asarray(array(self.package, f"{self.name}_keys.npy"))
        return np.bitwise_or(upper, lower, dtype=np.uint32)

    @cached_property
    def levels(self) -> NDArray[np.uint8]:
        """The counts as bytes, in the order of the keys."""
        return np.asarray(array(self.package, f"{self.name}_counts.npy"))

    @cached_property
    def _held(self) -> NDArray[np.uint8]:
        """How many keys each bucket holds: a megabyte, which settles three look-ups of four."""
        bucket = self.keys >> self._shift
        counts = np.bincount(bucket, minlength=1 << (32 - int(self._shift)))
        return np.minimum(counts, 255).astype(np.uint8)

    @cached_property
    def _starts(self) -> NDArray[np.int32]:
        """Where the keys of each bucket begin: three times as fast as a binary search."""
        return np.concatenate([[0], np.cumsum(self._held)]).astype(np.int32)

    @cached_property
    def _shift(self) -> np.uint32:
        return np.uint32(32 - (_MANY_BITS if len(self.keys) > _SMALL else _FEW_BITS))

    def one(self, key: int) -> float:
        """Look up one count: a hundredth of the cost of an array of one."""
        bucket = key >> int(self._shift)
        for place in range(int(self._starts[bucket]), int(self._starts[bucket + 1])):
            if int(self.keys[place]) == key:
                return float(LEVELS[self.levels[place]])
        return 0.0

    def of(self, keys: Keys) -> NDArray[np.float64]:
        """Look up counts; shape that of ``keys``, 0 for what is not in the table."""
        found = np.zeros(len(keys))
        bucket = keys >> self._shift
        held = self._held.take(bucket)
        left: NDArray[np.int64] = held.nonzero()[0]
        counts = held.take(left).astype(np.int64)
        # All keys of each bucket at once, end to end: a bucket holds one or two.
        ends = counts.cumsum()
        first = (self._starts.take(bucket.take(left)) - (ends - counts)).astype(np.int64)
        place: NDArray[np.int64] = first.repeat(counts)
        place += np.arange(len(place), dtype=np.int64)
        hit = (self.keys.take(place) == keys.take(left).repeat(counts)).nonzero()[0]
        found[left.repeat(counts).take(hit)] = LEVELS.take(self.levels.take(place.take(hit)))
        return found
