"""Roots of a function of one variable."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

EPS = 2.220446049250313e-16
Function = Callable[[float], float]


@dataclass(slots=True)
class _Brent:
    """The three points of Brent's method: ``b`` the best, ``a`` the one before, ``c`` opposite."""

    a: float
    b: float
    c: float
    fa: float
    fb: float
    fc: float

    def order(self) -> None:
        if abs(self.fc) < abs(self.fb):
            self.a, self.b, self.c = self.b, self.c, self.b
            self.fa, self.fb, self.fc = self.fb, self.fc, self.fb

    def interpolated(self) -> tuple[float, float]:
        """Return numerator and denominator of the secant or inverse quadratic step."""
        span = self.c - self.b
        if self.a == self.c:
            ratio = self.fb / self.fa
            return span * ratio, 1 - ratio
        q, t1, t2 = self.fa / self.fc, self.fb / self.fc, self.fb / self.fa
        p = t2 * (span * q * (q - t1) - (self.b - self.a) * (t1 - 1))
        return p, (q - 1) * (t1 - 1) * (t2 - 1)

    def step(self, previous: float, tolerance: float) -> float:
        new = (self.c - self.b) / 2
        if abs(previous) >= tolerance and abs(self.fa) > abs(self.fb):
            p, q = self.interpolated()
            p, q = (p, -q) if p > 0 else (-p, q)
            enough = 0.75 * (self.c - self.b) * q - abs(tolerance * q) / 2
            if p < enough and p < abs(previous * q / 2):
                new = p / q
        if abs(new) < tolerance:
            return tolerance if new > 0 else -tolerance
        return new


def brent(
    equation: Function, bracket: tuple[float, float], tolerance: float = EPS**0.25
) -> float | None:
    """Return a root by Brent's method (1973, ``zeroin``), stopped where R's uniroot stops.

    ``tolerance`` is absolute. None after 1,000 steps. The ends must have opposite signs.
    """
    low, high = bracket
    f_low, f_high = equation(low), equation(high)
    if f_low == 0 or f_high == 0:
        return low if f_low == 0 else high
    state = _Brent(low, high, low, f_low, f_high, f_low)
    for _ in range(1001):
        previous = state.b - state.a
        state.order()
        width = 2 * EPS * abs(state.b) + tolerance / 2
        if abs((state.c - state.b) / 2) <= width or state.fb == 0:
            return state.b
        new = state.step(previous, width)
        state.a, state.fa = state.b, state.fb
        state.b += new
        state.fb = equation(state.b)
        if state.fb * state.fc > 0:
            state.c, state.fc = state.a, state.fa
    return None
