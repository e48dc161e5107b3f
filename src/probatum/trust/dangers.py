"""What a sentence says of a medicine's dangers: which it names, and how it speaks of them.

Words for what warnings are about (states, acts, harms ...) and words of stance (leave, need,
denial, laughter, caution ...) stand in ``data/dangers.toml``. Which of them stand in a sentence,
near each other or behind a negation are signs that :mod:`probatum.trust.remarks` weighs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from probatum.text.lexicon import load

Bits = NDArray[np.bool_]
_LONGEST = 80  # words of a sentence that are read
_NEGATES = 4  # words behind a negation that it may turn
_BEHIND = 6  # words before a negation that it may be about
_NEAR, _BESIDE = 10, 3  # words between what is spoken of and how
_FOLLOWS = 5  # words between two stances
_ANY, _PERHAPS = "_", "_?"
_STOPS = frozenset({";", ":", "!", "?", "but", "which", "because", "although", "whereas"})
_SHORT, _LONG = 8, 25


@dataclass(frozen=True, slots=True)
class Found:
    """A word list's entry in a sentence: which list, the first word, the clause."""

    of: int
    at: int
    clause: int


@dataclass(frozen=True, slots=True)
class Lists:
    """Entries by list; ``kinds`` says of each topic's list which kind it is of."""

    topics: tuple[str, ...]
    kinds: tuple[int, ...]
    stances: tuple[str, ...]
    entries: tuple[tuple[tuple[str, ...], ...], ...]
    negations: tuple[tuple[str, ...], ...]


def signs(words: Sequence[str], before: Sequence[str] = ()) -> Bits:
    """Tell which signs a sentence bears, given as words in small letters; shape (:func:`width`,).

    ``before`` are the words of the sentence before: an answer names less than its question.

    >>> bool(signs(["you", "can", "drive"]).any())
    True
    """
    words, lists = words[:_LONGEST], _lists()
    clauses = np.cumsum([word in _STOPS for word in words])
    found = [Found(of, at, int(clauses[at])) for of, at in _matches(words)]
    many, negation = len(lists.topics), len(lists.entries)
    negated = [f.at for f in found if f.of == negation]
    topics = [(lists.kinds[f.of], f) for f in found if f.of < many]
    stances = [
        (_turned(f, f.of - many, negated, clauses), f) for f in found if many <= f.of < negation
    ]
    made: Bits = np.zeros(width(), dtype=np.bool_)
    for part in (_of_topics(topics, negated, clauses), _of_stances(stances),
                 _of_both(topics, stances), _of_shape(words, topics, negated),
                 _of_before(before[-_LONGEST:], stances)):  # fmt: skip
        for at in part:
            made[at] = True
    return made


def likely_hazards(words: Sequence[str]) -> list[str]:
    """Name the hazards of ``text/hazards.toml`` that the topics of a sentence stand for, in order.

    >>> likely_hazards(["take", "the", "car", "at", "once"])
    ['driving']
    """
    lists = _lists()
    of_topic = load("probatum.trust", "data/dangers.toml")["hazards"]
    topics = [lists.topics[of] for of, _ in _matches(words[:_LONGEST]) if of < len(lists.topics)]
    found = (hazard for topic in topics for hazard in of_topic.get(topic, ()))
    return list(dict.fromkeys(found))


@cache
def width() -> int:
    """Count the signs."""
    return _starts()[-1]


@cache
def _starts() -> tuple[int, ...]:
    """Give where each block of signs begins, and the end."""
    lists = _lists()
    kinds, stances = len(set(lists.kinds)), 2 * len(lists.stances)
    sizes = (len(lists.topics), 3 * kinds, stances, stances**2, kinds * stances,
             kinds * stances, kinds**2, 9, kinds + 1, kinds * stances)  # fmt: skip
    return (0, *np.cumsum(sizes).tolist())


def _of_topics(
    topics: Sequence[tuple[int, Found]], negated: Sequence[int], clauses: NDArray[np.int64]
) -> Iterator[int]:
    of_list, of_kind, *_ = _starts()
    both = _starts()[6]
    kinds = len(set(_lists().kinds))
    for kind, found in topics:
        yield of_list + found.of
        yield of_kind + 3 * kind
        same = [at for at in negated if clauses[at] == found.clause]
        if any(0 < found.at - at <= _NEGATES for at in same):
            yield of_kind + 3 * kind + 1
        if any(0 <= at - found.at <= _BEHIND for at in same):
            yield of_kind + 3 * kind + 2
        for other, _ in topics:
            if other != kind:
                yield both + kind * kinds + other


def _of_stances(stances: Sequence[tuple[int, Found]]) -> Iterator[int]:
    alone, pairs = _starts()[2:4]
    size = 2 * len(_lists().stances)
    for one, first in stances:
        yield alone + one
        for other, second in stances:
            if one != other and 0 < second.at - first.at <= _FOLLOWS:
                yield pairs + one * size + other


def _of_both(
    topics: Sequence[tuple[int, Found]], stances: Sequence[tuple[int, Found]]
) -> Iterator[int]:
    near, beside = _starts()[4:6]
    size = 2 * len(_lists().stances)
    for kind, topic in topics:
        for stance, found in stances:
            if topic.clause == found.clause:
                apart = abs(topic.at - found.at)
                if apart <= _NEAR:
                    yield near + kind * size + stance
                if apart <= _BESIDE:
                    yield beside + kind * size + stance


def _of_shape(
    words: Sequence[str], topics: Sequence[tuple[int, Found]], negated: Sequence[int]
) -> Iterator[int]:
    shape = _starts()[7]
    kinds = len({kind for kind, _ in topics})
    told = (
        bool(negated), len(negated) > 1, bool(words) and words[-1] == "?", len(words) < _SHORT,
        len(words) > _LONG, "<0>" in words, kinds == 0, kinds == 1, kinds > 2,
    )  # fmt: skip
    yield from (shape + at for at, holds in enumerate(told) if holds)


def _of_before(before: Sequence[str], stances: Sequence[tuple[int, Found]]) -> Iterator[int]:
    alone, both = _starts()[8:10]
    lists = _lists()
    size = 2 * len(lists.stances)
    kinds = {lists.kinds[of] for of, _ in _matches(before) if of < len(lists.topics)}
    if "?" in before[-2:]:
        yield alone
    for kind in kinds:
        yield alone + 1 + kind
        yield from (both + kind * size + stance for stance, _ in stances)


def _turned(found: Found, stance: int, negated: Sequence[int], clauses: NDArray[np.int64]) -> int:
    """Number a stance, an odd number where a negation stands before it."""
    turned = any(clauses[at] == found.clause and 0 <= found.at - at <= _NEGATES for at in negated)
    return 2 * stance + turned


def _matches(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Give (list, first word) of each entry that stands in a row of words."""
    negation = len(_lists().entries)
    for at, word in enumerate(words):
        seen: set[int] = set()
        for of, entry in _opening(word):
            if of not in seen and (len(entry) == 1 or _fits(entry, words, at)):
                seen.add(of)
                yield of, at
        if word.endswith("n't"):
            yield negation, at


def _fits(entry: Sequence[str], words: Sequence[str], at: int) -> bool:
    """Whether an entry, whose first word is known to fit, stands at a place."""
    for token in entry:
        if token == _PERHAPS:
            rest = entry[entry.index(token) + 1 :]
            return _fits(rest, words, at) or _fits(rest, words, at + 1)
        if at >= len(words) or not _is(token, words[at]):
            return False
        at += 1
    return True


@lru_cache(maxsize=1 << 14)
def _is(token: str, word: str) -> bool:
    return token == _ANY or any(
        word.startswith(form[:-1]) if form.endswith("*") else word == form
        for form in token.split("|")
    )


@lru_cache(maxsize=1 << 14)
def _opening(word: str) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Give the entries that a word may open, each with its list."""
    exact, begun = _by_first()
    found = list(exact.get(word, ()))
    for length in range(2, len(word) + 1):
        found += begun.get(word[:length], ())
    return tuple(sorted(found))


_Entries = dict[str, list[tuple[int, tuple[str, ...]]]]


@cache
def _by_first() -> tuple[_Entries, _Entries]:
    """Give the entries by their first word, and by how their first word begins."""
    exact: _Entries = {}
    begun: _Entries = {}
    lists = _lists()
    for of, entries in enumerate((*lists.entries, lists.negations)):
        for entry in entries:
            for form in entry[0].split("|"):
                table = begun if form.endswith("*") else exact
                table.setdefault(form.rstrip("*"), []).append((of, entry))
    return exact, begun


@cache
def _lists() -> Lists:
    read = load("probatum.trust", "data/dangers.toml")
    of_kinds, stances = list(read["topics"].values()), read["stances"]
    names = [(name, kind) for kind, of in enumerate(of_kinds) for name in of]
    tables = [table for of in (*of_kinds, stances) for table in of.values()]
    return Lists(
        tuple(name for name, _ in names),
        tuple(kind for _, kind in names),
        tuple(stances),
        tuple(tuple(tuple(entry.split()) for entry in table) for table in tables),
        tuple(tuple(entry.split()) for entry in read["negation"]["words"]),
    )
