"""Pairs of documents: joined, related, or left for a person to decide."""

from __future__ import annotations

from probatum.atlas.page import Ask, DataTable, Page
from probatum.atlas.paging import paged
from probatum.model import shapes
from probatum.model.view import DocumentLine
from probatum.model.work import Duplicate

VERDICTS = ("review", "same", "related")


def page(ask: Ask) -> Page:
    """Make the list of pairs; those to review first, unless a verdict is chosen."""
    verdict = ask.choice("verdict", VERDICTS)
    pairs = [pair for pair in ask.view.duplicates() if verdict in (None, pair.verdict)]
    pairs.sort(key=lambda pair: (VERDICTS.index(pair.verdict), -pair.score, pair.left, pair.right))
    lines = {line.id: line for line in ask.view.documents()}
    context = {
        "slice": paged(ask, [_told(pair, lines) for pair in pairs], 50),
        "counts": [
            (v, sum(pair.verdict == v for pair in ask.view.duplicates())) for v in VERDICTS
        ],
        "verdict": verdict,
        "done": ask.one("done") == "1",
    }
    data = [shapes.duplicate(pair) for pair in pairs]
    return Page("duplicates.html", "Duplicates", context, lambda: data, (_table(pairs),))


Told = tuple[Duplicate, DocumentLine | None, DocumentLine | None]


def _told(pair: Duplicate, lines: dict[str, DocumentLine]) -> Told:
    return pair, lines.get(pair.left), lines.get(pair.right)


def _table(pairs: list[Duplicate]) -> DataTable:
    columns = ("left", "right", "left_record", "right_record", "verdict", "relation", "score")
    rows = tuple(
        (*(getattr(pair, column) for column in columns), " | ".join(pair.why)) for pair in pairs
    )
    return DataTable("", "Pairs of documents", (*columns, "why"), rows)
