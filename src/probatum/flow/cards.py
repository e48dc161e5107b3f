"""What linking is given: a card a document, and cards for the studies that the pack knows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from probatum.flow.ledger import Part
from probatum.model.document import AbstractSection, Author, Document, Identifiers, Metadata
from probatum.model.pack import Pack, PackRecord, StudyRow
from probatum.model.work import RECORD, STUDY, Card, Linking, Work
from probatum.text.identifiers import normal_doi

# As much of an abstract as matching looks at.
_SECTIONS, _BEGINNING = 4, 400
_REPORT = "#"  # between the label of a study and the DOI of a further report of it


def document_cards(part: Part) -> list[Card]:
    """Give the cards of the documents of a part; what linking does not ask stays on disk."""
    rows = part.records(Document, ("id", "kind", "metadata", "source"))
    return [
        Card(
            row["id"],
            row["kind"],
            _needed(row["metadata"]),
            row["source"].name,
            row["source"].record,
        )
        for row in rows
    ]


def _needed(metadata: Metadata) -> Metadata:
    """Keep of a record what linking reads: a fifth of its bytes."""
    sections = metadata.abstract[:_SECTIONS]
    begins = " ".join(section.text[:_BEGINNING] for section in sections)[:_BEGINNING]
    return replace(
        metadata,
        abstract=(AbstractSection(None, begins),) if begins else (),
        keywords=(),
        subjects=(),
        grants=(),
        conflict_statement=None,
        origins=(),
    )


def study_label(work: Work) -> str | None:
    """Give the label of the pack's study that a work reports; the first of several."""
    studies = sorted(d[len(STUDY) :] for d in work.documents if d.startswith(STUDY))
    return studies[0].split(_REPORT, 1)[0] if studies else None


def works_by_study(
    work_of: Mapping[str, str], rows: Iterable[StudyRow] = ()
) -> dict[str, set[str]]:
    """Give the works that each study label stands for, by label.

    ``work_of`` maps documents to works; a study with several reports has a card for each.
    ``rows`` are those of the pack: one that was read from a document of the base is of the work
    that the document reports.
    """
    found: dict[str, set[str]] = {}
    for document, work in work_of.items():
        if document.startswith(STUDY):
            label = document[len(STUDY) :].split(_REPORT, 1)[0]
            found.setdefault(label, set()).add(work)
    for row in rows:
        places = (s.locator or "" for s in row.sources if s.kind == "document of the base")
        held = {work_of.get(place.partition(":")[0]) for place in places}
        found.setdefault(row.study, set()).update(work for work in held if work)
    return found


def pack_cards(pack: Pack) -> list[Card]:
    """Give one card a report of a study of the pack and one a bibliographic record of it."""
    studies: dict[str, list[StudyRow]] = {}
    for row in pack.studies:
        studies.setdefault(row.study, []).append(row)
    cards = [
        card for label, rows in sorted(studies.items()) for card in _study_cards(pack, label, rows)
    ]
    return cards + [_record_card(pack, record) for record in pack.records]


def _study_cards(pack: Pack, label: str, rows: Sequence[StudyRow]) -> list[Card]:
    """Give the card of a study; of several reports the one with most rows comes first."""
    dois = Counter(normal_doi(row.doi) for row in rows if row.doi)
    reports = sorted(dois, key=lambda doi: (-dois[doi], doi or ""))
    if len(reports) < 2:
        return [_study_card(pack, label, label, rows)]
    return [
        _study_card(
            pack,
            label,
            label if at == 0 else f"{label}{_REPORT}{doi}",
            [row for row in rows if row.doi and normal_doi(row.doi) == doi],
        )
        for at, doi in enumerate(reports)
    ]


def _study_card(pack: Pack, label: str, name: str, rows: Sequence[StudyRow]) -> Card:
    registrations = sorted({row.registration for row in rows if row.registration})
    doi = _only(row.doi for row in rows)
    identifiers = Identifiers(
        doi=normal_doi(doi) if doi else None,
        pmid=_only(row.pmid for row in rows),
        nct=tuple(word for word in registrations if word.startswith("NCT")),
    )
    years = sorted({row.year for row in rows if row.year})
    family = re.match(r"[^\W\d_][\w'’ -]*?(?= \d{4})", label)  # a printed name
    metadata = Metadata(
        authors=(Author(family.group()),) if family else (),
        year=years[0] if len(years) == 1 else None,
        identifiers=identifiers,
    )
    return Card(STUDY + name, "record", metadata, f"pack {pack.name}", label)


def _only(values: Iterable[str | None]) -> str | None:
    """Give the one value that rows agree on, else None."""
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
    studies = (d[len(STUDY) :] for d in work.documents if d.startswith(STUDY))
    labels = [label.split(_REPORT, 1)[0] for label in studies]
    if not labels:
        return work
    found = work.identifiers
    known = bool(found.doi or found.pmid or found.pmcid or found.nct)
    alone = len(labels) == len(work.documents)
    return replace(work, title=work.title or labels[0], confirmed=known or not alone)
