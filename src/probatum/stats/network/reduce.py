"""From contrasts with correlated errors to independent rows.

A study of a arms gives a - 1 independent contrasts against its first arm, with covariance
(s_1j^2 + s_1k^2 - s_jk^2)/2; heterogeneity adds tau2 on the diagonal and tau2/2 beside it. With
D the matrix of ones and halves and D = L L', the rows of U'L^-1 y, where U diagonalises
L^-1 V L^-T, are independent with variances lambda + tau2: a network becomes a meta-regression.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from probatum.errors import StatsError
from probatum.stats.inputs import Floats
from probatum.stats.models.likelihood import Data
from probatum.stats.network.graph import Network, pairwise_variances


@dataclass(frozen=True, slots=True)
class Block:
    """The independent contrasts of one study: effects, covariance and signed incidence.

    ``inconsistency`` is the weighted sum of squares by which the given contrasts of a multi-arm
    study fail to add up (rounding in the source); it belongs to Q.
    """

    y: Floats
    v: Floats
    x: Floats
    inconsistency: float


def block(net: Network, s: int, tau2: float = 0.0) -> Block:
    """Return study ``s`` reduced to contrasts against its first arm."""
    arms, rows = net.arms[s], net.members[s]
    n, a = len(net.trts), len(arms)
    x = np.zeros((a - 1, n))
    x[:, arms[0]] = -1.0
    x[np.arange(a - 1), arms[1:]] = 1.0
    if a == 2:
        sign = 1.0 if net.second[rows[0]] == arms[0] else -1.0
        return Block(sign * net.te[rows], net.se[rows][:, None] ** 2, x, 0.0)
    variance = pairwise_variances(net, s)
    v = (variance[0, 1:, None] + variance[0, None, 1:] - variance[1:, 1:]) / 2
    if np.linalg.eigvalsh(v)[0] <= 0:
        raise StatsError(
            f"study {net.studies[s]!r}: the standard errors of its contrasts cannot belong "
            "together (their covariance matrix is not positive definite); check them"
        )
    y, left = _consistent(net, s, variance + tau2 * (1 - np.eye(a)))
    return Block(y, v, x, left)


def _consistent(net: Network, s: int, variance: Floats) -> tuple[Floats, float]:
    """Return contrasts against the first arm, by the weights of the graph (Rücker 2012)."""
    arms, rows = net.arms[s], net.members[s]
    a = len(arms)
    centre = np.eye(a) - 1.0 / a
    # Both have the constants as their null space: adding 1/a makes them invertible there.
    inverse = -0.5 * centre @ variance @ centre
    laplacian = np.linalg.inv(inverse + 1.0 / a) - 1.0 / a
    i, j = np.searchsorted(arms, net.first[rows]), np.searchsorted(arms, net.second[rows])
    w = -laplacian[i, j]
    incidence = np.zeros((len(rows), a))
    incidence[np.arange(len(rows)), i] = 1.0
    incidence[np.arange(len(rows)), j] = -1.0
    te = net.te[rows]
    level = inverse @ (incidence.T @ (w * te))
    gap = te - incidence @ level
    return level[1:] - level[0], float((w * gap * gap).sum())


def shared(size: int) -> Floats:
    """Return D: ones on the diagonal, halves beside it."""
    return np.full((size, size), 0.5) + 0.5 * np.eye(size)


def independent(blocks: list[Block]) -> Data:
    """Return all studies as independent rows; the first treatment is the baseline (column 0)."""
    y, v, x = [], [], []
    for b in blocks:
        if len(b.y) == 1:
            y.append(b.y)
            v.append(b.v[0])
            x.append(b.x[:, 1:])
            continue
        lower = np.linalg.inv(np.linalg.cholesky(shared(len(b.y))))
        values, vectors = np.linalg.eigh(lower @ b.v @ lower.T)
        turn = vectors.T @ lower
        y.append(turn @ b.y)
        v.append(values)
        x.append(turn @ b.x[:, 1:])
    return Data(np.concatenate(y), np.concatenate(v), np.vstack(x))


def rows(net: Network, tau2: float = 0.0) -> tuple[Data, float]:
    """Return the whole network as independent rows, and how far its contrasts fail to add up.

    Studies of two arms come first, all at once; the others follow one by one.
    """
    pairs = np.array([m[0] for m in net.members if len(m) == 1], dtype=np.int64)
    x = np.zeros((len(pairs), len(net.trts)))
    at = np.arange(len(pairs))
    x[at, net.first[pairs]], x[at, net.second[pairs]] = 1.0, -1.0
    simple = Data(net.te[pairs], net.se[pairs] ** 2, x[:, 1:])
    wider = [block(net, s, tau2) for s, m in enumerate(net.members) if len(m) > 1]
    if not wider:
        return simple, 0.0
    other = independent(wider)
    joined = Data(
        np.concatenate([simple.y, other.y]),
        np.concatenate([simple.v, other.v]),
        np.vstack([simple.x, other.x]),
    )
    return joined, sum(b.inconsistency for b in wider)
