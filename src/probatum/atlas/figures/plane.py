"""A plane with two axes, on which curves and points are drawn."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from probatum.atlas.figures.svg import ACCENT, PAPER, SOFT, WARN, element, line, text
from probatum.stats.geometry.axis import Axis, linear_axis, log_axis

WIDTH, HEIGHT = 860.0, 440.0
LEFT, RIGHT, TOP, BOTTOM = 76.0, 836.0, 24.0, 372.0
Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Plane:
    """Axes of a figure; ``at`` takes values as they read and gives coordinates, held inside."""

    x_axis: Axis
    y_axis: Axis

    def at(self, x: float, y: float) -> Place:
        """Give the coordinates of a value."""
        return self.across(x), self.up(y)

    def across(self, x: float) -> float:
        """Give the coordinate of a value of the horizontal axis."""
        return LEFT + self.x_axis.clamped(x) * (RIGHT - LEFT)

    def up(self, y: float) -> float:
        """Give the coordinate of a value of the vertical axis; a ratio stands on its logarithm."""
        if self.y_axis.log:
            y = math.log(y) if y > 0 else -math.inf
        return BOTTOM - self.y_axis.clamped(y) * (BOTTOM - TOP)

    def ground(self, x_title: str, y_title: str, null: float | None) -> list[Markup]:
        """Draw paper, axes, ticks, titles and the line of no difference."""
        parts = [
            element("rect", width=WIDTH, height=HEIGHT, fill=PAPER, class_="paper"),
            line(LEFT, BOTTOM, RIGHT, BOTTOM, kind="axis"),
            line(LEFT, TOP, LEFT, BOTTOM, kind="axis"),
            text((LEFT + RIGHT) / 2, BOTTOM + 60, x_title, anchor="middle", kind="soft"),
            text(LEFT, TOP - 8, y_title, kind="soft"),
        ]
        for at, tick in enumerate(self.x_axis.ticks):
            x, plain = LEFT + tick.x * (RIGHT - LEFT), _is_number(tick.label)
            # Names are longer than numbers: every second one stands a line lower.
            y, label = (BOTTOM + 22, _minus(tick.label)) if plain else (_lower(at), tick.label)
            parts.append(line(x, BOTTOM, x, y - 14, kind="axis"))
            parts.append(text(x, y, label, anchor="middle", kind="tick"))
        for tick in self.y_axis.ticks:
            y = BOTTOM - tick.x * (BOTTOM - TOP)
            parts.append(line(LEFT - 5, y, LEFT, y, kind="axis"))
            parts.append(text(LEFT - 9, y + 5, _minus(tick.label), anchor="end", kind="tick"))
        if null is not None:
            parts.append(line(LEFT, self.up(null), RIGHT, self.up(null), kind="null"))
        return parts

    def band(self, low: Sequence[Place], high: Sequence[Place]) -> Markup:
        """Fill what lies between two lines of values."""
        points = [self.at(*place) for place in (*high, *reversed(low))]
        told = " ".join(f"{x:.2f},{y:.2f}" for x, y in points)
        return element("polygon", points=told, fill=ACCENT, fill_opacity="0.16", class_="band")

    def path(self, places: Sequence[Place], *, kind: str = "curve", width: float = 2.0) -> Markup:
        """Join values by a line; ``kind`` is a class: curve, bound, guide."""
        told = " ".join(f"{x:.2f},{y:.2f}" for x, y in (self.at(*place) for place in places))
        stroke = {"bound": WARN, "guide": SOFT}.get(kind, ACCENT)
        return element(
            "polyline",
            points=told,
            fill="none",
            stroke=stroke,
            stroke_width=width,
            stroke_dasharray="6 4" if kind == "guide" else None,
            class_=kind,
        )


def value_axis(values: Sequence[float], null: float, *, log: bool) -> Axis:
    """Make the vertical axis: points and the null in sight, far limits cut off.

    Limits may reach as far beyond the points as these spread, since one imprecise study must not
    flatten the others.
    """
    scaled = [math.log(v) for v in values if v > 0] if log else [*values]
    inner = [*scaled, math.log(null) if log else null]
    return log_axis(inner) if log else linear_axis(inner)


def held(ends: Sequence[float], inner: Sequence[float], *, log: bool) -> list[float]:
    """Hold far ends to within one and a half spans of the inner values."""
    if not inner:
        return [*ends]
    known = [math.log(v) for v in inner if v > 0] if log else [*inner]
    low, high = min(known), max(known)
    reach = 1.5 * max(high - low, 0.2 if log else 0.05 * max(abs(low), abs(high), 1e-9))
    kept = [math.log(v) if v > 0 else low - reach for v in ends] if log else [*ends]
    bounded = [min(max(v, low - reach), high + reach) for v in kept if not math.isnan(v)]
    return [math.exp(v) for v in bounded] if log else bounded


def _is_number(label: str) -> bool:
    return label.lstrip("-").replace(".", "", 1).isdigit()


def _lower(at: int) -> float:
    return BOTTOM + 20 + 17 * (at % 2)


def _minus(label: str) -> str:
    return label.replace("-", "\N{MINUS SIGN}")
