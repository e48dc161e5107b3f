"""The forest plot: one row a study, its interval, its weight, and the pooled diamond."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from probatum.errors import UsageError
from probatum.stats.distributions import critical
from probatum.stats.geometry.axis import Axis, linear_axis, log_axis
from probatum.stats.inputs import Floats, effects, level_fraction
from probatum.stats.models.result import Rma

Kind = Literal["heading", "study", "pooled", "prediction"]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the plot.

    ``y`` is the line's number from the top (0, 1, …). ``value``, ``low``, ``high`` read on the
    scale of the reader (ratios back-transformed); ``x``, ``x_low``, ``x_high`` are positions in
    [0, 1], held to the axis: ``cut_low``/``cut_high`` say that an arrow is due. ``weight`` is in
    percent, ``side`` the side of the study's square relative to the largest (its area is
    proportional to the weight). A prediction row has no square.
    """

    kind: Kind
    label: str
    y: float
    value: float = math.nan
    low: float = math.nan
    high: float = math.nan
    x: float = math.nan
    x_low: float = math.nan
    x_high: float = math.nan
    cut_low: bool = False
    cut_high: bool = False
    weight: float = math.nan
    side: float = 0.0


@dataclass(frozen=True, slots=True)
class Forest:
    """A forest plot as coordinates: rows from the top, the axis, and the line of no effect."""

    axis: Axis
    rows: tuple[Row, ...]
    null_x: float
    height: int
    level: float


@dataclass(frozen=True, slots=True)
class _Frame:
    axis: Axis
    log: bool

    def row(self, kind: Kind, label: str, y: float, estimate: tuple[float, float, float]) -> Row:
        value, low, high = estimate
        axis = self.axis
        read = [math.exp(v) if self.log else v for v in estimate]
        return Row(
            kind, label, y, read[0], read[1], read[2],
            axis.clamped(value), axis.clamped(low), axis.clamped(high),
            axis.position(low) < -1e-9, axis.position(high) > 1 + 1e-9,
        )  # fmt: skip


def forest(  # noqa: PLR0913, public: keyword-only options
    yi: ArrayLike,
    vi: ArrayLike,
    labels: Sequence[str],
    *,
    pooled: Rma | None = None,
    log: bool = False,
    level: float = 95,
    null: float = 0.0,
    groups: Sequence[str] | None = None,
    pooled_label: str = "Pooled",
    limits: tuple[float, float] | None = None,
) -> Forest:
    """Return the coordinates of a forest plot.

    ``yi``, ``vi`` on the analysis scale; ``log`` when they are log ratios (the axis and the
    values then read as ratios). ``pooled`` adds the diamond and, where tau2 > 0 is modelled, the
    prediction interval. ``groups`` names a subgroup a study; groups keep the order of their
    first study. ``limits`` (analysis scale) holds the axis; without it very wide study intervals
    are cut so that the others stay readable. ``null`` is the value of no effect.

    >>> plot = forest([0.1, -0.4], [0.04, 0.09], ["A 2001", "B 2004"])
    >>> [(row.label, row.y, round(row.x, 3)) for row in plot.rows]
    [('A 2001', 0.0, 0.733), ('B 2004', 1.0, 0.4)]
    """
    y, v = effects(yi, vi, labels)
    if len(labels) != len(y) or (groups is not None and len(groups) != len(y)):
        raise UsageError(f"labels and groups: one a study is needed ({len(y)} studies)")
    half = critical(level_fraction(level)) * np.sqrt(v)
    extra = _pooled_values(pooled)
    axis = _axis(y, half, [*extra, null], log=log, limits=limits)
    frame = _Frame(axis, log)
    rows = _study_rows(frame, (y, half), labels, _percent(v, pooled), groups)
    rows += _summary_rows(frame, pooled, pooled_label, len(rows))
    return Forest(axis, tuple(rows), axis.position(null), len(rows), level)


def _percent(v: Floats, pooled: Rma | None) -> Floats:
    if pooled is not None and len(pooled.weights) == len(v):
        return pooled.weights
    weights = 1 / v
    return weights * (100 / float(weights.sum()))


def _pooled_values(pooled: Rma | None) -> list[float]:
    if pooled is None:
        return []
    return [pooled.estimate, float(pooled.ci_lb[0]), float(pooled.ci_ub[0])]


def _axis(
    y: Floats, half: Floats, extra: list[float], *, log: bool, limits: tuple[float, float] | None
) -> Axis:
    make = log_axis if log else linear_axis
    if limits is not None:
        if not limits[0] < limits[1]:
            raise UsageError("limits: the lower one must be below the upper one")
        return make(limits)
    # Intervals beyond three times the typical half-width would squeeze all the others.
    usual = 3 * float(np.median(half))
    shown = np.minimum(half, usual)
    return make([*(y - shown).tolist(), *(y + shown).tolist()], include=extra)


def _study_rows(
    frame: _Frame,
    numbers: tuple[Floats, Floats],
    labels: Sequence[str],
    weights: Floats,
    groups: Sequence[str] | None,
) -> list[Row]:
    y, half = numbers
    largest = float(weights.max())
    rows: list[Row] = []
    for group in dict.fromkeys(groups) if groups is not None else [None]:
        if group is not None:
            rows.append(Row("heading", group, float(len(rows))))
        for i, label in enumerate(labels):
            if groups is not None and groups[i] != group:
                continue
            numbers_ = (float(y[i]), float(y[i] - half[i]), float(y[i] + half[i]))
            row = frame.row("study", label, float(len(rows)), numbers_)
            rows.append(_weighted(row, float(weights[i]), largest))
    return rows


def _weighted(row: Row, weight: float, largest: float) -> Row:
    return replace(row, weight=weight, side=math.sqrt(weight / largest))


def _summary_rows(frame: _Frame, pooled: Rma | None, label: str, start: int) -> list[Row]:
    if pooled is None:
        return []
    interval = (pooled.estimate, float(pooled.ci_lb[0]), float(pooled.ci_ub[0]))
    rows = [frame.row("pooled", label, float(start), interval)]
    if pooled.p == 1 and pooled.k > 1 and pooled.tau2 > 0:
        wide = (pooled.estimate, pooled.pi_lb, pooled.pi_ub)
        rows.append(frame.row("prediction", "Prediction interval", float(start + 1), wide))
    return rows
