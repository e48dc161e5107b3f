"""The funnel plot with the contours of significance: standard error downwards."""

from __future__ import annotations

from markupsafe import Markup

from probatum.atlas.figures.plane import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH
from probatum.atlas.figures.svg import ACCENT, INK, SOFT, drawing, element, line, text
from probatum.stats.geometry.funnel import Funnel, Line

# Shades of the contours from the outermost inwards.
SHADES = ("#e4e8e9", "#c3cbcd", "#9aa5a8")


def funnel_figure(plot: Funnel, title: str, effect: str) -> Markup:
    """Draw a contour-enhanced funnel plot; a study outside a contour is significant at its level.

    Every point carries its label as its own title.
    """
    contours = sorted(plot.contours, key=lambda one: one.points[0][0])
    # The outermost first; a nested drawing cuts what leaves the frame.
    inner = [_wedge(one, fill=shade) for one, shade in zip(contours, SHADES, strict=False)]
    inner.append(_wedge(plot.triangle, stroke=SOFT))
    frame = element(
        "svg",
        *inner,
        x=LEFT,
        y=TOP,
        width=RIGHT - LEFT,
        height=BOTTOM - TOP,
        class_="contours",
        aria_hidden="true",
    )
    centre = LEFT + plot.centre * (RIGHT - LEFT)
    points = [
        element(
            "circle", element("title", point.label), cx=LEFT + point.x * (RIGHT - LEFT),
            cy=TOP + point.y * (BOTTOM - TOP), r=4.5, fill=ACCENT, class_="point",
        )
        for point in plot.points
    ]  # fmt: skip
    parts = [frame, line(centre, TOP, centre, BOTTOM, kind="whisker"), *points]
    parts += _scales(plot, effect)
    levels = ", ".join(one.name for one in contours)
    told = f"{len(points)} studies by effect and standard error; contours at {levels}."
    return drawing(WIDTH, HEIGHT, title, told, parts)


def _wedge(one: Line, *, fill: str = "none", stroke: str | None = None) -> Markup:
    wide, tall = RIGHT - LEFT, BOTTOM - TOP
    told = " ".join(f"{x * wide:.2f},{y * tall:.2f}" for x, y in one.points)
    dash = "6 4" if stroke else None
    shape = element("title", one.name)
    return element(
        "polygon", shape, points=told, fill=fill, stroke=stroke, stroke_dasharray=dash
    )  # fmt: skip


def _scales(plot: Funnel, effect: str) -> list[Markup]:
    parts = [
        line(LEFT, BOTTOM, RIGHT, BOTTOM, kind="axis"),
        line(LEFT, TOP, LEFT, BOTTOM, kind="axis"),
        text((LEFT + RIGHT) / 2, BOTTOM + 60, effect, anchor="middle", kind="soft"),
        text(LEFT, TOP - 8, "Standard error", kind="soft"),
    ]
    for tick in plot.x_axis.ticks:
        x = LEFT + tick.x * (RIGHT - LEFT)
        parts.append(element("line", x1=x, y1=BOTTOM, x2=x, y2=BOTTOM + 6, stroke=INK))
        parts.append(text(x, BOTTOM + 22, tick.label, anchor="middle", kind="tick"))
    for tick in plot.y_axis.ticks:
        y = TOP + tick.x * (BOTTOM - TOP)
        parts.append(text(LEFT - 9, y + 5, tick.label, anchor="end", kind="tick"))
    return parts
