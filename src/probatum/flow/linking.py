"""The stage of linking: the documents of all parts, and the studies of the pack, become works.

A base of many records is linked in hash partitions; the part is the same bytes, however many.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from probatum.engine.tables import Gathered, Tables, count_rows, file_name
from probatum.flow import partitions, ranges
from probatum.flow.cards import document_cards, named, pack_cards
from probatum.flow.ledger import Part
from probatum.flow.noted import notices
from probatum.flow.run import Run
from probatum.model.document import Document
from probatum.model.linking import Member
from probatum.model.pack import Pack
from probatum.model.source import Accounting
from probatum.model.work import Decision, Duplicate, Notice, Work
from probatum.works.link import link

#: Records that are linked at once, in some 600 MB. A base of more is cut into halves of that: a
#: partition also holds the records of others that its own are compared with.
LARGEST = 100_000
# Pairs that are compared at once, for each record that is linked at once: the cards of 200,000
# pairs take some 500 MB, and each time passes over the cards of all.
_PAIRS = 2


def link_parts(
    read: Sequence[Part], pack: Pack, decisions: Sequence[Decision]
) -> dict[type, Sequence[object]]:
    """Link the documents of read parts at once; gives works, pairs of documents and notices.

    Of documents with one id (a source that comes twice) the last one is taken.
    """
    every = {card.document: card for part in read for card in document_cards(part)}
    cards = list(every.values())
    linking = named(link([*cards, *pack_cards(pack)], decisions))
    return {Work: linking.works, Duplicate: linking.duplicates, Notice: notices(cards)}


def link_base(
    run: Run,
    read: Sequence[Part],
    pack: tuple[str, Pack],
    decisions: Sequence[Decision],
    *,
    largest: int = LARGEST,
) -> Part:
    """Bring the linking of a base up to date; ``pack`` is its place and what it holds.

    A base of more than ``largest`` records is linked in partitions, by the runner of the build.
    """
    location, loaded = pack
    key = run.key("link", [part.name for part in read], loaded.digest, decisions)
    records = sum(count_rows(part.table(Document)) for part in read)
    if records <= largest:
        return run.whole("link", key, lambda: link_parts(read, loaded, decisions))
    count = ranges.how_many(records, max(1, largest // 2))
    cards = _lay_out(run, read, (location, loaded.digest), count)
    works = _make_works(run, cards, tuple(decisions), (count, _PAIRS * largest))
    return run.whole("link", key, lambda: _together(cards, works, count))


def _lay_out(run: Run, read: Sequence[Part], pack: tuple[str, str], count: int) -> list[Part]:
    """Group sources by their digest: what comes twice lies together, what is new moves little."""
    groups: list[list[Part]] = [[] for _ in range(count)]
    for part in read:
        (row,) = part.columns(Accounting, ("sha256",))
        groups[ranges.place_of(row["sha256"], count)].append(part)
    last = len(groups)
    keys = [run.key("card", [part.name for part in group]) for group in groups]
    return run.stage(
        "card",
        [*keys, run.key("card", pack[1])],
        lambda at, place: partitions.CardShard(
            place,
            tuple(part.folder for part in groups[at]) if at < last else (),
            pack[0] if at == last else None,
        ),
        partitions.lay_out,
    )


def _make_works(
    run: Run, cards: Sequence[Part], decisions: tuple[Decision, ...], sizes: tuple[int, int]
) -> list[Part]:
    """Block, match and cluster; ``sizes``: partitions, and pairs that one compares at once."""
    count, at_once = sizes
    names, of_cards = [part.name for part in cards], _folders(cards)
    marks, documents = ranges.of_marks(count), ranges.of_text(count)
    blocked = run.stage(
        "block",
        [run.key("block", names, some) for some in marks],
        lambda at, place: partitions.BlockShard(place, of_cards, marks[at]),
        partitions.propose,
    )
    proposed = [part.name for part in blocked]
    matched = run.stage(
        "match",
        [run.key("match", proposed, some) for some in documents],
        lambda at, place: partitions.MatchShard(
            place, of_cards, _folders(blocked), documents[at], at_once
        ),
        partitions.judge,
    )
    judged = [part.name for part in matched]
    gathered = run.whole(
        "gather",
        run.key("gather", proposed, judged, decisions),
        lambda: {Member: partitions.gather(matched, blocked, decisions)},
    )
    return run.stage(
        "cluster",
        [run.key("cluster", names, judged, gathered.name, some) for some in documents],
        lambda at, place: partitions.ClusterShard(
            place, of_cards, _folders(matched), gathered.folder, documents[at], decisions
        ),
        partitions.make_works,
    )


def _folders(parts: Sequence[Part]) -> tuple[Path, ...]:
    return tuple(part.folder for part in parts)


def _together(cards: Sequence[Part], works: Sequence[Part], count: int) -> Tables:
    """The tables of the partitions as one part, in the order of a base that is linked at once."""

    def gathered(noun: type, by: tuple[str, ...], prefix: str = "") -> Gathered:
        files = [folder / file_name(noun) for folder in _folders(works)]
        return Gathered(files, by, ranges.of_text(count, prefix))

    told = {notice for part in cards for notice in part.each(Notice)}
    return {
        Work: gathered(Work, ("id",), "w"),
        Duplicate: gathered(Duplicate, ("left", "right")),
        Notice: sorted(told, key=lambda n: (n.target, n.kind, n.document)),
    }
