"""Figures by matplotlib (extra ``plots``), from the coordinates of ``stats.geometry``.

Each function takes one frozen figure of ``geometry`` and returns a ``matplotlib.figure.Figure``;
nothing is shown, no global state is touched. matplotlib is imported when a figure is drawn.
"""

from probatum.stats.plots.bands import band, monitor
from probatum.stats.plots.forest import forest
from probatum.stats.plots.networks import graph, league
from probatum.stats.plots.points import funnel, gosh, scatter

__all__ = ["band", "forest", "funnel", "gosh", "graph", "league", "monitor", "scatter"]
