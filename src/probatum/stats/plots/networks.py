"""The graph of a network and its league table as a heat map."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from probatum.errors import UsageError
from probatum.stats.distributions import normal_quantile
from probatum.stats.geometry.network import Cell, Graph
from probatum.stats.plots.canvas import ACCENT, INK, LINE, empty

League = Sequence[Sequence[Cell | None]]


def graph(plot: Graph, *, title: str = "") -> Any:
    """Draw a network: vertices sized by studies, edges as thick as the studies that compare.

    Every edge tells its number of studies. Returns a Figure.
    """
    figure, axes = empty(6, 6, title)
    axes.set_axis_off()
    axes.set_aspect("equal")
    axes.set_xlim(-0.2, 1.2)
    axes.set_ylim(1.15, -0.15)
    for edge in plot.edges:
        a, b = plot.vertices[edge.first], plot.vertices[edge.second]
        axes.plot([a.x, b.x], [a.y, b.y], color=LINE, linewidth=1 + 7 * edge.width, zorder=1)
        middle = (a.x + b.x) / 2, (a.y + b.y) / 2
        axes.text(*middle, str(edge.studies), fontsize=8, color=INK, ha="center", va="center")
    most = max(vertex.studies for vertex in plot.vertices)
    for vertex in plot.vertices:
        size = 80 + 500 * vertex.studies / most
        axes.scatter(vertex.x, vertex.y, s=size, color=ACCENT, zorder=2)
        out = 0.5 + 1.18 * (vertex.x - 0.5), 0.5 + 1.18 * (vertex.y - 0.5)
        axes.text(*out, vertex.name, ha="center", va="center", fontsize=9, color=INK)
    return figure


def league(table: League, *, title: str = "", log: bool = False) -> Any:
    """Draw a league table: row versus column, coloured by z, in words in every cell.

    ``log`` when the effects are ratios. Bold cells exclude no effect. Returns a Figure.
    UsageError for a table without cells.
    """
    names = [next((cell.row for cell in row if cell), "") for row in table]
    if len(names) < 2:
        raise UsageError("league: a table of two treatments or more is needed")
    n = len(names)
    figure, axes = empty(1.5 * n + 1.5, 0.7 * n + 1.2, title)
    null = 1.0 if log else 0.0
    shades = [[_strength(cell, null) for cell in row] for row in table]
    axes.imshow(shades, cmap="BrBG", vmin=-8, vmax=8, aspect="auto", alpha=0.7)
    for i, row in enumerate(table):
        for j, cell in enumerate(row):
            if cell is None:
                axes.text(j, i, names[i], ha="center", va="center", weight="bold", fontsize=9)
                continue
            clear = (cell.low - null) * (cell.high - null) > 0
            words = f"{cell.effect:.2f}\n{cell.low:.2f} to {cell.high:.2f}"
            weight = "bold" if clear else "normal"
            axes.text(j, i, words, ha="center", va="center", fontsize=8, weight=weight, color=INK)
    axes.set_xticks(range(n), names, fontsize=8)
    axes.set_yticks(range(n), names, fontsize=8)
    axes.set_xlabel("versus", color=INK)
    return figure


def _strength(cell: Cell | None, null: float) -> float:
    """Return z with the sign of the effect, from its two-sided p; 0 on the diagonal."""
    if cell is None:
        return 0.0
    size = float(-normal_quantile(max(cell.pval, 1e-12) / 2))
    return size if cell.effect >= null else -size
