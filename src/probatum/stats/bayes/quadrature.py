"""Integration over τ: Gauss–Legendre panels, halved until each is resolved.

τ = s sinh(u) for priors that are even in τ (the likelihood is even in τ too, and its singularities
then lie π/2 off the real line), log τ for the logarithmic ones, whose mass below a negligible τ
becomes an atom at 0. A panel is resolved when the last Legendre coefficients of the integrand are
below 1e-10 of its largest value; the distribution function inside the panel is then known to
about that accuracy, and integrals to its square.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from probatum.errors import StatsError
from probatum.stats.inputs import Floats

ORDER = 20
TOLERANCE = 1e-10
_PASSES = 40


@dataclass(frozen=True, slots=True)
class Scale:
    """The variable of integration: log τ, asinh(τ / unit), or ("linear") the number itself."""

    unit: float
    kind: Literal["log", "sinh", "linear"]

    @property
    def positive(self) -> bool:
        return self.kind != "linear"

    def value(self, u: Floats) -> Floats:
        if self.kind == "linear":
            return u
        return np.exp(u) if self.kind == "log" else self.unit * np.sinh(u)

    def slope(self, u: Floats) -> Floats:
        """The derivative of the value."""
        if self.kind == "linear":
            return np.ones_like(u)
        return np.exp(u) if self.kind == "log" else self.unit * np.cosh(u)

    def inverse(self, value: Floats) -> Floats:
        if self.kind == "linear":
            return value
        with np.errstate(divide="ignore"):
            return np.log(value) if self.kind == "log" else np.arcsinh(value / self.unit)


@dataclass(frozen=True, slots=True)
class Rule:
    """Nodes, weights and matrices of one panel [-1, 1]: to Legendre series, to its integral."""

    nodes: Floats
    weights: Floats
    series: Floats
    integral: Floats


@dataclass(frozen=True, slots=True)
class Panels:
    """Resolved panels in order: edges (P + 1,), u (P, 20) and the log integrand there (P, 20)."""

    scale: Scale
    edges: Floats
    u: Floats
    log_value: Floats


@cache
def rule() -> Rule:
    """Return the panel's rule; ``integral`` maps values at nodes to powers of the integral."""
    legendre = np.polynomial.legendre
    nodes, weights = legendre.leggauss(ORDER)
    vander = legendre.legvander(nodes, ORDER - 1)
    series = (np.arange(ORDER) + 0.5)[:, None] * (vander * weights[:, None]).T
    columns = []
    for row in np.eye(ORDER):
        powers = legendre.leg2poly(legendre.legint(row, lbnd=-1))
        columns.append(np.concatenate([powers, np.zeros(ORDER + 1 - len(powers))]))
    return Rule(nodes, weights, series, np.array(columns).T @ series)


def resolve(log_density: Callable[[Floats], Floats], scale: Scale, edges: Floats) -> Panels:
    """Evaluate exp(log_density(τ)) dτ on panels between ``edges`` of u, halving where needed.

    Raises StatsError when the integrand cannot be resolved.
    """
    left, width = edges[:-1], np.diff(edges)
    done: list[tuple[Floats, Floats, Floats, Floats]] = []
    top = -math.inf
    for _ in range(_PASSES):
        u = left[:, None] + 0.5 * width[:, None] * (rule().nodes + 1)
        flat = u.ravel()
        value = log_density(scale.value(flat)) + np.log(scale.slope(flat))
        value = value.reshape(u.shape)
        top = max(top, float(value.max()))
        coarse = _unresolved(value, top, width)
        done.append((left[~coarse], width[~coarse], u[~coarse], value[~coarse]))
        if not coarse.any():
            return _sorted(scale, done)
        half = 0.5 * width[coarse]
        left = np.concatenate([left[coarse], left[coarse] + half])
        width = np.concatenate([half, half])
    raise StatsError("the posterior of τ could not be resolved; rescale yi and vi")


def _unresolved(value: Floats, top: float, width: Floats) -> NDArray[np.bool_]:
    """Tell which panels still have weight in their last three coefficients."""
    tail = np.abs(np.exp(value - top) @ rule().series[-3:].T).max(axis=1)
    return np.asarray((tail * width > TOLERANCE) & (width > 1e-9))


def _sorted(scale: Scale, done: list[tuple[Floats, Floats, Floats, Floats]]) -> Panels:
    left, width, u, value = (np.concatenate(parts) for parts in zip(*done, strict=True))
    order = np.argsort(left)
    edges = np.append(left[order], left[order[-1]] + width[order[-1]])
    return Panels(scale, edges, u[order], value[order])
