"""Linking on the labelled sets, and how its cost grows; the labels are the peer.

``python -m bench link`` prints, for each set, how many duplicates were found, how many distinct
works were lost in another one, how many pairs are left for a person, and records a CPU-second;
then the same cards copied and renamed up to 100,000. The sets are read from the shared data
(``PROBATUM_DATA``, else ../shared/data). Weights and rules were tuned on ``TUNED``. No error on
diabetes was looked at; of cytology_screening the first list of errors was seen, and the rule that
an erratum on the article's own page is no notice came from it.
"""

from __future__ import annotations

import csv
import io
import os
import tarfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

from probatum.documents.read import collect
from probatum.model.work import Card, Linking
from probatum.works.link import link

TUNED = ("cardiac", "respiratory", "digital_work", "haematology")
APART = ("cytology_screening", "diabetes")
_LARGEST = 100_000


@dataclass(frozen=True, slots=True)
class Labelled:
    """A set: its cards and, for each record with duplicates, the number of its cluster."""

    name: str
    cards: list[Card]
    clusters: list[list[str]]


@dataclass(frozen=True, slots=True)
class Measured:
    """What linking a set gave: counts, and CPU seconds."""

    name: str
    records: int
    pairs: int
    found: int
    duplicates: int
    removed: int
    lost: int
    review: int
    seconds: float

    def __str__(self) -> str:
        """Give the row of the table."""
        return (
            f"link {self.name:<20} {self.records:7,} records   pairs {self.found}/{self.pairs}"
            f" = {self.found / self.pairs:.4f}   duplicates {self.removed}/{self.duplicates}"
            f" = {self.removed / self.duplicates:.4f}   works lost {self.lost}"
            f"   review {self.review} ({self.review / self.records:.2%})"
            f"   {self.records / self.seconds:,.0f} records/CPU-s"
        )


def sets() -> Iterator[Labelled]:
    """Read the labelled sets, tuned ones first, through the reader of tables."""
    root = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
    folder = Path(os.environ.get("PROBATUM_DATA") or root)
    with tarfile.open(folder / "dedupe" / "labelled_sets.tar.gz") as archive:
        members = {Path(m.name).parts[-2:]: m for m in archive if m.isfile()}

        def data(*parts: str) -> bytes:
            handle = archive.extractfile(members[parts])
            return handle.read() if handle else b""

        for name in TUNED + APART:
            reading = collect(data(name, "records_pre_merged.csv"), f"{name}.csv")
            cards = [
                Card(d.id, d.kind, d.metadata, d.source.name, d.source.record)
                for d in reading.documents
            ]
            rows = csv.reader(io.StringIO(data(name, "merged_record_ids.csv").decode()))
            yield Labelled(name, cards, [row[0].split(";") for row in rows][1:])


def measure(labelled: Labelled) -> Measured:
    """Link a set and hold the outcome against its labels."""
    start = time.process_time()
    linking = link(labelled.cards)
    seconds = time.process_time() - start
    record = {card.document: card.record or card.document for card in labelled.cards}
    work = {record[d]: w.id for w in linking.works for d in w.documents}
    clusters = [[r for r in cluster if r in work] for cluster in labelled.clusters]
    pairs = [pair for cluster in clusters for pair in combinations(cluster, 2)]
    return Measured(
        labelled.name,
        len(labelled.cards),
        len(pairs),
        sum(work[a] == work[b] for a, b in pairs),
        sum(len(cluster) - 1 for cluster in clusters),
        sum(len(cluster) - len({work[r] for r in cluster}) for cluster in clusters),
        _lost(linking, record, clusters),
        sum(pair.verdict == "review" for pair in linking.duplicates),
        seconds,
    )


def _lost(linking: Linking, record: dict[str, str], clusters: list[list[str]]) -> int:
    true = {r: at for at, cluster in enumerate(clusters) for r in cluster}
    groups = [[record[d] for d in work.documents] for work in linking.works]
    return sum(len({true.get(r, r) for r in group}) - 1 for group in groups)


def _copies(cards: Sequence[Card], count: int) -> list[Card]:
    """As many cards of distinct works: copies get another word in the title and another author."""
    found = []
    for at in range(count):
        card, turn = cards[at % len(cards)], at // len(cards)
        meta = card.metadata
        if turn:
            word = "".join(chr(97 + int(digit)) for digit in str(turn)) * 4
            ids = replace(meta.identifiers, doi=None, pmid=None)
            title = f"{word} {meta.title or ''} {word}"
            authors = tuple(replace(a, family=a.family + word) for a in meta.authors)
            meta = replace(
                meta, title=title, identifiers=ids, authors=authors, volume=f"{turn}{at % 90}"
            )
        found.append(replace(card, document=f"{card.document}{turn}", metadata=meta))
    return found


def rows() -> Iterator[Measured | str]:
    """Yield a row a set, the sums, and the cost of 10,000 and 100,000 records."""
    cards: list[Card] = []
    measured = []
    for labelled in sets():
        cards += labelled.cards
        measured.append(measure(labelled))
        yield measured[-1]
    for name, wanted in (("tuned", TUNED), ("apart", APART), ("all", TUNED + APART)):
        chosen = [m for m in measured if m.name in wanted]
        sums = [sum(getattr(m, f) for m in chosen) for f in Measured.__slots__[1:]]
        yield Measured(f"= {name}", *sums)
    for count in (10_000, _LARGEST):
        copies = _copies(cards, count)
        start = time.process_time()
        linking = link(copies)
        seconds = time.process_time() - start
        yield (
            f"link {count:,} records: {seconds:.1f} CPU-s, {count / seconds:,.0f} records/CPU-s,"
            f" {len(linking.works):,} works"
        )
