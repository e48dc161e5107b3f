"""Posterior distributions of one number: a mixture of normals, and τ on its panels."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from probatum.errors import UnknownNameError, UsageError
from probatum.stats.bayes.quadrature import ORDER, Panels, rule
from probatum.stats.distributions import normal_cdf, normal_density, normal_quantile
from probatum.stats.inputs import Floats, level_fraction

_STEPS = 80


@dataclass(frozen=True)
class Mixture:
    """A mixture of m normals: weights that sum to 1, means, standard deviations (0 allowed)."""

    weights: Floats
    means: Floats
    sds: Floats

    @cached_property
    def mean(self) -> float:
        return float(self.weights @ self.means)

    @cached_property
    def sd(self) -> float:
        spread = self.sds**2 + (self.means - self.mean) ** 2
        return math.sqrt(float(self.weights @ spread))

    @property
    def median(self) -> float:
        return float(self.quantile(0.5)[0])

    def cdf(self, x: ArrayLike) -> Floats:
        """Return the probability of a value at or below x; shape as ``x``, at least (1,)."""
        at = np.atleast_1d(np.asarray(x, dtype=np.float64))
        return np.asarray(normal_cdf(self._standard(at)) @ self.weights)

    def pdf(self, x: ArrayLike) -> Floats:
        at = np.atleast_1d(np.asarray(x, dtype=np.float64))
        return np.asarray(normal_density(self._standard(at)) @ self._heights)

    def quantile(self, p: ArrayLike) -> Floats:
        """Return the values with probability ``p`` below them; 0 < p < 1."""
        target = _probabilities(p)
        z = normal_quantile(target)
        ends = self.means + z[:, None] * self._sds
        # Between the extreme quantiles of the components lies that of the mixture.
        low, high = ends.min(axis=1), ends.max(axis=1)
        start = np.clip(self.mean + z * self.sd, low, high)
        return _solve(self._both, target, (low, high, start))

    def interval(self, level: float = 95, kind: str = "central") -> tuple[float, float]:
        """Return the central or the shortest interval that holds ``level`` percent."""
        return _interval(self, level, kind)

    def _both(self, at: Floats) -> tuple[Floats, Floats]:
        z = self._standard(at)
        return normal_cdf(z) @ self.weights, normal_density(z) @ self._heights

    @cached_property
    def _heights(self) -> Floats:
        return self.weights / self._sds

    @cached_property
    def _sds(self) -> Floats:
        # A component without spread is a step; a sliver keeps the formulas finite.
        return np.maximum(self.sds, 1e-12 * (1 + np.abs(self.means)))

    def _standard(self, at: Floats) -> Floats:
        return (at[:, None] - self.means) / self._sds


@dataclass(frozen=True)
class Panelled:
    """A posterior known on panels (that of τ): log density to be normalised, atom at (nearly) 0.

    ``atom`` is the prior mass below a τ that no study could notice (logarithmic priors only).
    """

    panels: Panels
    log_norm: float
    atom: float

    @cached_property
    def _mass(self) -> Floats:
        """Probability of each node (P, 20)."""
        width = np.diff(self.panels.edges)[:, None]
        return np.exp(self.panels.log_value - self.log_norm) * (0.5 * width * rule().weights)

    @cached_property
    def _below(self) -> Floats:
        """Probability below each edge, the atom included."""
        return np.concatenate([[0.0], np.cumsum(self._mass.sum(axis=1))]) + self.atom

    @cached_property
    def _integral(self) -> Floats:
        """Powers (P, 21) of the probability within a panel."""
        width = np.diff(self.panels.edges)[:, None]
        value = np.exp(self.panels.log_value - self.log_norm) * (0.5 * width)
        return value @ rule().integral.T

    @cached_property
    def nodes(self) -> tuple[Floats, Floats]:
        """τ and probability of the nodes that carry weight; the atom stands first."""
        tau, mass = self.panels.scale.value(self.panels.u).ravel(), self._mass.ravel()
        keep = mass > 1e-15
        tau, mass = tau[keep], mass[keep]
        if self.atom > 0:
            tau, mass = np.append(0.0, tau), np.append(self.atom, mass)
        return tau, mass / mass.sum()

    @cached_property
    def mean(self) -> float:
        tau, mass = self.nodes
        return float(mass @ tau)

    @cached_property
    def sd(self) -> float:
        tau, mass = self.nodes
        return math.sqrt(float(mass @ (tau - self.mean) ** 2))

    @property
    def median(self) -> float:
        return float(self.quantile(0.5)[0])

    def cdf(self, x: ArrayLike) -> Floats:
        """Return the probability of a τ at or below x."""
        at = np.atleast_1d(np.asarray(x, dtype=np.float64))
        edges = self.panels.edges
        inside, held = self._held(at)
        u = np.clip(self.panels.scale.inverse(held), edges[0], edges[-1])
        return np.where(inside, self._both(u)[0], 0.0)

    def pdf(self, x: ArrayLike) -> Floats:
        """Return the density; 0 outside the panels."""
        at = np.atleast_1d(np.asarray(x, dtype=np.float64))
        edges = self.panels.edges
        inside, held = self._held(at)
        u = self.panels.scale.inverse(held)
        inside &= (u >= edges[0]) & (u <= edges[-1])
        u = np.clip(u, edges[0], edges[-1])
        return np.where(inside, self._both(u)[1] / self.panels.scale.slope(u), 0.0)

    def quantile(self, p: ArrayLike) -> Floats:
        """Return the values with probability ``p`` below them; 0 where the atom holds it."""
        target = _probabilities(p)
        panel = np.clip(np.searchsorted(self._below, target) - 1, 0, len(self._integral) - 1)
        low, high = self.panels.edges[panel], self.panels.edges[panel + 1]
        u = _solve(self._both, target, (low, high, 0.5 * (low + high)))
        return np.where(target <= self.atom, 0.0, self.panels.scale.value(u))

    def interval(self, level: float = 95, kind: str = "central") -> tuple[float, float]:
        """Return the central or the shortest interval that holds ``level`` percent."""
        return _interval(self, level, kind)

    def _held(self, at: Floats) -> tuple[NDArray[np.bool_], Floats]:
        """Tell which values the variable can take, and hold the others at its bound."""
        if not self.panels.scale.positive:
            return np.isfinite(at), at
        return at >= 0, np.maximum(at, 0)

    def _place(self, u: Floats) -> tuple[NDArray[np.int64], Floats, Floats]:
        edges = self.panels.edges
        found = np.searchsorted(edges, u, side="right") - 1
        panel = np.clip(found, 0, len(edges) - 2).astype(np.int64)
        half = 0.5 * (edges[panel + 1] - edges[panel])
        return panel, half, (u - edges[panel]) / half - 1

    def _both(self, u: Floats) -> tuple[Floats, Floats]:
        """Return the distribution function at u and the density of u."""
        panel, half, x = self._place(u)
        powers = x[:, None] ** np.arange(ORDER + 1)
        inside = np.einsum("ij,ij->i", self._integral[panel], powers)
        height = np.einsum("ij,ij->i", self._slope[panel], powers[:, :-1])
        below = np.minimum(self._below[panel] + np.maximum(inside, 0), 1.0)
        return below, np.maximum(height, 0) / half

    @cached_property
    def _slope(self) -> Floats:
        return self._integral[:, 1:] * np.arange(1, ORDER + 1)


@dataclass(frozen=True)
class Averaged:
    """A posterior averaged over models, with probability ``zero`` of being 0."""

    weights: Floats
    parts: tuple[Mixture | Panelled, ...]
    zero: float

    @property
    def mean(self) -> float:
        return float(self.weights @ np.array([part.mean for part in self.parts]))

    @property
    def sd(self) -> float:
        square = [part.sd**2 + (part.mean - self.mean) ** 2 for part in self.parts]
        return math.sqrt(float(self.weights @ np.array(square)) + self.zero * self.mean**2)

    def cdf(self, x: ArrayLike) -> Floats:
        """Return the probability of a value at or below x."""
        at = np.atleast_1d(np.asarray(x, dtype=np.float64))
        return self._sum([part.cdf(at) for part in self.parts]) + self.zero * (at >= 0)

    def pdf(self, x: ArrayLike) -> Floats:
        """Return the density apart from the probability of being 0."""
        at = np.atleast_1d(np.asarray(x, dtype=np.float64))
        return self._sum([part.pdf(at) for part in self.parts])

    def quantile(self, p: ArrayLike) -> Floats:
        """Return the values with probability ``p`` below them; 0 < p < 1."""
        target = _probabilities(p)
        ends = [part.quantile(target) for part in self.parts]
        low, high = np.min(ends, axis=0), np.max(ends, axis=0)
        if self.zero > 0:
            low, high = np.minimum(low, 0.0), np.maximum(high, 0.0)
        return _solve(self._both, target, (low, high, 0.5 * (low + high)))

    def interval(self, level: float = 95) -> tuple[float, float]:
        """Return the central interval that holds ``level`` percent."""
        return _interval(self, level, "central")

    def _both(self, x: Floats) -> tuple[Floats, Floats]:
        return self.cdf(x), self.pdf(x)

    def _sum(self, columns: list[Floats]) -> Floats:
        return np.asarray(self.weights @ np.array(columns))


Marginal = Mixture | Panelled | Averaged


def _probabilities(p: ArrayLike) -> Floats:
    target = np.atleast_1d(np.asarray(p, dtype=np.float64))
    if not ((target > 0) & (target < 1)).all():
        raise UsageError("p: probabilities above 0 and below 1 are needed")
    return target


def _solve(
    both: Callable[[Floats], tuple[Floats, Floats]],
    target: Floats,
    bracket: tuple[Floats, Floats, Floats],
) -> Floats:
    """Invert a distribution function, given with its density: Newton steps in a bracket.

    There are few targets, for which plain floats cost a fifth of arrays' small operations.
    """
    goals = target.tolist()
    low, high, x = (ends.tolist() for ends in bracket)
    for _ in range(_STEPS):
        below, density = both(np.array(x))
        rows = zip(goals, below.tolist(), density.tolist(), strict=True)
        still = False
        for i, (goal, reached, slope) in enumerate(rows):
            if reached < goal:
                low[i] = x[i]
            else:
                high[i] = x[i]
            new = x[i] - (reached - goal) / slope if slope > 0 else math.inf
            inside = low[i] <= new <= high[i]
            new = new if inside else 0.5 * (low[i] + high[i])
            size = 1e-13 * (1 + abs(new))
            # Newton's error is squared: from 1e-9 this step leaves none.
            near = inside and abs(reached - goal) < 1e-9
            still |= not near and abs(new - x[i]) > size and high[i] - low[i] > size
            x[i] = new
        if not still:
            break
    return np.array(x)


def _interval(marginal: Marginal, level: float, kind: str) -> tuple[float, float]:
    share = level_fraction(level)
    if kind not in {"central", "shortest"}:
        raise UnknownNameError(f"unknown kind of interval {kind!r}; known: central, shortest")
    start = (1 - share) / 2
    if kind == "shortest":
        start = _shortest(marginal, share)
        if start <= 0:
            return 0.0, float(marginal.quantile(share)[0])
    ends = marginal.quantile([start, start + share])
    return float(ends[0]), float(ends[1])


def _shortest(marginal: Marginal, share: float) -> float:
    """Return the lower tail of the shortest interval; 0 when it begins at the bound of τ.

    The narrowest of a grid, then the point where the densities at both ends agree.
    """
    slack = 1 - share
    lower = slack * np.linspace(0, 1, 34)[1:-1]
    ends = marginal.quantile(np.concatenate([lower, lower + share])).reshape(2, -1)
    best = int(np.argmin(ends[1] - ends[0]))
    if isinstance(marginal, Panelled) and marginal.panels.scale.positive and best == 0:
        whole = float(marginal.quantile(share)[0])
        if whole <= ends[1, 0] - ends[0, 0]:
            return 0.0
    low = lower[best - 1] if best > 0 else lower[0] * 1e-6
    high = lower[best + 1] if best + 1 < len(lower) else slack * (1 - 1e-9)
    return _equal_densities(marginal, share, float(low), float(high))


def _equal_densities(marginal: Marginal, share: float, low: float, high: float) -> float:
    for _ in range(9):
        lower = np.linspace(low, high, 18)
        ends = marginal.quantile(np.concatenate([lower, lower + share]))
        height = marginal.pdf(ends).reshape(2, -1)
        # Left of the optimum the upper end is the denser one.
        rising = height[1] > height[0]
        at = int(np.argmin(rising)) if not rising.all() else len(lower) - 1
        low, high = float(lower[max(at - 1, 0)]), float(lower[at])
    return 0.5 * (low + high)
