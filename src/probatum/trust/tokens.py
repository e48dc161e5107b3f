"""The words of a text in a row: keys, numbers in the vocabulary, what stands beside them.

Words parted by more than white space are no neighbours; sentences are parted by an edge.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from probatum.text.kept import Kept
from probatum.text.ngrams import word_key
from probatum.trust.expectation import Ints, Keys, grammar, vocabulary_keys

TOKEN = re.compile(r"[^\W\d_]+(?:['\u2019\u2010-][^\W\d_]+)*")
_SPLIT = re.compile(f"({TOKEN.pattern})")
AROUND = 4  # words before and after that count as company
BREAK, UNKNOWN, EDGE, NOTHING = range(4)  # what may stand in a row, counted on from the words
_FOLD = str.maketrans("\u2019\u2010", "'-")
_MOST_TOKENS = 60_000  # some 120 pages; what stands behind them is judged by them
_LONGEST = 20_000  # characters of one sentence
_LONGEST_WORD = 40
_SHORTEST = 3
_KEY, _SMALL, _WEIGHED = (1 << 32) - 1, 1 << 32, 1 << 33  # what is known of a word, in one number


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
    read = _read(sentences)
    packed, start, end, sentence = read.packed, read.start, read.end, read.sentence
    keys = (packed & _KEY).astype(np.uint32)
    offsets = np.array([offset for offset, _ in sentences] or [0], dtype=np.int64)[sentence]
    first_or_small = ((packed & _SMALL) != 0) | (start == offsets)
    parted = sentence[1:] != sentence[:-1]
    joined = read.joined[1:]
    number = numbers(keys)
    place, row = _row(number, joined, parted)
    return Tokens(
        keys=keys,
        around=_around(keys, joined),
        start=start,
        end=end,
        sentence=sentence,
        weighed=((packed & _WEIGHED) != 0) & first_or_small,
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


@dataclass(frozen=True, slots=True)
class _Read:
    """What :func:`_known` says of each word, where it stands, in which sentence.

    ``joined`` tells whether a sign or white space alone parts it from the one before.
    """

    packed: Ints
    start: Ints
    end: Ints
    sentence: Ints
    joined: NDArray[np.bool_]


def _read(sentences: Sequence[tuple[int, str]]) -> _Read:
    """Split sentences at their words: gap and word by turns, so that lengths tell the places."""
    parts: list[str] = []
    counts, offsets = [], []
    words = 0
    for offset, text in sentences:
        found = _SPLIT.split(text[:_LONGEST])
        parts += found  # one gap more than words
        counts.append(len(found) // 2)
        offsets.append(offset)
        words += counts[-1]
        if words >= _MOST_TOKENS:
            break
    number = np.array(counts, dtype=np.int64)
    sentence = np.repeat(np.arange(len(counts)), number)
    return _placed(parts, np.array(offsets, dtype=np.int64), number, sentence)


def _placed(parts: list[str], offsets: Ints, number: Ints, sentence: Ints) -> _Read:
    """Place the words of sentences, given with the gaps round them, end to end."""
    lengths = np.fromiter(map(len, parts), dtype=np.int64, count=len(parts))
    ends = np.cumsum(lengths)
    first = np.cumsum(2 * number + 1) - (2 * number + 1)  # the first gap of each sentence
    rank = np.arange(len(sentence)) - (np.cumsum(number) - number)[sentence]
    at = first[sentence] + 2 * rank + 1
    begins = (ends[first] - lengths[first])[sentence]
    end = offsets[sentence] + ends[at] - begins
    words = [parts[i] for i in at[:_MOST_TOKENS].tolist()]
    packed = np.array(_PACKED.each(words), dtype=np.int64)
    gap = lengths[at - 1]
    joined = (rank > 0) & (gap == 1)
    for i in np.flatnonzero((rank > 0) & (gap > 1)).tolist():
        joined[i] = parts[at[i] - 1].isspace()
    kept = slice(_MOST_TOKENS)
    return _Read(packed, (end - lengths[at])[kept], end[kept], sentence[kept], joined[kept])


def _known(word: str) -> int:
    """Give the key of a word, with marks for one written small and for one of content."""
    folded = word[:_LONGEST_WORD].translate(_FOLD)
    marks = _SMALL * folded.islower() + _WEIGHED * may_be_replaced(folded)
    return word_key(folded.lower()) + marks


_PACKED = Kept(_known, most=50_000)


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
