"""Plots of one point a study or subset: Baujat, radial, L'Abbé, GOSH."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from probatum.errors import UsageError
from probatum.stats import inputs
from probatum.stats.diagnosis.gosh import Gosh
from probatum.stats.diagnosis.residuals import baujat as baujat_values
from probatum.stats.diagnosis.residuals import radial as radial_values
from probatum.stats.geometry.axis import Axis, linear_axis
from probatum.stats.geometry.funnel import Line, Point
from probatum.stats.inputs import Floats
from probatum.stats.models.result import Rma


@dataclass(frozen=True, slots=True)
class Scatter:
    """Points in [0, 1] x [0, 1] (y upwards), axes, guiding lines, and point sizes (0 to 1)."""

    x_axis: Axis
    y_axis: Axis
    points: tuple[Point, ...]
    lines: tuple[Line, ...] = ()
    sizes: tuple[float, ...] = ()


def _scatter(x: Floats, y: Floats, labels: Sequence[str], corner: Sequence[float] = ()) -> Scatter:
    if len(labels) != len(x):
        raise UsageError(f"labels: one a point is needed ({len(x)})")
    x_axis = linear_axis(x.tolist(), include=corner)
    y_axis = linear_axis(y.tolist(), include=corner)
    points = tuple(
        Point(label, x_axis.position(float(a)), y_axis.position(float(b)))
        for label, a, b in zip(labels, x, y, strict=True)
    )
    return Scatter(x_axis, y_axis, points)


def baujat(fitted: Rma, labels: Sequence[str]) -> Scatter:
    """Return the Baujat plot: contribution to heterogeneity against influence on the result."""
    at = baujat_values(fitted)
    return _scatter(at.x, at.y, labels, (0.0,))


def radial(fitted: Rma, labels: Sequence[str]) -> Scatter:
    """Return the radial (Galbraith) plot; lines: the pooled slope and its 95 % band."""
    at = radial_values(fitted)
    plain = _scatter(at.x, at.z, labels, (0.0,))
    end = plain.x_axis.high

    def line(name: str, shift: float) -> Line:
        ends = [(0.0, shift), (end, at.slope * end + shift)]
        return Line(
            name, tuple((plain.x_axis.position(a), plain.y_axis.position(b)) for a, b in ends)
        )

    lines = (line("pooled", 0.0), line("+2", at.half_width), line("-2", -at.half_width))
    return Scatter(plain.x_axis, plain.y_axis, plain.points, lines)


def labbe(
    ai: ArrayLike, n1i: ArrayLike, ci: ArrayLike, n2i: ArrayLike, labels: Sequence[str]
) -> Scatter:
    """Return the plot of L'Abbé et al. (1987): risk in group 2 (x) against group 1 (y).

    Sizes are roots of the studies' sizes relative to the largest; the line is no difference.

    >>> plot = labbe([5], [10], [2], [10], ["A"])
    >>> plot.points[0].x, plot.points[0].y
    (0.2, 0.5)
    """
    a, n1 = inputs.vector(ai, "ai"), inputs.vector(n1i, "n1i")
    c, n2 = inputs.vector(ci, "ci"), inputs.vector(n2i, "n2i")
    inputs.same_length({"ai": a, "n1i": n1, "ci": c, "n2i": n2})
    inputs.require((a >= 0) & (a <= n1), a, "ai", "0 to n1i", labels)
    inputs.require((c >= 0) & (c <= n2), c, "ci", "0 to n2i", labels)
    axis = linear_axis([0.0, 1.0], aim=5)
    points = tuple(
        Point(label, float(x), float(y))
        for label, x, y in zip(labels, c / n2, a / n1, strict=True)
    )
    total = np.sqrt(n1 + n2)
    sizes = tuple((total / total.max()).tolist())
    return Scatter(axis, axis, points, (Line("no difference", ((0.0, 0.0), (1.0, 1.0))),), sizes)


@dataclass(frozen=True, slots=True)
class Density:
    """A grid of counts over effect (columns) and I2 (rows, upwards), with its axes."""

    x_axis: Axis
    y_axis: Axis
    counts: Floats


def gosh(subsets: Gosh, *, bins: int = 60) -> Density:
    """Return the GOSH plot as counts in ``bins`` x ``bins`` cells over effect and I2."""
    x_axis = linear_axis(subsets.estimate.tolist())
    y_axis = linear_axis([0.0, 100.0], aim=5)
    edges = [(x_axis.low, x_axis.high), (0.0, 100.0)]
    counts = np.histogram2d(subsets.estimate, subsets.I2, bins=bins, range=edges)[0].T
    return Density(x_axis, y_axis, np.asarray(counts, dtype=np.float64))
