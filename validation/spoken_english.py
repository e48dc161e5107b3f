"""Read the n-grams of spoken English that pocketsphinx ships (its ``en-us.lm.bin``, BSD licence).

The file is a trie of quantised probabilities: order, counts, tables of values, words with the
first of their pairs, pairs with the first of their triples, triples. A pair hangs on its last
word, a triple on its last pair. Only used to make tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

HEAD = b"Trie Language Model"
LOG = 1e-4  # of the base in which probabilities are stored
VALUES, BITS = 65_536, 16
Grams = dict[tuple[str, ...], float]


@dataclass(frozen=True, slots=True)
class Packed:
    """Entries of equally many bits, end to end."""

    raw: np.ndarray
    size: int

    def read(self, offset: int, bits: int, entries: int) -> np.ndarray:
        """Read a field of every entry."""
        place = np.arange(entries, dtype=np.int64) * self.size + offset
        found = np.zeros(entries, dtype=np.uint64)
        for step in range(5):
            part = self.raw[(place >> 3) + step].astype(np.uint64)
            found |= part << np.uint64(8 * step)
        mask = np.uint64((1 << bits) - 1)
        return ((found >> (place & 7).astype(np.uint64)) & mask).astype(np.int64)


def spoken(path: Path, pairs: int, triples: int) -> tuple[Grams, Grams, Grams]:
    """Give the probability of each word, and of the likeliest pairs and triples."""
    data = path.read_bytes()
    at = len(HEAD) + 1
    ones, twos, threes = np.frombuffer(data, "<u4", 3, at).tolist()
    at += 12 + 4
    values = np.frombuffer(data, "<f4", 3 * VALUES, at).reshape(3, VALUES) * LOG
    at += values.nbytes
    word = np.dtype([("chance", "<f4"), ("back", "<f4"), ("first", "<u4")])
    single = np.frombuffer(data, word, ones + 1, at)
    number, first = int(ones).bit_length(), int(threes).bit_length()
    two, at = packed(data, at + single.nbytes, twos, number + 2 * BITS + first)
    three, at = packed(data, at, threes, number + BITS)
    words = np.array([name.decode() for name in data[at + 4 :].split(b"\0")[:ones]])
    alone = single["chance"][:ones] * LOG
    last = owners(single["first"].astype(np.int64))
    before = two.read(0, number, len(last))
    of_pair = alone[before] + values[0][two.read(number + BITS, BITS, len(last))]
    starts = np.append(two.read(number + 2 * BITS, first, len(last)), threes)
    pair_of = owners(starts)
    grams = np.stack([three.read(0, number, threes), before[pair_of], last[pair_of]])
    opens = places_of(before * ones + last, grams[0] * ones + grams[1])
    of_triple = of_pair[opens] + values[2][three.read(number, BITS, threes)]
    return (
        likeliest(words, alone, np.arange(ones)[None], ones),
        likeliest(words, of_pair, np.stack([before, last]), pairs),
        likeliest(words, of_triple, grams, triples),
    )


def owners(starts: np.ndarray) -> np.ndarray:
    """Give to which of the shorter n-grams each longer one belongs, by where theirs start."""
    counts: NDArray[np.int64] = starts[1:] - starts[:-1]
    return np.repeat(np.arange(len(counts)), counts)


def places_of(keys: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Give where each of the wanted stands among the keys."""
    order = np.argsort(keys)
    found: np.ndarray = order[np.searchsorted(keys[order], wanted)]
    return found


def packed(data: bytes, at: int, entries: int, size: int) -> tuple[Packed, int]:
    """Give a block of entries and where the next one begins."""
    length = ((1 + entries) * size + 7) // 8 + 8
    return Packed(np.frombuffer(data, np.uint8, length, at), size), at + length


def likeliest(words: np.ndarray, chance: np.ndarray, grams: np.ndarray, most: int) -> Grams:
    """Choose the likeliest n-grams of plain words; marks of a sentence's edge are none."""
    plain = np.array([not word.startswith("<") and "." not in word for word in words.tolist()])
    kept = np.flatnonzero(plain[grams].all(axis=0))
    kept = kept[np.argsort(-chance[kept], kind="stable")][:most]
    named = zip(*(words[row[kept]].tolist() for row in grams), strict=True)
    return dict(zip(named, np.exp(chance[kept]).tolist(), strict=True))
