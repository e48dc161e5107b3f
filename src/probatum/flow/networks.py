"""Which questions of a pack make a network: what they share, and what each side of a row is."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from probatum.certainty.networks import grade_network
from probatum.certainty.wording import inline
from probatum.effects.network import Group, networks
from probatum.flow.answering import (
    Override,
    labels,
    overridden,
    override,
    retracted,
    root,
    treatment_name,
)
from probatum.flow.courses import scales_of
from probatum.flow.graph import Graph
from probatum.flow.riskofbias import judged
from probatum.model.answer import RiskOfBias
from probatum.model.network import Network, PairCertainty
from probatum.model.pack import Pack, Question, StudyRow, Term
from probatum.stats.compiled import numpy_only

Key = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class _Held:
    """A row with the question that holds it."""

    question: Question
    row: StudyRow


@dataclass(frozen=True, slots=True)
class NetworkInput:
    """All that the networks of a group depend on; overrides by the name of a pair."""

    group: Group
    risk: tuple[RiskOfBias, ...] = ()
    overrides: tuple[tuple[str, Override], ...] = ()


def inputs(
    pack: Pack,
    graph: Graph,
    overrides: Sequence[Mapping[str, str]] = (),
    risk: Sequence[Mapping[str, str]] = (),
) -> list[NetworkInput]:
    """Give the input of every group of questions that may join treatments, in order of name.

    ``overrides`` and ``risk`` are the rows of judgements/certainty.csv and judgements/rob.csv.
    """
    risks, decided = judged(risk), {row["question"]: row for row in overrides}
    given = []
    for group in groups(pack, graph):
        studies = sorted({row.study for _, _, row in group.rows})
        own = [name for name in sorted(decided) if name.startswith(group.question.id)]
        given.append(
            NetworkInput(
                group,
                tuple(risks[name] for name in studies if name in risks),
                tuple((n, found) for n in own if (found := override(decided[n])) is not None),
            )
        )
    return given


def pair_name(network: Network, first: str, second: str) -> str:
    """Give the name of a pair of treatments under which its certainty may be overridden."""
    return f"{network.id}: {first} v {second}"


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
def network(given: NetworkInput) -> tuple[Network, ...]:
    """Answer a group: its networks, none where its studies do not join three treatments."""
    return tuple(_graded(one, given) for one in networks(given.group))


def _graded(network: Network, given: NetworkInput) -> Network:
    """Rate the estimates of a network, and let people's levels stand above the computed ones."""
    group, decided = given.group, dict(given.overrides)
    scale = next((one for one in group.scales if one.id == network.scale), None)
    rows = [row for _, _, row in group.rows]
    found = grade_network(network, group.question, rows, scale, risk=given.risk)
    made = []
    for pair in found:
        names = (pair_name(network, *two) for two in _both_ways(pair))
        by_hand = next((decided[name] for name in names if name in decided), None)
        certainty = overridden(pair.certainty, by_hand)
        made.append(replace(pair, certainty=certainty))
    return replace(network, graded=tuple(made))


def _both_ways(pair: PairCertainty) -> tuple[tuple[str, str], tuple[str, str]]:
    return (pair.first, pair.second), (pair.second, pair.first)


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
    topic, *others = [named[field] for field in wanted if field in named]
    told = [topic, *map(inline, others)]
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
