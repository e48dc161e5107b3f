"""How often the words of a text are counted, alone and with those before them, looked up once.

Several readers of a row ask for the same counts: what is expected in a place, how many n-grams
around it occur, what stands behind a pair. A triple that occurs holds two pairs that do, so that
of the triples of a row, and of those of near words, one in five needs a look.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from probatum.trust.expectation import Floats, Ints, Keys, pair_count, triple_count, usual
from probatum.trust.tokens import Tokens

_BEYOND = 3  # places after the last word that may be asked for
Triples = tuple[Keys, Keys, Keys]


@dataclass(frozen=True, slots=True)
class Counted:
    """Counts of the words of a row, in text order, 0 where no word stands before one.

    ``own`` (n,) counts each in trial texts, ``words`` (n,) in these and general English;
    ``pairs`` and ``triples`` (n + 3,) each with the one and with the two before it.
    """

    own: Floats
    words: Floats
    pairs: Floats
    triples: Floats

    def seen(self, at: Ints) -> Ints:
        """Count which of five n-grams around places occur: two pairs, three triples."""
        two, three = self.pairs > 0, self.triples > 0
        columns = (two[at], two[at + 1], three[at], three[at + 1], three[at + 2])
        result: Ints = np.sum(columns, axis=0)
        return result


def counted(row: Tokens) -> Counted:
    """Count the words of a row."""
    keys, number = row.keys, len(row.keys)
    own, words = usual(keys)
    pairs, triples = np.zeros(number + _BEYOND), np.zeros(number + _BEYOND)
    joined = np.flatnonzero(row.around[1])
    pairs[joined] = pair_count(keys[joined - 1], keys[joined])
    held = (pairs[:number] > 0) & (row.around[0] != 0)
    held[1:] &= pairs[: max(0, number - 1)] > 0
    at: Ints = np.flatnonzero(held)
    triples[at] = triple_count(keys[at - 2], keys[at - 1], keys[at])
    return Counted(own, words, pairs, triples)


def triples_where(may: tuple[NDArray[np.bool_], ...], wanted: tuple[Triples, ...]) -> list[Floats]:
    """Count several arrays of triples in one look-up, where their pairs occur; else 0."""
    some = [np.flatnonzero(one) for one in may]
    chosen = (
        [keys.take(at) for keys in keys_of] for at, keys_of in zip(some, wanted, strict=True)
    )
    first, second, third = (np.concatenate(column) for column in zip(*chosen, strict=True))
    found = np.split(triple_count(first, second, third), np.cumsum([len(at) for at in some])[:-1])
    made = [np.zeros(len(one)) for one in may]
    for result, at, counts in zip(made, some, found, strict=True):
        result[at] = counts
    return made
