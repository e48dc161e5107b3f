"""The one seam between a built base and those who show it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from probatum.model.added import AddedResult, Proposal
from probatum.model.answer import Answer, Change, Hit, Release
from probatum.model.claim import Claim, Extraction, Statement
from probatum.model.document import Document
from probatum.model.effect import Pooled
from probatum.model.flag import Appraisal
from probatum.model.network import Network
from probatum.model.pack import Pack
from probatum.model.published import ReviewMatrix
from probatum.model.source import Accounting
from probatum.model.study import Judgement
from probatum.model.tally import StatementCounts
from probatum.model.work import Duplicate, Work


@dataclass(frozen=True, slots=True)
class Mention:
    """A statement as seen from the work it is about: who cites, when, as what.

    ``citing_work`` is empty where the base does not know it: a citation page prints statements
    without naming their sources. ``counts`` is False where a tally must not take the statement;
    ``why_not`` says why; ``twin`` is the earlier statement that it repeats.
    """

    statement: Statement
    citing_work: str
    citing_title: str | None
    citing_year: int | None
    citing_authors: tuple[str, ...]
    citing_container: str | None
    citing_types: tuple[str, ...]
    counts: bool = True
    why_not: str | None = None
    twin: Statement | None = None


@dataclass(frozen=True, slots=True)
class ClaimGroup:
    """Claims that say the same in other words, in order, and how many works they stand in."""

    claims: tuple[Claim, ...]
    works: int


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document as a list shows it."""

    id: str
    kind: str
    title: str | None
    year: int | None
    source_name: str
    work: str | None
    problems: int
    flags: int
    gravest: str
    design: str | None = None


class BaseView(Protocol):
    """What pages may ask of a built base; every answer is of one and the same build.

    Methods that take an id return None when there is no such thing.
    """

    @property
    def title(self) -> str:
        """What the base is called."""
        ...

    @property
    def build_id(self) -> str:
        """A digest that changes whenever anything that is shown changes."""
        ...

    @property
    def pack(self) -> Pack:
        """The pack of the base."""
        ...

    def answers(self) -> Sequence[Answer]:
        """All answers, in the order of the pack's questions."""
        ...

    def answer(self, question: str) -> Answer | None:
        """One answer by question id."""
        ...

    def networks(self) -> Sequence[Network]:
        """Networks of treatments over several questions, by id."""
        ...

    def network(self, network: str) -> Network | None:
        """One network by id."""
        ...

    def recompute(
        self, question: str, *, flagged_in: bool = False, without: Collection[str] = ()
    ) -> Pooled | None:
        """Pool a question anew with flagged rows in or rows left out; nothing is stored."""
        ...

    def documents(self) -> Sequence[DocumentLine]:
        """All documents, sorted by title."""
        ...

    def document(self, document: str) -> Document | None:
        """One document with its text."""
        ...

    def extraction(self, document: str) -> Extraction | None:
        """Statements, claims and results of a document."""
        ...

    def appraisal(self, document: str) -> Appraisal | None:
        """Flags and profile of a document."""
        ...

    def proposals(self, document: str) -> Sequence[Proposal]:
        """Results of a document that fit questions of the base, for a person to judge."""
        ...

    def added(self) -> Sequence[AddedResult]:
        """What people decided about results, the latest on each."""
        ...

    def judgements(self) -> Sequence[Judgement]:
        """What people judged of the bias of studies, in the order of the lines."""
        ...

    def works(self) -> Sequence[Work]:
        """All works, sorted by id."""
        ...

    def work(self, work: str) -> Work | None:
        """One work."""
        ...

    def work_of(self, document: str) -> Work | None:
        """The work that a document reports."""
        ...

    def mentions(self, work: str) -> Sequence[Mention]:
        """Statements about a work, twins included (``statement.twin_of`` marks them)."""
        ...

    def counts(self, work: str) -> StatementCounts:
        """How many statements take which stance towards a work."""
        ...

    def statements_for(self, question: str) -> Sequence[Mention]:
        """Citation statements that bear on a question."""
        ...

    def claims_for(self, question: str) -> Sequence[Claim]:
        """Claims that bear on a question."""
        ...

    def claim_groups_for(self, question: str) -> Sequence[ClaimGroup]:
        """Claims that bear on a question, those that say the same together."""
        ...

    def duplicates(self) -> Sequence[Duplicate]:
        """Pairs of documents that linking joined, related or left for review."""
        ...

    def accountings(self) -> Sequence[Accounting]:
        """What became of every source's bytes."""
        ...

    def changes(self) -> Sequence[Change]:
        """What the last build that changed anything changed."""
        ...

    def releases(self) -> Sequence[Release]:
        """What was kept under a name, the newest first; the current build stands before them."""
        ...

    def matrix(self) -> ReviewMatrix:
        """Which published review pooled which trial, as far as it is known."""
        ...

    def search(self, query: str, *, kind: str | None = None, limit: int = 20) -> Sequence[Hit]:
        """Documents, works, questions and statements that match."""
        ...
