"""Answers: each question with exactly what it depends on, so that nothing else recomputes it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from probatum.certainty.grade import grade
from probatum.certainty.wording import sentence
from probatum.effects.absolute import absolute
from probatum.effects.reviews import beside
from probatum.effects.robustness import examine
from probatum.effects.series import series
from probatum.effects.synthesize import synthesize
from probatum.flow.along import Asked, by_dose, by_time, grown
from probatum.flow.cards import works_by_study
from probatum.flow.counting import count, with_correction
from probatum.flow.courses import OverTime, families, untreated
from probatum.flow.graph import Graph, rows_by_question
from probatum.flow.riskofbias import judged
from probatum.flow.uncontrolled import uncontrolled
from probatum.flow.voices import concluding, disagreement, voices
from probatum.model.answer import Answer, Certainty, Level, RiskOfBias
from probatum.model.effect import Exclusion, Pooled
from probatum.model.pack import Pack, Question, Scale, StudyRow, Term, Window
from probatum.model.published import PublishedPool, Voice
from probatum.model.tally import StatementCounts
from probatum.model.work import Notice
from probatum.stats.compiled import numpy_only

_GRAVE = ("retraction",)


@dataclass(frozen=True, slots=True)
class Override:
    """A level of certainty that a person set, with who and why."""

    level: Level
    who: str
    why: str


@dataclass(frozen=True, slots=True)
class AnswerInput:
    """All that one answer depends on."""

    question: Question
    rows: tuple[StudyRow, ...]
    scales: tuple[Scale, ...]
    labels: tuple[tuple[str, str], ...]
    retracted: tuple[Exclusion, ...]
    knowledge: tuple[str, ...]
    override: Override | None
    risk: tuple[RiskOfBias, ...] = ()
    apart: tuple[StudyRow, ...] = ()
    published: tuple[PublishedPool, ...] = ()
    reviewed: tuple[StudyRow, ...] = ()
    counts: StatementCounts = field(default_factory=StatementCounts)
    over_time: OverTime | None = None
    untreated: bool = False
    others: tuple[Voice, ...] = ()


def inputs(
    pack: Pack,
    graph: Graph,
    overrides: Sequence[Mapping[str, str]],
    risk: Sequence[Mapping[str, str]] = (),
) -> list[AnswerInput]:
    """Give the input of every question of the pack, in the pack's order.

    ``overrides`` and ``risk`` are the rows of judgements/certainty.csv and judgements/rob.csv.
    """
    rows = rows_by_question(pack)
    studies = works_by_study(
        {d: work.id for work in graph.works for d in work.documents}, pack.studies
    )
    decided = {row["question"]: row for row in overrides}
    treatment, risks = treatment_name(pack), judged(risk)
    over_time = families(pack, rows)
    given = []
    for question in pack.questions:
        own = tuple(rows.get(question.id, ()))
        cited = {work for row in own for work in studies.get(row.study, ())}
        given.append(
            AnswerInput(
                question=question,
                rows=own,
                scales=_scales(pack.vocabulary.scales, question, own),
                labels=labels(pack, question, treatment),
                retracted=retracted(own, graph.notices),
                counts=_counts(graph, cited),
                knowledge=knowledge(pack, question),
                override=override(decided.get(question.id)),
                apart=uncontrolled(pack, question),
                published=(pools := _published(pack, question)),
                reviewed=_reviewed(pack, pools),
                risk=tuple(risks[name] for name in _studies(own) if name in risks),
                over_time=over_time.get(question.id),
                untreated=untreated(pack, question),
                others=concluding(pack, question),
            )
        )
    return given


@numpy_only()
def answer(given: AnswerInput) -> Answer:
    """Answer one question: pool its rows, grade the result and say it in GRADE's wording.

    Takes the NumPy path of the statistics: a few fits a question do not repay compiling, and the
    bytes of an answer must not hang on whether numba is at hand.
    """
    pooled = pool(given, flagged_in=False, without=())
    scale = next((one for one in given.scales if one.id == pooled.scale), None)
    certainty = grade(given.question, pooled, given.rows, scale, risk=given.risk)
    certainty = overridden(certainty, given.override)
    rows = valid_rows(given)
    said = voices(given.question, pooled, given.published, given.others)
    asked = Asked(given.question, given.scales, given.over_time, given.untreated)
    return Answer(
        question=given.question,
        pooled=pooled,
        certainty=certainty,
        supporting=given.counts.broad("supporting"),
        contrasting=given.counts.broad("contrasting"),
        uncertain=given.counts.uncertain,
        counts=with_correction(given.counts),
        sentence=sentence(given.question, pooled, certainty, dict(given.labels)),
        knowledge=given.knowledge,
        analyses=examine(
            given.question, rows, pooled, scales=given.scales, high_risk=_high_risk(given)
        ),
        absolute=absolute(given.question, rows, pooled),
        risk_of_bias=given.risk,
        series=series(given.apart),
        reviews=beside(given.published, pooled, {row.row_id: row for row in given.reviewed}),
        voices=said,
        disagreement=disagreement(said),
        monitoring=grown(asked, rows, pooled),
        dose=by_dose(asked, rows),
        course=by_time(asked, {exclusion.row_id for exclusion in given.retracted}),
    )


def _published(pack: Pack, question: Question) -> tuple[PublishedPool, ...]:
    return tuple(pool for pool in pack.published if pool.question == question.id)


def _reviewed(pack: Pack, pools: Sequence[PublishedPool]) -> tuple[StudyRow, ...]:
    """Give the rows that published pools name, whatever question holds them."""
    named = {name for pool in pools for name in pool.rows}
    return tuple(row for row in pack.studies if row.row_id in named)


def _studies(rows: Sequence[StudyRow]) -> list[str]:
    return sorted({row.study for row in rows})


def _high_risk(given: AnswerInput) -> frozenset[str] | None:
    """Give the studies at high risk of bias; None where nobody judged any."""
    high = frozenset(one.study for one in given.risk if one.judgement == "high")
    return high if given.risk else None


def valid_rows(given: AnswerInput) -> list[StudyRow]:
    """Give the rows of a question without those of retracted studies."""
    barred = {exclusion.row_id for exclusion in given.retracted}
    return [row for row in given.rows if row.row_id not in barred]


@numpy_only()
def pool(given: AnswerInput, *, flagged_in: bool, without: Collection[str]) -> Pooled:
    """Pool the rows of a question; rows of retracted studies never enter, and that is said."""
    pooled = synthesize(
        given.question,
        valid_rows(given),
        flagged_in=flagged_in,
        without=without,
        scales=given.scales,
    )
    return replace(pooled, excluded=(*pooled.excluded, *given.retracted))


def _scales(
    known: Sequence[Scale], question: Question, rows: Sequence[StudyRow]
) -> tuple[Scale, ...]:
    """Give the scales of a question and its rows, and those that convert into them."""
    used = {question.scale, *(row.scale for row in rows)}
    tops = {scale.linear_to or scale.id for scale in known if scale.id in used}
    return tuple(scale for scale in known if (scale.linear_to or scale.id) in tops)


def labels(pack: Pack, question: Question, treatment: str) -> tuple[tuple[str, str], ...]:
    """Give (field, label) pairs of what a question names; the treatment where it names no drug."""
    vocabulary = pack.vocabulary
    terms: dict[str, Sequence[Term | Scale | Window]] = {
        "indication": vocabulary.indications,
        "aspect": vocabulary.aspects,
        "outcome": (*vocabulary.outcomes, *vocabulary.harms),
        "comparator": vocabulary.comparators,
        "route": vocabulary.routes,
        "drug": vocabulary.drugs,
        "window": vocabulary.windows,
        "scale": vocabulary.scales,
    }
    named: list[tuple[str, str]] = []
    for kind, known in terms.items():
        wanted = getattr(question, kind)
        found = [term.label for term in known if term.id == wanted]
        named.extend((kind, label) for label in found[:1])
    unnamed = "drug" not in dict(named)
    return (*named, ("drug", treatment)) if unnamed else tuple(named)


def treatment_name(pack: Pack) -> str:
    """Name the treatment: the one root of the drugs that the studies gave, else the pack's title.

    Metabolites and other drugs that no study gave do not count; without studies every drug does.
    """
    parents = {drug.id: drug.parent for drug in pack.vocabulary.drugs}
    roots = {root(row.drug, parents) for row in pack.studies if row.drug in parents}
    roots = roots or {name for name, parent in parents.items() if parent is None}
    named = [drug.label for drug in pack.vocabulary.drugs if drug.id in roots]
    return named[0] if len(named) == 1 else pack.title


def root(drug: str | None, parents: Mapping[str, str | None]) -> str | None:
    """Climb to the top of a drug's kinds; a circle of parents ends where it is entered again."""
    seen = set[str]()
    while drug is not None and drug not in seen and parents.get(drug):
        seen.add(drug)
        drug = parents[drug]
    return drug


def knowledge(pack: Pack, question: Question) -> tuple[str, ...]:
    """Give the ids of the pack's statements that stand in the same cell as the question."""
    return tuple(
        statement.id
        for statement in pack.statements
        if statement.aspect == question.aspect
        and statement.indication in (None, question.indication)
    )


def _counts(graph: Graph, works: set[str]) -> StatementCounts:
    """Count the statements about any of some works."""
    authors = {work.id: work.authors for work in graph.works}
    return count([c for c in graph.citing if works.intersection(c.cited_works)], authors)


def retracted(rows: Sequence[StudyRow], notices: Sequence[Notice]) -> tuple[Exclusion, ...]:
    """Give the rows of retracted studies, with the notice that says so."""
    grave = {n.target: n for n in notices if n.kind in _GRAVE}
    found = []
    for row in rows:
        names = (f"doi:{row.doi}", f"pmid:{row.pmid}")
        notice = next((grave[name] for name in names if name in grave), None)
        if notice is not None:
            reason = f"retracted: a notice in the base says so ({notice.title or notice.document})"
            found.append(Exclusion(row.row_id, reason))
    return tuple(found)


def override(row: Mapping[str, str] | None) -> Override | None:
    """Read a line of judgements/certainty.csv."""
    return None if row is None else Override(cast(Level, row["level"]), row["who"], row["why"])


def overridden(certainty: Certainty, by_hand: Override | None) -> Certainty:
    """Let the level that a person set stand above the computed one, with who and why."""
    if by_hand is None:
        return certainty
    said = f"{by_hand.who}: {by_hand.why} (computed: {certainty.level})"
    return replace(certainty, level=by_hand.level, override=said)
