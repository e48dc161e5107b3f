"""One question: the answer in words and numbers, and everything that stands behind it."""

from __future__ import annotations

from collections.abc import Sequence

from probatum.atlas import reproduce
from probatum.atlas.claim_parts import claim_table
from probatum.atlas.evidence_map import LEANING, lean_of
from probatum.atlas.figures.forest import forest
from probatum.atlas.labels import Labels, rows_of, statements_named
from probatum.atlas.page import Ask, Page
from probatum.atlas.pages.findings import conditions
from probatum.atlas.pages.question_along import along_data, along_figures, along_tables
from probatum.atlas.pages.question_beside import joined, near
from probatum.atlas.pages.question_spread import spread_figures
from probatum.atlas.pages.question_tables import models, question_tables
from probatum.atlas.pages.statements import told_first
from probatum.atlas.sides import sides
from probatum.atlas.study_rows import study_lines
from probatum.atlas.wording import place_of
from probatum.errors import UsageError
from probatum.model import shapes
from probatum.model.answer import Answer
from probatum.model.effect import Pooled
from probatum.model.pack import StudyRow
from probatum.model.view import ClaimGroup, Mention
from probatum.model.work import STUDY, Work


def page(ask: Ask) -> Page | None:
    """Make the page of a question, pooled anew when the switches say so."""
    answer = ask.view.answer(ask.key)
    if answer is None:
        return None
    rows = rows_of(ask.view.pack, ask.key)
    pooled, recomputed = _pooled(ask, answer)
    mentions = ask.view.statements_for(ask.key)
    said = _said(ask)
    labels = Labels(ask.view.pack)
    figure = forest(
        pooled,
        answer.question.label,
        sides(answer, labels),
        scale=labels.scale_of(answer.question),
    )
    tables = (*question_tables(answer, rows, pooled, mentions), *along_tables(answer))
    tables = (*tables, claim_table(claim for _, group in said for claim in group.claims))
    drawn = along_figures(answer) | spread_figures(pooled, answer.question.label)
    networks = [one for one in ask.view.networks() if ask.key in one.questions]
    changes = [c for c in ask.view.changes() if c.question == ask.key]
    context = _numbers(ask, answer, rows, pooled) | {
        "recomputed": recomputed,
        "forest": figure,
        "table": {table.name: table for table in tables},
        "stances": _by_stance(mentions),
        "said": said,
        "changes": changes,
        "networks": networks,
        "joined": joined(networks, answer),
        "near": near(ask.view.answers(), answer.question),
        "figures": {name: drawn.get(name) for name in FIGURES},
        "tabs": _tabs(answer, bool(networks), bool(mentions or said), bool(changes)),
    }

    def data() -> dict[str, object]:
        found = _data(ask, answer, mentions, pooled if recomputed else None)
        return found | along_data(answer, [one.id for one in networks])

    drawn |= {"forest": figure} if figure else {}
    figures = {name: str(one) for name, one in drawn.items()}
    return Page("question.html", answer.question.label, context, data, tables, figures)


def _numbers(
    ask: Ask, answer: Answer, rows: Sequence[StudyRow], pooled: Pooled
) -> dict[str, object]:
    """Give what the page says of the answer and of its rows."""
    return {
        "answer": answer,
        "facts": Labels(ask.view.pack).facts(answer.question),
        "pooled": pooled,
        "flagged_in": ask.one("flagged") == "in",
        "without": ask.many("without"),
        "switchable": sorted({e.row_id for e in answer.pooled.effects} | set(ask.many("without"))),
        "lines": study_lines(rows, pooled),
        "listed": {row.row_id for row in rows},
        "works": {row.row_id: _work(ask, row) for row in rows},
        "leaning": LEANING[lean_of(answer)],
        "models": models(answer, pooled),
        "command": reproduce.command(pooled),
        "knowledge": statements_named(ask.view.pack, answer.knowledge),
        **_told(ask, answer),
    }


def _told(ask: Ask, answer: Answer) -> dict[str, object]:
    """Give what must stand beside the numbers: their scale, what was not assessed, where it is."""
    labels, asked = Labels(ask.view.pack), answer.question
    return {
        "scale": labels.scale_of(asked),
        "aspect": labels.of("aspects", asked.aspect),
        "unassessed": any(
            step.reason.startswith("not assessed") for step in answer.certainty.steps
        ),
        "summed": asked.indication in conditions(ask.view),
    }


def _said(ask: Ask) -> list[tuple[str, ClaimGroup]]:
    """Give the claims by what they say, each group with that in words."""
    labels = Labels(ask.view.pack)
    return [(labels.claimed(g.claims[0]), g) for g in ask.view.claim_groups_for(ask.key)]


def _work(ask: Ask, row: StudyRow) -> Work | None:
    """Give the work of a row: its study's, else that of the document it was read from."""
    places = [found[0] for source in row.sources if (found := place_of(source))]
    works = (ask.view.work_of(name) for name in (STUDY + row.study, *places))
    return next((work for work in works if work is not None), None)


FIGURES = ("cumulative", "sequential", "dose", "course", "baujat", "funnel")


def _tabs(
    answer: Answer, networks: bool, said: bool, changed: bool
) -> tuple[tuple[str, str, bool], ...]:
    """Give the parts of the page as (anchor, label, whether it holds anything)."""
    return (
        ("asked", "Answer", True),
        ("forest", "Forest plot and models", bool(answer.pooled.effects)),
        ("growth", "Growth", answer.monitoring is not None),
        ("time", "Time", answer.course is not None),
        ("dose", "Dose", answer.dose is not None),
        ("network", "Network", networks),
        ("certainty", "Certainty", answer.certainty.level != "none"),
        ("statements", "Statements", said),
        ("studies", "Studies", bool(answer.pooled.effects or answer.pooled.excluded)),
        ("reviews", "Reviews", bool(answer.reviews)),
        ("changes", "Changes", changed),
    )


def _pooled(ask: Ask, answer: Answer) -> tuple[Pooled, bool]:
    flagged_in = ask.choice("flagged", ("in", "out")) == "in"
    without = ask.many("without")
    if not flagged_in and not without:
        return answer.pooled, False
    known = {a.row_id for a in ask.view.pack.assignments if a.question == ask.key}
    known |= {effect.row_id for effect in answer.pooled.effects}
    strange = sorted(set(without) - known)
    if strange:
        raise UsageError(f"no such row in this question: {', '.join(strange)}")
    pooled = ask.view.recompute(ask.key, flagged_in=flagged_in, without=without)
    return (answer.pooled, False) if pooled is None else (pooled, True)


def _by_stance(mentions: Sequence[Mention]) -> list[tuple[str, list[Mention]]]:
    order = ("supporting", "contrasting", "mentioning")
    told = [(s, told_first([m for m in mentions if m.statement.stance == s])) for s in order]
    return [(stance, group) for stance, group in told if group]


def _data(
    ask: Ask, answer: Answer, mentions: Sequence[Mention], pooled: Pooled | None
) -> dict[str, object]:
    data = shapes.answer(answer)
    data["effects"] = shapes.plain(answer.pooled.effects)
    data["studies"] = shapes.plain(rows_of(ask.view.pack, ask.key))
    data["citation_statements"] = [shapes.statement(m.statement) for m in mentions]
    groups = ask.view.claim_groups_for(ask.key)
    data["claims"] = [shapes.claim(c) for group in groups for c in group.claims]
    data["claim_groups"] = [
        {"works": group.works, "claims": [c.id for c in group.claims]} for group in groups
    ]
    named = statements_named(ask.view.pack, answer.knowledge)
    data["pack_statements"] = shapes.plain(named)
    if pooled is not None:
        data["recomputed"] = shapes.plain(pooled)
    return data
