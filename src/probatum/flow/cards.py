"""What linking is given: a card a document, and cards for the studies that the pack knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from probatum.flow.ledger import Part
from probatum.model.document import Author, Document, Identifiers, Metadata
from probatum.model.pack import Pack, PackRecord, StudyRow
from probatum.model.work import RECORD, STUDY, Card, Linking, Notice, Work

_NOTICES = {
    "retraction-of": "retraction",
    "correction-of": "correction",
    "expression-of-concern-about": "expression-of-concern",
}


def document_cards(part: Part) -> list[Card]:
    """Give the cards of the documents of a part; their text stays on disk."""
    rows = part.columns(Document, ("id", "kind", "metadata", "source"))
    return [
        Card(row["id"], row["kind"], row["metadata"], row["source"].name, row["source"].record)
        for row in rows
    ]


def study_card_id(study: str) -> str:
    """Give the document id that stands for a study of the pack."""
    return STUDY + study


def pack_cards(pack: Pack) -> list[Card]:
    """Give one card a study label of the pack and one a bibliographic record of it."""
    studies: dict[str, list[StudyRow]] = {}
    for row in pack.studies:
        studies.setdefault(row.study, []).append(row)
    cards = [_study_card(pack, label, rows) for label, rows in sorted(studies.items())]
    return cards + [_record_card(pack, record) for record in pack.records]


def _study_card(pack: Pack, label: str, rows: Sequence[StudyRow]) -> Card:
    registrations = sorted({row.registration for row in rows if row.registration})
    identifiers = Identifiers(
        doi=_only(row.doi for row in rows),
        pmid=_only(row.pmid for row in rows),
        nct=tuple(name for name in registrations if name.startswith("NCT")),
    )
    years = sorted({row.year for row in rows if row.year})
    family = re.match(r"[^\W\d_][\w'’ -]*?(?= \d{4})", label)  # a printed name
    metadata = Metadata(
        authors=(Author(family.group()),) if family else (),
        year=years[0] if len(years) == 1 else None,
        identifiers=identifiers,
    )
    return Card(study_card_id(label), "record", metadata, f"pack {pack.name}", label)


def _only(values: Iterable[str | None]) -> str | None:
    """Give the one value that rows agree on, else None: a label may stand for two reports."""
    found = {value for value in values if value}
    return found.pop() if len(found) == 1 else None


def _record_card(pack: Pack, record: PackRecord) -> Card:
    metadata = Metadata(
        title=record.title,
        authors=tuple(_person(name) for name in record.authors),
        year=record.year,
        identifiers=Identifiers(doi=record.doi, pmid=record.pmid, pmcid=record.pmcid),
        container_title=record.container_title,
    )
    return Card(RECORD + record.key, "record", metadata, f"pack {pack.name}", record.key)


def _person(name: str) -> Author:
    family, _, given = name.partition(" ")
    return Author(family, given or None)


def named(linking: Linking) -> Linking:
    """Name the works that only a study label stands for, and say that they are not confirmed."""
    return replace(linking, works=tuple(_named(work) for work in linking.works))


def _named(work: Work) -> Work:
    labels = [d[len(STUDY) :] for d in work.documents if d.startswith(STUDY)]
    if not labels:
        return work
    found = work.identifiers
    known = bool(found.doi or found.pmid or found.pmcid or found.nct)
    alone = len(labels) == len(work.documents)
    return replace(work, title=work.title or labels[0], confirmed=known or not alone)


def notices(cards: Iterable[Card]) -> tuple[Notice, ...]:
    """Collect what the documents of the base say about retracted or corrected records."""
    found = {
        Notice(_NOTICES[relation.kind], relation.target, card.document, card.metadata.title)
        for card in cards
        for relation in card.metadata.relations
        if relation.kind in _NOTICES
    }
    return tuple(sorted(found, key=lambda n: (n.target, n.kind, n.document)))
