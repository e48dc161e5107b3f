"""What the rows of a question are pooled on: measure, scale and the good direction."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from probatum.effects.crossover import ASSUMED
from probatum.effects.material import MEASURES
from probatum.effects.reading import Found, read
from probatum.model.pack import Benefit, Question, Scale, StudyRow


@dataclass(frozen=True, slots=True)
class Plan:
    """How rows are pooled.

    ``scale`` is the one scale of a mean difference (None: any); ``preferred`` the scale that is
    taken where a study reports several; ``benefit`` the direction that is good; ``correlation``
    that of the two periods of a crossover trial, which is assumed; ``factors`` turn values of
    other scales into those of ``scale``.
    """

    measure: str | None
    scale: str | None = None
    preferred: str | None = None
    benefit: Benefit | None = None
    notes: tuple[str, ...] = ()
    correlation: float = ASSUMED
    factors: tuple[tuple[str, float], ...] = ()

    def factor(self, scale: str) -> float | None:
        """Return by what values of a scale are multiplied; None where they stay apart."""
        if self.scale is None or scale == self.scale:
            return 1.0
        return dict(self.factors).get(scale)


def plan(question: Question, rows: Sequence[StudyRow], scales: Sequence[Scale] = ()) -> Plan:
    """Return how ``rows`` are to be pooled.

    The question's measure counts; without one, that of the rows: RR where they count events, MD
    for means. A mean difference is taken on the question's scale, else on the scale that every
    study reports (``scales`` tells which convert into it); where there is none it becomes a
    standardised mean difference. A standardised one that is asked for becomes a mean difference
    where every study reports the same known scale.
    """
    measure = question.measure or _of_rows(rows)
    if measure is not None and measure not in MEASURES:
        return Plan(None, notes=(f"no model pools the measure {measure}",))
    directions = Counter(row.benefit for row in rows if row.benefit is not None)
    most = min(directions, key=lambda b: (-directions[b], b == "higher"), default=None)
    base = Plan(measure, preferred=question.scale, benefit=question.benefit or most)
    if measure not in {"MD", "SMD"}:
        return base
    if question.scale is not None:
        scale = question.scale if measure == "MD" else None
        return replace(base, scale=scale, factors=_factors(scale, scales))
    readable = [row for row in rows if _gives(row, measure)]
    return _on_scales(base, readable, scales)


def _on_scales(base: Plan, rows: Sequence[StudyRow], scales: Sequence[Scale]) -> Plan:
    used = Counter(scale for _, scale in {(row.study, scale_of(row)) for row in rows})
    common = min(used, key=lambda name: (-used[name], name), default=None)
    if common is None:
        return base
    factors = _factors(common, scales)
    able = {common, *(name for name, _ in factors)}
    if base.measure == "SMD":
        return _on_one_scale(replace(base, preferred=common), rows, scales)
    if {row.study for row in rows if scale_of(row) in able} == {row.study for row in rows}:
        return replace(base, scale=common, preferred=common, factors=factors)
    told = ", ".join(name or "not stated" for name in sorted(used))
    note = f"standardised, because the studies use different scales: {told}"
    return replace(base, measure="SMD", preferred=common, notes=(note,))


def _on_one_scale(base: Plan, rows: Sequence[StudyRow], scales: Sequence[Scale]) -> Plan:
    """Take a mean difference where every study gives one on the same known scale."""
    common = base.preferred
    same = {row.study for row in rows if scale_of(row) == common and _gives(row, "MD")}
    if same != {row.study for row in rows} or common not in {scale.id for scale in scales}:
        return base
    note = f"a mean difference, because every study reports {common}"
    return replace(base, measure="MD", scale=common, notes=(note,))


def _gives(row: StudyRow, measure: str) -> bool:
    return isinstance(read(row, measure), Found)


def _factors(target: str | None, scales: Sequence[Scale]) -> tuple[tuple[str, float], ...]:
    """Return the scales that ask the same as ``target`` in another unit, with their factors."""
    known = {scale.id: scale for scale in scales}
    wanted = known.get(target or "")
    if wanted is None:
        return ()
    pairs = ((scale.id, _unit(scale, wanted)) for scale in scales if _same(scale, wanted))
    return tuple((name, factor) for name, factor in pairs if factor is not None)


def _same(one: Scale, other: Scale) -> bool:
    """Whether two scales ask the same in different units, as the vocabulary says."""
    tops = {scale.linear_to or scale.id for scale in (one, other)}
    return one.id != other.id and len(tops) == 1


def _unit(scale: Scale, wanted: Scale) -> float | None:
    ends = (scale.low, scale.high, wanted.low, wanted.high)
    low, high, first, last = (math.nan if end is None else end for end in ends)
    factor = (last - first) / (high - low) if high > low and last > first else math.nan
    same_direction = None in {scale.better, wanted.better} or scale.better == wanted.better
    return factor if same_direction and math.isfinite(factor) else None


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
