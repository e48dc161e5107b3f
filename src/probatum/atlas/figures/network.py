"""The graph of a network: treatments on a circle, a line for each pair that studies compare."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from probatum.atlas.figures.svg import ACCENT, PAPER, drawing, element, text
from probatum.atlas.wording import number
from probatum.model.network import Network, Treatment

# Names stand above and below their circles, in short lines: the graph fits a telephone.
LINE, LONGEST, LINES = 18.0, 17, 3
NAME_WIDTH = 130.0
WIDE = 8.0  # of a letter of a name, at most, in its size
LARGEST = 24.0


def network_figure(network: Network) -> Markup:
    """Draw a network: the area of a circle is people (or studies), the width of a line studies."""
    ring = _ring(len(network.treatments))
    places = {one.id: _place(at, network, ring) for at, one in enumerate(network.treatments)}
    names = [_name(one, places, network) for one in network.treatments]
    left = min(name.left for name in names) - 6
    top = min(min(name.top, name.y - LARGEST) for name in names) - 4
    width = max(name.right for name in names) + 6 - left
    height = max(max(name.bottom, name.y + LARGEST) for name in names) + 4 - top
    at = {name: (x - left, y - top) for name, (x, y) in places.items()}
    parts = [element("rect", width=width, height=height, fill=PAPER, class_="paper")]
    parts += _lines(network, at)
    for name in names:
        parts += _node(name, (left, top))
    told = f"{network.text}. The same numbers stand in the tables"
    return drawing(width, height, f"Network: {network.label}", told, parts)


def _ring(treatments: int) -> float:
    """Give a radius at which the names of neighbours stand beside each other."""
    return max(120.0, 0.52 * NAME_WIDTH / math.sin(math.pi / max(treatments, 2)))


def _place(at: int, network: Network, ring: float) -> tuple[float, float]:
    angle = 2 * math.pi * (at + 0.5) / len(network.treatments)
    return ring * math.sin(angle), -ring * math.cos(angle)


def _lines(network: Network, at: Mapping[str, tuple[float, float]]) -> list[Markup]:
    """Draw the pairs, then the numbers of studies above all lines."""
    most = max((len(pair.studies) for pair in network.compared), default=1)
    drawn, counts = [], []
    for pair in network.compared:
        (x1, y1), (x2, y2) = at[pair.first], at[pair.second]
        width = 1.5 + 8.0 * len(pair.studies) / most
        drawn.append(
            element("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=ACCENT, stroke_width=width,
                    stroke_opacity="0.45", class_="edge")
        )  # fmt: skip
        # Not in the middle, where the lines between opposite treatments cross.
        counts.append(_count(x1 + 0.42 * (x2 - x1), y1 + 0.42 * (y2 - y1), len(pair.studies)))
    return drawn + counts


def _count(x: float, y: float, studies: int) -> Markup:
    ground = element("circle", cx=x, cy=y, r=10.0, fill=PAPER, class_="box out")
    return ground + text(x, y + 5, f"{studies}", anchor="middle", kind="tick")


@dataclass(frozen=True, slots=True)
class _Name:
    """The words at a circle: its middle, lines with their kind, where they begin, their extent."""

    x: float
    y: float
    radius: float
    lines: tuple[tuple[str, str], ...]
    anchor: str
    begins: float
    top: float

    @property
    def bottom(self) -> float:
        """Where the last line ends."""
        return self.top + LINE * len(self.lines)

    @property
    def wide(self) -> float:
        """About how wide the longest line is."""
        return max(WIDE * len(words) for words, _ in self.lines)

    @property
    def left(self) -> float:
        """Where the words or the circle begin."""
        part = {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor]
        return min(self.begins - part * self.wide, self.x - LARGEST)

    @property
    def right(self) -> float:
        """Where the words or the circle end."""
        part = {"start": 1.0, "middle": 0.5, "end": 0.0}[self.anchor]
        return max(self.begins + part * self.wide, self.x + LARGEST)


def _name(one: Treatment, places: Mapping[str, tuple[float, float]], network: Network) -> _Name:
    """Put the words above or below a circle, and outside the ring where a line goes that way."""
    x, y = places[one.id]
    radius, above = _radius(one, network), y < -1.0
    pairs = [(pair.first, pair.second) for pair in network.compared]
    others = [b if a == one.id else a for a, b in pairs if one.id in (a, b)]
    crossed = any((places[other][1] < y - 1.0) == above for other in others)
    anchor, begins = "middle", x
    if crossed and abs(x) > 1.0:
        anchor, begins = ("start", x - radius / 2) if x > 0 else ("end", x + radius / 2)
    people = "" if one.people is None else f", n {number(one.people, 0)}"
    counted = f"{one.studies} {'study' if one.studies == 1 else 'studies'}{people}"
    lines = (*((words, "strong") for words in _broken(one.label)), (counted, "soft"))
    top = y - radius - 6 - LINE * len(lines) if above else y + radius + 2
    return _Name(x, y, radius, lines, anchor, begins, top)


def _radius(one: Treatment, network: Network) -> float:
    known = all(other.people is not None for other in network.treatments)
    sizes = {t.id: (t.people or 0.0) if known else float(t.studies) for t in network.treatments}
    largest = max(sizes.values())
    return 6.0 + (LARGEST - 6.0) * math.sqrt(sizes[one.id] / largest) if largest else 6.0


def _node(name: _Name, corner: tuple[float, float]) -> list[Markup]:
    left, top = corner
    said = [
        text(name.begins - left, name.top - top + LINE * (at + 0.75), words,
             anchor=name.anchor, kind=kind)
        for at, (words, kind) in enumerate(name.lines)
    ]  # fmt: skip
    circle = element(
        "circle", cx=name.x - left, cy=name.y - top, r=name.radius, fill=ACCENT, class_="diamond"
    )
    return [circle, *said]


def _broken(label: str) -> list[str]:
    """Break a name into short lines; what is left over is cut."""
    lines = textwrap.wrap(label, LONGEST) or [""]
    if len(lines) > LINES:
        lines = [*lines[: LINES - 1], lines[LINES - 1][: LONGEST - 1].rstrip() + "…"]
    return lines
