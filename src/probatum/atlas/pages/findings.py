"""Summary of findings: all answers on one condition, as GRADE lays them out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from probatum.atlas.labels import Labels
from probatum.atlas.page import Ask, Cell, DataTable, Page
from probatum.atlas.wording import effect, interval, number
from probatum.model import shapes
from probatum.model.answer import Answer, Step
from probatum.model.view import BaseView

COLUMNS = (
    "question", "label", "comparator", "time_point", "control_per_1000", "treated_per_1000",
    "treated_low", "treated_high", "difference_per_1000", "measure", "estimate", "ci_low",
    "ci_high", "on_scale", "n", "n_known", "k", "certainty", "reasons", "sentence",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the table: an answer, and what lowers its certainty."""

    answer: Answer
    outcome: str
    against: str
    time: str
    absolute: str
    lowered: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """The lines of one aspect (benefits, harms, ...)."""

    label: str
    lines: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """A domain of GRADE that lowers answers: what it means, how many, each reason with whom."""

    domain: str
    meaning: str
    count: int
    told: tuple[tuple[str, tuple[Answer, ...]], ...]


# What each domain asks, for a reader who has never met GRADE.
MEANING = {
    "risk of bias": "the way the studies were run may have moved what they found",
    "inconsistency": "the studies differ by more than chance explains",
    "indirectness": "the studies do not ask quite the same question",
    "imprecision": "few people or events, or an interval that allows more than one conclusion",
    "publication bias": "small studies find other effects than large ones: some may stay unseen",
}


def conditions(view: BaseView) -> list[str]:
    """Give the conditions that have an estimate, in the order of the vocabulary."""
    held = {a.question.indication for a in view.answers() if a.pooled.estimate is not None}
    return [term.id for term in view.pack.vocabulary.indications if term.id in held]


def page(ask: Ask) -> Page | None:
    """Make the summary of findings of one condition."""
    if ask.key not in conditions(ask.view):
        return None
    labels = Labels(ask.view.pack)
    label = labels.of("indications", ask.key) or ask.key
    every = [a for a in ask.view.answers() if a.question.indication == ask.key]
    answers = [a for a in every if a.pooled.estimate is not None]
    context = {
        "label": label,
        "parts_of": _parts(answers, labels),
        "reasons": _reasons(answers),
        "answered": len(answers),
        "open": [a for a in every if a.pooled.estimate is None and a.question.outcome is not None],
        "networks": [n for n in ask.view.networks() if n.indication == ask.key],
        "disagreements": [a for a in answers if a.disagreement],
    }
    table = DataTable("", f"Summary of findings: {label}", COLUMNS, tuple(map(_row, answers)))

    def data() -> dict[str, object]:
        return {"indication": ask.key, "label": label, "answers": [*map(shapes.answer, answers)]}

    return Page("findings.html", f"Summary of findings: {label}", context, data, (table,))


def index(ask: Ask) -> Page:
    """Make the list of the summaries."""
    labels = Labels(ask.view.pack)
    lines = [
        (
            name,
            labels.of("indications", name) or name,
            [
                a
                for a in ask.view.answers()
                if a.question.indication == name and a.pooled.estimate is not None
            ],
        )
        for name in conditions(ask.view)
    ]
    rows = tuple((name, label, len(answers)) for name, label, answers in lines)
    table = DataTable("", "Summaries of findings", ("indication", "label", "answers"), rows)
    data = [dict(zip(table.columns, row, strict=True)) for row in rows]
    context = {"lines": lines}
    return Page("findings_index.html", "Summaries of findings", context, lambda: data, (table,))


def _lowered(answer: Answer) -> tuple[Step, ...]:
    return tuple(step for step in answer.certainty.steps if step.change)


def _reasons(answers: Sequence[Answer]) -> list[Reason]:
    """Group the reasons for steps of certainty by domain, those of most answers first."""
    found: dict[str, dict[str, list[Answer]]] = {}
    for answer in answers:
        for step in _lowered(answer):
            found.setdefault(step.domain, {}).setdefault(step.reason, []).append(answer)
    made = [
        Reason(
            domain,
            MEANING.get(domain, ""),
            len({answer.question.id for lowered in told.values() for answer in lowered}),
            tuple((reason, tuple(lowered)) for reason, lowered in told.items()),
        )
        for domain, told in found.items()
    ]
    return sorted(made, key=lambda one: -one.count)


def _parts(answers: Sequence[Answer], labels: Labels) -> list[Part]:
    grouped: dict[str, list[Finding]] = {}
    for answer in answers:
        asked = answer.question
        found = Finding(
            answer,
            labels.of("outcomes", asked.outcome) or asked.label,
            _against(answer, labels),
            labels.of("windows", asked.window) or "",
            _absolute(answer),
            _lowered(answer),
        )
        grouped.setdefault(asked.aspect, []).append(found)
    order = {term.id: at for at, term in enumerate(labels.pack.vocabulary.aspects)}
    names = sorted(grouped, key=lambda name: order.get(name, len(order)))
    return [Part(labels.of("aspects", name) or name, tuple(grouped[name])) for name in names]


def _against(answer: Answer, labels: Labels) -> str:
    asked = answer.question
    given = " ".join(
        part for part in (labels.of("routes", asked.route), labels.of("drugs", asked.drug)) if part
    )
    comparator = labels.of("comparators", asked.comparator) or "any comparison"
    return f"{given} v {comparator}" if given else comparator


def _absolute(answer: Answer) -> str:
    """Say what the effect means: people of 1000, else the units of a known scale."""
    found, scale = answer.absolute, answer.pooled.on_scale
    if found is not None:
        low, high = (number(end, 0) for end in (found.treated_low, found.treated_high))
        return (
            f"{number(found.control, 0)} of 1,000 without, {number(found.treated, 0)} "
            f"({low} to {high}) with"
        )
    if scale is not None:
        points = f"{number(scale.estimate)} ({interval(scale.ci_low, scale.ci_high)})"
        known = "" if scale.mid is None else f"; important from {number(scale.mid)}"
        return f"{points} on {scale.label}{known}"
    return "not known"


def _row(answer: Answer) -> tuple[Cell, ...]:
    pooled, found, asked = answer.pooled, answer.absolute, answer.question
    people: tuple[Cell, ...] = (None,) * 5
    if found is not None:
        ends = (found.treated_low, found.treated_high)
        people = (found.control, found.treated, *ends, found.difference)
    reasons = "; ".join(step.reason for step in answer.certainty.steps if step.change)
    on_scale = pooled.on_scale.text if pooled.on_scale else effect(pooled)
    return (
        asked.id, asked.label, asked.comparator, asked.window, *people, pooled.measure,
        pooled.estimate, pooled.ci_low, pooled.ci_high, on_scale, pooled.n, pooled.n_known,
        pooled.k, answer.certainty.level, reasons, answer.sentence,
    )  # fmt: skip
