"""The forest plot of a question: studies, weights, intervals, what pooling gave."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from probatum.atlas.figures.svg import ACCENT, PAPER, drawing, element, line, polygon, text
from probatum.atlas.wording import RATIOS, interval, null_of, number
from probatum.model.effect import MEASURES, Effect, Pooled
from probatum.stats.geometry.axis import Axis, linear_axis, log_axis

WIDTH, ROW, TOP = 980.0, 28.0, 40.0
NAME, COUNT, WEIGHT, LEFT, RIGHT, VALUE = 8.0, 330.0, 400.0, 424.0, 748.0, 972.0
LONGEST_NAME = 31


def forest(
    pooled: Pooled, title: str, sides: tuple[str, str] = ("", ""), *, scale: str = ""
) -> Markup:
    """Draw the forest plot; ``sides`` names what lies left and right of the null.

    ``scale`` is what a mean difference is counted on, which the axis then names.

    Ratios stand on a logarithmic axis. Rows that the model leaves out are drawn hollow.
    """
    if not pooled.effects:
        return Markup("")
    frame = _frame(pooled)
    summary = pooled.k > 1 and pooled.estimate is not None
    rows = len(pooled.effects) + (2 if summary else 0)
    bottom = TOP + ROW * rows + 6
    parts = [*_ground(bottom + 76), *_scale(frame, pooled, bottom, (*sides, scale))]
    heaviest = max((effect.weight for effect in pooled.effects), default=0) or 1
    for i, effect in enumerate(pooled.effects):
        parts += _study(effect, frame, TOP + ROW * (i + 0.5), heaviest)
    if summary:
        parts += _summary(pooled, frame, TOP + ROW * len(pooled.effects))
    return drawing(WIDTH, bottom + 76, title, _words(pooled), parts)


@dataclass(frozen=True, slots=True)
class _Frame:
    """The axis on the drawing: values as they read go in, coordinates come out."""

    axis: Axis

    def position(self, value: float) -> float:
        """Give where a value lies: 0 at the left end of the axis, 1 at the right, unclamped."""
        if self.axis.log:
            value = math.log(value) if value > 0 else -math.inf
        return self.axis.position(value)

    def at(self, value: float) -> float:
        """Give the coordinate of a value, held to the axis."""
        return LEFT + min(1.0, max(0.0, self.position(value))) * (RIGHT - LEFT)


def _frame(pooled: Pooled) -> _Frame:
    """Choose the axis: points, pooled interval and null in sight, far bounds cut off.

    Bounds may reach twice the spread of the points beyond them, since one imprecise study must
    not squeeze the others.
    """
    log = pooled.measure in RATIOS
    points = [effect.value for effect in pooled.effects]
    points += [v for v in (pooled.estimate, pooled.ci_low, pooled.ci_high) if v is not None]
    bounds = [bound for effect in pooled.effects for bound in (effect.low, effect.high)]
    bounds += [v for v in (pooled.pi_low, pooled.pi_high) if v is not None]
    inner = [*_scaled(points, log=log), *_scaled([null_of(pooled.measure)], log=log)]
    outer = _scaled(bounds, log=log)
    low, high = min(inner), max(inner)
    reach = 2 * max(high - low, 0.1 if log else 0.05 * max(abs(low), abs(high)))
    ends = max(min([low, *outer]), low - reach), min(max([high, *outer]), high + reach)
    return _Frame(log_axis(ends) if log else linear_axis(ends))


def _scaled(values: Iterable[float], *, log: bool) -> list[float]:
    kept = [v for v in values if math.isfinite(v) and (not log or v > 0)]
    return [math.log(v) for v in kept] if log else kept


def _ground(height: float) -> list[Markup]:
    paper = element("rect", width=WIDTH, height=height, fill=PAPER, class_="paper")
    return [
        paper,
        text(NAME, 22, "Study", kind="soft"),
        text(COUNT, 22, "n", anchor="end", kind="soft"),
        text(WEIGHT, 22, "weight", anchor="end", kind="soft"),
        text(VALUE, 22, "effect (95% interval)", anchor="end", kind="soft"),
        line(NAME, TOP - 8, VALUE, TOP - 8),
    ]


def _scale(frame: _Frame, pooled: Pooled, y: float, told: tuple[str, str, str]) -> list[Markup]:
    """Draw the axis; ``told`` names what lies on its left, on its right, and its unit."""
    null = frame.at(null_of(pooled.measure))
    parts = [line(null, TOP - 8, null, y, kind="null"), line(LEFT, y, RIGHT, y, kind="axis")]
    for tick in frame.axis.ticks:
        x = LEFT + tick.x * (RIGHT - LEFT)
        parts.append(line(x, y, x, y + 5, kind="axis"))
        parts.append(text(x, y + 21, tick.label.replace("-", "\u2212"), anchor="middle"))
    left, right, unit = told
    if left and null - LEFT > 60:
        parts.append(text(null - 10, y + 44, f"\u2190 {left}", anchor="end", kind="soft"))
    if right and RIGHT - null > 60:
        parts.append(text(null + 10, y + 44, f"{right} \u2192", kind="soft"))
    named = MEASURES.get(pooled.measure or "", pooled.measure or "")
    more = "logarithmic axis" if frame.axis.log else unit if pooled.measure == "MD" else ""
    words = f"{named}, {more}" if more else named
    parts.append(text((LEFT + RIGHT) / 2, y + 66, words, anchor="middle", kind="soft"))
    return parts


def _shortened(label: str) -> str:
    """Cut a long label in its middle, since arms of one trial differ at the end.

    >>> _shortened("A trial with a very long name (calmroot, 84 mg)")
    'A trial with a very…root, 84 mg)'
    """
    return label if len(label) <= LONGEST_NAME else f"{label[:19]}\u2026{label[-12:]}"


def _named(label: str) -> Markup:
    """Write a label as long as there is room; a cut one tells its whole words to who points at it.

    >>> print(_named("Hollow 2019"))
    Hollow 2019
    """
    shown = _shortened(label)
    whole = element("title", label) if shown != label else Markup("")
    return whole + escape(shown)


def _study(effect: Effect, frame: _Frame, y: float, heaviest: float) -> list[Markup]:
    out = effect.left_out is not None
    name = _named(effect.label or effect.study)
    half = 3.0 + 5.0 * math.sqrt(max(effect.weight, 0.0) / heaviest)
    x = frame.at(effect.value)
    box = element(
        "rect",
        x=x - half,
        y=y - half,
        width=2 * half,
        height=2 * half,
        fill=PAPER if out else ACCENT,
        stroke=ACCENT,
        class_="box out" if out else "box",
    )
    weight = "left out" if out else f"{effect.weight:.1f}%"
    value = f"{number(effect.value)} ({interval(effect.low, effect.high)})"
    return [
        text(NAME, y + 5, name),
        text(COUNT, y + 5, number(effect.n, 0), anchor="end"),
        text(WEIGHT, y + 5, weight, anchor="end", kind="soft"),
        *_whisker(effect.low, effect.high, frame, y),
        box,
        text(VALUE, y + 5, value, anchor="end"),
    ]


def _whisker(
    low: float, high: float, frame: _Frame, y: float, kind: str = "whisker"
) -> list[Markup]:
    left, right = frame.at(low), frame.at(high)
    parts = [line(left, y, right, y, kind=kind)]
    if frame.position(low) < 0:
        parts.append(polygon([(left, y), (left + 7, y - 4), (left + 7, y + 4)], kind="clip"))
    if frame.position(high) > 1:
        parts.append(polygon([(right, y), (right - 7, y - 4), (right - 7, y + 4)], kind="clip"))
    return parts


def _summary(pooled: Pooled, frame: _Frame, top: float) -> list[Markup]:
    if pooled.estimate is None or pooled.ci_low is None or pooled.ci_high is None:
        return []
    y, middle = top + ROW * 0.6, frame.at(pooled.estimate)
    left, right = frame.at(pooled.ci_low), frame.at(pooled.ci_high)
    value = f"{number(pooled.estimate)} ({interval(pooled.ci_low, pooled.ci_high)})"
    parts = [
        line(NAME, top + 1, VALUE, top + 1),
        line(middle, TOP - 8, middle, top, kind="faint"),
        text(NAME, y + 5, f"Pooled: {pooled.model}"[:40], kind="strong"),
        text(WEIGHT, y + 5, f"k = {pooled.k}", anchor="end", kind="soft"),
        polygon([(left, y), (middle, y - 8), (right, y), (middle, y + 8)]),
        text(VALUE, y + 5, value, anchor="end", kind="strong"),
    ]
    if pooled.pi_low is not None and pooled.pi_high is not None:
        below = top + ROW * 1.5
        parts += _whisker(pooled.pi_low, pooled.pi_high, frame, below, kind="interval")
        parts.append(text(NAME, below + 5, "95% prediction interval"))
        parts.append(text(VALUE, below + 5, interval(pooled.pi_low, pooled.pi_high), anchor="end"))
    return parts


def _words(pooled: Pooled) -> str:
    named = MEASURES.get(pooled.measure or "", pooled.measure or "effect")
    told = [f"Forest plot of {len(pooled.effects)} study rows, {named}"]
    if pooled.estimate is not None:
        kind = "pooled estimate" if pooled.k > 1 else "the one study"
        told.append(
            f"{kind} {number(pooled.estimate)}, 95% interval "
            f"{interval(pooled.ci_low, pooled.ci_high)}"
        )
    if pooled.pi_low is not None:
        told.append(f"95% prediction interval {interval(pooled.pi_low, pooled.pi_high)}")
    return "; ".join(told) + ". The same numbers stand in the table of studies"
