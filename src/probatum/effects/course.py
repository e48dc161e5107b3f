"""Effect against time: all times of the same question, those of one study with correlated errors.

Repeated times hold the same people: they are never pooled as if they were independent. Errors of
visits t days apart correlate by φ^t (continuous-time autoregression; Ishak et al. 2007, Musekiwa
et al. 2016); φ is an assumption, and others stand beside it.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from probatum import stats
from probatum.effects.comparisons import Comparison, compare
from probatum.effects.course_words import told
from probatum.effects.curve_fits import best_of, curve_values, fitted_shapes
from probatum.effects.plan import Plan, plan
from probatum.effects.pooling import back, units
from probatum.effects.sensitivity import eligible
from probatum.effects.words import figure
from probatum.errors import StatsError
from probatum.model.curve import CurveFit, CurvePoint, CurveValue, TimeCourse
from probatum.model.effect import Exclusion
from probatum.model.pack import Question, Scale, StudyRow
from probatum.stats.curves.fit import Curve
from probatum.stats.distributions import critical

Floats = NDArray[np.float64]
SHAPES = ("constant", "linear", "log", "decay")
FEW_STUDIES = 2
FEWEST = 3  # different times; with two there is no course
NEIGHBOURS, OTHERS = 0.8, (0.5, 0.95)  # correlation of neighbouring visits: assumed, and others


@dataclass(frozen=True, slots=True)
class _Visits:
    """One effect a study (or stratum) and time."""

    study: tuple[str, ...]
    time: Floats
    yi: Floats
    vi: Floats


def time_course(
    question: Question,
    rows: Sequence[StudyRow],
    questions: Sequence[str] = (),
    *,
    scales: Sequence[Scale] = (),
) -> TimeCourse | None:
    """Return the effect against time; ``rows`` are those of all times of the same question.

    None where fewer than three times are known or no study is measured more than once: between
    studies alone, time cannot be told from what else differs.
    """
    timed = [row for row in eligible(question, rows) if row.time_days is not None]
    how = plan(question, timed, scales)
    taken, excluded = _by_time(timed, how)
    visits, points = _visits(taken, how)
    repeated = len(visits.study) > len(set(visits.study))
    if len(set(visits.time.tolist())) < FEWEST or not repeated:
        return None
    phi = _phi(visits, NEIGHBOURS)
    fits = _fits(visits, phi, how)
    if not fits:
        return None
    best = best_of([found for found, _ in fits])
    made = TimeCourse(
        measure=how.measure or "",
        points=points,
        fits=tuple(found for found, _ in fits),
        best=best,
        phi=phi,
        others=tuple(_others(visits, best, how)),
        questions=tuple(questions),
        text="",
        excluded=excluded,
    )
    curves = {found.shape: curve for found, curve in fits}
    slope = curves["linear"].test([1])[2] if "linear" in curves else None
    return replace(made, text=told(made, slope), notes=_notes(visits, made.fits[0]))


def _by_time(
    rows: Sequence[StudyRow], how: Plan
) -> tuple[list[tuple[float, list[Comparison]]], tuple[Exclusion, ...]]:
    """Select at each time as a pool does: of rows of the same people one is taken."""
    taken, excluded = [], list[Exclusion]()
    for time in sorted({row.time_days or 0.0 for row in rows}):
        found = compare([row for row in rows if row.time_days == time], how, None)
        taken.append((time, list(found.taken)))
        excluded.extend(found.excluded)
    return taken, tuple(excluded)


def _visits(
    taken: Sequence[tuple[float, Sequence[Comparison]]], how: Plan
) -> tuple[_Visits, tuple[CurvePoint, ...]]:
    names, rows, points = list[str](), list[tuple[float, float, float]](), list[CurvePoint]()
    read = back(how.measure or "")
    for time, ones in taken:
        of_unit: dict[str, list[Comparison]] = {}
        for one in ones:
            part = f" ({one.row.stratum})" if one.row.stratum else ""
            of_unit.setdefault(one.row.study + part, []).append(one)
        for name, own in of_unit.items():
            joined = units(own)
            yi, vi = float(joined.yi[0]), float(joined.vi[0])
            half = critical(0.95) * math.sqrt(vi)
            known = [one.n for one in own]
            people = None if None in known else math.fsum(n for n in known if n is not None)
            names.append(name)
            rows.append((time, yi, vi))
            ids = " ".join(one.row.row_id for one in own)
            points.append(
                CurvePoint(ids, name, time, read(yi), read(yi - half), read(yi + half), people)
            )
    table = np.array(rows, dtype=np.float64).reshape(-1, 3)
    return _Visits(tuple(names), table[:, 0], table[:, 1], table[:, 2]), tuple(points)


def _phi(visits: _Visits, neighbours: float) -> float:
    """Return φ a day, so that visits of a study the median gap apart correlate as assumed."""
    gaps = []
    for name in set(visits.study):
        own = sorted(t for t, s in zip(visits.time, visits.study, strict=True) if s == name)
        gaps += [later - sooner for sooner, later in itertools.pairwise(own)]
    return float(neighbours ** (1 / float(np.median(gaps))))


def _fit(visits: _Visits, phi: float, how: Plan) -> Callable[[str, str], Curve]:
    between = "drift" if len(set(visits.study)) > FEW_STUDIES else "none"
    return lambda name, method: stats.time_course(
        visits.yi,
        visits.vi,
        visits.time,
        visits.study,
        curve=name,
        phi=phi,
        between=between,
        method=method,
    )


def _grid(visits: _Visits) -> Floats:
    return np.linspace(float(visits.time.min()), float(visits.time.max()), 49)


def _fits(visits: _Visits, phi: float, how: Plan) -> list[tuple[CurveFit, Curve]]:
    times = len(set(visits.time.tolist()))
    shapes = SHAPES if times > FEWEST else SHAPES[:2]
    read = back(how.measure or "")
    return fitted_shapes(shapes, _fit(visits, phi, how), _grid(visits), read)


def _others(visits: _Visits, best: str, how: Plan) -> list[tuple[float, CurveValue]]:
    """Return the last value of the best curve under other assumed correlations."""
    last = _grid(visits)[-1:]
    found = []
    for neighbours in OTHERS:
        phi = _phi(visits, neighbours)
        try:
            curve = _fit(visits, phi, how)(best, "REML")
        except StatsError:
            continue
        found.append((phi, curve_values(curve, last, back(how.measure or ""))[0]))
    return found


def _notes(visits: _Visits, level: CurveFit) -> tuple[str, ...]:
    count = {name: visits.study.count(name) for name in dict.fromkeys(visits.study)}
    several = [f"{name} ({n} times)" for name, n in count.items() if n > 1]
    notes = [f"the same people at several times, with correlated errors: {', '.join(several)}"]
    if len(count) > 1:
        notes.append(
            "times of different studies differ in more than time: only those of one study are of "
            "the same people"
        )
    if len(count) == FEW_STUDIES:
        notes.append(
            "two studies: how much they differ is not in the intervals (Q "
            f"{figure(level.q)} on {level.q_df} df)"
        )
    return tuple(notes)
