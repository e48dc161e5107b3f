"""Signs on an answer: whether it is contested, and whether some of its sources are flagged."""

from __future__ import annotations

from probatum.atlas.wording import null_of
from probatum.model.answer import Answer
from probatum.model.pack import Pack
from probatum.model.published import PublishedPool


def contested(answer: Answer) -> bool:
    """Tell whether others disagree.

    Citing works both support and contradict the studies, or a published review of the same
    question finds the opposite of this base or of another review.
    """
    if answer.supporting and answer.contrasting:
        return True
    pooled = answer.pooled
    found = {_side(one.pool) for one in answer.reviews}
    found.add(_beyond(pooled.measure, pooled.ci_low, pooled.ci_high))
    return {-1, 1} <= found


def _side(pool: PublishedPool) -> int:
    return _beyond(pool.measure, pool.ci_low, pool.ci_high)


def _beyond(measure: str | None, low: float | None, high: float | None) -> int:
    """Tell on which side of no difference an interval lies; 0 where it holds that, or unknown."""
    null = null_of(measure)
    if measure is None or low is None or high is None or low <= null <= high:
        return 0
    return -1 if high < null else 1


def flagged_questions(pack: Pack) -> frozenset[str]:
    """Give the questions with a study row that is flagged: its source contradicts itself, ..."""
    flagged = {row.row_id for row in pack.studies if row.flag_kind is not None}
    return frozenset(a.question for a in pack.assignments if a.question and a.row_id in flagged)
