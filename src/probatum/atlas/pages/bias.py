"""Risk of bias: the studies of the base, what people judged of them, and how far they agree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from probatum.atlas.judging import Judged, agreement, judged, study_name
from probatum.atlas.page import Ask, DataTable, Page
from probatum.atlas.paging import paged
from probatum.model.shapes import plain
from probatum.model.study import SYSTEMATIC, TRIALS, Judgement
from probatum.model.view import DocumentLine

Row = tuple[DocumentLine, str, dict[str, Judged]]


def page(ask: Ask) -> Page:
    """Make the list of trials and systematic reviews, those that nobody judged last."""
    said = ask.view.judgements()
    rows = sorted(_rows(ask, said), key=lambda row: (not row[2], row[0].title or "", row[0].id))
    context = {
        "slice": paged(ask, rows, 50),
        "titles": _titles(ask, [line for line, _, _ in rows]),
        "agreement": agreement(said),
        "elsewhere": sorted({row.study for row in said} - {name for _, name, _ in rows}),
        "done": ask.one("done") == "1",
    }
    data = [plain(row) for row in said]
    return Page("bias.html", "Risk of bias", context, lambda: data, (_table(said),))


def _rows(ask: Ask, said: Sequence[Judgement]) -> Iterator[Row]:
    for line in ask.view.documents():
        if line.design in (*TRIALS, *SYSTEMATIC):
            work = ask.view.work_of(line.id)
            name = study_name(work) if work else line.id
            yield line, name, judged(said, name)


def _titles(ask: Ask, lines: Sequence[DocumentLine]) -> dict[str, str]:
    """Give the titles of works by id, since a study without a label is judged under that id."""
    works = (ask.view.work_of(line.id) for line in lines)
    return {work.id: work.title for work in works if work and work.title}


def _table(said: Sequence[Judgement]) -> DataTable:
    columns = ("study", "domain", "judgement", "who", "when", "why")
    rows = tuple(tuple(getattr(row, c) for c in columns) for row in said)
    return DataTable("", "Judgements of bias", columns, rows)
