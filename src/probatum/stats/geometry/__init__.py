"""Figures as coordinates: frozen data that any renderer can draw. Nothing here draws."""

from probatum.stats.geometry.axis import Axis, Tick, linear_axis, log_axis
from probatum.stats.geometry.forest import Forest, Row, forest
from probatum.stats.geometry.funnel import Funnel, Line, Point, funnel
from probatum.stats.geometry.network import Cell, Edge, Graph, Vertex, graph, league
from probatum.stats.geometry.scatter import Density, Scatter, baujat, gosh, labbe, radial

__all__ = [
    "Axis",
    "Cell",
    "Density",
    "Edge",
    "Forest",
    "Funnel",
    "Graph",
    "Line",
    "Point",
    "Row",
    "Scatter",
    "Tick",
    "Vertex",
    "baujat",
    "forest",
    "funnel",
    "gosh",
    "graph",
    "labbe",
    "league",
    "linear_axis",
    "log_axis",
    "radial",
]
