"""Curves over dose or time and paths of monitoring as coordinates: x to the right, y upwards."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from probatum.errors import UsageError
from probatum.stats.curves.fit import Band, Curve
from probatum.stats.dose.contrasts import DoseContrasts
from probatum.stats.geometry.axis import Axis, linear_axis, log_axis
from probatum.stats.inputs import Floats, vector

Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """An observed effect: place, half the side of its square (share of the largest), label."""

    x: float
    y: float
    size: float
    label: str


@dataclass(frozen=True, slots=True)
class BandPlot:
    """A curve with its band; all points are positions in [0, 1], left to right, bottom to top.

    ``band`` runs along the upper limit and back along the lower one: a closed polygon. ``null``
    is the height of no effect.
    """

    x_axis: Axis
    y_axis: Axis
    line: Points
    band: Points
    marks: tuple[Mark, ...]
    null: float


def dose_band(
    fit: Curve, contrasts: DoseContrasts, *, log: bool = False, points: int = 61
) -> BandPlot:
    """Return the curve of a dose–response fit against dose 0, with the contrasts as marks.

    ``log`` when effects are log ratios. Marks are shown where their reference dose is the lowest
    one of the fit; others would need the curve to be placed.
    """
    grid = np.linspace(fit.span[0], fit.span[1], points)
    base = fit.span[0]
    band = fit.predict(grid, reference=base)
    at = np.flatnonzero(contrasts.reference == base)
    marks = [
        (float(contrasts.dose[i]), float(contrasts.yi[i]), float(contrasts.v[i, i]),
         contrasts.study[i])
        for i in at
    ]  # fmt: skip
    return _plot(band, marks, log)


def course_band(
    fit: Curve,
    time: ArrayLike,
    yi: ArrayLike,
    vi: ArrayLike,
    study: Sequence[str],
    *,
    log: bool = False,
) -> BandPlot:
    """Return the curve of a time course, with the observed effects (variances ``vi``) as marks."""
    t, y, v = vector(time, "time"), vector(yi, "yi"), vector(vi, "vi")
    if not len(t) == len(y) == len(v) == len(study):
        raise UsageError("time, yi, vi and study: one entry an effect is needed")
    grid = np.linspace(min(0.0, fit.span[0]), fit.span[1], 61)
    marks = list(zip(t.tolist(), y.tolist(), v.tolist(), study, strict=True))
    return _plot(fit.predict(grid), marks, log)


def _plot(band: Band, marks: Sequence[tuple[float, float, float, str]], log: bool) -> BandPlot:
    x_axis = linear_axis(band.x.tolist())
    heights = [*band.pred.tolist(), *(mark[1] for mark in marks)]
    # Far ends of a band would flatten the curve: limits reach three spans of what is estimated.
    span = max(heights) - min(heights) or 1.0
    low = np.clip(band.ci_lb, min(heights) - span, None)
    high = np.clip(band.ci_ub, None, max(heights) + span)
    y_axis = (log_axis if log else linear_axis)([*low.tolist(), *high.tolist()], include=heights)
    upper = _points(x_axis, y_axis, band.x, high)
    lower = _points(x_axis, y_axis, band.x, low)
    largest = max((1 / mark[2] for mark in marks), default=1.0)
    made = tuple(
        Mark(x_axis.position(x), y_axis.position(y), math.sqrt(1 / v / largest), label)
        for x, y, v, label in marks
    )
    line = _points(x_axis, y_axis, band.x, band.pred)
    return BandPlot(x_axis, y_axis, line, (*upper, *reversed(lower)), made, y_axis.position(0.0))


def _points(x_axis: Axis, y_axis: Axis, x: Floats, y: Floats) -> Points:
    pairs = zip(x.tolist(), y.tolist(), strict=True)
    return tuple((x_axis.position(a), y_axis.clamped(b)) for a, b in pairs)
