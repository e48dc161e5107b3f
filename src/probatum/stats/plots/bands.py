"""Curves over dose or time with their bands, and the path of a monitored meta-analysis."""

from __future__ import annotations

from typing import Any

from probatum.stats.geometry.bands import BandPlot
from probatum.stats.geometry.monitoring import MonitorPlot
from probatum.stats.plots.canvas import ACCENT, BAND, INK, LINE, SOFT, empty, ticks


def band(plot: BandPlot, *, title: str = "", labels: tuple[str, str] = ("", "Effect")) -> Any:
    """Draw a dose-response or time-course curve, its band and the observed effects.

    ``labels`` name the axes. Returns a matplotlib Figure.
    """
    figure, axes = empty(7, 4.6, title)
    axes.fill(*zip(*plot.band, strict=True), color=BAND, zorder=0, label="95 % band")
    axes.plot(*zip(*plot.line, strict=True), color=ACCENT, linewidth=2, label="curve")
    axes.axhline(plot.null, color=SOFT, linewidth=1, linestyle="--")
    if plot.marks:
        sizes = [12 + 90 * mark.size**2 for mark in plot.marks]
        x, y = [mark.x for mark in plot.marks], [mark.y for mark in plot.marks]
        axes.scatter(x, y, s=sizes, facecolor="none", edgecolor=INK, marker="s", label="studies")
    ticks(axes, plot.x_axis, plot.y_axis, labels)
    axes.legend(fontsize=8, frameon=False)
    return figure


def monitor(plot: MonitorPlot, *, title: str = "") -> Any:
    """Draw the z of a cumulating meta-analysis against its boundaries. Returns a Figure."""
    figure, axes = empty(7, 4.6, title)
    for points in (plot.smooth, tuple((x, 2 * _middle(plot) - y) for x, y in plot.smooth)):
        if points:
            axes.plot(*zip(*points, strict=True), color=LINE, linewidth=1.5)
    for points in (plot.upper, plot.lower):
        if points:
            axes.scatter(*zip(*points, strict=True), color=INK, marker="_", s=80)
    for height in plot.usual:
        axes.axhline(height, color=SOFT, linewidth=0.8, linestyle=":")
    axes.axvline(plot.required, color=SOFT, linewidth=1, linestyle="--")
    x, y = [look.x for look in plot.path], [look.y for look in plot.path]
    axes.plot(x, y, color=ACCENT, marker="o", markersize=4)
    for look in plot.path:
        if look.reached:
            axes.annotate(f"boundary reached: {look.label}", (look.x, look.y), fontsize=8)
    ticks(axes, plot.x_axis, plot.y_axis, ("share of the required information", "z"))
    return figure


def _middle(plot: MonitorPlot) -> float:
    return plot.y_axis.position(0.0)
