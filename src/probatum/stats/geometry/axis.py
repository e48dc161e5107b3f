"""Axes with readable ticks; positions run from 0 (left, bottom) to 1 (right, top)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from probatum.errors import StatsError

STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
# Ratios a reader knows; a decade has few enough of them to label each.
RATIOS = (1.0, 2.0, 5.0)


@dataclass(frozen=True, slots=True)
class Tick:
    """One tick: position in [0, 1], value as it reads, and its label."""

    x: float
    value: float
    label: str


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis from ``low`` to ``high`` on the analysis scale; ``log`` when ticks are ratios."""

    low: float
    high: float
    log: bool
    ticks: tuple[Tick, ...]

    def position(self, value: float) -> float:
        """Return where ``value`` (analysis scale) lies: 0 at ``low``, 1 at ``high``, unclamped."""
        return (value - self.low) / (self.high - self.low)

    def clamped(self, value: float) -> float:
        """Return the position held within [0, 1]."""
        return min(1.0, max(0.0, self.position(value)))


def linear_axis(values: Iterable[float], *, include: Sequence[float] = (), aim: int = 6) -> Axis:
    """Return an axis over ``values`` whose ends and ticks are round numbers.

    >>> [tick.label for tick in linear_axis([-3.2, 7.9], include=[0]).ticks]
    ['-4', '-2', '0', '2', '4', '6', '8']
    """
    low, high = _span(values, include)
    step = nice_step((high - low) / max(aim, 2))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    bottom, top = first * step, last * step
    digits = max(0, -math.floor(math.log10(step) + 1e-9) + (step_mantissa(step) == 2.5))
    ticks = tuple(
        Tick((i - first) / (last - first), i * step, f"{i * step + 0.0:.{digits}f}")
        for i in range(first, last + 1)
    )
    return Axis(bottom, top, False, ticks)


def log_axis(values: Iterable[float], *, include: Sequence[float] = ()) -> Axis:
    """Return an axis for log ratios, with ticks at 1, 2 and 5 times powers of ten.

    ``values`` are logarithms; labels are ratios.

    >>> [tick.label for tick in log_axis([-1.1, 0.9], include=[0]).ticks]
    ['0.2', '0.5', '1', '2', '5']
    """
    low, high = _span(values, include)
    ratios = _ratio_ticks(low, high)
    bottom, top = math.log(ratios[0]), math.log(ratios[-1])
    ticks = tuple(Tick((math.log(r) - bottom) / (top - bottom), r, f"{r:g}") for r in ratios)
    return Axis(bottom, top, True, ticks)


def nice_step(rough: float) -> float:
    """Return the smallest of 1, 2, 2.5, 5 times a power of ten that is at least ``rough``."""
    power = 10.0 ** math.floor(math.log10(rough))
    return next(s * power for s in STEPS if s * power >= rough * (1 - 1e-9))


def step_mantissa(step: float) -> float:
    """Return the leading part of a nice step."""
    return round(step / 10.0 ** math.floor(math.log10(step) + 1e-9), 6)


def _span(values: Iterable[float], include: Sequence[float]) -> tuple[float, float]:
    finite = [float(v) for v in (*values, *include) if math.isfinite(v)]
    if not finite:
        raise StatsError("an axis needs at least one finite value")
    low, high = min(finite), max(finite)
    if high - low <= 1e-12 * max(1.0, abs(low), abs(high)):
        margin = max(abs(low), 1.0) * 0.5
        return low - margin, high + margin
    return low, high


def _ratio_ticks(low: float, high: float) -> list[float]:
    decades = range(math.floor(low / math.log(10)) - 1, math.ceil(high / math.log(10)) + 2)
    wide = high - low > 6 * math.log(10)
    mantissas = (1.0,) if wide else RATIOS
    every = [m * 10.0**d for d in decades for m in mantissas]
    first = max(i for i, r in enumerate(every) if math.log(r) <= low + 1e-9)
    last = min(i for i, r in enumerate(every) if math.log(r) >= high - 1e-9)
    kept = every[first : last + 1]
    stride = max(1, math.ceil(len(kept) / 12))
    return kept if stride == 1 else _thinned(kept, stride)


def _thinned(kept: list[float], stride: int) -> list[float]:
    thin = kept[::stride]
    return thin if thin[-1] == kept[-1] else [*thin, kept[-1]]
