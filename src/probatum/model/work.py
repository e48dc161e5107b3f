"""The thing that documents are reports of, and why two documents are held to be one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from probatum.model.document import DocumentKind, Identifiers, Metadata

# A work may stand for a study or a record of the pack; their "document" ids begin with these.
STUDY = "study:"
RECORD = "record:"

DuplicateVerdict = Literal["same", "related", "review"]
DecisionVerdict = Literal["same", "related", "different"]


@dataclass(frozen=True, slots=True)
class Card:
    """What linking needs of a document: its metadata and where it came from, without the text."""

    document: str
    kind: DocumentKind
    metadata: Metadata
    source_name: str
    record: str | None = None


@dataclass(frozen=True, slots=True)
class WorkLink:
    """An edge between works: retracts, corrects, raises-concern-about, preprint-of, report-of.

    The other end holds the passive form (retracted-by, corrected-by, concern-raised-by,
    has-preprint, has-report); ``related`` and ``same-trial`` stand at both ends. ``target`` is the
    id of a work of the same base.
    """

    kind: str
    target: str
    why: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field on which the documents of one work disagree: (document, value) pairs."""

    field: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Work:
    """What documents are reports of: id, its documents and records, identifiers, links.

    ``confirmed`` is False for a work known by label, year and review only ("identity not
    confirmed"). ``id`` is derived from the strongest identifier, else from the documents.
    """

    id: str
    documents: tuple[str, ...]
    records: tuple[str, ...] = ()
    identifiers: Identifiers = field(default_factory=Identifiers)
    title: str | None = None
    year: int | None = None
    authors: tuple[str, ...] = ()
    container_title: str | None = None
    publication_types: tuple[str, ...] = ()
    links: tuple[WorkLink, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A pair of documents: the same work, related, or to be looked at; with the reasons."""

    left: str
    right: str
    verdict: DuplicateVerdict
    relation: str | None
    score: float
    why: tuple[str, ...]
    left_record: str | None = None
    right_record: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about two documents; it wins over every likeness.

    A row of judgements/duplicates.csv. Of several about one pair the latest (``when``, ISO 8601,
    then the order of the rows) holds.
    """

    left: str
    right: str
    verdict: DecisionVerdict
    who: str
    when: str
    why: str


@dataclass(frozen=True, slots=True)
class Linking:
    """What linking gave: works sorted by id, duplicates sorted by (left, right)."""

    works: tuple[Work, ...]
    duplicates: tuple[Duplicate, ...]


@dataclass(frozen=True, slots=True)
class Citing:
    """A statement placed in the graph of works: who says it, about which works, as what.

    ``counts`` is False where a tally must not take it (``why_not`` says why): a twin of an earlier
    statement (``twin_of``), a citation of itself, or one from a source with a serious flag.
    ``citing_work`` is empty for a statement that a citation page prints without its source.
    ``leaning`` is the stance of a statement that is not confident enough to take it; ``relation``
    tells citation of one's own work ("self") from "independent" citation, as far as known.
    """

    statement: str
    document: str
    citing_work: str
    cited_works: tuple[str, ...]
    stance: str
    own_evidence: bool
    counts: bool
    why_not: str | None = None
    twin_of: str | None = None
    leaning: str | None = None
    relation: str = "unknown"


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice in the base about a record: retraction, correction or expression of concern.

    ``target`` is ``"doi:..."`` or ``"pmid:..."``; ``document`` is where the notice stands.
    """

    kind: str
    target: str
    document: str
    title: str | None = None
