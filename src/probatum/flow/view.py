"""A built base as pages and programs see it: one build, read from its parts as needed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from typing import Any, TypeVar

from probatum.engine.textindex import search_index
from probatum.errors import UsageError
from probatum.flow.added import with_added
from probatum.flow.cards import works_by_study
from probatum.flow.citedlists import cited_lists
from probatum.flow.folder import BaseFolder
from probatum.flow.graph import rows_by_question
from probatum.flow.history import releases
from probatum.flow.manifest import Manifest
from probatum.flow.shelf import Shelf
from probatum.flow.uncontrolled import subtree
from probatum.model.added import AddedResult, Proposal
from probatum.model.answer import HIT_KINDS, Answer, Change, Hit, Release
from probatum.model.claim import Claim, Extraction, Result, Statement
from probatum.model.document import Document
from probatum.model.effect import Pooled
from probatum.model.flag import Appraisal, Flag, Profile
from probatum.model.network import Network
from probatum.model.pack import Pack, StudyRow
from probatum.model.published import ReviewMatrix
from probatum.model.source import Accounting
from probatum.model.study import Judgement
from probatum.model.tally import StatementCounts
from probatum.model.view import ClaimGroup, DocumentLine, Mention
from probatum.model.work import Duplicate, Work
from probatum.trust.review import reviewed

Noun = TypeVar("Noun")


class View:
    """One build of a base; implements :class:`probatum.model.view.BaseView`.

    Nothing here changes when the base is built again: open a new view for that.
    """

    def __init__(
        self, folder: BaseFolder, manifest: Manifest, load_pack: Callable[[], Pack]
    ) -> None:
        self._index = folder.index / manifest.build_id
        self._folder = folder
        self._manifest = manifest
        self._shelf = Shelf(folder, manifest)
        self._load_pack = load_pack
        self.title = manifest.title
        self.build_id = manifest.build_id

    @cached_property
    def pack(self) -> Pack:
        """The pack with what people added to it; parsed when it is first asked for."""
        added = self._shelf.added
        works = self._shelf.works.values() if added else ()
        return with_added(self._load_pack(), added, works)

    def answers(self) -> Sequence[Answer]:
        """Give all answers, in the order of the pack's questions."""
        return list(self._shelf.answers.values())

    def answer(self, question: str) -> Answer | None:
        """Give one answer by question id."""
        return self._shelf.answers.get(question)

    def networks(self) -> Sequence[Network]:
        """Give the networks of treatments, by id."""
        return list(self._shelf.networks.values())

    def network(self, network: str) -> Network | None:
        """Give one network by id."""
        return self._shelf.networks.get(network)

    def recompute(
        self, question: str, *, flagged_in: bool = False, without: Collection[str] = ()
    ) -> Pooled | None:
        """Pool a question anew with flagged rows in or rows left out; nothing is stored."""
        given = self._inputs.get(question)
        if given is None:
            return None
        from probatum.flow.answering import pool  # noqa: PLC0415, the statistics of all answers

        return pool(given, flagged_in=flagged_in, without=without)

    @cached_property
    def _inputs(self) -> dict[str, Any]:
        from probatum.flow.answering import inputs  # noqa: PLC0415, as above

        given = inputs(self.pack, self._shelf.graph, ())
        return {one.question.id: one for one in given}

    def documents(self) -> Sequence[DocumentLine]:
        """Give all documents, sorted by title."""
        return self._shelf.lines

    def _rows(self, stage: str, noun: type[Noun], column: str, document: str) -> list[Noun]:
        at = self._shelf.source_at.get(document)
        if at is None:
            return []
        return self._shelf.parts(stage)[at].where(noun, column, document)

    def document(self, document: str) -> Document | None:
        """Give one document with its text."""
        found = self._rows("read", Document, "id", document)
        return found[0] if found else None

    def extraction(self, document: str) -> Extraction | None:
        """Give statements, claims and results of a document."""
        if document not in self._shelf.source_at:
            return None
        return Extraction(
            document,
            tuple(
                self._shelf.statements[row.id]
                for row in self._rows("extract", Statement, "document", document)
            ),
            tuple(self._rows("extract", Claim, "document", document)),
            tuple(self._rows("extract", Result, "document", document)),
        )

    def appraisal(self, document: str) -> Appraisal | None:
        """Give flags and profile of a document."""
        profiles = self._rows("appraise", Profile, "document", document)
        if not profiles:
            return None
        flags = self._rows("appraise", Flag, "document", document)
        return reviewed(Appraisal(document, tuple(flags), profiles[0]), self._shelf.decisions)

    def proposals(self, document: str) -> Sequence[Proposal]:
        """Give results of a document that fit questions; looked up when asked for."""
        found = self.document(document)
        from probatum.claims.proposals import proposals  # noqa: PLC0415, one page needs it

        return proposals(found, self.pack) if found is not None else []

    def added(self) -> Sequence[AddedResult]:
        """Give what people decided about results, as this build took it in."""
        return self._shelf.added

    def judgements(self) -> Sequence[Judgement]:
        """Give what people judged of the bias of studies, in the order of the lines."""
        return self._shelf.judgements

    def works(self) -> Sequence[Work]:
        """Give all works, sorted by id."""
        return list(self._shelf.works.values())

    def work(self, work: str) -> Work | None:
        """Give one work."""
        return self._shelf.works.get(work)

    def work_of(self, document: str) -> Work | None:
        """Give the work that a document reports."""
        return self._shelf.works.get(self._shelf.work_of.get(document, ""))

    def mentions(self, work: str) -> Sequence[Mention]:
        """Give the statements about a work, twins included."""
        return self._shelf.mentions.get(work, [])

    def counts(self, work: str) -> StatementCounts:
        """Count the statements about a work."""
        edges = self._shelf.about.get(work, [])
        citing = {edge.citing_work for edge in edges} & self._shelf.works.keys()
        authors = {name: self._shelf.works[name].authors for name in citing}
        from probatum.flow.counting import count, with_correction  # noqa: PLC0415, one page

        return with_correction(count(edges, authors))

    def statements_for(self, question: str) -> Sequence[Mention]:
        """Give the statements about the works whose results the question pools or shows."""
        rows = self._asked.get(question, [])
        works = sorted({w for row in rows for w in self._reported.get(row.study, ())})
        found = {m.statement.id: m for work in works for m in self.mentions(work)}
        return [found[name] for name in sorted(found)]

    @cached_property
    def _asked(self) -> dict[str, list[StudyRow]]:
        return rows_by_question(self.pack)

    @cached_property
    def _reported(self) -> dict[str, set[str]]:
        return works_by_study(self._shelf.work_of, self.pack.studies)

    def claims_for(self, question: str) -> Sequence[Claim]:
        """Give the claims on the question's indication, or a kind of it, and its outcome."""
        answer = self.answer(question)
        if answer is None:
            return []
        asked = answer.question
        within = subtree(self.pack.vocabulary.indications, asked.indication)
        return [
            claim
            for claim in self._shelf.claims
            if claim.condition in within
            and (claim.aspect == asked.aspect or claim.outcome == asked.outcome)
        ]

    def claim_groups_for(self, question: str) -> Sequence[ClaimGroup]:
        """Give those claims by what they say, what most works say first."""
        from probatum.claims.grouping import grouped  # noqa: PLC0415, one page needs it

        work_of = self._shelf.work_of
        made = [
            ClaimGroup(group, len({work_of.get(c.document, c.document) for c in group}))
            for group in grouped(self.claims_for(question))
        ]
        return sorted(made, key=lambda one: -one.works)

    def duplicates(self) -> Sequence[Duplicate]:
        """Give the pairs of documents that linking joined, related or left for review."""
        return self._shelf.duplicates

    def accountings(self) -> Sequence[Accounting]:
        """Give what became of every source's bytes."""
        return self._shelf.accountings

    def changes(self) -> Sequence[Change]:
        """Give what the last build that changed anything changed."""
        return self._manifest.changes

    def releases(self) -> Sequence[Release]:
        """Give the current build and what was kept under a name before it, newest first."""
        return releases(self._folder, self._manifest)

    def matrix(self) -> ReviewMatrix:
        """Give which published review pooled which trial, as far as it is known."""
        return self._matrix

    @cached_property
    def _matrix(self) -> ReviewMatrix:
        lists = cited_lists(self.pack, self.works(), self.document)
        indications = self.pack.vocabulary.indications
        from probatum.effects.review_trials import matrix  # noqa: PLC0415, one page needs it

        return matrix(self.pack.published, self.pack.studies, lists, indications)

    def search(self, query: str, *, kind: str | None = None, limit: int = 20) -> Sequence[Hit]:
        """Give documents, works, questions and statements that match, best first.

        Raises UsageError for a kind that is none of HIT_KINDS.
        """
        if kind not in (None, *HIT_KINDS):
            raise UsageError(f"unknown kind {kind!r}; known: {', '.join(HIT_KINDS)}")
        return search_index(self._index, query, kind=kind, limit=limit)
