"""What the rows of a question are pooled on: measure, scale and the good direction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from probatum.effects.crossover import ASSUMED
from probatum.effects.material import MEASURES
from probatum.effects.reading import Found, read
from probatum.model.pack import Benefit, Question, StudyRow


@dataclass(frozen=True, slots=True)
class Plan:
    """How rows are pooled.

    ``scale`` is the one scale of a mean difference (None: any); ``preferred`` the scale that is
    taken where a study reports several; ``benefit`` the direction that is good; ``correlation``
    that of the two periods of a crossover trial, which is assumed.
    """

    measure: str | None
    scale: str | None = None
    preferred: str | None = None
    benefit: Benefit | None = None
    notes: tuple[str, ...] = ()
    correlation: float = ASSUMED


def plan(question: Question, rows: Sequence[StudyRow]) -> Plan:
    """Return how ``rows`` are to be pooled.

    The question's measure counts; without one, that of the rows: RR where they count events, MD
    for means. A mean difference is taken on the question's scale, else on the scale that every
    study reports; where there is none it becomes a standardised mean difference.
    """
    measure = question.measure or _of_rows(rows)
    if measure is not None and measure not in MEASURES:
        return Plan(None, notes=(f"no model pools the measure {measure}",))
    directions = Counter(row.benefit for row in rows if row.benefit is not None)
    most = min(directions, key=lambda b: (-directions[b], b == "higher"), default=None)
    base = Plan(measure, preferred=question.scale, benefit=question.benefit or most)
    if question.scale is not None or measure not in {"MD", "SMD"}:
        return replace(base, scale=question.scale if measure == "MD" else None)
    return _on_scales(base, [row for row in rows if isinstance(read(row, measure), Found)])


def _on_scales(base: Plan, rows: Sequence[StudyRow]) -> Plan:
    used = Counter(scale for _, scale in {(row.study, scale_of(row)) for row in rows})
    common = min(used, key=lambda name: (-used[name], name), default=None)
    if common is None or base.measure == "SMD":
        return replace(base, preferred=common)
    if used[common] == len({row.study for row in rows}):
        return replace(base, scale=common, preferred=common)
    told = ", ".join(name or "not stated" for name in sorted(used))
    note = f"standardised, because the studies use different scales: {told}"
    return replace(base, measure="SMD", preferred=common, notes=(note,))


def scale_of(row: StudyRow) -> str:
    """Return the name of a row's scale: the coded one, else as printed, else empty."""
    return row.scale or row.scale_printed.strip().lower()


def _of_rows(rows: Sequence[StudyRow]) -> str | None:
    kinds = {row.result_type for row in rows}
    if kinds & {"binary", "binary %"}:
        return "RR"
    if "continuous" in kinds:
        return "MD"
    given = Counter(row.measure for row in rows if row.measure is not None)
    return min(given, key=lambda name: (-given[name], name), default=None)
