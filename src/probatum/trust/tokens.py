"""The words of a text in a row: keys, numbers in the vocabulary, what stands beside them.

Words parted by more than white space are no neighbours; sentences are parted by an edge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from probatum.text.ngrams import word_key
from probatum.trust.expectation import Ints, Keys, grammar, vocabulary_keys

TOKEN = re.compile(r"[^\W\d_]+(?:['\u2019\u2010-][^\W\d_]+)*")
AROUND = 4  # words before and after that count as company
BREAK, UNKNOWN, EDGE, NOTHING = range(4)  # what may stand in a row, counted on from the words
_FOLD = str.maketrans("\u2019\u2010", "'-")
_MOST_TOKENS = 60_000  # some 120 pages; what stands behind them is judged by them
_LONGEST = 20_000  # characters of one sentence
_LONGEST_WORD = 40
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words as arrays of one length, in text order, and the row they stand in.

    ``start`` and ``end`` count code points of the document; ``around`` (4, n) holds the keys of
    the two words before and the two after, 0 for none; ``weighed`` tells words that may have been
    replaced; ``number`` is that in the vocabulary. ``row`` holds numbers with breaks and edges
    between, ``place`` where in it each word stands.
    """

    keys: Keys
    around: Keys
    start: Ints
    end: Ints
    sentence: Ints
    weighed: NDArray[np.bool_]
    number: Ints
    place: Ints
    row: Ints


def tokens(sentences: Sequence[tuple[int, str]]) -> Tokens:
    """Read sentences, each given as (start in the document, text).

    >>> tokens([(0, "It fell, and"), (20, "rose.")]).start.tolist()
    [0, 3, 9, 20]
    """
    table = np.array(list(islice(_rows(sentences), _MOST_TOKENS)), dtype=np.int64).reshape(-1, 6)
    keys = table[:, 0].astype(np.uint32)
    joined = table[1:, 4].astype(bool)
    number = numbers(keys)
    place, row = _row(number, joined, table[1:, 3] != table[:-1, 3])
    return Tokens(
        keys=keys,
        around=_around(keys, joined),
        start=table[:, 1],
        end=table[:, 2],
        sentence=table[:, 3],
        weighed=table[:, 5].astype(bool),
        number=number,
        place=place,
        row=row,
    )


def numbers(keys: Keys) -> Ints:
    """Give the numbers of words in the vocabulary, and one beyond it for the others."""
    known = vocabulary_keys()
    at: Ints = np.minimum(np.searchsorted(known, keys), len(known) - 1).astype(np.int64)
    return np.where(known[at] == keys, at, len(known) + UNKNOWN)


def may_be_replaced(word: str) -> bool:
    """Whether a word, small but for its first letter, is one of content."""
    return len(word) >= _SHORTEST and word[1:].islower() and word.lower() not in grammar()


def _rows(sentences: Sequence[tuple[int, str]]) -> Iterator[tuple[int, ...]]:
    """Give (key, start, end, sentence, joined to the one before, weighed) of each word."""
    for index, (offset, text) in enumerate(sentences):
        before = -1
        for match in TOKEN.finditer(text, 0, _LONGEST):
            start, end = match.span()
            key, small, weighed = _known(text[start : min(end, start + _LONGEST_WORD)])
            joined = before >= 0 and (start == before + 1 or text[before:start].isspace())
            weighed = weighed and (small or start == 0)
            yield key, offset + start, offset + end, index, joined, weighed
            before = end


@lru_cache(maxsize=50_000)
def _known(word: str) -> tuple[int, bool, bool]:
    """Give the key of a word, whether it is written small, and whether it is one of content."""
    folded = word.translate(_FOLD)
    return word_key(folded.lower()), folded.islower(), may_be_replaced(folded)


def _around(keys: Keys, joined: NDArray[np.bool_]) -> Keys:
    around = np.zeros((4, len(keys)), dtype=np.uint32)
    around[1, 1:] = np.where(joined, keys[:-1], 0)
    around[2, :-1] = np.where(joined, keys[1:], 0)
    around[0, 1:] = np.where(joined, around[1, :-1], 0)
    around[3, :-1] = np.where(joined, around[2, 1:], 0)
    return around


def _row(number: Ints, joined: NDArray[np.bool_], parted: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Set the words in a row, with one place for each break and edge, and room at both ends."""
    usual = len(vocabulary_keys())
    gaps = np.concatenate([[1], np.where(parted | ~joined, 2, 1)]) if len(number) else number
    place: Ints = AROUND + np.cumsum(gaps)
    row: Ints = np.full(AROUND * 2 + 2 + int(gaps.sum()), usual + NOTHING, dtype=np.int64)
    row[place] = number
    if len(number):
        row[place[1:][~joined] - 1] = usual + BREAK
        row[place[1:][parted] - 1] = usual + EDGE
        row[[place[0] - 1, place[-1] + 1]] = usual + EDGE
    return place, row
