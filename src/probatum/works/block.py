"""Which pairs of cards are worth comparing: those that share a key of some kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from probatum.works.normalise import Key

#: A bucket with more cards than this is narrowed by title before it is paired (no quadratic cost).
LARGEST_BUCKET = 60
_HEAD = 28
_WINDOW = 12


def block(keys: Sequence[Key]) -> list[tuple[int, int]]:
    """Pairs of places in ``keys``, lower first, sorted, each once.

    A bucket of more than ``LARGEST_BUCKET`` cards (five hundred records titled "Editorial") is
    sorted by title, and each card is compared with the next few only, so that cost stays linear.
    """
    buckets: dict[tuple[object, ...], list[int]] = {}
    for place, key in enumerate(keys):
        for name in set(blocking_keys(key)):
            buckets.setdefault(name, []).append(place)
    pairs: set[tuple[int, int]] = set()
    for members in buckets.values():
        if 1 < len(members) <= LARGEST_BUCKET:
            pairs.update(combinations(members, 2))
        elif len(members) > 1:
            pairs.update(_neighbours(members, keys))
    return sorted(pairs)


def _neighbours(members: list[int], keys: Sequence[Key]) -> Iterator[tuple[int, int]]:
    """Each card with the next few in the order of title, author, year and page."""
    order = sorted(members, key=lambda place: _order(keys[place]))
    for at, place in enumerate(order):
        for other in order[at + 1 : at + 1 + _WINDOW]:
            yield (place, other) if place < other else (other, place)


def _order(key: Key) -> tuple[str, str, int, str, str]:
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
