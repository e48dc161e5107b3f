"""Results of a document that may become rows of the base's studies: accept, correct or reject."""

from __future__ import annotations

from dataclasses import dataclass

from probatum.atlas.page import Ask, DataTable, Page
from probatum.atlas.paging import paged
from probatum.model import shapes
from probatum.model.added import AddedResult, Proposal
from probatum.model.view import DocumentLine


@dataclass(frozen=True, slots=True)
class ToldResult:
    """A proposal with its question in words, its numbers in a line, and what was decided."""

    proposal: Proposal
    question: str
    numbers: str
    decided: AddedResult | None


def page(ask: Ask) -> Page:
    """Make the list of articles, or the results of the one that is chosen."""
    chosen = ask.one("document")
    lines = [line for line in ask.view.documents() if line.kind == "article"]
    found = list(ask.view.proposals(chosen)) if chosen else []
    decided = {row.result: row for row in ask.view.added()}
    labels = {question.id: question.label for question in ask.view.pack.questions}
    told = [ToldResult(p, labels[p.question], numbers(p), decided.get(p.id)) for p in found]
    context = {
        "slice": paged(ask, lines if chosen is None else told, 50),
        "document": _line(lines, chosen),
        "chosen": chosen,
        "added": [row for row in ask.view.added() if row.verdict != "rejected"],
        "done": ask.one("done") == "1",
    }
    data = [shapes.proposal(p) for p in found]
    return Page("results.html", "Results to add", context, lambda: data, (_table(found),))


def numbers(proposal: Proposal) -> str:
    """Write the numbers of a proposal as the form takes them."""
    return "; ".join(f"{value.field}={value.value:.10g}" for value in proposal.values)


def _line(lines: list[DocumentLine], chosen: str | None) -> DocumentLine | None:
    return next((line for line in lines if line.id == chosen), None)


def _table(found: list[Proposal]) -> DataTable:
    columns = ("id", "document", "question", "study", "where", "start", "end", "confidence")
    rows = tuple((*(getattr(p, column) for column in columns), numbers(p)) for p in found)
    return DataTable("", "Results to add", (*columns, "numbers"), rows)
