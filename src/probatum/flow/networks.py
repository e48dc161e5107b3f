"""Which questions of a pack make a network: what they share, and what each side of a row is."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from probatum.effects.network import Group, networks
from probatum.flow.answering import labels, retracted, root, treatment_name
from probatum.flow.courses import scales_of
from probatum.flow.graph import Graph
from probatum.model.network import Network
from probatum.model.pack import Pack, Question, StudyRow, Term
from probatum.stats.compiled import numpy_only

Key = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class _Held:
    """A row with the question that holds it."""

    question: Question
    row: StudyRow


def groups(pack: Pack, graph: Graph) -> list[Group]:
    """Give the questions that share all but the treatments, with their rows, in order of name.

    That is indication, outcome, population, design, measure, scale and time window; of a question
    without a window each row's own. Only groups of three treatments or more are given. Comparators
    that the vocabulary marks as the therapy itself are no treatment; rows of retracted studies
    stay out, and so do those whose time or route is not known: what is compared would differ in
    more than the treatment.
    """
    itself = {term.id for term in pack.vocabulary.comparators if term.role == "itself"}
    barred = {out.row_id for out in retracted(pack.studies, graph.notices)}
    rows = {row.row_id: row for row in pack.studies if row.row_id not in barred}
    questions = {question.id: question for question in pack.questions}
    found: dict[Key, list[_Held]] = {}
    for assignment in pack.assignments:
        question, row = questions.get(assignment.question or ""), rows.get(assignment.row_id)
        if question is None or row is None or question.comparator in {None, *itself}:
            continue
        window = question.window or row.window or _window(pack, row.time_days)
        if window is None or (question.route or row.route) is None:
            continue
        if question.outcome is not None and question.measure is not None:
            found.setdefault(_key(question, window), []).append(_Held(question, row))
    made = [one for key, held in found.items() if (one := _group(pack, key, held)) is not None]
    return sorted(_told_apart(made), key=lambda one: one.question.id)


@numpy_only()
def network(given: Group) -> tuple[Network, ...]:
    """Answer a group: its networks, none where its studies do not join three treatments."""
    return networks(given)


def _told_apart(made: Sequence[Group]) -> list[Group]:
    """Name the measure where two groups differ in nothing else that their ids tell."""
    names = [one.question.id for one in made]
    return [
        one
        if names.count(one.question.id) == 1
        else replace(one, question=replace(one.question, id=_with_measure(one.question)))
        for one in made
    ]


def _with_measure(question: Question) -> str:
    return f"{question.id}-{(question.measure or '').lower()}"


def _window(pack: Pack, days: float | None) -> str | None:
    """Give the narrowest window that holds a time; None for a time that is not known."""
    if days is None:
        return None
    fitting = [window for window in pack.vocabulary.windows if window.low <= days < window.high]
    return min(fitting, key=lambda w: (w.high - w.low, w.id)).id if fitting else None


def _key(question: Question, window: str) -> Key:
    return (
        question.indication,
        question.outcome,
        question.population,
        question.design,
        question.measure,
        question.scale,
        window,
    )


def _group(pack: Pack, key: Key, held: Sequence[_Held]) -> Group | None:
    comparators = _merged({one.question.comparator or "" for one in held}, pack)
    rows = tuple(
        ((_given(one, pack), comparators[one.question.comparator or ""]), one.question, one.row)
        for one in held
    )
    names = {name for pair, _, _ in rows for name in pair}
    if len(names) < 3:
        return None
    ids = {one.question.id for one in held}
    shared = _shared(pack, key, held[0].question)
    return Group(
        question=shared,
        questions=tuple(question for question in pack.questions if question.id in ids),
        labels=tuple(sorted(_labels(pack, held, comparators).items())),
        rows=rows,
        scales=scales_of(pack, {shared.scale, *(one.row.scale for one in held)}),
        window=next((w for w in pack.vocabulary.windows if w.id == key[-1]), None),
        conditions=tuple((term.id, term.label) for term in pack.vocabulary.indications),
    )


def _shared(pack: Pack, key: Key, first: Question) -> Question:
    """Give a question that holds what all of the group share, named after it."""
    window = key[-1]
    parts = [first.indication, first.outcome, window, first.scale, first.population, first.design]
    bare = replace(first, comparator=None, route=None, drug=None, window=window)
    named = dict(labels(pack, bare, treatment_name(pack)))
    wanted = ("indication", "outcome", "window", "scale")
    told = [named[field] for field in wanted if field in named]
    told += [part for part in (first.population, first.design) if part]
    return replace(bare, id="-".join(part for part in parts if part), label=", ".join(told))


def _given(held: _Held, pack: Pack) -> str:
    """Name the treated side: the drug as the question tells forms apart, and the route."""
    parents = {drug.id: drug.parent for drug in pack.vocabulary.drugs}
    drug = held.question.drug or root(held.row.drug, parents) or "treatment"
    return f"{drug}:{held.question.route or held.row.route or ''}"


def _merged(used: Collection[str], pack: Pack) -> dict[str, str]:
    """Give for each comparator the topmost of its kind that is used here as well."""
    parents = {term.id: term.parent for term in pack.vocabulary.comparators}
    made = {}
    for name in used:
        top, above, seen = name, parents.get(name), {name}
        while above is not None and above not in seen:
            seen.add(above)
            top = above if above in used else top
            above = parents.get(above)
        made[name] = top
    return made


def _labels(pack: Pack, held: Sequence[_Held], comparators: Mapping[str, str]) -> dict[str, str]:
    drugs, routes = _names(pack.vocabulary.drugs), _names(pack.vocabulary.routes)
    kinds = _names(pack.vocabulary.comparators)
    made = {}
    for one in held:
        drug, _, route = (name := _given(one, pack)).partition(":")
        made[name] = f"{routes.get(route, '')} {drugs.get(drug, drug).lower()}".strip()
    printed: dict[str, set[str]] = {}
    for one in held:
        node = comparators[one.question.comparator or ""]
        printed.setdefault(node, set()).add(one.row.comparator_printed.strip())
    for node, told in printed.items():
        made[node] = _called(kinds.get(node, node), told)
    return made


def _called(kind: str, printed: Collection[str]) -> str:
    """Name a comparator as all its rows print it, where that is one short name."""
    only = next(iter(printed)) if len(printed) == 1 else ""
    plain = only.replace(" ", "").replace("-", "").isalpha() and len(only) <= 30
    return f"{only} ({kind})" if plain and only not in kind else kind


def _names(terms: Sequence[Term]) -> dict[str, str]:
    return {term.id: term.label for term in terms}
