"""Hashed n-grams of words as NumPy arrays: the same numbers on every machine and in every run.

Feature hashing after Weinberger et al. 2009; the hash of a word is its CRC-32, runs of words are
mixed by odd multipliers modulo 2**64.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import chain
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from probatum.text.kept import Kept

# (rows, indices, values), arrays of one length.
Sparse = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]
_ONES = np.uint32(0xFFFFFFFF)
_MULTIPLIERS = tuple(
    np.uint64(m) for m in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)
)


def word_hash(word: str) -> int:
    """Hash one word or the name of a feature to 32 bits.

    >>> word_hash("pain")
    492519974
    """
    return crc32(word.encode("utf-8", "surrogatepass"))


@cache
def _crc_table() -> NDArray[np.uint32]:
    """What a byte adds to a CRC-32 (ISO 3309)."""
    table = np.arange(256, dtype=np.uint32)
    for _ in range(8):
        table = np.where(table & 1, (table >> 1) ^ np.uint32(0xEDB88320), table >> 1)
    return table


def letter_hashes(
    texts: Sequence[str], sizes: Sequence[int], salt: str
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Hash every run of so many letters of many texts in ASCII, as :func:`word_hash` would.

    Each run is hashed behind ``salt``. Returns (hashes, which text), the texts not decreasing; a
    third of the cost of one by one for a hundred words, a tenth for thousands.

    >>> found, of = letter_hashes(["pain", "i"], (3, 4), "#")
    >>> found.tolist() == [word_hash(f"#{run}") for run in ("pai", "ain", "pain")], of.tolist()
    (True, [0, 0, 0])
    """
    lengths = np.array([len(text) for text in texts], dtype=np.int64)
    letters = np.frombuffer("".join(texts).encode("ascii"), dtype=np.uint8)
    owner = np.repeat(np.arange(len(texts)), lengths)
    left = np.repeat(np.cumsum(lengths), lengths) - np.arange(len(letters))  # this letter and on
    begun, table = np.uint32(word_hash(salt) ^ _ONES), _crc_table()
    hashes, owners = [], []
    for size in sizes:
        at = np.flatnonzero(left >= size)
        state = np.full(len(at), begun, dtype=np.uint32)
        for step in range(size):
            state = table[(state ^ letters[at + step]) & np.uint32(255)] ^ (state >> np.uint32(8))
        hashes.append((state ^ _ONES).astype(np.int64))
        owners.append(owner[at])
    of = np.concatenate(owners)
    order = of.argsort(kind="stable")
    return np.concatenate(hashes)[order], of[order]


_HASHES = Kept(word_hash, most=1 << 16)


def word_hashes(words: Sequence[str]) -> NDArray[np.uint64]:
    """Hash words, shape (n,)."""
    return np.array(_HASHES.each(words), dtype=np.uint64)


def runs(
    hashes: NDArray[np.uint64], rows: NDArray[np.int64], size: int, salt: str, bits: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Hash every run of ``size`` (1 to 3) words of many texts that follow each other.

    ``rows`` (n,), not decreasing, tells of which text a word is; no run crosses two texts.
    Returns (hashes in [0, 2**bits), their rows).

    >>> words = word_hashes(["a", "b", "c", "d"])
    >>> runs(words, np.array([0, 0, 1, 1]), 2, "s", 8)[1].tolist()
    [0, 1]
    """
    count = len(hashes) - size + 1
    if count < 1:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    mixed = np.full(count, word_hash(f"{salt}{size}"), dtype=np.uint64)
    for at in range(size):
        mixed = (mixed ^ hashes[at : at + count]) * _MULTIPLIERS[at]
        mixed ^= mixed >> np.uint64(29)
    whole = rows[:count] == rows[size - 1 :]
    return (mixed[whole] >> np.uint64(64 - bits)).astype(np.int64), rows[:count][whole]


def block(
    found: Sequence[Sequence[str]], sizes: Sequence[int], norm: float, salt: str, bits: int
) -> Sparse:
    """Hash the runs of words of many texts; those of one text together have the norm ``norm``.

    Each text's runs of every length of ``sizes`` (1 to 3) are its features, all of one value.

    >>> rows, indices, values = block([["a", "b"], ["a"]], (1, 2), 2.0, "s", 8)
    >>> rows.tolist(), (values**2).round(3).tolist()
    ([0, 0, 1, 0], [1.333, 1.333, 4.0, 1.333])
    """
    hashes = word_hashes(list(chain.from_iterable(found)))
    owners = np.repeat(np.arange(len(found)), [len(words) for words in found])
    pairs = [runs(hashes, owners, size, salt, bits) for size in sizes]
    indices = np.concatenate([pair[0] for pair in pairs])
    rows = np.concatenate([pair[1] for pair in pairs])
    lengths = np.bincount(rows, minlength=len(found))
    return rows, indices, norm / np.sqrt(lengths[rows])


def span_runs(
    pool: NDArray[np.uint64],
    spans: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]],
    salts: NDArray[np.uint64],
    wanted: NDArray[np.bool_],
    bits: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Hash the runs of words of many texts at once, each text being spans of a pool of words.

    Parameters
    ----------
    pool
        Hashes of words (n,).
    spans
        Where each span starts in the pool, how many words it has, of which text it is: (m,) each,
        the last not decreasing.
    salts, wanted
        (3, texts): the hash that runs of 1, 2, 3 words of a text begin with, and whether they are
        made at all.

    Returns
    -------
    (texts, hashes in [0, 2**bits)), as :func:`runs` gives them for one text and size.
    """
    starts, lengths, texts = spans
    places = np.repeat(starts - (np.cumsum(lengths) - lengths), lengths)
    places += np.arange(len(places))
    hashes, owners = pool[places], np.repeat(texts, lengths)
    found = [(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64))]
    for size in range(1, min(len(wanted), len(places)) + 1):
        heads = owners[: len(places) - size + 1]
        kept = np.flatnonzero(wanted[size - 1][heads] & (heads == owners[size - 1 :]))
        mine = heads[kept]
        mixed = salts[size - 1][mine]
        for at in range(size):
            mixed ^= hashes[kept + at]
            mixed *= _MULTIPLIERS[at]
            mixed ^= mixed >> np.uint64(29)
        found.append((mine, (mixed >> np.uint64(64 - bits)).astype(np.int64)))
    return np.concatenate([f[0] for f in found]), np.concatenate([f[1] for f in found])


def joined(blocks: Sequence[Sparse]) -> Sparse:
    """Put the blocks of the same texts together."""
    rows, indices, values = (np.concatenate(column) for column in zip(*blocks, strict=True))
    return rows, indices, values
