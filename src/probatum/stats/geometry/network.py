"""The graph of a network and its league table."""

from __future__ import annotations

import math
from dataclasses import dataclass

from probatum.stats.network.fit import Nma


@dataclass(frozen=True, slots=True)
class Vertex:
    """A treatment on the unit circle's box [0, 1] x [0, 1], with the number of studies."""

    name: str
    x: float
    y: float
    studies: int


@dataclass(frozen=True, slots=True)
class Edge:
    """A compared pair (indices of vertices), the studies that do, and a width in (0, 1]."""

    first: int
    second: int
    studies: int
    width: float


@dataclass(frozen=True, slots=True)
class Graph:
    """Vertices in the order of the treatments, starting at the top and going clockwise."""

    vertices: tuple[Vertex, ...]
    edges: tuple[Edge, ...]


def graph(fit: Nma) -> Graph:
    """Return the coordinates of the network's graph."""
    net, n = fit.net, fit.n
    counts: dict[tuple[int, int], int] = {}
    for a, b in zip(net.first.tolist(), net.second.tolist(), strict=True):
        key = (min(a, b), max(a, b))
        counts[key] = counts.get(key, 0) + 1
    most = max(counts.values())
    vertices = tuple(
        Vertex(
            name,
            0.5 + 0.5 * math.sin(2 * math.pi * i / n),
            0.5 - 0.5 * math.cos(2 * math.pi * i / n),
            sum(i in arms for arms in net.arms),
        )
        for i, name in enumerate(net.trts)
    )
    edges = tuple(Edge(a, b, c, c / most) for (a, b), c in sorted(counts.items()))
    return Graph(vertices, edges)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a league table; ``text`` names the orientation: row versus column."""

    row: str
    column: str
    effect: float
    low: float
    high: float
    pval: float
    text: str


def league(fit: Nma, *, log: bool = False, digits: int = 2) -> tuple[tuple[Cell | None, ...], ...]:
    """Return the league table, best P-score first; the diagonal is None.

    ``log`` exponentiates effects and limits. Every cell tells what is compared with what.
    """
    order = sorted(range(fit.n), key=lambda i: (-float(fit.p_scores[i]), fit.trts[i]))
    return tuple(
        tuple(None if i == j else _cell(fit, (i, j), log, digits) for j in order) for i in order
    )


def _cell(fit: Nma, at: tuple[int, int], log: bool, digits: int) -> Cell:
    row, column = fit.trts[at[0]], fit.trts[at[1]]
    numbers = [float(m[at]) for m in (fit.te, fit.lower, fit.upper)]
    effect, low, high = [math.exp(x) if log else x for x in numbers]
    text = f"{row} v {column}: {effect:.{digits}f} ({low:.{digits}f} to {high:.{digits}f})"
    return Cell(row, column, effect, low, high, float(fit.pval[at]), text)
