"""All questions, grouped as the cells of the evidence map are."""

from __future__ import annotations

from dataclasses import replace

from probatum.atlas.evidence_map import MapCell, evidence_map
from probatum.atlas.page import Ask, Page
from probatum.atlas.pages.overview import answers_table
from probatum.atlas.wording import LEVELS
from probatum.model import shapes
from probatum.model.answer import Answer


def page(ask: Ask) -> Page:
    """Make the list of questions, if wanted only those with some certainty or some words."""
    view = ask.view
    certainty = ask.choice("certainty", LEVELS)
    words = ask.one("q") or ""
    answers = [a for a in view.answers() if _wanted(a, certainty, words.casefold())]
    narrowed = bool(certainty or words)
    context = {
        "groups": _groups(ask, answers, narrowed),
        "levels": LEVELS,
        "certainty": certainty,
        "q": words,
        "narrowed": narrowed,
        "count": len(answers),
    }
    table = replace(answers_table(answers), name="")
    return Page(
        "questions.html", "Questions", context, lambda: [*map(shapes.answer, answers)], (table,)
    )


def _wanted(answer: Answer, certainty: str | None, words: str) -> bool:
    level = certainty is None or answer.certainty.level == certainty
    return level and all(word in answer.question.label.casefold() for word in words.split())


def _groups(
    ask: Ask, answers: list[Answer], narrowed: bool
) -> list[tuple[str, list[tuple[MapCell, list[Answer]]]]]:
    asked_at: dict[tuple[str, str], list[Answer]] = {}
    for answer in answers:
        key = (answer.question.indication, answer.question.aspect)
        asked_at.setdefault(key, []).append(answer)
    groups = []
    for row in evidence_map(ask.view.pack, answers):
        cells = []
        for cell in row.cells:
            asked = asked_at.get((cell.indication.id, cell.aspect.id), [])
            if asked or (cell.statements and not narrowed):
                cells.append((cell, asked))
        if cells:
            groups.append((row.indication.label, cells))
    return groups
