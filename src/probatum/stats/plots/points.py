"""Plots of points: funnel, Baujat, radial, L'Abbé, and the density of GOSH."""

from __future__ import annotations

from typing import Any

from probatum.stats.geometry.funnel import Funnel
from probatum.stats.geometry.scatter import Density, Scatter
from probatum.stats.plots.canvas import ACCENT, INK, LINE, SHADES, SOFT, empty, ticks

# Above this many points labels only cover each other.
MOST_LABELS = 30


def funnel(plot: Funnel, *, title: str = "", effect: str = "Effect") -> Any:
    """Draw a contour-enhanced funnel plot: standard error downwards. Returns a Figure.

    Shaded bands, from dark to light: p above .1, .1 to .05, .05 to .01; outside them p < .01.
    """
    figure, axes = empty(7, 5.2, title)
    contours = sorted(plot.contours, key=lambda line: -_width(line.points))
    for line, shade in zip(contours, reversed(SHADES[: len(contours)]), strict=False):
        axes.fill(*zip(*line.points, strict=True), color=shade, label=line.name, zorder=0)
    axes.plot(*zip(*plot.triangle.points, strict=True), color=SOFT, linestyle="--", linewidth=1)
    axes.axvline(plot.centre, color=INK, linewidth=1)
    axes.scatter([p.x for p in plot.points], [p.y for p in plot.points], s=22, color=ACCENT)
    ticks(axes, plot.x_axis, plot.y_axis, (effect, "Standard error"))
    axes.set_ylim(1, 0)
    axes.legend(fontsize=8, frameon=False, loc="upper right")
    return figure


def _width(points: tuple[tuple[float, float], ...]) -> float:
    return points[-1][0] - points[0][0]


def scatter(plot: Scatter, *, title: str = "", labels: tuple[str, str] = ("", "")) -> Any:
    """Draw a Baujat, radial or L'Abbé plot; ``labels`` name the axes. Returns a Figure."""
    figure, axes = empty(6.4, 5.2, title)
    for line in plot.lines:
        style = "-" if line.name in {"pooled", "no difference"} else "--"
        axes.plot(*zip(*line.points, strict=True), color=SOFT, linestyle=style, linewidth=1)
    sizes = [20 + 120 * s * s for s in plot.sizes] or 24
    x, y = [p.x for p in plot.points], [p.y for p in plot.points]
    axes.scatter(x, y, s=sizes, color=ACCENT, alpha=0.75, edgecolor="white", clip_on=False)
    for point in plot.points if len(plot.points) <= MOST_LABELS else ():
        axes.annotate(
            point.label, (point.x, point.y), xytext=(5, 4), textcoords="offset points",
            fontsize=7, color=INK,
        )  # fmt: skip
    ticks(axes, plot.x_axis, plot.y_axis, labels)
    return figure


def gosh(plot: Density, *, title: str = "", effect: str = "Effect") -> Any:
    """Draw how many subsets of the studies give which effect and I2. Returns a Figure."""
    figure, axes = empty(6.4, 5.2, title)
    from matplotlib.colors import LogNorm  # noqa: PLC0415, an extra

    most = max(2.0, float(plot.counts.max()))
    counts = plot.counts.copy()
    counts[counts == 0] = float("nan")
    image = axes.imshow(
        counts, origin="lower", extent=(0, 1, 0, 1), aspect="auto", cmap="GnBu",
        norm=LogNorm(1, most), interpolation="nearest",
    )  # fmt: skip
    bar = figure.colorbar(image, ax=axes, label="subsets")
    bar.outline.set_edgecolor(LINE)
    ticks(axes, plot.x_axis, plot.y_axis, (effect, "I2 (%)"))
    return figure
