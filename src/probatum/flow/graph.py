"""What answers are made from beside the pack: the graph of works, the rows of each question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from probatum.model.pack import Pack, StudyRow
from probatum.model.work import Citing, Notice, Work


@dataclass(frozen=True, slots=True)
class Graph:
    """The works of a base, what they say of each other, and the notices about records."""

    works: Sequence[Work]
    citing: Sequence[Citing]
    notices: Sequence[Notice]


def rows_by_question(pack: Pack) -> dict[str, list[StudyRow]]:
    """Give the study rows of each question, in the pack's order."""
    rows = {row.row_id: row for row in pack.studies}
    found: dict[str, list[StudyRow]] = {}
    for assignment in pack.assignments:
        if assignment.question is not None:
            found.setdefault(assignment.question, []).append(rows[assignment.row_id])
    return found
