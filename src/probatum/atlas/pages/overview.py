"""The overview: the evidence map, what changed, the table of answers."""

from __future__ import annotations

from collections.abc import Sequence

from probatum.atlas.evidence_map import MapCell, evidence_map
from probatum.atlas.filters import narrow
from probatum.atlas.labels import Labels
from probatum.atlas.page import Ask, Cell, DataTable, Page
from probatum.model import shapes
from probatum.model.answer import Answer

ANSWER_COLUMNS = (
    "question",
    "label",
    "indication",
    "aspect",
    "outcome",
    "comparator",
    "route",
    "time_point",
    "measure",
    "model",
    "estimate",
    "ci_low",
    "ci_high",
    "pi_low",
    "pi_high",
    "k",
    "n",
    "n_known",
    "tau2",
    "i2",
    "certainty",
)


SURE, MOST_SURE = ("high", "moderate"), 6
# A circle of full size; one very large trial must not make all the others look alike.
FULL_SIZE = 1000.0


def page(ask: Ask) -> Page:
    """Make the overview."""
    view, narrowed = ask.view, narrow(ask, ask.view.answers())
    answers = narrowed.answers
    rows = evidence_map(view.pack, answers, statements=not narrowed.any)
    cells = [cell for row in rows for cell in row.cells]
    labels = Labels(view.pack)
    counted = [a for a in answers if a.pooled.estimate is not None]
    context = {
        "rows": rows,
        "choices": [choice for choice in narrowed.choices if len(choice.values) > 1],
        "narrowed": narrowed.any,
        "population": narrowed.population,
        "aspects": view.pack.vocabulary.aspects,
        "most": min(FULL_SIZE, max((cell.participants for cell in cells), default=0.0)),
        "full_size": FULL_SIZE,
        "groups": _by_indication([a for a in counted if a.pooled.k > 1], labels),
        "singles": _by_indication([a for a in counted if a.pooled.k == 1], labels),
        "single_count": sum(a.pooled.k == 1 for a in counted),
        "surest": _surest(counted),
        "changes": view.changes(),
        "counts": [
            ("questions", len(answers)),
            ("answered with a number", len(counted)),
            ("of these from two or more studies", sum(a.pooled.k > 1 for a in counted)),
            ("printed results of studies", len(view.pack.studies)),
            ("documents", len(view.documents())),
            ("works", len(view.works())),
            ("gaps of the map", sum(cell.kind == "gap" for cell in cells)),
        ],
    }

    def data() -> dict[str, object]:
        return {
            "title": view.title,
            "build": view.build_id,
            "answers": [shapes.answer(answer) for answer in answers],
            "changes": [shapes.change(change) for change in view.changes()],
            "map": [_cell_shape(cell) for cell in cells],
        }

    tables = (answers_table(answers), _map_table(cells))
    return Page("overview.html", "Evidence map", context, data, tables)


def _surest(answers: Sequence[Answer]) -> list[Answer]:
    """Give the pooled answers that are most certain, of these the ones with most studies first."""
    sure = [a for a in answers if a.pooled.k > 1 and a.certainty.level in SURE]
    return sorted(sure, key=lambda a: (SURE.index(a.certainty.level), -a.pooled.k))[:MOST_SURE]


def _by_indication(answers: Sequence[Answer], labels: Labels) -> list[tuple[str, list[Answer]]]:
    groups: dict[str, list[Answer]] = {}
    for answer in answers:
        groups.setdefault(answer.question.indication, []).append(answer)
    return [(labels.of("indications", key) or key, group) for key, group in groups.items()]


def answers_table(answers: Sequence[Answer]) -> DataTable:
    """Give the table of answers as it is downloaded."""
    columns = (*ANSWER_COLUMNS, "supporting", "contrasting", "sentence")
    return DataTable("answers", "Answers", columns, map(_answer_row, answers))


def _answer_row(answer: Answer) -> tuple[Cell, ...]:
    shape = shapes.answer(answer)
    told = tuple(shape[column] for column in ANSWER_COLUMNS)
    return (*told, answer.supporting, answer.contrasting, answer.sentence)


def _cell_shape(cell: MapCell) -> dict[str, Cell]:
    return {
        "indication": cell.indication.id,
        "aspect": cell.aspect.id,
        "kind": cell.kind,
        "questions": len(cell.answers),
        "statements": len(cell.statements),
        "participants": cell.participants,
        "lead": cell.lead.question.id if cell.lead else None,
        "direction": cell.lean if cell.lead else None,
        "certainty": cell.lead.certainty.level if cell.lead else None,
        "contested": "contested" in cell.signs,
        "flagged": "flagged" in cell.signs,
        "words": cell.words,
    }


def _map_table(cells: Sequence[MapCell]) -> DataTable:
    lines = [_cell_shape(cell) for cell in cells]
    columns = tuple(lines[0]) if lines else ("indication", "aspect")
    told = tuple(tuple(line.values()) for line in lines)
    return DataTable("map", "Evidence map", columns, told)
