"""How expected each word is in its place, and which neighbour in meaning is expected more.

A noisy channel: a spinner replaced a word w' by a neighbour w. For every word of content the log
ratio of "some neighbour stood here" to "this word was meant" is taken from counts of pairs and
triples (trial texts, general English). Both kinds of text replace words freely too, so a single
place says little; how often it happens says much (Shannon 1948; Martel et al. 2024).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from probatum.text.ngrams import word_key
from probatum.trust.expectation import (
    Floats,
    Ints,
    Keys,
    after_one,
    after_two,
    alone,
    grammar,
    is_technical,
    neighbours,
    pair_count,
    triple_count,
    vocabulary,
    vocabulary_keys,
)

TOKEN = re.compile(r"[^\W\d_]+(?:['\u2019\u2010-][^\W\d_]+)*")
_FOLD = str.maketrans("\u2019\u2010", "'-")
_MOST_TOKENS = 60_000  # some 120 pages; what stands behind them is judged by them
_LONGEST = 20_000  # characters of one sentence
_CHANNEL = np.log(12.0)  # neighbours of a word, roughly: each is as likely a replacement
_SHORTEST = 3
_DOUBTFUL = 3  # of five n-grams around it
_WORTH_NAMING = 3.0
_NONE = -20.0  # the gain of a word without neighbours


@dataclass(frozen=True, slots=True)
class Places:
    """Words of content in their places, as arrays of one length, in text order.

    ``start`` and ``end`` count code points of the document; ``sentence`` is the index of the
    sentence; ``gain`` is the log ratio, natural; ``seen`` counts which of
    five n-grams around the word occur; ``expected`` is the log probability of the word with what
    follows it; ``better`` holds up to three words that are expected more, best first; ``distinct``
    is the number of different words; ``technical`` marks terms that are seldom used elsewhere.
    """

    start: Ints
    end: Ints
    sentence: Ints
    gain: Floats
    seen: Ints
    expected: Floats
    better: tuple[tuple[str, ...], ...]
    distinct: int
    technical: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Tokens:
    keys: Keys
    around: Keys  # (4, n): keys of the two before and the two after; 0 for none
    start: Ints
    end: Ints
    sentence: Ints
    weighed: NDArray[np.bool_]  # whether the word may have been replaced
    next_alone: Floats  # probability of the next word by itself
    further: Floats  # and of the one behind it after the next


def places(sentences: Sequence[tuple[int, str]]) -> Places:
    """Weigh the words of sentences, each given as (start in the document, text).

    >>> found = places([(0, "They measured their important signals.")])
    >>> found.better[-1][0] != "signals", float(found.gain[-1]) > 2
    (True, True)
    """
    tokens = _tokens(sentences)
    at: Ints = np.flatnonzero(tokens.weighed)
    own, seen = _score(tokens.keys[at], tokens, at), _seen(tokens, at)
    # A word in its usual company needs no closer look, which halves the cost.
    words, each = neighbours(tokens.keys[at[seen <= _DOUBTFUL]])
    counts: Ints = np.zeros(len(at), dtype=np.int64)
    counts[seen <= _DOUBTFUL] = each
    other = _score(vocabulary_keys()[words], tokens, np.repeat(at, counts))
    begins: Ints = np.cumsum(counts) - counts
    gain = np.full(len(at), _NONE)
    some = np.flatnonzero(counts)
    if len(some):
        gain[some] = np.logaddexp.reduceat(other, begins[some]) - _CHANNEL - own[some]
    better: list[tuple[str, ...]] = [()] * len(at)
    for place in np.flatnonzero(gain > _WORTH_NAMING):
        part = slice(begins[place], begins[place] + counts[place])
        better[place] = _best(words[part], other[part], own[place])
    keys = tokens.keys[at]
    return Places(
        start=tokens.start[at],
        end=tokens.end[at],
        sentence=tokens.sentence[at],
        gain=gain,
        seen=seen,
        expected=own,
        better=tuple(better),
        distinct=len(np.unique(keys)),
        technical=is_technical(keys),
    )


def _best(words: Ints, scores: Floats, own: float) -> tuple[str, ...]:
    """Name up to three words that are expected more than the one that stands, best first."""
    names = vocabulary()
    order = np.argsort(-scores, kind="stable")[:3]
    return tuple(names[words[i]] for i in order if scores[i] > own)


def _tokens(sentences: Sequence[tuple[int, str]]) -> _Tokens:
    rows: list[tuple[int, ...]] = []
    for index, (offset, text) in enumerate(sentences):
        before = -1
        for match in islice(TOKEN.finditer(text, 0, _LONGEST), _MOST_TOKENS - len(rows)):
            start, end = match.span()
            word = match.group().translate(_FOLD)
            joined = before >= 0 and text[before:start].isspace()
            row = (word_key(word.lower()), offset + start, offset + end, index)
            rows.append((*row, joined, _may_be_replaced(word, start)))
            before = end
    table = np.array(rows, dtype=np.int64).reshape(-1, 6)
    keys = table[:, 0].astype(np.uint32)
    joined_left = table[1:, 4].astype(bool)
    around = np.zeros((4, len(keys)), dtype=np.uint32)
    around[1, 1:] = np.where(joined_left, keys[:-1], 0)
    around[2, :-1] = np.where(joined_left, keys[1:], 0)
    around[0, 1:] = np.where(joined_left, around[1, :-1], 0)
    around[3, :-1] = np.where(joined_left, around[2, 1:], 0)
    return _Tokens(
        keys=keys,
        around=around,
        start=table[:, 1],
        end=table[:, 2],
        sentence=table[:, 3],
        weighed=table[:, 5].astype(bool),
        next_alone=alone(around[2]),
        further=after_one(around[2], around[3], alone(around[3])),
    )


def _may_be_replaced(word: str, start: int) -> bool:
    """Whether a word is one of content, and neither a name nor an abbreviation."""
    small = word.islower() or (start == 0 and word[1:].islower())
    return small and len(word) >= _SHORTEST and word.lower() not in grammar()


def _score(words: Keys, tokens: _Tokens, at: Ints) -> Floats:
    """Give the log probability of the words in the places ``at``, with what follows them."""
    left2, left, right, right2 = (tokens.around[row][at] for row in range(4))
    by_itself, next_alone, further = alone(words), tokens.next_alone[at], tokens.further[at]
    before = np.where(left == 0, by_itself, after_one(left, words, by_itself))
    both = (left != 0) & (left2 != 0)
    score: Floats = np.log(np.where(both, after_two(left2, left, words, before), before))
    after = after_one(words, right, next_alone)
    through = np.where(left == 0, after, after_two(left, words, right, after))
    last = after_two(words, right, right2, further)
    score += np.where(right == 0, 0.0, np.log(through))
    score += np.where((right == 0) | (right2 == 0), 0.0, np.log(last))
    return score


def _seen(tokens: _Tokens, at: Ints) -> Ints:
    """Count which of five n-grams around a word occur: pairs left and right, three triples."""
    left2, left, right, right2 = (tokens.around[row][at] for row in range(4))
    words = tokens.keys[at]
    counts = (
        pair_count(left, words),
        pair_count(words, right),
        triple_count(left2, left, words),
        triple_count(left, words, right),
        triple_count(words, right, right2),
    )
    result: Ints = np.sum([count > 0 for count in counts], axis=0)
    return result
