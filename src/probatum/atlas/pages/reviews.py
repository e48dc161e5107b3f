"""What published reviews pooled: reviews by trials, and each result beside our answer."""

from __future__ import annotations

from probatum.atlas.page import Ask, DataTable, Page
from probatum.atlas.pages.question_tables import nouns_table
from probatum.model import shapes
from probatum.model.published import PublishedPool, ReviewMatrix


def page(ask: Ask) -> Page:
    """Make the page of the published reviews."""
    pools = ask.view.pack.published
    trials = ask.view.matrix()
    answers = {answer.question.id: answer for answer in ask.view.answers()}
    beside = {one.pool.id: one for answer in answers.values() for one in answer.reviews}
    context = {
        "pools": sorted(pools, key=lambda pool: (-(pool.year or 0), pool.review, pool.id)),
        "beside": beside,
        "answers": answers,
        "matrix": trials,
        "reached": [one for one in beside.values() if _reached(one.reproduction)],
        "studies": {trial: ask.view.work_of(f"study:{trial}") for trial in trials.trials},
    }
    data = {"pools": shapes.plain(pools), "matrix": shapes.plain(trials)}
    tables = (
        _matrix(trials),
        nouns_table("pools", "Published pooled results", PublishedPool, pools),
    )
    return Page("reviews.html", "Published reviews", context, lambda: data, tables)


def _reached(reproduction: object) -> bool:
    return getattr(reproduction, "reached", None) is True


def _matrix(found: ReviewMatrix) -> DataTable:
    rows = tuple(
        (trial, *(cells[at] for cells in found.cells)) for at, trial in enumerate(found.trials)
    )
    return DataTable("matrix", "Trials by reviews", ("trial", *found.reviews), rows)
