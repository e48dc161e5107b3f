"""The graph of a network: treatments on a circle, a line for each pair that studies compare."""

from __future__ import annotations

import math

from markupsafe import Markup

from probatum.atlas.figures.svg import ACCENT, PAPER, drawing, element, text
from probatum.atlas.wording import number
from probatum.model.network import Network, Treatment

WIDTH, HEIGHT = 980.0, 460.0
MIDDLE, RADIUS = (WIDTH / 2, 230.0), 150.0
LONGEST = 34


def network_figure(network: Network) -> Markup:
    """Draw a network: the area of a circle is people (or studies), the width of a line studies."""
    places = {one.id: _place(at, network) for at, one in enumerate(network.treatments)}
    most = max((len(pair.studies) for pair in network.compared), default=1)
    parts = [element("rect", width=WIDTH, height=HEIGHT, fill=PAPER, class_="paper")]
    for pair in network.compared:
        (x1, y1), (x2, y2) = places[pair.first], places[pair.second]
        width = 1.5 + 8.0 * len(pair.studies) / most
        parts.append(
            element("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=ACCENT, stroke_width=width,
                    stroke_opacity="0.45", class_="edge")
        )  # fmt: skip
        parts.append(_count((x1 + x2) / 2, (y1 + y2) / 2, len(pair.studies)))
    for one in network.treatments:
        parts += _node(one, places[one.id], network)
    told = f"{network.text}. The same numbers stand in the tables"
    return drawing(WIDTH, HEIGHT, f"Network: {network.label}", told, parts)


def _place(at: int, network: Network) -> tuple[float, float]:
    angle = 2 * math.pi * (at + 0.5) / len(network.treatments)
    x, y = MIDDLE
    return x + RADIUS * math.sin(angle), y - RADIUS * math.cos(angle)


def _count(x: float, y: float, studies: int) -> Markup:
    ground = element("circle", cx=x, cy=y, r=10.0, fill=PAPER, class_="box out")
    return ground + text(x, y + 5, f"{studies}", anchor="middle", kind="tick")


def _node(one: Treatment, place: tuple[float, float], network: Network) -> list[Markup]:
    x, y = place
    known = all(other.people is not None for other in network.treatments)
    size = (one.people or 0.0) if known else float(one.studies)
    largest = max(
        (other.people or 0.0) if known else float(other.studies) for other in network.treatments
    )
    radius = 6.0 + 18.0 * math.sqrt(size / largest) if largest else 6.0
    side = x - MIDDLE[0]
    anchor = "middle" if abs(side) < 40 else "start" if side > 0 else "end"
    away = radius + 8
    label_x = x if anchor == "middle" else x + math.copysign(away, side)
    label_y = y + math.copysign(away + 8, y - MIDDLE[1]) if anchor == "middle" else y
    people = "" if one.people is None else f", n {number(one.people, 0)}"
    kind = "study" if one.studies == 1 else "studies"
    return [
        element("circle", cx=x, cy=y, r=radius, fill=ACCENT, class_="diamond"),
        text(label_x, label_y, _short(one.label), anchor=anchor, kind="strong"),
        text(label_x, label_y + 18, f"{one.studies} {kind}{people}", anchor=anchor, kind="soft"),
    ]


def _short(label: str) -> str:
    return label if len(label) <= LONGEST else label[: LONGEST - 1].rstrip() + "…"
