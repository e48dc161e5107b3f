"""Effect by dose and time together, kept to two simple surfaces that are 0 at dose 0.

``bilinear``: (a + b t) d. ``emax-decay``: E d/(ED50 + d) e^(−t/θ).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from probatum.errors import UsageError
from probatum.stats.course.visits import visit_covariance
from probatum.stats.curves.fit import Band, structure
from probatum.stats.curves.mixed import Fitted, Group, Random, solve, stack
from probatum.stats.distributions import critical
from probatum.stats.inputs import Floats, level_fraction, one_of, require, vector

SURFACES = ("bilinear", "emax-decay")


@dataclass(frozen=True, slots=True)
class Surface:
    """A fitted surface: ``names`` of the parameters, values, covariance, log-likelihood.

    Positive shape parameters (ED50, time constant) are given as logarithms. ``psi`` is the
    covariance of the linear coefficients between studies.
    """

    surface: str
    names: tuple[str, ...]
    values: Floats
    vb: Floats
    psi: Floats
    log_likelihood: float
    k: int
    n: int

    @property
    def se(self) -> Floats:
        return np.sqrt(np.diag(self.vb))

    def predict(self, dose: ArrayLike, time: ArrayLike, *, level: float = 95) -> Band:
        """Return the effect at doses and times (broadcast together); ``x`` holds the times."""
        d, t = np.broadcast_arrays(np.atleast_1d(dose), np.atleast_1d(time))
        d, t = d.astype(float), t.astype(float)
        z = critical(level_fraction(level))
        row = _tangent(self.surface, d, t, self.values)
        value = _columns(self.surface, d, t, _shape_of(self.values)) @ _linear(
            self.surface, self.values
        )
        se = np.sqrt(np.maximum(np.einsum("ij,jk,ik->i", row, self.vb, row), 0))
        return Band(t, value, se, value - z * se, value + z * se)


def dose_time(  # noqa: PLR0913, keyword-only options
    yi: ArrayLike,
    vi: ArrayLike,
    dose: ArrayLike,
    time: ArrayLike,
    study: Sequence[Hashable],
    *,
    phi: float,
    shared: float = 0.5,
    surface: str = "bilinear",
    between: str = "random",
) -> Surface:
    """Fit effects against control by dose and time, one element a study, dose and visit; by ML.

    Errors of a study go together as in :func:`visit_covariance` (``phi`` between visits,
    ``shared`` between doses). ``between``: "random" (linear coefficients differ between studies)
    or "none".

    >>> fit = dose_time([0.5, 0.3, 0.9, 0.5], [0.01] * 4, [1, 1, 2, 2], [0, 5, 0, 5], [1, 1, 2, 2],
    ...                 phi=0.9, between="none")
    >>> fit.values.round(3).tolist()
    [0.46, -0.04]
    """
    one_of(surface, SURFACES, "surface")
    one_of(between, ("random", "none"), "variation between studies")
    y, d, t = vector(yi, "yi"), vector(dose, "dose"), vector(time, "time")
    v = visit_covariance(vi, t, study, phi=phi, dose=d, shared=shared)
    if len(y) != len(v):
        raise UsageError(f"yi: {len(v)} effects are needed, as many as variances")
    labels = [f"{name}, effect {i + 1}" for i, name in enumerate(study)]
    require(np.isfinite(y), y, "yi", "a finite number", labels)
    require(np.isfinite(d) & (d > 0), d, "dose", "a finite number above 0", labels)
    names = np.array([str(name) for name in study])
    rows = [
        np.flatnonzero(names == name).astype(np.int64) for name in dict.fromkeys(names.tolist())
    ]

    def made(shape: Floats) -> list[Group]:
        x = _columns(surface, d, t, shape)
        return [Group(y[at], v[np.ix_(at, at)], x[at], t[at]) for at in rows]

    shape = np.zeros(0) if surface == "bilinear" else _search(made, d, t, between)
    return _surface(surface, made(shape), shape, (d, t, rows), between)


def _columns(surface: str, d: Floats, t: Floats, shape: Floats) -> Floats:
    if surface == "bilinear":
        return np.column_stack([d, d * t])
    half, decay = np.exp(shape)
    return np.asarray((d / (half + d) * np.exp(-t / decay))[:, None])


def _tangent(surface: str, d: Floats, t: Floats, values: Floats) -> Floats:
    if surface == "bilinear":
        return _columns(surface, d, t, values)
    one = _columns(surface, d, t, values[1:])[:, 0]
    half, decay = np.exp(values[1:])
    return np.column_stack(
        [one, -values[0] * one * half / (half + d), values[0] * one * t / decay]
    )


def _shape_of(values: Floats) -> Floats:
    return values[1:]


def _linear(surface: str, values: Floats) -> Floats:
    return values if surface == "bilinear" else values[:1]


def _search(made: Callable[[Floats], list[Group]], d: Floats, t: Floats, between: str) -> Floats:
    """Return log ED50 and log time constant with the largest likelihood: a grid, then a search."""
    from scipy import optimize  # noqa: PLC0415, loads on first use

    def cost(shape: Floats, kind: str) -> float:
        groups = made(np.asarray(shape))
        return -solve(groups, structure(groups, kind), False, (0.3,)).log_likelihood

    later = t[t > 0]
    middle = [
        math.log(float(np.median(d))),
        math.log(float(np.median(later)) if len(later) else 1),
    ]
    grid = [np.array([middle[0] + a, middle[1] + b]) for a in _GRID for b in _GRID]
    start = grid[int(np.argmin([cost(point, "none") for point in grid]))]
    bounds = [(m - 5.0, m + 5.0) for m in middle]
    minimize: Any = optimize.minimize
    found = minimize(
        lambda shape: cost(shape, between), start, method="Nelder-Mead", bounds=bounds,
        options={"xatol": 1e-7, "fatol": 1e-10, "maxiter": 600},
    )  # fmt: skip
    return np.asarray(found.x, dtype=np.float64)


_GRID = np.linspace(-3, 3, 9)


def _surface(
    surface: str,
    groups: list[Group],
    shape: Floats,
    data: tuple[Floats, Floats, list[NDArray[np.int64]]],
    between: str,
) -> Surface:
    kind = structure(groups, between)
    at: Fitted = solve(groups, kind, False)
    values = np.concatenate([at.beta, shape])
    d, t, rows = data
    tangent = _tangent(surface, d, t, values)
    matrix = np.zeros((len(values), len(values)))
    for group, index in zip(groups, rows, strict=True):
        extra, _ = kind.added(stack([group]), at.theta)
        own = tangent[index]
        matrix += own.T @ np.linalg.solve(group.v + extra[0], own)
    names = ("per dose", "per dose and time") if surface == "bilinear" else (
        "emax", "log ed50", "log time constant",
    )  # fmt: skip
    psi = kind.psi(at.theta) if isinstance(kind, Random) else np.zeros((0, 0))
    vb: Floats = np.asarray(np.linalg.pinv(matrix, hermitian=True), dtype=np.float64)
    return Surface(
        surface, names, values, vb, psi, at.log_likelihood,
        len(groups), len(d),
    )  # fmt: skip
