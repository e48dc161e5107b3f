"""Plots of studies as points: Baujat, radial and L'Abbé; and the subsets of GOSH as a density."""

from __future__ import annotations

import math

from markupsafe import Markup

from probatum.atlas.figures.plane import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, Place, Plane
from probatum.atlas.figures.svg import ACCENT, drawing, element, line, text
from probatum.stats.geometry.funnel import Line
from probatum.stats.geometry.scatter import Density, Scatter

# Above this many points the labels only cover each other; a point still tells its own.
MOST_LABELS = 25
SMALLEST, LARGEST = 4.0, 11.0
CHARACTER, LINE = 7.6, 16.0  # of a label: the width of a character, the height of a line
LONGEST = 34  # characters of a label; the point's own title has the whole of it


def scatter_figure(
    plot: Scatter, title: str, description: str, titles: tuple[str, str] = ("", "")
) -> Markup:
    """Draw a Baujat, radial or L'Abbé plot; ``titles`` name the axes, across and up.

    Every point carries its label as its own title, so that it is told without sight of colour.
    """
    parts = Plane(plot.x_axis, plot.y_axis).ground(*titles, None)
    parts += [_guide(one) for one in plot.lines]
    sizes = plot.sizes or (0.0,) * len(plot.points)
    labelled = _labelled(plot)
    for at, (point, size) in enumerate(zip(plot.points, sizes, strict=True)):
        x, y = _place(point.x, point.y)
        radius = SMALLEST + (LARGEST - SMALLEST) * size
        parts.append(
            element(
                "circle", element("title", point.label), cx=x, cy=y, r=radius, fill=ACCENT,
                fill_opacity=0.75, class_="point",
            )
        )  # fmt: skip
        if at in labelled:
            told = _shortened(point.label)
            parts.append(text(*_beside(x, y, radius), told, anchor=_side(x), kind="soft"))
    return drawing(WIDTH, HEIGHT, title, f"{description} {_told(plot)}", parts)


def gosh_figure(plot: Density, title: str, effect: str) -> Markup:
    """Draw how many subsets of the studies give which effect (across) and which I2 (up).

    A cell is the darker the more subsets it holds, on a logarithmic scale; its title tells.
    """
    rows, columns = plot.counts.shape
    most = max(float(plot.counts.max()), 2.0)
    parts = Plane(plot.x_axis, plot.y_axis).ground(effect, "I2 in percent", None)
    wide, tall = (RIGHT - LEFT) / columns, (BOTTOM - TOP) / rows
    for i, j in zip(*plot.counts.nonzero(), strict=True):
        count = int(plot.counts[i, j])
        shade = 0.12 + 0.88 * math.log(count) / math.log(most)
        parts.append(
            element(
                "rect", element("title", f"{count} subsets"), x=LEFT + float(j) * wide,
                y=BOTTOM - float(i + 1) * tall, width=wide + 0.3, height=tall + 0.3, fill=ACCENT,
                fill_opacity=shade, class_="cell",
            )
        )  # fmt: skip
    total = int(plot.counts.sum())
    told = f"{total:,} subsets of the studies, by their pooled effect and I2."
    return drawing(WIDTH, HEIGHT, title, told, parts)


def _place(x: float, y: float) -> Place:
    """Give the coordinates of a position in [0, 1], upwards."""
    return LEFT + x * (RIGHT - LEFT), BOTTOM - y * (BOTTOM - TOP)


def _guide(guide: Line) -> Markup:
    """Draw a guiding line within the frame, which it may leave."""
    (x1, y1), (x2, y2) = _inside(guide.points[0], guide.points[-1])
    kind = "whisker" if guide.name in {"pooled", "no difference"} else "faint"
    return line(*_place(x1, y1), *_place(x2, y2), kind=kind)


def _inside(first: Place, last: Place) -> tuple[Place, Place]:
    """Cut a line to heights from 0 to 1."""
    (x1, y1), (x2, y2) = first, last
    if y1 == y2:
        return first, last
    ends = []
    for x, y in (first, last):
        held = min(1.0, max(0.0, y))
        ends.append((x if held == y else x1 + (held - y1) / (y2 - y1) * (x2 - x1), held))
    return ends[0], ends[1]


def _labelled(plot: Scatter) -> set[int]:
    """Choose the points whose label covers no other: those far out and up come first."""
    if len(plot.points) > MOST_LABELS:
        return set()
    taken: list[tuple[float, float, float]] = []
    chosen: set[int] = set()
    for at in sorted(range(len(plot.points)), key=lambda i: -_far(plot, i)):
        x, y = _place(plot.points[at].x, plot.points[at].y)
        wide = CHARACTER * len(_shortened(plot.points[at].label)) + 14
        left = x - wide if _side(x) == "end" else x
        if all(abs(y - v) >= LINE or left >= u + w or u >= left + wide for u, v, w in taken):
            taken.append((left, y, wide))
            chosen.add(at)
    return chosen


def _far(plot: Scatter, at: int) -> float:
    point = plot.points[at]
    return math.hypot(point.x, point.y)


def _shortened(label: str) -> str:
    return label if len(label) <= LONGEST else label[: LONGEST - 1] + "\N{HORIZONTAL ELLIPSIS}"


def _beside(x: float, y: float, radius: float) -> Place:
    return (x + radius + 4 if _side(x) == "start" else x - radius - 4), y + 4


def _side(x: float) -> str:
    """Say on which side the words stand: to the left near the right edge."""
    return "end" if x > (LEFT + RIGHT) / 2 else "start"


def _told(plot: Scatter) -> str:
    names = [point.label for point in plot.points]
    return f"{len(names)} studies: {', '.join(names)}." if names else "No study."
