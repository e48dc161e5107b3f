"""What effects over time show, in a sentence."""

from __future__ import annotations

from probatum.effects.words import figure
from probatum.model.curve import CurveFit, CurveValue, TimeCourse

NAMES = {
    "constant": "the same effect at all times",
    "linear": "a straight line over time",
    "log": "a line over the logarithm of time",
    "decay": "an effect that fades exponentially",
}
_SURE = 0.05


def span(days: float) -> str:
    """Say a time in the unit a reader would use.

    >>> span(0.0035), span(0.1667), span(1.0), span(28.0)
    ('5 minutes', '4 hours', '1 day', '28 days')
    """
    unit, count = "day", days
    if days < 1 / 24:
        unit, count = "minute", days * 1440
    elif days < 1:
        unit, count = "hour", days * 24
    told = f"{count:.3g}" if count < 1 else f"{round(count, 1):g}"
    return f"{told} {unit}{'' if told == '1' else 's'}"


def told(found: TimeCourse, slope_p: float | None) -> str:
    """Say how the effect goes with time: at the first and last time, and whether it changes."""
    best = next(fit for fit in found.fits if fit.shape == found.best)
    first, last = best.values[0], best.values[-1]
    times = {point.x for point in found.points}
    studies = {point.study for point in found.points}
    who = "1 study" if len(studies) == 1 else f"{len(studies)} studies"
    parts = [
        f"{len(times)} times from {span(first.x)} to {span(last.x)} in {who}",
        f"best described by {NAMES.get(found.best, found.best)}: {_value(first, found)} at "
        f"{span(first.x)}, {_value(last, found)} at {span(last.x)}",
    ]
    if slope_p is not None:
        known = "is" if slope_p < _SURE else "is not"
        parts.append(f"a change with time {known} shown (straight line, p {figure(slope_p)})")
    theta = _theta(best)
    if theta is not None:
        parts.append(f"its time constant is {theta}")
    parts.append(_assumed(found))
    return "; ".join(part for part in parts if part)


def _theta(fit: CurveFit) -> str | None:
    own = next((term for term in fit.terms if term[0] == "time constant"), None)
    if own is None:
        return None
    return span(own[1]) if fit.determined else "longer than the data can tell"


def _value(value: CurveValue, found: TimeCourse) -> str:
    numbers = f"{figure(value.estimate)} ({figure(value.low)} to {figure(value.high)})"
    return f"{found.measure} {numbers}"


def _assumed(found: TimeCourse) -> str:
    if not found.others:
        return ""
    ends = "; ".join(_value(value, found) for _, value in found.others)
    return (
        "errors of neighbouring visits are taken to correlate 0.8; with 0.5 and 0.95 the last "
        f"value is {ends}"
    )
