"""The data: every table for download, what became of every byte, what is in no question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields

from probatum.atlas.figures.prisma import flow, prisma_figure
from probatum.atlas.page import Ask, Cell, DataTable, Page
from probatum.atlas.pages.overview import answers_table
from probatum.atlas.pages.statements import statements_table
from probatum.atlas.study_rows import rows_table
from probatum.model import shapes
from probatum.model.effect import Effect
from probatum.model.pack import Assignment, Pack, PackStatement
from probatum.model.source import Accounting
from probatum.model.view import BaseView


def page(ask: Ask) -> Page:
    """Make the page of the data."""
    view, pack = ask.view, ask.view.pack
    accountings = view.accountings()
    stray = [a for a in pack.assignments if a.question is None]
    tables = (
        answers_table(view.answers()),
        _effects(view),
        rows_table(pack.studies, "studies", "Study rows of the pack, every printed value"),
        _assignments(pack.assignments, "assignments", "Which row is in which question"),
        _assignments(stray, "not-assigned", "Rows in no question, with the reason"),
        _statements(pack),
        _citations(view),
        _accounting(accountings),
        _problems(view),
    )
    study = {row.row_id: row for row in pack.studies}
    figure = prisma_figure(flow(view))
    context = {
        "tables": tables,
        "flow": figure,
        "stray": [(assignment, study.get(assignment.row_id)) for assignment in stray],
        "accountings": accountings,
        "bytes": sum(a.bytes for a in accountings),
        "rejected": sum(a.rejected for a in accountings),
        "ignored": sum(a.ignored for a in accountings),
        "problems": [(a.name, p) for a in accountings for p in a.problems],
        "pack_problems": pack.problems,
    }
    data = {
        "build": view.build_id,
        "pack": {"name": pack.name, "version": pack.version, "digest": pack.digest},
        "tables": [{"name": t.name, "title": t.title, "columns": t.columns} for t in tables],
        "not_assigned": [shapes.plain(assignment) for assignment in stray],
        "accountings": [shapes.accounting(a) for a in accountings],
        "pack_problems": shapes.plain(pack.problems),
    }
    figures = {"prisma": str(figure)}
    return Page("data.html", "Data", context, lambda: data, tables, figures)


def _effects(view: BaseView) -> DataTable:
    columns = tuple(field.name for field in fields(Effect))

    def rows() -> Iterator[tuple[Cell, ...]]:
        for answer in view.answers():
            for effect in answer.pooled.effects:
                yield answer.question.id, *(getattr(effect, name) for name in columns)

    return DataTable("effects", "Effects of the studies", ("question", *columns), rows())


def _assignments(assignments: Sequence[Assignment], name: str, title: str) -> DataTable:
    rows = tuple((a.row_id, a.question, a.reason) for a in assignments)
    return DataTable(name, title, ("row_id", "question", "reason"), rows)


def _statements(pack: Pack) -> DataTable:
    columns = ("id", "aspect", "indication", "text", "source_type", "strength", "note", "sources")

    def row(statement: PackStatement) -> tuple[Cell, ...]:
        told = tuple(getattr(statement, column) for column in columns[:-1])
        return (*told, " | ".join(source.url for source in statement.sources))

    rows = tuple(row(statement) for statement in pack.statements)
    return DataTable("pack-statements", "Statements of the pack", columns, rows)


def _citations(view: BaseView) -> DataTable:
    columns = statements_table((), "").columns

    def rows() -> Iterator[tuple[Cell, ...]]:
        for work in view.works():
            for line in statements_table(view.mentions(work.id), "").rows:
                yield work.id, *line

    title = "Citation statements about every work"
    return DataTable("citation-statements", title, ("cited_work", *columns), rows())


def _accounting(accountings: Sequence[Accounting]) -> DataTable:
    names = ("name", "sha256", "format", "encoding", "bytes", "parsed", "ignored", "rejected")
    columns = (*names, "records")
    rows = tuple(tuple(getattr(a, column) for column in columns) for a in accountings)
    return DataTable("accounting", "What became of every byte", columns, rows)


def _problems(view: BaseView) -> DataTable:
    columns = ("source", "code", "offset", "reason")
    rows = [(a.name, p.code, p.offset, p.reason) for a in view.accountings() for p in a.problems]
    rows += [("pack", p.code, p.offset, p.reason) for p in view.pack.problems]
    return DataTable("problems", "Material that could not be taken", columns, tuple(rows))
