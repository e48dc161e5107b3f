"""Group-sequential boundaries by α-spending, for cumulated z at any information fractions.

Lan & DeMets 1983 (Biometrika 70:659); the boundary of each look is found from the density of
z√t of what has not stopped yet, carried from look to look by integration (Armitage, McPherson
& Rowe 1969). Two-sided and symmetric; boundaries are for |z|.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from probatum.errors import StatsError, UsageError
from probatum.stats.distributions import normal_cdf, normal_density, normal_quantile
from probatum.stats.inputs import Floats, one_of, vector

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(64)
# A look spends at least this much; below it the boundary is out of reach and is called infinite.
_LEAST = 1e-15


def obrien_fleming(t: Floats, alpha: float) -> Floats:
    """Return the α spent at information fraction t: on each side 2 − 2 Φ(z(1 − α/4)/√t)."""
    z = float(normal_quantile(1 - alpha / 4))
    return 4 * normal_cdf(-z / np.sqrt(t))


def pocock(t: Floats, alpha: float) -> Floats:
    """Return the α spent at information fraction t: α log(1 + (e − 1) t)."""
    return np.asarray(alpha * np.log1p((math.e - 1) * t))


SPENDING: dict[str, Callable[[Floats, float], Floats]] = {
    "obrien-fleming": obrien_fleming,
    "pocock": pocock,
}


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Looks at information fractions: |z| to reach, α spent in all up to each look."""

    fraction: Floats
    z: Floats
    spent: Floats


def boundaries(
    fraction: ArrayLike, *, alpha: float = 0.05, spending: str = "obrien-fleming"
) -> Boundaries:
    """Return two-sided boundaries for looks at rising information fractions above 0.

    Fractions above 1 spend nothing more than α. ``spending``: "obrien-fleming" or "pocock" (both
    by Lan and DeMets). Raises StatsError for fractions that do not rise.

    >>> boundaries([0.2, 0.4, 0.6, 0.8, 1]).z.round(4).tolist()
    [4.8769, 3.357, 2.6803, 2.2898, 2.031]
    """
    t = vector(fraction, "fraction")
    if not 0 < alpha < 1:
        raise UsageError(f"alpha is {alpha:g}; allowed: a number above 0 and below 1")
    one_of(spending, tuple(SPENDING), "spending function")
    if len(t) == 0 or not np.isfinite(t).all() or t[0] <= 0 or (np.diff(t) <= 0).any():
        raise StatsError("fraction: finite numbers above 0 that rise from look to look are needed")
    spent = SPENDING[spending](np.minimum(t, 1.0), alpha)
    return Boundaries(t, _solve(t, np.diff(spent, prepend=0.0)), spent)


def _solve(t: Floats, share: Floats) -> Floats:
    """Find each look's boundary: the chance to cross it first there is that look's share."""
    z = np.full(len(t), math.inf)
    nodes, mass, before = np.zeros(1), np.ones(1), 0.0
    for i in range(len(t)):
        step = math.sqrt(t[i] - before)
        if share[i] > _LEAST:
            z[i] = _boundary(nodes, mass, step, math.sqrt(t[i]), float(share[i]))
        # What stays inside, on the scale z √t, is carried on; far beyond 9 sd nothing is left.
        edge = min(z[i], 9.0) * math.sqrt(t[i])
        new, weights = _panels(edge, step)
        density = normal_density((new[:, None] - nodes) / step) @ mass / step
        nodes, mass, before = new, density * weights, float(t[i])
    return z


def _panels(edge: float, step: float) -> tuple[Floats, Floats]:
    """Return nodes on [−edge, edge], dense enough for a kernel of width ``step``."""
    count = max(1, math.ceil(2 * edge / (12 * step)))
    half = edge / count
    middle = -edge + half * (2 * np.arange(count) + 1)
    return (
        (middle[:, None] + half * _NODES).ravel(),
        np.tile(half * _WEIGHTS, count),
    )


def _boundary(nodes: Floats, mass: Floats, step: float, root: float, share: float) -> float:
    low, high = 0.0, 40.0
    for _ in range(70):
        middle = 0.5 * (low + high)
        edge = middle * root
        tail = normal_cdf((nodes - edge) / step) + normal_cdf((-nodes - edge) / step)
        low, high = (middle, high) if float(tail @ mass) > share else (low, middle)
    return 0.5 * (low + high)
