"""From the rows of a question to comparisons of different people, each with its effect.

The path of a row: never an effect, not readable, the same people as another row, a share of a
common control, an effect. Every row that leaves the path does so with a reason in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from probatum.effects.crossover import paired
from probatum.effects.material import (
    Given,
    Material,
    divided,
    estimate,
    in_units,
    people,
    turned,
)
from probatum.effects.plan import Plan, scale_of
from probatum.effects.reading import Found, read
from probatum.effects.selection import select, shares_control
from probatum.model.effect import Exclusion
from probatum.model.pack import StudyRow, Window

NOT_RANDOMISED = "not randomised"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One row as it is pooled: effect and variance on the analysis scale, people, what was done.

    ``parts`` is the number of arms among which its control was divided (1: not shared).
    """

    row: StudyRow
    yi: float
    vi: float
    n: float | None
    notes: tuple[str, ...] = ()
    parts: int = 1


@dataclass(frozen=True, slots=True)
class Comparisons:
    """What the rows of a question give under one plan, in the order in which they are shown."""

    taken: tuple[Comparison, ...]
    excluded: tuple[Exclusion, ...]


def compare(rows: Sequence[StudyRow], plan: Plan, window: Window | None) -> Comparisons:
    """Return the comparisons of ``rows``; each row is in ``taken`` or in ``excluded``."""
    found: dict[str, Found] = {}
    excluded: list[Exclusion] = []
    for row in rows:
        ready = prepared(row, plan)
        if isinstance(ready, Found):
            found[row.row_id] = ready
        else:
            excluded.append(Exclusion(row.row_id, ready))
    selection = select([row for row in rows if row.row_id in found], plan, window)
    excluded.extend(selection.displaced)
    of_study: dict[str, list[StudyRow]] = {}
    for row in selection.kept:
        of_study.setdefault(row.study, []).append(row)
    taken: list[Comparison] = []
    for row in sorted(selection.kept, key=order):
        result = _shared(row, of_study[row.study], found, plan)
        if isinstance(result, Comparison):
            taken.append(result)
        else:
            excluded.append(Exclusion(row.row_id, result))
    return Comparisons(tuple(taken), tuple(sorted(excluded, key=lambda e: e.row_id)))


def _shared(
    row: StudyRow, kept: Sequence[StudyRow], found: dict[str, Found], plan: Plan
) -> Comparison | str:
    """Return the row's part in the control that it shares, or the whole where nobody else does.

    Where the control cannot be divided (unknown sizes, fewer control people than arms), the first
    arm in order of preference keeps it whole and the others leave.
    """
    arms = [other for other in kept if other is row or shares_control(row, other)]
    names = sorted(arm.row_id for arm in arms if arm is not row)
    shares = [divided(found[arm.row_id].material, len(arms)) for arm in arms]
    if len(arms) > 1 and None in shares:
        if arms[0] is row:
            note = f"whole control kept; other arms left out: {', '.join(names)}"
            return _comparison(row, found[row.row_id], plan, note)
        return f"shares the control of {arms[0].row_id}, which cannot be divided"
    share = shares[arms.index(row)]
    if len(arms) == 1 or share is None:
        return _comparison(row, found[row.row_id], plan)
    note = f"shared control divided by {len(arms)} (Cochrane Handbook 23.3.4)"
    return _comparison(row, Found(share, found[row.row_id].notes), plan, note, len(arms))


def order(row: StudyRow) -> tuple[object, ...]:
    """Return the sorting key in which rows are shown: year, study, stratum, row id."""
    return (row.year is None, row.year or 0, row.study, row.stratum or "", row.row_id)


def alone(row: StudyRow, plan: Plan) -> Comparison | str:
    """Return the effect of one row by itself, or why it has none."""
    found = prepared(row, plan)
    return _comparison(row, found, plan) if isinstance(found, Found) else found


def prepared(row: StudyRow, plan: Plan) -> Found | str:
    """Return the numbers of a row, on the plan's scale and turned to its good direction.

    A row that has numbers and no effect (a double-zero table) is refused here, before rows of
    the same people are chosen among.
    """
    if plan.measure is None:
        return plan.notes[0] if plan.notes else "the question has no measure to pool on"
    factor = plan.factor(scale_of(row))
    if factor is None:
        return f"on another scale ({scale_of(row) or 'not stated'}) than {plan.scale}"
    found = read(row, plan.measure, plan.correlation)
    if isinstance(found, str):
        return found
    if factor != 1:
        note = f"converted from {scale_of(row)} to {plan.scale} (times {factor:g})"
        found = Found(in_units(found.material, factor), (*found.notes, note))
    effect = estimate(found.material, plan.measure)
    return effect if isinstance(effect, str) else _turned(row, found, plan)


def _turned(row: StudyRow, found: Found, plan: Plan) -> Found | str:
    if plan.benefit is None or row.benefit is None or row.benefit == plan.benefit:
        return found
    material = turned(found.material, plan.measure or "")
    if material is None:
        return (
            f"{row.benefit} is better here, and a {plan.measure} without counts cannot be turned"
        )
    note = f"turned, so that {plan.benefit} is better as in the other rows"
    return Found(material, (*found.notes, note))


def _comparison(
    row: StudyRow, found: Found, plan: Plan, note: str = "", parts: int = 1
) -> Comparison | str:
    result = estimate(found.material, plan.measure or "")
    if isinstance(result, str):
        return result
    if row.crossover:
        result = paired(found.material, result, plan.measure or "", plan.correlation)
    notes = (*found.notes, note, result.note, *_remarks(row, found.material))
    said = tuple(told for told in notes if told)
    return Comparison(row, result.yi, result.vi, _people(row, found.material), said, parts)


def _people(row: StudyRow, material: Material) -> float | None:
    """Count the people of a comparison; those of a crossover trial stand in both groups."""
    if row.crossover and material.n_exp is not None and material.n_ctl is not None:
        return max(material.n_exp, material.n_ctl)
    return people(material)


def _remarks(row: StudyRow, material: Material) -> list[str]:
    remarks = []
    if row.crossover and isinstance(material, Given):
        remarks.append("crossover trial: the printed error is taken as it stands")
    if row.design_class in {"non-randomised", "uncontrolled"}:
        remarks.append(NOT_RANDOMISED)
    if row.flag_kind == "design":
        remarks.append(f"design: {row.quality_flag or 'flagged'}")
    if row.flag_kind == "source-inconsistency":
        remarks.append("the source contradicts itself")
    return remarks
