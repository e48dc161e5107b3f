"""The tables of a question, as they are downloaded."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import fields

from probatum.atlas import reproduce
from probatum.atlas.page import DataTable
from probatum.atlas.pages.statements import statements_table
from probatum.atlas.study_rows import rows_table
from probatum.model.answer import Answer
from probatum.model.effect import Effect, ModelFit, Omission, Pooled, Series
from probatum.model.pack import StudyRow
from probatum.model.view import Mention


def question_tables(
    answer: Answer, rows: Sequence[StudyRow], pooled: Pooled, mentions: Sequence[Mention]
) -> tuple[DataTable, ...]:
    """Give every table of a question; ``pooled`` may be a recomputed one."""
    omissions = answer.analyses.leave_one_out if answer.analyses else ()
    return (
        rows_table(rows, "studies", "Studies: every printed value"),
        nouns_table("effects", "Effects of the studies", Effect, pooled.effects),
        nouns_table("models", "Models side by side", ModelFit, models(answer, pooled)),
        nouns_table("leave-one-out", "Each study left out", Omission, omissions),
        nouns_table("series", "Groups without a comparison", Series, answer.series),
        reproduce.table(pooled, rows),
        statements_table(mentions, "statements"),
    )


def models(answer: Answer, pooled: Pooled) -> tuple[ModelFit, ...]:
    """Give the models of the pool, then those beside it; a recomputed pool has none beside it."""
    beside = answer.analyses.models if answer.analyses and pooled is answer.pooled else ()
    return (*pooled.models, *beside)


def nouns_table(
    name: str, title: str, noun: type, found: Sequence[object], without: Collection[str] = ()
) -> DataTable:
    """Give nouns as a table, a column a field ``without`` some; a tuple is joined by spaces."""
    columns = tuple(field.name for field in fields(noun) if field.name not in without)
    return DataTable(name, title, columns, tuple(_cells(one, columns) for one in found))


def _cells(one: object, columns: Sequence[str]) -> tuple[str | float | None, ...]:
    values = (getattr(one, column) for column in columns)
    return tuple(" ".join(map(str, v)) if isinstance(v, tuple) else v for v in values)
