"""Shapes of curves as a table: columns of a model matrix, some with one shape parameter.

A curve is Σ b_j f_j(x; θ). Restricted cubic splines as in Harrell (2015, Regression Modeling
Strategies, 2.4.5) with his default knots; Emax as in MacDougall (2006); exponential decay
e^(−x/θ).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from probatum.errors import StatsError, UsageError
from probatum.stats.inputs import Floats, one_of, vector

# Harrell's default quantiles for 3, 4 and 5 knots.
QUANTILES = {
    3: (0.1, 0.5, 0.9),
    4: (0.05, 0.35, 0.65, 0.95),
    5: (0.05, 0.275, 0.5, 0.725, 0.95),
}


@dataclass(frozen=True, slots=True)
class Shape:
    """A named shape: ``columns(x, θ)`` gives (n, p); ``theta`` names θ where there is one.

    ``slope(x, θ)`` gives ∂/∂log θ of the columns, for shapes with θ.
    """

    name: str
    terms: tuple[str, ...]
    columns: Callable[[Floats, float], Floats]
    theta: str | None = None
    slope: Callable[[Floats, float], Floats] | None = None
    knots: tuple[float, ...] = ()

    @property
    def p(self) -> int:
        return len(self.terms)


def shape(name: str, x: ArrayLike, knots: ArrayLike | int | None = None) -> Shape:
    """Return a shape; ``x`` places default knots, ``knots`` are values or their number.

    Known: linear, quadratic, log (log(1 + x)), spline (restricted cubic, 3 to 5 knots),
    piecewise (linear between knots), emax, decay (exponential), plateau-decay.
    """
    one_of(name, (*_SIMPLE, "spline", "piecewise"), "shape of a curve")
    if name in _SIMPLE:
        if knots is not None:
            raise UsageError(f"a {name} curve has no knots")
        return _SIMPLE[name]
    places = _places(vector(x, "x"), 3 if knots is None else knots, name)
    if name == "piecewise":
        terms = ("x", *(f"x above {place:g}" for place in places))
        return Shape(name, terms, lambda at, _: _hinges(at, places), knots=tuple(places))
    terms = ("x", *(f"spline {i + 1}" for i in range(len(places) - 2)))
    return Shape(name, terms, lambda at, _: _spline(at, places), knots=tuple(places))


def _places(x: Floats, knots: ArrayLike | int, name: str) -> Floats:
    if isinstance(knots, int):
        if knots not in QUANTILES:
            raise UsageError(f"knots is {knots}; allowed: 3, 4 or 5, or the places themselves")
        found = np.unique(np.quantile(x, QUANTILES[knots]))
        if len(found) < knots:
            raise StatsError(f"too few different values for {knots} knots; give their places")
        return found[1:-1] if name == "piecewise" else found
    places = vector(knots, "knots")
    least = 1 if name == "piecewise" else 3
    if len(places) < least or not np.isfinite(places).all() or (np.diff(places) <= 0).any():
        raise UsageError(f"knots: at least {least} finite rising numbers are needed")
    return places


def _hinges(x: Floats, knots: Floats) -> Floats:
    return np.column_stack([x, np.maximum(x[:, None] - knots, 0)])


def _spline(x: Floats, knots: Floats) -> Floats:
    last, before = knots[-1], knots[-2]
    cube = np.maximum(x[:, None] - knots, 0) ** 3
    inner = cube[:, :-2]
    first = cube[:, -2:-1] * (last - knots[:-2]) / (last - before)
    second = cube[:, -1:] * (before - knots[:-2]) / (last - before)
    return np.column_stack([x, (inner - first + second) / (last - knots[0]) ** 2])


def _emax(x: Floats, theta: float) -> Floats:
    return (x / (theta + x))[:, None]


def _decay(x: Floats, theta: float) -> Floats:
    return np.exp(-x / theta)[:, None]


def _plateau(x: Floats, theta: float) -> Floats:
    return np.column_stack([np.ones(len(x)), np.exp(-x / theta)])


def _decay_slope(x: Floats, theta: float) -> Floats:
    return (x / theta * np.exp(-x / theta))[:, None]


_SIMPLE: dict[str, Shape] = {
    "linear": Shape("linear", ("x",), lambda x, _: x[:, None]),
    "quadratic": Shape("quadratic", ("x", "x²"), lambda x, _: np.column_stack([x, x * x])),
    "log": Shape("log", ("log(1 + x)",), lambda x, _: np.log1p(x)[:, None]),
    "emax": Shape(
        "emax", ("emax",), _emax, "ed50", lambda x, t: (-t * x / (t + x) ** 2)[:, None]
    ),
    "decay": Shape("decay", ("start",), _decay, "time constant", _decay_slope),
    "plateau-decay": Shape(
        "plateau-decay", ("plateau", "start above plateau"), _plateau, "time constant",
        lambda x, t: np.column_stack([np.zeros(len(x)), _decay_slope(x, t)]),
    ),
}  # fmt: skip
