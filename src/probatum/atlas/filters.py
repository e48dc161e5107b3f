"""Filters of the evidence map, in the address: year, design, route, population, trust."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from probatum.atlas.labels import Labels
from probatum.atlas.page import Ask
from probatum.atlas.signs import contested, flagged_questions
from probatum.model.answer import Answer
from probatum.model.pack import Pack, StudyRow

TRUST = {
    "no-flags": "no flagged source",
    "flagged": "some sources flagged",
    "contested": "contested",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer with the study rows of its question."""

    answer: Answer
    rows: tuple[StudyRow, ...]
    flagged: bool


Values = Callable[[Asked], Collection[str]]


def _years(one: Asked) -> Collection[str]:
    """The years of the studies; four digits, so that they compare as text."""
    return {str(row.year) for row in one.rows if row.year}


def _trust(one: Asked) -> Collection[str]:
    told = ["flagged" if one.flagged else "no-flags"] if one.rows else []
    return [*told, "contested"] if contested(one.answer) else told


FACETS: dict[str, tuple[str, Values]] = {
    "design": ("Design", lambda one: {row.design_class for row in one.rows}),
    "route": ("Route", lambda one: {row.route for row in one.rows if row.route}),
    "trust": ("Trust", _trust),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A control: its name in the address, label, (value, label, questions, chosen) of each."""

    name: str
    label: str
    values: tuple[tuple[str, str, int, bool], ...]


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The answers that every filter allows, the controls, the words, and whether any is set."""

    answers: tuple[Answer, ...]
    choices: tuple[Choice, ...]
    population: str
    any: bool


def narrow(ask: Ask, answers: Sequence[Answer]) -> Narrowed:
    """Keep the answers that the filters in the address allow; no number is pooled anew."""
    known = list(_asked(ask.view.pack, answers))
    kept, choices = known, list[Choice]()
    labels = Labels(ask.view.pack)
    for name, (label, values) in FACETS.items():
        counts = Counter(value for one in known for value in values(one) if value)
        chosen = ask.choice(name, sorted(counts))
        kept = [one for one in kept if chosen is None or chosen in values(one)]
        told = ((v, _label(labels, name, v), n, v == chosen) for v, n in sorted(counts.items()))
        choices.append(Choice(name, label, tuple(sorted(told, key=lambda one: one[1].lower()))))
    since, years = _since(ask, known)
    kept = [one for one in kept if since is None or any(y >= since for y in _years(one))]
    population = ask.one("population") or ""
    kept = [one for one in kept if _people(one, population.casefold().split())]
    chosen_any = (
        bool(population)
        or since is not None
        or any(v[3] for choice in choices for v in choice.values)
    )
    return Narrowed(tuple(one.answer for one in kept), (years, *choices), population, chosen_any)


def _people(one: Asked, words: Sequence[str]) -> bool:
    """Whether the people of some study, as the source calls them, fit all the words."""
    told = [f"{row.population} {row.indication_printed}".casefold() for row in one.rows]
    return not words or any(all(word in said for word in words) for said in told)


def _since(ask: Ask, known: Sequence[Asked]) -> tuple[str | None, Choice]:
    newest = Counter(max(_years(one)) for one in known if _years(one))
    years = sorted({year for one in known for year in _years(one)}, reverse=True)
    since = ask.choice("since", years)
    values = tuple(
        (year, year, sum(n for y, n in newest.items() if y >= year), year == since)
        for year in years
    )
    return since, Choice("since", "A study since", values)


def _label(labels: Labels, name: str, value: str) -> str:
    if name == "trust":
        return TRUST[value]
    return labels.of("routes", value) or value if name == "route" else value


def _asked(pack: Pack, answers: Iterable[Answer]) -> Iterable[Asked]:
    rows = {row.row_id: row for row in pack.studies}
    held: dict[str | None, list[StudyRow]] = {}
    for one in pack.assignments:
        if one.row_id in rows:
            held.setdefault(one.question, []).append(rows[one.row_id])
    doubted = flagged_questions(pack)
    for answer in answers:
        name = answer.question.id
        yield Asked(answer, tuple(held.get(name, ())), name in doubted)
