"""A pool as it grew: the estimate after each study, and its path against the bounds."""

from __future__ import annotations

import math

from markupsafe import Markup

from probatum.atlas.figures.plane import (
    BOTTOM,
    HEIGHT,
    RIGHT,
    TOP,
    WIDTH,
    Plane,
    held,
    value_axis,
)
from probatum.atlas.figures.svg import ACCENT, PAPER, drawing, element, line, text
from probatum.atlas.wording import RATIOS, interval, null_of, number
from probatum.model.effect import MEASURES
from probatum.model.monitoring import Look, Monitoring
from probatum.stats.geometry.axis import Axis, Tick, linear_axis

_USUAL = 1.959964  # |z| that one look alone would have to reach
_TALLEST = 8.0


def cumulative_figure(found: Monitoring, title: str) -> Markup:
    """Draw the estimate with its interval once each study was in, in order of year."""
    log = found.measure in RATIOS
    inner = [look.estimate for look in found.looks]
    ends = [end for look in found.looks for end in (look.low, look.high)]
    kept = held(ends, inner, log=log)
    y_axis = value_axis([*inner, *kept], null_of(found.measure), log=log)
    plane = Plane(_steps(found), y_axis)
    title_y = MEASURES.get(found.measure, found.measure)
    parts = plane.ground("studies, by year", f"{title_y} so far", null_of(found.measure))
    parts.append(plane.path([(k, look.estimate) for k, look in enumerate(found.looks, 1)]))
    for at, look in enumerate(found.looks, 1):
        parts += _look(plane, at, look)
    told = "; ".join(f"{look.study}: {_value(look)}" for look in found.looks)
    return drawing(WIDTH, HEIGHT, title, f"The estimate after each study: {told}", parts)


def _steps(found: Monitoring) -> Axis:
    """Give an axis with a place for each study; of many only some are named."""
    k = len(found.looks)
    every = max(1, math.ceil(k / 6))
    ticks = tuple(
        Tick((at - 0.5) / k, at, _short(look))
        for at, look in enumerate(found.looks, 1)
        if (at - 1) % every == 0 or at == k
    )
    return Axis(0.5, k + 0.5, False, ticks)


def _short(look: Look) -> str:
    """Name a study in few letters: what its label adds in brackets stands in the table."""
    label = look.study if len(look.study) <= 16 else look.study.partition(" (")[0]
    label = label if len(label) <= 16 else label[:15].rstrip() + "…"
    return label if look.year is None or str(look.year) in label else f"{label} {look.year}"


def _look(plane: Plane, at: int, look: Look) -> list[Markup]:
    x, y = plane.at(at, look.estimate)
    mark = element(
        "circle",
        element("title", f"{look.study}: {_value(look)}"),
        cx=x,
        cy=y,
        r=5.0,
        fill=ACCENT,
        class_="diamond",
    )
    return [line(x, plane.up(look.low), x, plane.up(look.high), kind="whisker"), mark]


def _value(look: Look) -> str:
    return f"{number(look.estimate)} ({interval(look.low, look.high)})"


def sequential_figure(found: Monitoring, title: str) -> Markup:
    """Draw z by share of the required information, with the bounds for repeated looks."""
    looks = [look for look in found.looks if look.z is not None and look.fraction is not None]
    if found.delta is None or not looks:
        return Markup("")
    tall = min(_TALLEST, max(4.0, *(abs(look.z or 0.0) + 0.5 for look in looks)))
    x_axis = linear_axis([0.0, 1.0, *(look.fraction or 0.0 for look in looks)])
    plane = Plane(x_axis, linear_axis([-tall, tall], include=[0.0]))
    parts = plane.ground("share of the required information", "z", 0.0)
    for height in (_USUAL, -_USUAL):
        parts.append(plane.path([(0.0, height), (x_axis.high, height)], kind="guide", width=1.0))
    smooth = [place for place in found.smooth if place[1] <= tall]
    parts.append(plane.path(smooth, kind="bound"))
    parts.append(plane.path([(x, -z) for x, z in smooth], kind="bound"))
    full = plane.across(1.0)
    parts.append(line(full, TOP, full, BOTTOM, kind="null"))
    parts.append(text(min(full + 6, RIGHT - 60), TOP + 12, "enough", kind="soft"))
    parts.append(plane.path([(0.0, 0.0), *((k.fraction or 0.0, k.z or 0.0) for k in looks)]))
    for look in looks:
        x, y = plane.at(look.fraction or 0.0, look.z or 0.0)
        filled = look.study == found.reached
        parts.append(
            element(
                "circle",
                element("title", f"{look.study}: z {number(look.z)}"),
                cx=x,
                cy=y,
                r=6.0 if filled else 5.0,
                fill=ACCENT if filled else PAPER,
                stroke=ACCENT,
                class_="box" if filled else "box out",
            )
        )
    return drawing(WIDTH, HEIGHT, title, f"{found.text}. The numbers stand in the table", parts)
