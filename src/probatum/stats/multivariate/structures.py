"""Covariance structures of a random term, as functions of unconstrained parameters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from probatum.stats.inputs import Floats


@dataclass(frozen=True, slots=True)
class Structure:
    """One structure over n levels.

    ``size`` gives the number of parameters, ``matrix`` the (n, n) covariance from them and the
    levels' positions (times), ``start`` parameters for a given variance. ``variances`` and
    ``correlations`` read the natural parameters off a covariance.
    """

    name: str
    size: Callable[[int], int]
    matrix: Callable[[Floats, Floats], Floats]
    start: Callable[[int, float], Floats]
    variances: Callable[[Floats], Floats]
    reference: str = ""


def _equal(share: Callable[[float, Floats], Floats]) -> Callable[[Floats, Floats], Floats]:
    """One standard deviation and one correlation parameter."""

    def matrix(theta: Floats, position: Floats) -> Floats:
        return np.asarray(theta[0] ** 2 * share(float(theta[1]), position))

    return matrix


def _unequal(share: Callable[[float, Floats], Floats]) -> Callable[[Floats, Floats], Floats]:
    """A standard deviation a level and one correlation parameter."""

    def matrix(theta: Floats, position: Floats) -> Floats:
        return np.asarray(np.outer(theta[:-1], theta[:-1]) * share(float(theta[-1]), position))

    return matrix


def _compound(theta: float, position: Floats) -> Floats:
    rho = np.tanh(theta)
    return np.asarray(rho + (1 - rho) * np.eye(len(position)))


def _autoregressive(theta: float, position: Floats) -> Floats:
    rho = 1 / (1 + np.exp(-theta))
    return np.asarray(rho ** np.abs(position[:, None] - position))


def _identity(theta: Floats, position: Floats) -> Floats:
    return np.asarray(theta[0] ** 2 * np.eye(len(position)))


def _diagonal(theta: Floats, position: Floats) -> Floats:
    return np.diag(theta**2)


def _unstructured(theta: Floats, position: Floats) -> Floats:
    n = len(position)
    lower = np.zeros((n, n))
    lower[np.tril_indices(n)] = theta
    return np.asarray(lower @ lower.T)


def _fixed_half(theta: Floats, position: Floats) -> Floats:
    n = len(position)
    return np.asarray(theta[0] ** 2 * (0.5 + 0.5 * np.eye(n)))


def _one(g: Floats) -> Floats:
    return np.diag(g)[:1]


def _start(count: Callable[[int], int], extra: int) -> Callable[[int, float], Floats]:
    def start(n: int, variance: float) -> Floats:
        return np.concatenate([np.full(count(n) - extra, variance**0.5), np.full(extra, 0.5)])

    return start


def _start_unstructured(n: int, variance: float) -> Floats:
    share = np.full((n, n), 0.4) + 0.6 * np.eye(n)
    return np.asarray(np.linalg.cholesky(variance * share)[np.tril_indices(n)])


_TWO = _start(lambda n: 2, 1)
_MANY = _start(lambda n: n + 1, 1)

STRUCTURES: dict[str, Structure] = {
    s.name: s
    for s in (
        Structure("ID", lambda n: 1, _identity, _start(lambda n: 1, 0), _one),
        Structure("DIAG", lambda n: n, _diagonal, _start(lambda n: n, 0), np.diag),
        Structure("CS", lambda n: 2, _equal(_compound), _TWO, _one),
        Structure("HCS", lambda n: n + 1, _unequal(_compound), _MANY, np.diag),
        Structure("AR", lambda n: 2, _equal(_autoregressive), _TWO, _one),
        Structure("HAR", lambda n: n + 1, _unequal(_autoregressive), _MANY, np.diag),
        Structure("CAR", lambda n: 2, _equal(_autoregressive), _TWO, _one),
        Structure("UN", lambda n: n * (n + 1) // 2, _unstructured, _start_unstructured, np.diag),
        Structure("HALF", lambda n: 1, _fixed_half, _start(lambda n: 1, 0), _one),
    )
}


def correlation(name: str, g: Floats) -> Floats:
    """Return the correlation parameters of a covariance: one, or all pairs for UN."""
    n = len(g)
    if name in {"ID", "DIAG"} or n < 2:
        return np.empty(0)
    sd = np.sqrt(np.maximum(np.diag(g), 1e-300))
    share = g / np.outer(sd, sd)
    return np.asarray(share[np.tril_indices(n, -1)] if name == "UN" else share[:1, 1])
