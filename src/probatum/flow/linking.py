"""The stage of linking: the documents of all parts, and the studies of the pack, become works."""

from __future__ import annotations

from collections.abc import Sequence

from probatum.flow.cards import document_cards, named, pack_cards
from probatum.flow.ledger import Part
from probatum.flow.noted import notices
from probatum.model.pack import Pack
from probatum.model.work import Decision, Duplicate, Notice, Work
from probatum.works.link import link


def link_parts(
    read: Sequence[Part], pack: Pack, decisions: Sequence[Decision]
) -> dict[type, Sequence[object]]:
    """Link the documents of read parts; gives works, pairs of documents and notices."""
    cards = [card for part in read for card in document_cards(part)]
    linking = named(link([*cards, *pack_cards(pack)], decisions))
    return {Work: linking.works, Duplicate: linking.duplicates, Notice: notices(cards)}
