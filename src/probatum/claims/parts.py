"""Where each part of a claim stands: from places in its sentence to places in the document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from probatum.claims.relations import Relation
from probatum.model.claim import Claim, Part, PartName
from probatum.text.concepts import Concept

Place = tuple[int, int]
Placed = tuple[PartName, Place]


def named(parts: Iterable[tuple[PartName, Concept | None]]) -> Iterator[Placed]:
    """Give the places of what was found."""
    return ((name, (one.start, one.end)) for name, one in parts if one is not None)


def asserted(relation: Relation, thing: Concept | None, *, denied: bool) -> Iterator[Placed]:
    """Give the places of what a relation says: direction, strength, negation, hedge.

    A relation that no word of its own states ("its analgesic effect") is read from its thing.
    Where a negation turned the direction ("no need of"), its words belong to the direction.
    """
    words = (relation.first, relation.end)
    if relation.first >= relation.end:
        words = (thing.start, thing.end) if thing is not None else (0, 0)
    if relation.denied is not None and not denied:
        words = _around(words, relation.denied)
    yield "direction", words
    if relation.strength != "none":
        weakened = relation.strength == "conditional" and relation.hedged
        yield "strength", relation.hedged if weakened and relation.hedged else words
    if relation.hedged is not None:
        yield "hedge", relation.hedged
    if relation.denied is not None and denied:
        yield "negated", relation.denied
        held = (thing.start, thing.end) if thing is not None else words
        yield "scope", _around(relation.denied, words, held)


def _around(*places: Place) -> Place:
    return min(a for a, _ in places), max(b for _, b in places)


def parts(start: int, placed: Iterable[Placed], away: Sequence[Part] = ()) -> tuple[Part, ...]:
    """Make the parts of a claim whose sentence begins at ``start`` of its document.

    ``away`` are those that stand outside the sentence.

    >>> parts(100, [("outcome", (9, 13)), ("intervention", (0, 4))])[0].start
    100
    """
    made = [Part(name, start + a, start + b) for name, (a, b) in dict.fromkeys(placed) if a < b]
    return ordered((*made, *away))


def ordered(given: Iterable[Part]) -> tuple[Part, ...]:
    """Sort parts by place; those without one go last."""
    return tuple(sorted(given, key=lambda p: (p.start is None, p.start or 0, p.end or 0, p.name)))


def with_part(claim: Claim, name: PartName, given: Iterable[Part]) -> Claim:
    """Put other parts in the place of those of one field."""
    kept = (one for one in claim.parts if one.name != name)
    return replace(claim, parts=ordered((*kept, *given)))


def without(claim: Claim, *names: PartName) -> Claim:
    """Take away the parts of some fields."""
    return replace(claim, parts=tuple(one for one in claim.parts if one.name not in names))


def of(claim: Claim, name: PartName) -> tuple[Part, ...]:
    """Give the parts of one field."""
    return tuple(one for one in claim.parts if one.name == name)
