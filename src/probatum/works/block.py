"""Which pairs of cards are worth comparing: those that share a key of some kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from probatum.works.normalise import Key

#: A bucket with more cards than this is narrowed by title before it is paired (no quadratic cost).
LARGEST_BUCKET = 60
_HEAD = 28
#: In such a bucket a card is compared with so many that follow it.
WINDOW = 12
_AT_ONCE = 100_000
Ints = NDArray[np.int64]


def block(keys: Sequence[Key]) -> Iterator[tuple[int, int]]:
    """Pairs of places in ``keys``, lower first, in order, each once.

    A bucket of more than ``LARGEST_BUCKET`` cards (five hundred records titled "Editorial") is
    sorted by title, and each card is compared with the next few only, so that cost stays linear.
    """
    pairs = np.fromiter(_pairs(keys), dtype=np.int64)
    pairs = np.unique(pairs)
    for start in range(0, len(pairs), _AT_ONCE):
        yield from (
            (pair // len(keys), pair % len(keys))
            for pair in pairs[start : start + _AT_ONCE].tolist()
        )


def _pairs(keys: Sequence[Key]) -> Iterator[int]:
    """Every pair of every bucket as one number; a pair may come again."""
    count = len(keys)
    for members in _buckets(keys):
        few = len(members) <= LARGEST_BUCKET
        for left, right in combinations(members, 2) if few else _neighbours(members, keys):
            yield left * count + right


def _buckets(keys: Sequence[Key]) -> Iterator[list[int]]:
    """The places that share a blocking key, in order, where there are two or more.

    The keys stand as digests of 63 bits: a hundred bytes a card, where a dict of them takes two
    thousand. Two keys that share a digest by chance add a pair, which matching refuses.
    """
    marks, places = _marked(keys)
    order = np.argsort(marks, kind="stable")
    marks, places = marks[order], places[order]
    starts = np.flatnonzero(np.concatenate(([True], marks[1:] != marks[:-1], [True])))
    for start in np.flatnonzero(np.diff(starts) > 1).tolist():
        yield places[starts[start] : starts[start + 1]].tolist()


def _marked(keys: Sequence[Key]) -> tuple[Ints, Ints]:
    counts = np.zeros(len(keys), dtype=np.int64)

    def marks() -> Iterator[int]:
        for place, key in enumerate(keys):
            found = marks_of(key)
            counts[place] = len(found)
            yield from found

    found = np.fromiter(marks(), dtype=np.int64)
    return found, np.repeat(np.arange(len(keys)), counts)


def marks_of(key: Key) -> set[int]:
    """The blocking keys of one card as marks."""
    return {mark(*name) for name in blocking_keys(key)}


def mark(*name: object) -> int:
    """A blocking key as a number of 63 bits, the same on every machine.

    >>> mark("doi", "10.1000/a") == mark("doi", "10.1000/a") != mark("pmid", "10.1000/a")
    True
    """
    digest = blake2b(repr(name).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little") >> 1


def _neighbours(members: list[int], keys: Sequence[Key]) -> Iterator[tuple[int, int]]:
    """Each card with the next few in the order of title, author, year and page."""
    found = sorted(members, key=lambda place: order(keys[place]))
    for at, place in enumerate(found):
        for other in found[at + 1 : at + 1 + WINDOW]:
            yield (place, other) if place < other else (other, place)


def order(key: Key) -> tuple[str, str, int, str, str]:
    """What the cards of a crowded bucket are sorted by: title, author, year, page, document."""
    author = min(key.names[0]) if key.names else ""
    return key.compact, author, key.year, key.page, key.document


def blocking_keys(key: Key) -> Iterator[tuple[object, ...]]:
    """Keys of one card: identifiers, place in a journal, head and tail of the title, author."""
    yield from _identifier_keys(key)
    author = key.names[0] if key.names else frozenset()
    if key.page and key.volume:
        yield "place", key.year, key.volume, key.page
    if len(key.compact) >= 12:
        yield "head", key.compact[:_HEAD]
        yield "tail", key.compact[-_HEAD:]
    elif key.compact:
        yield "short", key.compact, key.year
    longest = sorted(key.title.split(), key=len, reverse=True)[:2]
    for word in author:
        if key.page:
            yield "page", word, key.page
        if longest:
            yield "words", word, *longest


def _identifier_keys(key: Key) -> Iterator[tuple[object, ...]]:
    ids = key.identifiers
    for scheme, value in (("doi", ids.doi), ("pmid", ids.pmid), ("pmcid", ids.pmcid)):
        if value:
            yield scheme, value
    for nct in ids.nct:
        yield "nct", nct
    for scheme, value in ids.other:
        yield scheme, value
