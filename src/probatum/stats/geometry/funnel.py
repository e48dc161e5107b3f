"""The funnel plot, with the contours of significance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from probatum.errors import UsageError
from probatum.stats.distributions import critical
from probatum.stats.geometry.axis import Axis, linear_axis, log_axis
from probatum.stats.inputs import level_fraction
from probatum.stats.models.result import Rma

Place = Callable[[float, float], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Point:
    """One study: position in [0, 1] x [0, 1] (y = 0 at standard error 0, the top) and label."""

    label: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Line:
    """A polyline in [0, 1] x [0, 1] coordinates, possibly beyond the frame, with its name."""

    name: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Funnel:
    """A funnel plot: points, the pooled line, the triangle around it, and contours around null.

    ``contours`` are pairs of lines from the null at standard error 0 (p = .1, .05, .01); a study
    outside a pair is significant at that level.
    """

    x_axis: Axis
    y_axis: Axis
    points: tuple[Point, ...]
    centre: float
    triangle: Line
    contours: tuple[Line, ...]


def funnel(
    fitted: Rma,
    labels: Sequence[str],
    *,
    log: bool = False,
    null: float = 0.0,
    levels: Sequence[float] = (90, 95, 99),
) -> Funnel:
    """Return the coordinates of a contour-enhanced funnel plot (Peters et al. 2008).

    >>> from probatum.stats import rma
    >>> plot = funnel(rma([0.1, 0.4], [0.04, 0.09]), ["A", "B"])
    >>> [(p.label, round(p.y, 2)) for p in plot.points]
    [('A', 0.67), ('B', 1.0)]
    """
    if len(labels) != fitted.k:
        raise UsageError(f"labels: one a study is needed ({fitted.k})")
    sei = np.sqrt(fitted.vi)
    deepest = float(sei.max())
    centre = fitted.estimate
    half = critical(0.95) * deepest
    make = log_axis if log else linear_axis
    x_axis = make([*fitted.yi.tolist(), centre - half, centre + half, null])
    y_axis = linear_axis([0.0, deepest], aim=4)

    def at(x: float, se: float) -> tuple[float, float]:
        return x_axis.position(x), y_axis.position(se)

    points = tuple(
        Point(label, *at(float(y), float(s)))
        for label, y, s in zip(labels, fitted.yi, sei, strict=True)
    )
    bottom = y_axis.high
    triangle = Line("95 %", _wedge(at, centre, critical(0.95), bottom))
    contours = tuple(
        Line(f"p = {1 - level_fraction(v):.2g}", _wedge(at, null, critical(v / 100), bottom))
        for v in levels
    )
    return Funnel(x_axis, y_axis, points, x_axis.position(centre), triangle, contours)


def _wedge(at: Place, centre: float, z: float, bottom: float) -> tuple[tuple[float, float], ...]:
    return at(centre - z * bottom, bottom), at(centre, 0.0), at(centre + z * bottom, bottom)
