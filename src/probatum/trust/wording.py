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

from probatum.trust.bound import behind
from probatum.trust.context import company, fit
from probatum.trust.counted import Counted, counted, triples_where
from probatum.trust.expectation import (
    Floats,
    Ints,
    Keys,
    after_one,
    after_two,
    chance,
    neighbours,
    pair_count,
    usual_in_vocabulary,
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
    ``distinct`` is the number of different words; ``doubtful`` are the places that ``given``
    tells of.
    """

    start: Ints
    end: Ints
    sentence: Ints
    odds: Floats
    gain: Floats
    seen: Ints
    distinct: int
    doubtful: Ints
    given: Evidence

    def better(self, place: int) -> tuple[str, ...]:
        """Name up to three words that are expected more in a place, best first."""
        index = int(np.searchsorted(self.doubtful, place))
        told = index < len(self.doubtful) and int(self.doubtful[index]) == place
        return _best(self.given, index) if told and self.odds[place] > _WORTH_NAMING else ()


def places(sentences: Sequence[tuple[int, str]]) -> Places:
    """Weigh the words of sentences, each given as (start in the document, text).

    >>> found = places([(0, "They measured their important signals.")])
    >>> found.better(-1 + len(found.gain))[0] != "signals", float(found.gain[-1]) > 2
    (True, True)
    """
    row = tokens(sentences)
    at: Ints = np.flatnonzero(row.weighed)
    counts = counted(row)
    seen = counts.seen(at)
    # A word in its usual company needs no closer look, which saves a third of the cost.
    doubtful: Ints = np.flatnonzero(seen <= DOUBTFUL)
    given = evidence(row, counts, at, doubtful)
    odds, ratio = np.full(len(at), _CERTAIN), np.full(len(at), _NONE)
    ratio[doubtful] = gain(given)
    odds[doubtful] = log_odds(given, ratio[doubtful])
    keys = row.keys[at]
    return Places(
        start=row.start[at],
        end=row.end[at],
        sentence=row.sentence[at],
        odds=odds,
        gain=ratio,
        seen=seen,
        distinct=len(np.unique(keys)),
        doubtful=doubtful,
        given=given,
    )


def evidence(row: Tokens, counts: Counted, weighed: Ints, doubtful: Ints) -> Evidence:
    """Gather what the network weighs on the doubtful ones among the weighed words."""
    at = weighed[doubtful]
    known = vocabulary_keys()
    words, held = neighbours(row.keys[at])
    around = company(row, at)
    spoken = Spoken(row, counts, at)
    number = np.minimum(row.number[at], len(known) - 1)
    fits = np.where(row.number[at] < len(known), fit(number, around), _CERTAIN)
    each = np.repeat(np.arange(len(at)), held)
    often = usual_in_vocabulary()[1].take(words)
    near = Near(
        words,
        held,
        spoken.near(known.take(words), often, each),
        fit(words, around.take(each, axis=0)),
    )
    numbers = row.number[weighed]
    in_text = np.bincount(numbers[numbers < len(known)], minlength=len(known))
    return Evidence(
        row,
        counts,
        at,
        counts.seen(at),
        spoken.own(),
        fits,
        near,
        in_text,
        behind(row, counts, at),
    )


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


@dataclass(frozen=True, slots=True)
class _Grams:
    """Counts of what a word makes with its neighbours, one a word.

    Pairs with the word before and the one behind; triples in which it is last, amid and first.
    """

    held: Floats
    following: Floats
    last: Floats
    amid: Floats
    first: Floats


class Spoken:
    """The log probability of words in places of a row, with what follows them.

    What hangs on the places alone is looked up once, not for every near word.
    """

    def __init__(self, row: Tokens, counts: Counted, at: Ints) -> None:
        self.counts, self.at = counts, at
        self.around = tuple(row.around[i][at] for i in range(4))
        left2, left, right, right2 = self.around
        last = max(0, len(row.keys) - 1)
        self.left_count = np.where(left == 0, 1.0, counts.words[at - 1])
        self.left_pairs = np.where(left2 == 0, 0.0, counts.pairs[at - 1])
        right_count = np.where(right == 0, 1.0, counts.words[np.minimum(at + 1, last)])
        self.right_pairs = np.where(right2 == 0, 0.0, counts.pairs[at + 2])
        beyond = np.where(right2 == 0, 1.0, counts.words[np.minimum(at + 2, last)])
        self.next_alone = chance(right_count)
        self.further = after_one(self.right_pairs, right_count, chance(beyond))

    def own(self) -> Floats:
        """Score the words that stand in the places."""
        pairs, triples, at = self.counts.pairs, self.counts.triples, self.at
        held = _Grams(pairs[at], pairs[at + 1], triples[at], triples[at + 1], triples[at + 2])
        return self._score(self.counts.words[at], np.arange(len(at)), held)

    def near(self, words: Keys, counts: Floats, at: Ints) -> Floats:
        """Score words, counted so often, each in the place with the number in ``at``."""
        left2, left, right, right2 = (keys.take(at) for keys in self.around)
        held, following = _pairs((left, words), (words, right))
        before, behind_ = held > 0, following > 0
        triples = triples_where(
            (
                before & (self.left_pairs > 0).take(at),
                before & behind_,
                behind_ & (self.right_pairs > 0).take(at),
            ),
            ((left2, left, words), (left, words, right), (words, right, right2)),
        )
        return self._score(counts, at, _Grams(held, following, *triples))

    def _score(self, counts: Floats, at: Ints, held: _Grams) -> Floats:
        left2, left, right, right2 = (keys.take(at) for keys in self.around)
        by_itself = chance(counts)
        no_left, no_right = left == 0, right == 0
        before = after_one(held.held, self.left_count.take(at), by_itself)
        before = np.where(no_left, by_itself, before)
        further = after_two(held.last, self.left_pairs.take(at), before)
        score: Floats = np.log(np.where(no_left | (left2 == 0), before, further))
        after = after_one(held.following, counts, self.next_alone.take(at))
        through = after_two(held.amid, held.held, after)
        last = after_two(held.first, held.following, self.further.take(at))
        score += np.where(no_right, 0.0, np.log(np.where(no_left, after, through)))
        score += np.where(no_right | (right2 == 0), 0.0, np.log(last))
        return score


def _pairs(*wanted: tuple[Keys, Keys]) -> list[Floats]:
    """Count several arrays of pairs in one look-up."""
    left, right = (np.concatenate(column) for column in zip(*wanted, strict=True))
    return np.split(pair_count(left, right), len(wanted))
