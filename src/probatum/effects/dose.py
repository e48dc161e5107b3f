"""Effect against dose, from rows whose control got none of the treatment.

Several doses of a study share its control: their contrasts covary by the control's own variance
(Greenland and Longnecker 1992; Crippa and Orsini 2016). Curves by one-stage dose-response models
(Crippa et al. 2019); the turn by two one-sided slopes (Lind and Mehlum 2010) and by the
order-restricted test, which assumes no shape.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from probatum import stats
from probatum.effects.comparisons import Comparison, alone, compare, prepared
from probatum.effects.curve_fits import best_of, fitted_shapes
from probatum.effects.dose_words import described, told_limits
from probatum.effects.material import Counts, Given, Means
from probatum.effects.plan import Plan, plan
from probatum.effects.pooling import back
from probatum.effects.reading import Found
from probatum.effects.selection import shares_control
from probatum.effects.sensitivity import eligible
from probatum.errors import StatsError
from probatum.model.curve import CurvePoint, CurveValue, DoseResponse, DoseSet
from probatum.model.effect import Exclusion
from probatum.model.pack import Question, Scale, StudyRow, Window
from probatum.stats.curves.fit import Curve
from probatum.stats.distributions import chi2_upper, critical
from probatum.stats.dose.contrasts import DoseContrasts

Floats = NDArray[np.float64]
SHAPES = ("linear", "quadratic", "emax")
FEWEST = 2  # doses above none


@dataclass(frozen=True, slots=True)
class _Taken:
    """Comparisons with their whole control, and the covariance of their effects."""

    ones: tuple[Comparison, ...]
    v: Floats


def dose_response(
    question: Question,
    rows: Sequence[StudyRow],
    *,
    window: Window | None = None,
    scales: Sequence[Scale] = (),
) -> DoseResponse | None:
    """Return the effect against dose; None where fewer than two doses in one unit are known.

    The control of every row must have got none of the treatment: the caller sees to that.
    """
    every = [row for row in eligible(question, rows, flagged_in=True) if row.dose_value]
    units = Counter(row.dose_unit or "" for row in every)
    unit = min(units, key=lambda name: (-units[name], name), default="")
    dosed = [row for row in every if (row.dose_unit or "") == unit]
    how = plan(question, dosed, scales)
    if how.measure is None or len({row.dose_value for row in dosed}) < FEWEST:
        return None
    flagged = {row.row_id for row in dosed if row.flag_kind == "source-inconsistency"}
    sets = []
    for flagged_in in (False, True) if flagged else (False,):
        used = [row for row in dosed if flagged_in or row.row_id not in flagged]
        found = _set(used, how, window, flagged_in)
        if found is not None:
            sets.append(replace(found, text=described(found, how, unit)))
    if not sets:
        return None
    taken, excluded = _taken(dosed, how, window)
    points = tuple(_point(one, how, flagged) for one in taken.ones)
    made = DoseResponse(
        measure=how.measure,
        unit=unit,
        points=tuple(sorted(points, key=lambda p: (p.x, p.study, p.row_id))),
        sets=tuple(sets),
        text=" ".join(f"{one.text[0].upper()}{one.text[1:]}." for one in sets),
        limits="",
        notes=_notes(every, dosed, unit),
        excluded=excluded,
    )
    return replace(made, limits=told_limits(made))


def _notes(every: Sequence[StudyRow], dosed: Sequence[StudyRow], unit: str) -> tuple[str, ...]:
    others = sorted({row.dose_unit or "no unit" for row in every} - {unit})
    left = len(every) - len(dosed)
    return (f"{left} rows with doses in {', '.join(others)} stand apart",) if left else ()


def _taken(
    rows: Sequence[StudyRow], how: Plan, window: Window | None
) -> tuple[_Taken, tuple[Exclusion, ...]]:
    """Select as a pool does, then take each control whole and let the errors covary instead."""
    found = compare(rows, how, window)
    whole = [alone(one.row, how) for one in found.taken]
    ones = tuple(one for one in whole if isinstance(one, Comparison))
    v = np.diag([one.vi for one in ones]).astype(np.float64)
    for i, one in enumerate(ones):
        for j, other in enumerate(ones[:i]):
            if shares_control(one.row, other.row):
                shared = math.sqrt(_of_control(one, how) * _of_control(other, how))
                v[i, j] = v[j, i] = shared
    return _Taken(ones, v), found.excluded


def _of_control(one: Comparison, how: Plan) -> float:
    """Return the part of a contrast's variance that its control brings.

    From the arms where they are printed, else by the sizes of the arms (equal spread); a half
    where these are not known.
    """
    found = prepared(one.row, how)
    material = found.material if isinstance(found, Found) else None
    if isinstance(material, Means) and how.measure == "MD":
        return min(material.sd_ctl**2 / material.n_ctl, 0.99 * one.vi)
    if isinstance(material, Counts):
        return min(_of_risk(material, how.measure or ""), 0.99 * one.vi)
    sizes = one.row.n_exp, one.row.n_ctl
    if isinstance(material, Given | Means) and sizes[0] and sizes[1]:
        return one.vi * sizes[0] / (sizes[0] + sizes[1])
    return one.vi / 2


def _of_risk(table: Counts, measure: str) -> float:
    empty = 0 in {table.events_exp, table.events_ctl} or table.events_ctl == table.n_ctl
    e, n = table.events_ctl + 0.5 * empty, table.n_ctl + 1.0 * empty
    if measure == "RD":
        return e * (n - e) / n**3
    return 1 / e + (1 / (n - e) if measure == "OR" else -1 / n)


def _point(one: Comparison, how: Plan, flagged: Collection[str]) -> CurvePoint:
    read, half = back(how.measure or ""), critical(0.95) * math.sqrt(one.vi)
    return CurvePoint(
        one.row.row_id,
        one.row.study,
        one.row.dose_value or 0.0,
        read(one.yi),
        read(one.yi - half),
        read(one.yi + half),
        one.n,
        one.row.row_id in flagged,
    )


def _set(
    rows: Sequence[StudyRow], how: Plan, window: Window | None, flagged_in: bool
) -> DoseSet | None:
    taken, _ = _taken(rows, how, window)
    doses = sorted({one.row.dose_value or 0.0 for one in taken.ones})
    if not _comparable(taken.ones):
        return None
    try:
        contrasts = stats.given_contrasts(
            [one.yi for one in taken.ones],
            taken.v,
            [one.row.dose_value or 0.0 for one in taken.ones],
            [one.row.study for one in taken.ones],
        )
        return _of_contrasts(contrasts, doses, how, flagged_in)
    except StatsError:
        return None


def _comparable(taken: Sequence[Comparison]) -> bool:
    """Whether doses can be held against each other: two in one study, or three studies."""
    of_study: dict[str, set[float]] = {}
    for one in taken:
        of_study.setdefault(one.row.study, set()).add(one.row.dose_value or 0.0)
    doses = set[float]().union(*of_study.values())
    within = any(len(own) >= FEWEST for own in of_study.values())
    return len(doses) >= FEWEST and (within or len(of_study) > FEWEST)


def _of_contrasts(
    contrasts: DoseContrasts, doses: Sequence[float], how: Plan, flagged_in: bool
) -> DoseSet:
    read = back(how.measure or "")
    shapes = SHAPES if len(doses) > FEWEST else SHAPES[:1]
    grid = np.linspace(0.0, doses[-1], 49)
    several = len(contrasts.studies) > 2
    fits = fitted_shapes(
        shapes,
        lambda name, method: stats.dose_response(
            contrasts, curve=name, between="random" if several else "none", method=method
        ),
        grid,
        read,
    )
    if not fits:
        raise StatsError("no curve could be fitted to these doses")
    at, effects, cov = stats.pooled_by_dose(contrasts)
    made = DoseSet(
        flagged="in" if flagged_in else "out",
        doses=tuple(doses),
        studies=contrasts.studies,
        by_dose=_values(at, effects, cov, read),
        steps=_steps(at, effects, cov, how.measure or ""),
        fits=tuple(found for found, _ in fits),
        best=best_of([found for found, _ in fits]),
        slope_p=None,
        equal_p=_equal(effects, cov),
        turn="",
        turn_p=None,
        peak=None,
        monotone_p=_monotone(effects, cov, how),
        text="",
    )
    return _tested(made, {found.shape: curve for found, curve in fits}, how)


def _tested(made: DoseSet, curves: Mapping[str, Curve], how: Plan) -> DoseSet:
    """Add what the curves say of a slope and of a turn."""
    doses = made.doses
    if "linear" in curves:
        made = replace(made, slope_p=curves["linear"].test()[2])
    if "quadratic" in curves:
        turn = stats.inverted_u(curves["quadratic"], doses[0], doses[-1])
        better = (turn.form == "inverted U") == (how.benefit != "lower")
        said = "benefit rises, then falls" if better else "benefit falls, then rises"
        said = "no turn between the doses given" if turn.form == "none" else said
        inside = doses[0] < turn.peak < doses[-1]
        made = replace(made, turn=said, turn_p=turn.pval, peak=turn.peak if inside else None)
    return made


def _monotone(effects: Floats, cov: Floats, how: Plan) -> float | None:
    """Test against a benefit that never falls from one dose to the next higher one."""
    direction = "decreasing" if how.benefit == "lower" else "increasing"
    if how.benefit is None:
        return None
    return float(stats.monotone(effects, cov, direction=direction).pval)


def _equal(effects: Floats, cov: Floats) -> float:
    """Test that all doses above none do the same (Wald)."""
    turn = (np.eye(len(effects)) - np.eye(len(effects), k=-1))[1:]
    steps = turn @ effects
    value = float(steps @ np.linalg.solve(turn @ cov @ turn.T, steps))
    return float(chi2_upper(value, len(steps)))


def _values(at: Floats, effects: Floats, cov: Floats, read: object) -> tuple[CurveValue, ...]:
    turned = read if callable(read) else float
    half = critical(0.95) * np.sqrt(np.diag(cov))
    rows = zip(at.tolist(), effects.tolist(), half.tolist(), strict=True)
    return tuple(CurveValue(x, turned(y), turned(y - h), turned(y + h)) for x, y, h in rows)


def _steps(at: Floats, effects: Floats, cov: Floats, measure: str) -> tuple[CurveValue, ...]:
    """Return the change from each dose to the next; the first step is from no treatment."""
    turn = np.eye(len(at)) - np.eye(len(at), k=-1)
    return _values(at, turn @ effects, turn @ cov @ turn.T, back(measure))
