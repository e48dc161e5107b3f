"""What a view holds in memory of one build: small tables, and where the large ones lie."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cached_property

from probatum.flow.folder import BaseFolder
from probatum.flow.graph import Graph
from probatum.flow.ledger import Part
from probatum.flow.manifest import Manifest
from probatum.flow.publishing import parts_of
from probatum.flow.reviewing import by_flag, profiles
from probatum.model.added import AddedResult
from probatum.model.answer import Answer
from probatum.model.claim import Claim, Statement
from probatum.model.document import Document
from probatum.model.flag import Flag, FlagDecision, Profile
from probatum.model.network import Network
from probatum.model.source import Accounting
from probatum.model.study import Judgement
from probatum.model.view import DocumentLine, Mention
from probatum.model.work import Citing, Duplicate, Notice, Work

_GRAVITY = ("none", "note", "concern", "serious")
_LINES = ("identity", "integrity", "interest", "support")


class Shelf:
    """The tables of one build, each loaded when it is first asked for and then kept."""

    def __init__(self, folder: BaseFolder, manifest: Manifest) -> None:
        self._folder = folder
        self._manifest = manifest

    def parts(self, stage: str) -> list[Part]:
        """Give the parts of a stage, in the order of the sources where there is one each."""
        return parts_of(self._folder, self._manifest, stage)

    @cached_property
    def answers(self) -> dict[str, Answer]:
        """Answers by question, in the pack's order."""
        found = [answer for part in self.parts("answer") for answer in part.read(Answer)]
        return {answer.question.id: answer for answer in found}

    @cached_property
    def networks(self) -> dict[str, Network]:
        """Networks of treatments by id."""
        found = [network for part in self.parts("network") for network in part.read(Network)]
        return {network.id: network for network in found}

    @cached_property
    def works(self) -> dict[str, Work]:
        """Works by id."""
        return {work.id: work for part in self.parts("link") for work in part.read(Work)}

    @cached_property
    def work_of(self) -> dict[str, str]:
        """The work of each document."""
        return {name: work.id for work in self.works.values() for name in work.documents}

    @cached_property
    def duplicates(self) -> list[Duplicate]:
        """Pairs of documents that linking looked at."""
        return [pair for part in self.parts("link") for pair in part.read(Duplicate)]

    @cached_property
    def accountings(self) -> list[Accounting]:
        """The accounting of every source, by name."""
        return [row for part in self.parts("read") for row in part.read(Accounting)]

    @cached_property
    def source_at(self) -> dict[str, int]:
        """Which source, by its place in the order, each document is of."""
        return {
            row["id"]: at
            for at, part in enumerate(self.parts("read"))
            for row in part.columns(Document, ("id",))
        }

    @cached_property
    def statements(self) -> dict[str, Statement]:
        """All statements by id, with the twins that placing found."""
        twins = {citing.statement: citing.twin_of for citing in self.citing}
        rows = (row for part in self.parts("extract") for row in part.read(Statement))
        return {row.id: replace(row, twin_of=twins.get(row.id)) for row in rows}

    @cached_property
    def citing(self) -> list[Citing]:
        """The citing graph."""
        return [row for part in self.parts("place") for row in part.read(Citing)]

    @property
    def graph(self) -> Graph:
        """Works, citing edges and notices together, as answers need them."""
        told = [row for part in self.parts("link") for row in part.read(Notice)]
        return Graph(list(self.works.values()), self.citing, told)

    @cached_property
    def decisions(self) -> dict[str, FlagDecision]:
        """What reviewers decided, by flag."""
        return {k: v for part in self.parts("decide") for k, v in by_flag(part).items()}

    @cached_property
    def judgements(self) -> list[Judgement]:
        """What people judged of the bias of studies, in the order of the lines."""
        return [row for part in self.parts("decide") for row in part.read(Judgement)]

    @cached_property
    def added(self) -> list[AddedResult]:
        """What people decided about results, the latest on each."""
        return [row for part in self.parts("decide") for row in part.read(AddedResult)]

    @cached_property
    def claims(self) -> list[Claim]:
        """All claims, by source and place."""
        return [row for part in self.parts("extract") for row in part.read(Claim)]

    @cached_property
    def mentions(self) -> dict[str, list[Mention]]:
        """Who says what about each work."""
        found: dict[str, list[Mention]] = {}
        for edge in self.citing:
            mention = self._mention(edge)
            for work in edge.cited_works:
                found.setdefault(work, []).append(mention)
        return found

    def _mention(self, edge: Citing) -> Mention:
        work = self.works.get(edge.citing_work)
        return Mention(
            statement=self.statements[edge.statement],
            citing_work=edge.citing_work,
            citing_title=work.title if work else None,
            citing_year=work.year if work else None,
            citing_authors=work.authors if work else (),
            citing_container=work.container_title if work else None,
            citing_types=work.publication_types if work else (),
            counts=edge.counts,
            why_not=edge.why_not,
            twin=self.statements.get(edge.twin_of or ""),
        )

    @cached_property
    def about(self) -> dict[str, list[Citing]]:
        """The edges of the citing graph by the work they are about."""
        found: dict[str, list[Citing]] = {}
        for edge in self.citing:
            for work in edge.cited_works:
                found.setdefault(work, []).append(edge)
        return found

    @cached_property
    def lines(self) -> list[DocumentLine]:
        """The list of documents, sorted by title."""
        flags: Counter[str] = Counter()
        gravest: dict[str, str] = {}
        for part in self.parts("appraise"):
            flags.update(row["document"] for row in part.columns(Flag, ("document",)))
        judged = {p.document: p for p in profiles(self.parts("appraise"), self.decisions)}
        gravest.update((name, _gravest(p)) for name, p in judged.items())
        columns = ("id", "kind", "metadata", "source", "problems")
        rows = [row for part in self.parts("read") for row in part.columns(Document, columns)]
        lines = [
            DocumentLine(
                id=row["id"],
                kind=row["kind"],
                title=row["metadata"].title,
                year=row["metadata"].year,
                source_name=row["source"].name,
                work=self.work_of.get(row["id"]),
                problems=len(row["problems"]),
                flags=flags[row["id"]],
                gravest=gravest.get(row["id"], "none"),
                design=_design(judged.get(row["id"])),
            )
            for row in rows
        ]
        return sorted(lines, key=lambda line: ((line.title or "").casefold(), line.id))


def _design(profile: Profile | None) -> str | None:
    return profile.study.design if profile and profile.study else None


def _gravest(profile: Profile) -> str:
    values = [getattr(profile, line) for line in _LINES]
    known = [value for value in values if value in _GRAVITY]
    return max(known, key=_GRAVITY.index, default="none")
