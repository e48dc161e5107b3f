"""What the documents at hand say of records that were retracted or corrected."""

from __future__ import annotations

from collections.abc import Iterable

from probatum.model.work import Card, Notice

_NOTICES = {
    "retraction-of": "retraction",
    "correction-of": "correction",
    "expression-of-concern-about": "expression-of-concern",
}


def notices(cards: Iterable[Card]) -> tuple[Notice, ...]:
    """Collect what the documents of the base say about retracted or corrected records."""
    found = {
        Notice(_NOTICES[relation.kind], relation.target, card.document, card.metadata.title)
        for card in cards
        for relation in card.metadata.relations
        if relation.kind in _NOTICES
    }
    return tuple(sorted(found, key=lambda n: (n.target, n.kind, n.document)))
