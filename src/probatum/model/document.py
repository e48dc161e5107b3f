"""What a reader makes of (a part of) a source."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from probatum.model.quick import quick
from probatum.model.source import Problem, SourceRef

DocumentKind = Literal["article", "record", "citation-page", "web-page", "table"]
BlockKind = Literal[
    "title", "heading", "paragraph", "list-item", "table", "caption", "reference", "other"
]
SectionRole = Literal["abstract", "introduction", "methods", "results", "discussion", "other"]


@dataclass(frozen=True, slots=True)
class Span:
    """A place that can be re-found: code points [start, end) of a document's text."""

    document: str
    start: int
    end: int
    quote: str


@quick
@dataclass(frozen=True, slots=True)
class Author:
    """A person (family, given) or, with ``given`` None, a group or an undivided name."""

    family: str
    given: str | None = None
    orcid: str | None = None
    affiliations: tuple[str, ...] = ()


@quick
@dataclass(frozen=True, slots=True)
class Identifiers:
    """Identifiers by scheme, normalised.

    DOI lower case without resolver, PMID digits, PMCID ``PMC`` + digits, NCT upper case;
    ``other`` holds (scheme, value) pairs.
    """

    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    nct: tuple[str, ...] = ()
    other: tuple[tuple[str, str], ...] = ()


@quick
@dataclass(frozen=True, slots=True)
class AbstractSection:
    """One section of an abstract; ``label`` is None where the abstract is not divided."""

    label: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Relation:
    """An edge that the record itself states; target as ``"doi:10..."`` or ``"pmid:123"``.

    Kinds: retraction-of, correction-of, expression-of-concern-about, preprint-of, report-of,
    and the passive forms retracted-by, corrected-by, concern-raised-by, has-report.
    """

    kind: str
    target: str


@quick
@dataclass(frozen=True, slots=True)
class Subject:
    """A term of a controlled list that the record carries.

    ``scheme`` is "mesh", "substance" or "publication-type"; ``identifier`` the term's own in it
    (a MeSH UI), ``registry`` a substance's registry number (CAS, UNII, EC). ``major`` tells what
    the work is mainly about; ``qualifiers`` are (term, identifier) pairs.
    """

    term: str
    scheme: str
    identifier: str | None = None
    registry: str | None = None
    major: bool = False
    qualifiers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Grant:
    """Money that the record says the work had: number, who gave it, and their country."""

    number: str | None = None
    agency: str | None = None
    country: str | None = None


@quick
@dataclass(frozen=True, slots=True)
class Metadata:
    """CSL-like metadata; unknown is None or (), never guessed.

    ``date`` is ISO 8601 to the precision known (``"2025"``, ``"2025-07"``, ``"2025-07-25"``).
    ``origins`` holds (field, where in the source) pairs for every field that has a value.
    """

    title: str | None = None
    authors: tuple[Author, ...] = ()
    year: int | None = None
    date: str | None = None
    language: str | None = None
    identifiers: Identifiers = field(default_factory=Identifiers)
    container_title: str | None = None
    volume: str | None = None
    issue: str | None = None
    page: str | None = None
    publisher: str | None = None
    publication_types: tuple[str, ...] = ()
    abstract: tuple[AbstractSection, ...] = ()
    keywords: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()
    url: str | None = None
    subjects: tuple[Subject, ...] = ()
    grants: tuple[Grant, ...] = ()
    conflict_statement: str | None = None
    origins: tuple[tuple[str, str], ...] = ()


@quick
@dataclass(frozen=True, slots=True)
class Block:
    """A run of text with one function: code points [start, end), headings above it, its role."""

    kind: BlockKind
    start: int
    end: int
    section: tuple[str, ...] = ()
    role: SectionRole = "other"


@quick
@dataclass(frozen=True, slots=True)
class Reference:
    """An entry of the reference list; ``key`` is unique in the document (``"B12"``, ``"12"``)."""

    key: str
    label: str | None = None
    text: str = ""
    start: int | None = None
    end: int | None = None
    identifiers: Identifiers = field(default_factory=Identifiers)
    title: str | None = None
    authors: tuple[Author, ...] = ()
    year: int | None = None
    container_title: str | None = None


@quick
@dataclass(frozen=True, slots=True)
class InTextCitation:
    """A marker in the text, code points [start, end), and the reference keys it points to."""

    start: int
    end: int
    references: tuple[str, ...]


@quick
@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: zero-based place, extent, whether it is a header, and its span in the text."""

    row: int
    column: int
    row_span: int
    column_span: int
    header: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its key in the document, label, caption, and cells that point into the text."""

    key: str
    label: str | None
    caption: str | None
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet as printed: label None where the page prints none."""

    label: str | None
    count: int


@dataclass(frozen=True, slots=True)
class CitationItem:
    """One distinct quotation of a citation-statement page; ``start``/``end`` in the text.

    ``repeats`` is how often it is printed again; ``near_duplicate_of`` the index of an earlier
    item that says nearly the same.
    """

    text: str
    section: str | None
    stance: str | None
    confidence: float | None
    repeats: int
    near_duplicate_of: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CitationPage:
    """What a citation-statement page prints about the work it is about; counts as printed."""

    supporting: int | None = None
    mentioning: int | None = None
    contrasting: int | None = None
    publications: int | None = None
    statements: int | None = None
    references: int | None = None
    sections: tuple[Facet, ...] = ()
    years: tuple[int, int] | None = None
    publication_types: tuple[Facet, ...] = ()
    relationship: tuple[Facet, ...] = ()
    items: tuple[CitationItem, ...] = ()


@quick
@dataclass(frozen=True, slots=True)
class Document:
    """What a reader made of a source or of one record of it.

    ``id`` is the first 16 hex digits of sha256(source sha256 + ":" + ordinal). All spans count
    code points of ``text``. Blocks are in text order and do not overlap. ``pages`` holds where
    each page of a paginated source begins in the text.
    """

    id: str
    ordinal: int
    kind: DocumentKind
    source: SourceRef
    metadata: Metadata
    text: str
    blocks: tuple[Block, ...] = ()
    citations: tuple[InTextCitation, ...] = ()
    references: tuple[Reference, ...] = ()
    tables: tuple[Table, ...] = ()
    citation_page: CitationPage | None = None
    problems: tuple[Problem, ...] = ()
    pages: tuple[int, ...] = ()


@quick
@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of bytes of a source and its fate; the chunks of a source tile it without gaps.

    ``parsed`` chunks usually carry the document made of them; ``ignored`` and ``rejected`` ones
    carry the reason. A problem with an offset lies inside the chunk that holds it.
    """

    offset: int
    length: int
    fate: Literal["parsed", "ignored", "rejected"]
    document: Document | None = None
    problems: tuple[Problem, ...] = ()
    reason: str = ""
