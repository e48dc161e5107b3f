"""Accepted results as study rows of the base: they enter the answers at the next build."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, cast

from probatum.errors import UsageError
from probatum.flow.cards import study_label
from probatum.flow.folder import BaseFolder
from probatum.flow.judgements import append, load
from probatum.model.added import AddedResult, Proposal, ResultVerdict
from probatum.model.pack import Assignment, Pack, Question, ResultType, SourceLink, StudyRow
from probatum.model.work import Work

NUMBERS = (
    "n_exp", "n_ctl", "events_exp", "events_ctl", "mean_exp", "sd_exp", "mean_ctl", "sd_ctl",
)  # fmt: skip
_OTHER = ("drug", "days", "computed")
_COUNTS = ("RR", "OR", "RD")
_NEEDED = {
    "binary": ("n_exp", "n_ctl", "events_exp", "events_ctl"),
    "continuous": NUMBERS[:2] + NUMBERS[4:],
}


def decided(folder: BaseFolder) -> list[AddedResult]:
    """Load the latest decision on each result, by result."""
    rows = sorted(load(folder, "results")[0], key=lambda row: row["when"])
    latest = {row["result"]: AddedResult(**cast(dict[str, Any], row)) for row in rows}
    return [latest[name] for name in sorted(latest)]


def with_added(pack: Pack, decisions: Iterable[AddedResult], works: Iterable[Work]) -> Pack:
    """Give the pack with the rows that people accepted; questions that are gone take none.

    A row is one of the study whose work its document reports: it takes that study's name, and
    overlaps the rows of it that the question has, since they hold the same people.
    """
    questions = {question.id: question for question in pack.questions}
    taken = [d for d in decisions if d.verdict != "rejected" and d.question in questions]
    if not taken:
        return pack
    reports = {document: work for work in works for document in work.documents}
    rows = tuple(
        _of_work(study_row(decision, questions[decision.question]), decision, pack, reports)
        for decision in taken
    )
    placed = tuple(
        Assignment(row.row_id, decision.question)
        for row, decision in zip(rows, taken, strict=True)
    )
    return replace(pack, studies=(*pack.studies, *rows), assignments=(*pack.assignments, *placed))


def _of_work(
    row: StudyRow, decision: AddedResult, pack: Pack, reports: Mapping[str, Work]
) -> StudyRow:
    """Tie a row to the work that its document reports, and to the pack's study of that work."""
    work = reports.get(decision.place.partition(":")[0])
    if work is None:
        return row
    named = study_label(work)
    asked = {a.row_id for a in pack.assignments if a.question == decision.question}
    same = [r.row_id for r in pack.studies if r.study == named and r.row_id in asked]
    return replace(
        row,
        study=named or row.study,
        year=work.year,
        doi=work.identifiers.doi,
        pmid=work.identifiers.pmid,
        overlaps=tuple(same),
    )


def parsed(values: str, question: Question) -> dict[str, str]:
    """Read "field=number; ..." of a decision; raises UsageError naming what is wrong.

    All numbers of the question's kind must be there, sizes at least 1, events within them.
    """
    pairs = [part.partition("=") for part in values.split(";") if part.strip()]
    read = {name.strip(): value.strip() for name, _, value in pairs}
    strangers = sorted(set(read) - {*NUMBERS, *_OTHER})
    missing = [name for name in _NEEDED[kind_of(question)] if name not in read]
    if strangers or missing:
        wrong = [f"{name} is missing" for name in missing]
        wrong += [f"{name[:40]!r} is not known" for name in strangers]
        needed = ", ".join(_NEEDED[kind_of(question)])
        raise UsageError(f"values need {needed}, written as name=number;: {', '.join(wrong)}")
    numbers = {name: _number(name, value) for name, value in read.items() if name in NUMBERS}
    for side in ("exp", "ctl"):
        n, events = numbers[f"n_{side}"], numbers.get(f"events_{side}", 0.0)
        if n < 1 or not 0 <= events <= n or numbers.get(f"sd_{side}", 1.0) <= 0:
            raise UsageError(f"the numbers of arm {side} cannot be: {values}")
    return read


def kind_of(question: Question) -> ResultType:
    """Say which numbers a question takes."""
    return "binary" if question.measure in _COUNTS else "continuous"


def _number(name: str, value: str) -> float:
    try:
        number = float(value)
    except ValueError:
        number = float("nan")
    if not -1e9 < number < 1e9:
        raise UsageError(f"{name} must be a number, not {value!r}")
    return number


def study_row(decision: AddedResult, question: Question) -> StudyRow:
    """Make the row of an accepted result; what nobody coded stays empty or "not stated"."""
    read = parsed(decision.values, question)
    known: dict[str, Any] = {
        **{name: float(read[name]) for name in NUMBERS if name in read},
        **{name: getattr(question, name)
           for name in ("indication", "route", "comparator", "outcome", "scale", "window",
                        "measure", "benefit")},
        "row_id": f"added-{decision.result}",
        "study": decision.study,
        "drug": read.get("drug") or question.drug,
        "time_days": float(read["days"]) if read.get("days") else None,
        "result_type": kind_of(question),
        "population": question.population or "",
        "reversed_in_source": False,
        "crossover": False,
        "overlaps": (),
        "computed": tuple(read["computed"].split(",")) if read.get("computed") else (),
        "sources": (_link(decision),),
        "notes": f"{decision.verdict} by {decision.who}, {decision.when}: {decision.why}",
        "derived": "read from the document by the program, " + decision.verdict + " by a person",
    }  # fmt: skip
    printed = {field.name: "" for field in fields(StudyRow) if field.type == "str"}
    unknown = {field.name: None for field in fields(StudyRow) if "None" in str(field.type)}
    defaults = {"design_class": "unclear", "identity": "not confirmed"}
    return StudyRow(**(unknown | printed | defaults | known))


def _link(decision: AddedResult) -> SourceLink:
    doi = decision.source.removeprefix("https://doi.org/")
    doi = doi if decision.source.startswith("https://doi.org/") else ""
    return SourceLink(decision.source, decision.place, doi or None, None, "document of the base")


def values_of(proposal: Proposal) -> str:
    """Write the numbers of a proposal as a decision keeps them."""
    told = [f"{value.field}={value.value:.10g}" for value in proposal.values]
    computed = ",".join(v.field for v in proposal.values if v.computed not in ("", "header"))
    extra = [("drug", proposal.drug), ("days", proposal.days), ("computed", computed)]
    return "; ".join([*told, *(f"{name}={value}" for name, value in extra if value)])


def decision(
    proposal: Proposal,
    question: Question,
    verdict: ResultVerdict,
    signed: Mapping[str, str],
    values: str | None = None,
) -> dict[str, str]:
    """Make the line of judgements/results.csv; ``signed`` holds who, when and why.

    Raises UsageError when accepted or corrected values are incomplete or impossible.
    """
    written = values if verdict == "corrected" and values else values_of(proposal)
    if verdict != "rejected":
        parsed(written, question)
    return {
        "result": proposal.id,
        "verdict": verdict,
        "question": proposal.question,
        "study": proposal.study,
        "values": written or "none",
        "place": f"{proposal.document}:{proposal.start}-{proposal.end}",
        "source": proposal.source,
        **signed,
    }


def record(folder: BaseFolder, line: Mapping[str, str]) -> None:
    """Append a decision to judgements/results.csv."""
    append(folder, "results", line)


def states(decisions: Sequence[AddedResult]) -> dict[str, AddedResult]:
    """Give what was decided by result."""
    return {one.result: one for one in decisions}
