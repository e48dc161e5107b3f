"""Effects along dose or time: observed effects as squares, the curve with its band."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from markupsafe import Markup

from probatum.atlas.figures.plane import BOTTOM, HEIGHT, WIDTH, Plane, held, value_axis
from probatum.atlas.figures.svg import ACCENT, PAPER, drawing, element, line
from probatum.atlas.wording import RATIOS, interval, null_of, number
from probatum.model.curve import CurveFit, CurvePoint, CurveValue, DoseResponse, TimeCourse
from probatum.model.effect import MEASURES
from probatum.stats.geometry.axis import linear_axis

NAMES = {
    "linear": "straight line",
    "quadratic": "quadratic",
    "emax": "Emax",
    "constant": "one level",
    "log": "line over log time",
    "decay": "exponential decay",
}


def dose_figure(found: DoseResponse, title: str) -> Markup:
    """Draw effect against dose; a dose is moved aside a little where studies share it."""
    first = found.sets[0]
    fit = next(one for one in first.fits if one.shape == first.best)
    others = [one for one in first.fits if one.shape != first.best and one.determined]
    points = _aside(found.points)
    plane = _plane([0.0, *(p.x for p in points)], found.measure, points, fit.values)
    parts = plane.ground(f"dose, {found.unit}", _named(found.measure), null_of(found.measure))
    parts += _curve(plane, fit, others)
    parts += itertools.chain.from_iterable(_point(plane, point) for point in points)
    told = f"Effect against dose: {found.text} The same numbers stand in the tables"
    return drawing(WIDTH, HEIGHT, title, told, parts)


def course_figure(found: TimeCourse, title: str) -> Markup:
    """Draw effect against time; times of one study are joined by a thin line."""
    fit = next(one for one in found.fits if one.shape == found.best)
    last = max(point.x for point in found.points)
    unit, length = _unit(last)
    points = [_scaled(point, length) for point in found.points]
    values = [CurveValue(v.x / length, v.estimate, v.low, v.high) for v in fit.values]
    plane = _plane([0.0, *(p.x for p in points)], found.measure, points, values)
    parts = plane.ground(f"time, {unit}", _named(found.measure), null_of(found.measure))
    parts += _band(plane, values)
    for study in dict.fromkeys(point.study for point in points):
        own = sorted((p.x, p.estimate) for p in points if p.study == study)
        if len(own) > 1:
            parts.append(plane.path(own, kind="guide", width=1.0))
    parts += itertools.chain.from_iterable(_point(plane, point) for point in points)
    told = f"Effect against time: {found.text}. The same numbers stand in the tables"
    return drawing(WIDTH, HEIGHT, title, told, parts)


def _unit(days: float) -> tuple[str, float]:
    """Give the unit in which times read well, and its length in days."""
    if days < 1 / 12:
        return "minutes", 1 / 1440
    return ("hours", 1 / 24) if days <= 2 else ("days", 1.0)


def _scaled(point: CurvePoint, length: float) -> CurvePoint:
    return CurvePoint(
        point.row_id,
        point.study,
        point.x / length,
        point.estimate,
        point.low,
        point.high,
        point.n,
        point.flagged,
    )


def _aside(points: Sequence[CurvePoint]) -> list[CurvePoint]:
    span = max(point.x for point in points)
    made, seen = list[CurvePoint](), dict[float, int]()
    for point in points:
        at = seen.get(point.x, 0)
        seen[point.x] = at + 1
        shift = span * 0.012 * ((at + 1) // 2) * (1 if at % 2 else -1)
        made.append(_scaled(point, 1.0) if not shift else _moved(point, shift))
    return made


def _moved(point: CurvePoint, shift: float) -> CurvePoint:
    moved = _scaled(point, 1.0)
    return CurvePoint(
        moved.row_id,
        moved.study,
        moved.x + shift,
        moved.estimate,
        moved.low,
        moved.high,
        moved.n,
        moved.flagged,
    )


def _plane(
    xs: Sequence[float], measure: str, points: Sequence[CurvePoint], values: Sequence[CurveValue]
) -> Plane:
    log = measure in RATIOS
    inner = [point.estimate for point in points]
    inner += [value.estimate for value in values]
    ends = [end for point in points for end in (point.low, point.high)]
    ends += [end for value in values for end in (value.low, value.high)]
    kept = held(ends, inner, log=log)
    return Plane(linear_axis(xs), value_axis([*inner, *kept], null_of(measure), log=log))


def _curve(plane: Plane, fit: CurveFit, others: Sequence[CurveFit]) -> list[Markup]:
    drawn = [
        plane.path([(v.x, v.estimate) for v in one.values], kind="guide", width=1.5)
        for one in others
    ]
    return [*_band(plane, fit.values), *drawn]


def _band(plane: Plane, values: Sequence[CurveValue]) -> list[Markup]:
    low, high = [(v.x, v.low) for v in values], [(v.x, v.high) for v in values]
    return [plane.band(low, high), plane.path([(v.x, v.estimate) for v in values], width=2.5)]


def _point(plane: Plane, point: CurvePoint) -> list[Markup]:
    x, y = plane.at(point.x, point.estimate)
    half = 3.0 + min(5.0, math.sqrt(point.n or 0.0) / 4)
    said = f"{point.study}: {number(point.estimate)} ({interval(point.low, point.high)})"
    box = element(
        "rect",
        element("title", said),
        x=x - half,
        y=y - half,
        width=2 * half,
        height=2 * half,
        fill=PAPER if point.flagged else ACCENT,
        stroke=ACCENT,
        class_="box out" if point.flagged else "box",
    )
    low, high = plane.up(point.low), plane.up(point.high)
    return [line(x, min(low, BOTTOM), x, high, kind="whisker"), box]


def _named(measure: str) -> str:
    return MEASURES.get(measure, measure)
