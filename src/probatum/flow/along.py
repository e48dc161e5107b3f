"""What the rows of a question say along dose, time and the years in which studies came."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from probatum.certainty.thresholds import important
from probatum.effects.course import time_course
from probatum.effects.dose import dose_response
from probatum.effects.monitoring import monitoring
from probatum.flow.courses import OverTime
from probatum.model.curve import DoseResponse, TimeCourse
from probatum.model.effect import Pooled
from probatum.model.monitoring import Monitoring
from probatum.model.pack import Question, Scale, StudyRow


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its scales, all its times, and whether its control got no treatment."""

    question: Question
    scales: Sequence[Scale]
    over_time: OverTime | None
    untreated: bool


def grown(asked: Asked, rows: Sequence[StudyRow], pooled: Pooled) -> Monitoring | None:
    """Give the pool as it grew, held against the smallest important effect."""
    scale = next((one for one in asked.scales if one.id == pooled.scale), None)
    bounds = important(pooled.measure, None if scale is None else scale.mid)
    return monitoring(asked.question, rows, pooled, bounds, scales=asked.scales)


def by_dose(asked: Asked, rows: Sequence[StudyRow]) -> DoseResponse | None:
    """Give the effect against dose, where the control got none of the treatment."""
    if not asked.untreated:
        return None
    return dose_response(asked.question, rows, scales=asked.scales)


def by_time(asked: Asked, barred: Collection[str]) -> TimeCourse | None:
    """Give the effect against time over all questions that ask the same; some rows are barred."""
    if asked.over_time is None:
        return None
    return _course(asked.over_time, frozenset(barred))


@lru_cache(maxsize=256)
def _course(over: OverTime, barred: frozenset[str]) -> TimeCourse | None:
    """Fit once what several questions of one process share: a fit costs up to a second."""
    rows = [row for row in over.rows if row.row_id not in barred]
    return time_course(over.question, rows, over.questions, scales=over.scales)
