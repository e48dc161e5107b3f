"""Results of a document that may become rows of the base's studies: accept, correct or reject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from probatum.atlas.page import Ask, DataTable, Page
from probatum.atlas.paging import paged
from probatum.atlas.wording import printed
from probatum.model import shapes
from probatum.model.added import AddedResult, Proposal
from probatum.model.view import DocumentLine


@dataclass(frozen=True, slots=True)
class Choice:
    """A question that the numbers may answer, with the proposal for it and what was decided."""

    proposal: Proposal
    question: str
    decided: AddedResult | None


@dataclass(frozen=True, slots=True)
class ToldResult:
    """Numbers that stand at one place of a document, with their time and questions.

    ``words`` says them as a report does, ``numbers`` as the form takes them; ``time`` is that of
    the measurement, as far as the document tells it beside them.
    """

    first: Proposal
    words: str
    numbers: str
    time: str
    choices: tuple[Choice, ...]

    @property
    def decided(self) -> bool:
        """Whether a person has decided about the numbers for any question."""
        return any(choice.decided for choice in self.choices)


def page(ask: Ask) -> Page:
    """Make the list of articles, or the results of the one that is chosen."""
    chosen = ask.one("document")
    lines = [line for line in ask.view.documents() if line.kind == "article"]
    found = list(ask.view.proposals(chosen)) if chosen else []
    decided = {row.result: row for row in ask.view.added()}
    labels = {question.id: question.label for question in ask.view.pack.questions}
    told = _told([Choice(p, labels[p.question], decided.get(p.id)) for p in found])
    context = {
        "slice": paged(ask, lines if chosen is None else told, 50),
        "document": _line(lines, chosen),
        "chosen": chosen,
        "added": [row for row in ask.view.added() if row.verdict != "rejected"],
        "done": ask.one("done") == "1",
    }
    data = [shapes.proposal(p) for p in found]
    return Page("results.html", "Results to add", context, lambda: data, (_table(found),))


def _told(choices: Sequence[Choice]) -> list[ToldResult]:
    """Put together the questions of one set of numbers; a document's places in their order."""
    places: dict[tuple[int, int, str, float | None], list[Choice]] = {}
    for choice in choices:
        p = choice.proposal
        places.setdefault((p.start, p.end, numbers(p), p.days), []).append(choice)
    ordered = sorted(places.items(), key=lambda item: (*item[0][:3], item[0][3] or 0.0))
    return [
        ToldResult(listed[0].proposal, _in_words(listed[0].proposal), line, _time(days),
                   tuple(listed))
        for (_, _, line, days), listed in ordered
    ]  # fmt: skip


def _time(days: float | None) -> str:
    """Say when something was measured.

    >>> _time(None), _time(28.0), _time(0.0833)
    ('no time stands beside them', 'day 28', 'hour 2')
    """
    if days is None:
        return "no time stands beside them"
    count, unit = (days, "day") if days >= 1 else (days * 24, "hour")
    return f"{unit} {printed(round(count, 1))}"


def _in_words(proposal: Proposal) -> str:
    """Write both arms as a report does: events of people, or mean with standard deviation."""
    at = {value.field: printed(value.value) for value in proposal.values}

    def arm(side: str) -> str:
        n, events = at.get(f"n_{side}", "not known"), at.get(f"events_{side}")
        if events is not None:
            return f"{events} of {n}"
        mean, sd = at.get(f"mean_{side}", "not known"), at.get(f"sd_{side}", "not known")
        return f"mean {mean}, SD {sd}, n {n}"

    return f"{arm('exp')} v {arm('ctl')}"


def numbers(proposal: Proposal) -> str:
    """Write the numbers of a proposal as the form takes them."""
    return "; ".join(f"{value.field}={value.value:.10g}" for value in proposal.values)


def _line(lines: list[DocumentLine], chosen: str | None) -> DocumentLine | None:
    return next((line for line in lines if line.id == chosen), None)


def _table(found: list[Proposal]) -> DataTable:
    columns = ("id", "document", "question", "study", "days", "where", "start", "end",
               "confidence")  # fmt: skip
    rows = tuple((*(getattr(p, column) for column in columns), numbers(p)) for p in found)
    return DataTable("", "Results to add", (*columns, "numbers"), rows)
