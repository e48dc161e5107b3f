"""How expected each word is in its place, and which neighbour in meaning is expected more.

A noisy channel: a spinner replaced a word w' by a neighbour w. For every word of content the log
ratio of "some neighbour stood here" to "this word was meant" is taken from counts of pairs and
triples (trial texts, general English). Both kinds of text replace words freely too, so a single
place says little; how often it happens says much (Shannon 1948; Martel et al. 2024). A network
then weighs that ratio with what reaches further (:mod:`probatum.trust.replaced`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from probatum.trust.context import company, fit
from probatum.trust.expectation import (
    Floats,
    Ints,
    Keys,
    after_one,
    after_two,
    alone,
    neighbours,
    pair_count,
    triple_count,
    vocabulary,
    vocabulary_keys,
)
from probatum.trust.replaced import Evidence, Near, gain, log_odds
from probatum.trust.tokens import Tokens, tokens

DOUBTFUL = 3  # of five n-grams around it
_WORTH_NAMING = -1.0  # log odds
_CERTAIN = -6.0  # the log odds of a word in its usual company
_NONE = -20.0  # the gain of such a word
_FIT, _IN_TEXT = 0.5, 0.5  # what fit and a place in the document weigh beside counts in a proposal


@dataclass(frozen=True, slots=True)
class Places:
    """Words of content in their places, as arrays of one length, in text order.

    ``start`` and ``end`` count code points of the document; ``sentence`` is the index of the
    sentence; ``odds`` are the log odds that the word was put for another; ``gain`` is the natural
    log ratio from counts alone; ``seen`` counts which of five n-grams around the word occur;
    ``better`` holds up to three words that are expected more, best first; ``distinct`` is the
    number of different words.
    """

    start: Ints
    end: Ints
    sentence: Ints
    odds: Floats
    gain: Floats
    seen: Ints
    better: tuple[tuple[str, ...], ...]
    distinct: int


def places(sentences: Sequence[tuple[int, str]]) -> Places:
    """Weigh the words of sentences, each given as (start in the document, text).

    >>> found = places([(0, "They measured their important signals.")])
    >>> found.better[-1][0] != "signals", float(found.gain[-1]) > 2
    (True, True)
    """
    row = tokens(sentences)
    at: Ints = np.flatnonzero(row.weighed)
    seen = seen_around(row, at)
    # A word in its usual company needs no closer look, which saves a third of the cost.
    doubtful: Ints = np.flatnonzero(seen <= DOUBTFUL)
    given = evidence(row, at, doubtful, seen)
    odds, ratio = np.full(len(at), _CERTAIN), np.full(len(at), _NONE)
    odds[doubtful], ratio[doubtful] = log_odds(given), gain(given)
    better: list[tuple[str, ...]] = [()] * len(at)
    for index in np.flatnonzero((odds[doubtful] > _WORTH_NAMING) & (given.near.counts > 0)):
        better[doubtful[index]] = _best(given, int(index))
    keys = row.keys[at]
    return Places(
        start=row.start[at],
        end=row.end[at],
        sentence=row.sentence[at],
        odds=odds,
        gain=ratio,
        seen=seen,
        better=tuple(better),
        distinct=len(np.unique(keys)),
    )


def evidence(row: Tokens, weighed: Ints, doubtful: Ints, seen: Ints) -> Evidence:
    """Gather what the network weighs on the doubtful ones among the weighed words."""
    at = weighed[doubtful]
    known = vocabulary_keys()
    words, counts = neighbours(row.keys[at])
    around = company(row, at)
    spoken = _Spoken(row, at)
    number = np.minimum(row.number[at], len(known) - 1)
    fits = np.where(row.number[at] < len(known), fit(number, around), _CERTAIN)
    near = Near(
        words,
        counts,
        spoken.score(known[words], np.repeat(np.arange(len(at)), counts)),
        fit(words, np.repeat(around, counts, axis=0)),
    )
    held = row.number[weighed]
    in_text = np.bincount(held[held < len(known)], minlength=len(known))
    expected = spoken.score(row.keys[at], np.arange(len(at)))
    return Evidence(row, at, seen[doubtful], expected, fits, near, in_text)


def _best(given: Evidence, index: int) -> tuple[str, ...]:
    """Name up to three words that are expected more than the one that stands, best first."""
    first = int(given.near.counts[:index].sum())
    part = slice(first, first + int(given.near.counts[index]))
    words = given.near.words[part]
    scores = proposal_scores(
        given.near.expected[part], given.near.fits[part], given.in_text[words]
    )
    names = vocabulary()
    return tuple(names[words[i]] for i in np.argsort(-scores, kind="stable")[:3])


def proposal_scores(expected: Floats, fits: Floats, in_text: Ints) -> Floats:
    """Rank near words as what was meant: expected there, fitting, and used in the document."""
    result: Floats = expected + _FIT * fits + _IN_TEXT * np.log1p(in_text)
    return result


class _Spoken:
    """The log probability of words in places of a row, with what follows them.

    What hangs on the places alone is looked up once, not for every near word.
    """

    def __init__(self, row: Tokens, at: Ints) -> None:
        self.left2, self.left, self.right, self.right2 = (row.around[i][at] for i in range(4))
        self.next_alone = alone(self.right)
        self.further = after_one(self.right, self.right2, alone(self.right2))

    def score(self, words: Keys, at: Ints) -> Floats:
        """Score words, each in the place with the number in ``at``."""
        left2, left, right, right2 = (
            a[at] for a in (self.left2, self.left, self.right, self.right2)
        )
        by_itself = alone(words)
        before = np.where(left == 0, by_itself, after_one(left, words, by_itself))
        both = (left != 0) & (left2 != 0)
        score: Floats = np.log(np.where(both, after_two(left2, left, words, before), before))
        after = after_one(words, right, self.next_alone[at])
        through = np.where(left == 0, after, after_two(left, words, right, after))
        last = after_two(words, right, right2, self.further[at])
        score += np.where(right == 0, 0.0, np.log(through))
        score += np.where((right == 0) | (right2 == 0), 0.0, np.log(last))
        return score


def seen_around(row: Tokens, at: Ints) -> Ints:
    """Count which of five n-grams around a word occur: pairs left and right, three triples."""
    left2, left, right, right2 = (row.around[i][at] for i in range(4))
    words = row.keys[at]
    counts = (
        pair_count(left, words),
        pair_count(words, right),
        triple_count(left2, left, words),
        triple_count(left, words, right),
        triple_count(words, right, right2),
    )
    result: Ints = np.sum([count > 0 for count in counts], axis=0)
    return result
