"""Which rows of one question pool: no person counts twice.

Of each group of people (study, drug, route, dose, stratum) at most one row pools: the one
without a source inconsistency, then the one nearest to the time that the question wants, then the
first of the file. Rows that name each other as overlapping
do not pool side by side either. Several dose groups of one study do: their shared control is
split where effects are computed.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from probatum.flow.packs.contribution import gap
from probatum.model.pack import Question, StudyRow, Window

SAME_PEOPLE = "the same people as"


def choose(
    question: Question, rows: Sequence[StudyRow], window: Window | None
) -> dict[str, str | None]:
    """Return for each row of a question why it does not pool; None for the rows that do."""
    reasons = {row.row_id: row.not_pooled or gap(question.measure, row) for row in rows}
    able = [row for row in rows if reasons[row.row_id] is None]
    able.sort(key=lambda row: _preference(row, window))
    taken: dict[Hashable, StudyRow] = {}
    for row in able:
        rival = taken.get(_people(row)) or _overlapping(row, taken.values())
        if rival is None:
            taken[_people(row)] = row
        else:
            reasons[row.row_id] = _explained(row, rival, window)
    return reasons


def is_flagged(row: StudyRow) -> bool:
    """Tell whether a row leaves the pool unless flagged rows are asked for."""
    return row.flag_kind == "source-inconsistency"


def _preference(row: StudyRow, window: Window | None) -> tuple[float, ...]:
    return (is_flagged(row), _distance(row, window))


def _distance(row: StudyRow, window: Window | None) -> float:
    if window is None or row.time_days is None:
        return 0.0
    target = (window.low + window.high) / 2 if window.target is None else window.target
    return abs(row.time_days - target)


def _people(row: StudyRow) -> Hashable:
    return (row.study, row.drug, row.route, row.dose_printed, row.stratum)


def _overlapping(row: StudyRow, taken: Iterable[StudyRow]) -> StudyRow | None:
    return next((other for other in taken if _overlap(row, other)), None)


def _overlap(left: StudyRow, right: StudyRow) -> bool:
    return right.row_id in left.overlaps or left.row_id in right.overlaps


def _explained(row: StudyRow, rival: StudyRow, window: Window | None) -> str:
    if _people(row) != _people(rival):
        return f"holds some of the same people as {rival.row_id}, which pools"
    why = "which stands first"
    if is_flagged(row) and not is_flagged(rival):
        why = "whose source is consistent"
    elif _distance(row, window) != _distance(rival, window):
        why = "whose time is nearer to the one asked"
    return f"{SAME_PEOPLE} {rival.row_id}, {why}"
