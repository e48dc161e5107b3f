"""Linking in partitions, as the runner sees it: one shard in, one part written.

Cards of some sources are laid out with their marks; a range of marks gives pairs worth comparing;
a range of documents has its pairs compared; what hangs together becomes works, a range at a time.
A range of marks or documents is a hash partition, since both are digests.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pyarrow as pa

from probatum.engine.sql import Opened, opened
from probatum.engine.tables import decode, file_name, from_query
from probatum.flow import ranges
from probatum.flow.cards import document_cards, named, pack_cards
from probatum.flow.ledger import Part, Place
from probatum.flow.noted import notices
from probatum.flow.packs import load_pack
from probatum.model.linking import Candidate, Carded, Mark, Member, Tie
from probatum.model.work import Card, Decision, Duplicate, Notice, Work
from probatum.works.block import LARGEST_BUCKET, WINDOW, marks_of, order
from probatum.works.components import components
from probatum.works.edges import ties
from probatum.works.link import assemble, compare, uncollected
from probatum.works.normalise import normalise

_FEW = """
WITH held AS MATERIALIZED (SELECT mark, document FROM marks WHERE blocks AND mark BETWEEN ? AND ?),
sized AS (SELECT mark FROM held GROUP BY mark HAVING count(*) BETWEEN 2 AND ?),
met AS MATERIALIZED (SELECT mark, document FROM held JOIN sized USING (mark))
SELECT DISTINCT l.document, r.document FROM met AS l JOIN met AS r USING (mark)
WHERE l.document < r.document
"""
_CROWDED = """
WITH held AS (SELECT mark, document FROM marks WHERE blocks AND mark BETWEEN ? AND ?),
sized AS (SELECT mark FROM held GROUP BY mark HAVING count(*) > ?)
SELECT mark FROM sized LIMIT 1
"""
_NEAR = """
WITH held AS (SELECT mark, document FROM marks WHERE blocks AND mark BETWEEN ? AND ?),
sized AS (SELECT mark FROM held GROUP BY mark HAVING count(*) > ?),
placed AS MATERIALIZED (
    SELECT mark, document, row_number() OVER (
        PARTITION BY mark ORDER BY title, author, year, page, document) AS place
    FROM held JOIN sized USING (mark) JOIN cards USING (document)
), steps AS (SELECT unnest(range(1, ? + 1)) AS step)
SELECT DISTINCT least(l.document, r.document), greatest(l.document, r.document)
FROM placed AS l CROSS JOIN steps
JOIN placed AS r ON r.mark = l.mark AND r.place = l.place + step
"""
_TIED = """
WITH held AS (
    SELECT document, min(document) OVER (PARTITION BY mark) AS first
    FROM marks WHERE ties AND mark BETWEEN ? AND ?)
SELECT DISTINCT first, document FROM held WHERE first <> document ORDER BY ALL
"""
# Who of a pair brings it into its range: were it always the first, the first range would hold
# twice the mean of all pairs and the last nearly none. Ids are digests: their ends are chance.
_BRINGS = """
CASE WHEN (ascii(right("left", 1)) + ascii(right("right", 1))) % 2 = 0 THEN "left" ELSE "right" END
"""
_PAIRS = f"""
SELECT DISTINCT "left", "right" FROM pairs WHERE {_BRINGS} >= ? AND {_BRINGS} < ?
"""
_HOW_MANY = f"SELECT count(*) FROM ({_PAIRS})"
_COMPARED = f"""
WITH asked AS ({_PAIRS})
SELECT card FROM cards
WHERE document IN (SELECT "left" FROM asked UNION ALL SELECT "right" FROM asked)
"""
_EDGES = 'SELECT "left", "right" FROM matched UNION ALL SELECT "left", "right" FROM tied'
_GROUPED = """
SELECT card FROM cards
WHERE document >= $1 AND document < $2
  AND document NOT IN (SELECT document FROM members WHERE document >= $1 AND document < $2)
   OR document IN (SELECT document FROM members WHERE first >= $1 AND first < $2)
"""
_MATCHED = """
SELECT matched.* FROM matched JOIN members ON members.document = matched."left"
WHERE first >= ? AND first < ?
"""


@dataclass(frozen=True, slots=True)
class CardShard:
    """The read parts whose cards go into one part, or the pack whose studies do."""

    place: Place
    folders: tuple[Path, ...]
    pack: str | None = None

    def moved(self, place: Place, to: Callable[[Path], Path]) -> CardShard:
        """Give the same shard for a worker that does not see the base."""
        pack = None if self.pack is None else str(to(Path(self.pack)))
        return replace(self, place=place, folders=tuple(map(to, self.folders)), pack=pack)


@dataclass(frozen=True, slots=True)
class BlockShard:
    """A range of marks, and the parts that hold the marks."""

    place: Place
    cards: tuple[Path, ...]
    marks: tuple[int, int]

    def moved(self, place: Place, to: Callable[[Path], Path]) -> BlockShard:
        """Give the same shard for a worker that does not see the base."""
        return replace(self, place=place, cards=tuple(map(to, self.cards)))


@dataclass(frozen=True, slots=True)
class MatchShard:
    """A range of documents, the parts that hold cards and pairs; how many pairs at once."""

    place: Place
    cards: tuple[Path, ...]
    pairs: tuple[Path, ...]
    documents: tuple[str, str]
    at_once: int

    def moved(self, place: Place, to: Callable[[Path], Path]) -> MatchShard:
        """Give the same shard for a worker that does not see the base."""
        cards, pairs = tuple(map(to, self.cards)), tuple(map(to, self.pairs))
        return replace(self, place=place, cards=cards, pairs=pairs)


@dataclass(frozen=True, slots=True)
class ClusterShard:
    """A range of first documents, the parts that hold cards, matches and members; decisions."""

    place: Place
    cards: tuple[Path, ...]
    matched: tuple[Path, ...]
    members: Path
    documents: tuple[str, str]
    decisions: tuple[Decision, ...]

    def moved(self, place: Place, to: Callable[[Path], Path]) -> ClusterShard:
        """Give the same shard for a worker that does not see the base."""
        return replace(
            self,
            place=place,
            cards=tuple(map(to, self.cards)),
            matched=tuple(map(to, self.matched)),
            members=to(self.members),
        )


@dataclass(slots=True)
class _Layout:
    """What of the cards of a shard is kept while they stream by: 130 bytes a card, and notices.

    Of documents that come again the last one is to be taken, so cards come the last one first.
    """

    places: dict[str, int] = field(default_factory=dict)
    marks: array[int] = field(default_factory=lambda: array("q"))
    at: array[int] = field(default_factory=lambda: array("q"))
    roles: array[int] = field(default_factory=lambda: array("b"))
    telling: list[Card] = field(default_factory=list)

    def rows(self, cards: Iterable[Card]) -> Iterator[Carded]:
        """Lay out each card, and keep its marks."""
        for card in cards:
            if card.document in self.places:
                continue
            place = self.places[card.document] = len(self.places)
            key = normalise(card)
            blocking, tying = marks_of(key), ties(card)
            for mark in blocking | tying:
                self.marks.append(mark)
                self.at.append(place)
                self.roles.append((mark in blocking) + 2 * (mark in tying))
            if card.metadata.relations:
                self.telling.append(card)
            title, author, year, page, _ = order(key)
            yield Carded(card.document, title, author, year, page, card)

    def sorted_marks(self) -> Iterator[Mark]:
        """Give the marks in their order, so that a range of them lies together."""
        documents = list(self.places)
        marks, at = np.asarray(self.marks), np.asarray(self.at)
        for row in np.lexsort((at, marks)).tolist():
            role = self.roles[row]
            blocks, tying = bool(role & 1), bool(role & 2)
            yield Mark(self.marks[row], documents[self.at[row]], blocks, tying)

    def notices(self) -> Iterator[Notice]:
        """Give what the documents say about retracted or corrected records."""
        yield from notices(self.telling)


def lay_out(shard: CardShard) -> str:
    """Write the cards of some sources, or of the pack, with their marks and notices."""
    found = _Layout()
    with uncollected():
        return shard.place.write(
            {
                Carded: found.rows(_cards(shard)),  # first: what the others hold is kept here
                Mark: found.sorted_marks(),
                Notice: found.notices(),
            }
        )


def _cards(shard: CardShard) -> Iterator[Card]:
    if shard.pack is not None:
        yield from reversed(pack_cards(load_pack(shard.pack)))
    for folder in reversed(shard.folders):
        yield from reversed(document_cards(Part(folder)))


def propose(shard: BlockShard) -> str:
    """Write the pairs that share a mark of a range, and what is tied by one."""
    tables = {"marks": _files(shard.cards, Mark), "cards": _files(shard.cards, Carded)}
    asked = (*shard.marks, LARGEST_BUCKET)
    with opened(tables) as found:
        pairs = found.rows(_FEW, asked)
        if found.rows(_CROWDED, asked):  # then the cards are read too
            pairs += found.rows(_NEAR, (*asked, WINDOW))
        tied = found.rows(_TIED, shard.marks)
    return shard.place.write(
        {Candidate: from_query(Candidate, _sorted(pairs)), Tie: from_query(Tie, tied)}
    )


def judge(shard: MatchShard) -> str:
    """Compare the pairs that a document of a range brings."""
    tables = {"cards": _files(shard.cards, Carded), "pairs": _files(shard.pairs, Candidate)}
    with opened(tables) as asked, uncollected():
        return shard.place.write({Duplicate: _judged(asked, shard)})


def _judged(asked: Opened, shard: MatchShard) -> Iterator[Duplicate]:
    """Compare so many pairs at a time, since the cards of all that they name are held."""
    ((held,),) = asked.rows(_HOW_MANY, shard.documents)
    for some in ranges.parted(shard.documents, -(-int(str(held)) // shard.at_once)):
        pairs = _sorted(asked.rows(_PAIRS, some))
        yield from compare(_decoded(asked.each(_COMPARED, some)), pairs)


def gather(
    matched: Sequence[Part], tied: Sequence[Part], decisions: Sequence[Decision]
) -> Iterator[Member]:
    """Give each document that has to do with others, with the first of all of these."""
    import pyarrow.compute as pc  # noqa: PLC0415  # 40 ms, for bases in partitions only

    tables = {
        "matched": _files([part.folder for part in matched], Duplicate),
        "tied": _files([part.folder for part in tied], Tie),
    }
    with opened(tables) as asked:
        edges = asked.columns(_EDGES)
    decided = pa.table(
        {"left": [d.left for d in decisions], "right": [d.right for d in decisions]},
        schema=edges.schema,
    )
    edges = pa.concat_tables([edges, decided])
    ends = pa.chunked_array([*edges["left"].chunks, *edges["right"].chunks])
    documents = pc.unique(ends).sort()
    left, right = (pc.index_in(edges[name], documents).to_numpy() for name in ("left", "right"))
    firsts = components(left, right, len(documents))
    for document, first in zip(documents, firsts, strict=True):
        yield Member(document.as_py(), documents[first].as_py())


def make_works(shard: ClusterShard) -> str:
    """Make the works of the documents that hang on a first one in a range."""
    tables = {
        "cards": _files(shard.cards, Carded),
        "matched": _files(shard.matched, Duplicate),
        "members": _files([shard.members], Member),
    }
    with opened(tables) as asked, uncollected():
        cards = list(_decoded(asked.each(_GROUPED, shard.documents)))
        found = from_query(Duplicate, asked.rows(_MATCHED, shard.documents))
        linking = named(assemble(cards, found, shard.decisions))
    return shard.place.write({Work: linking.works, Duplicate: linking.duplicates})


def _sorted(pairs: Iterable[tuple[object, ...]]) -> list[tuple[str, str]]:
    """Each pair once, in order."""
    return sorted({(str(left), str(right)) for left, right in pairs})


def _decoded(found: Iterable[Sequence[object]]) -> Iterator[Card]:
    return (decode(Carded, "card", str(text)) for (text,) in found)


def _files(folders: Iterable[Path], noun: type) -> list[Path]:
    return [folder / file_name(noun) for folder in folders]
