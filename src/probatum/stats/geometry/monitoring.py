"""A monitored meta-analysis as coordinates: z by information, with the boundaries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from probatum.errors import UsageError
from probatum.stats.distributions import critical
from probatum.stats.geometry.axis import Axis, linear_axis
from probatum.stats.sequential.monitor import Monitor
from probatum.stats.sequential.spending import boundaries

_TALLEST = 8.0


@dataclass(frozen=True, slots=True)
class Look:
    """One study on the path: place, label, and whether the boundary was reached there."""

    x: float
    y: float
    label: str
    reached: bool


@dataclass(frozen=True, slots=True)
class MonitorPlot:
    """The z-path and the boundaries; positions in [0, 1], left to right and bottom to top.

    ``upper``/``lower`` are the boundaries at the looks (those out of the picture are left out);
    ``smooth`` the boundary of the same kind for many equal looks, as a guide; ``required`` the
    place of the required information, ``usual`` the heights of z = ±1.96 at this α.
    """

    x_axis: Axis
    y_axis: Axis
    path: tuple[Look, ...]
    upper: tuple[tuple[float, float], ...]
    lower: tuple[tuple[float, float], ...]
    smooth: tuple[tuple[float, float], ...]
    required: float
    usual: tuple[float, float]


def monitor_plot(path: Monitor, labels: Sequence[str]) -> MonitorPlot:
    """Return the coordinates of a monitored meta-analysis; one label a study.

    >>> from probatum.stats.sequential.monitor import monitor
    >>> plot = monitor_plot(monitor([0.5, 0.4], [0.1, 0.05], delta=0.5), ["A", "B"])
    >>> [(look.label, look.reached) for look in plot.path]
    [('A', False), ('B', False)]
    """
    if len(labels) != len(path.z):
        raise UsageError(f"labels: one a study is needed ({len(path.z)} studies)")
    usual = critical(1 - path.alpha)
    tall = min(_TALLEST, max(4.0, float(np.abs(path.z).max()) + 0.5))
    x_axis = linear_axis([0.0, *path.fraction.tolist()], include=[1.0])
    y_axis = linear_axis([-tall, tall], include=[0.0])
    shown = np.flatnonzero(path.boundary <= tall)
    looks = tuple(
        Look(x_axis.position(x), y_axis.clamped(z), label, path.reached == i)
        for i, (x, z, label) in enumerate(
            zip(path.fraction.tolist(), path.z.tolist(), labels, strict=True)
        )
    )
    upper = tuple(
        (x_axis.position(float(path.fraction[i])), y_axis.position(float(path.boundary[i])))
        for i in shown
    )
    lower = tuple((x, y_axis.position(0.0) * 2 - y) for x, y in upper)
    guide = boundaries(np.linspace(0.05, 1, 20), alpha=path.alpha, spending=path.spending)
    smooth = tuple(
        (x_axis.position(float(x)), y_axis.position(float(z)))
        for x, z in zip(guide.fraction, guide.z, strict=True)
        if z <= tall
    )
    heights = (y_axis.position(-usual), y_axis.position(usual))
    return MonitorPlot(x_axis, y_axis, looks, upper, lower, smooth, x_axis.position(1.0), heights)
