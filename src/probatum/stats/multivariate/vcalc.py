"""Sampling covariances of effects that share people or controls."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from probatum.errors import StatsError, UsageError
from probatum.stats import inputs
from probatum.stats.inputs import Floats


def vcalc(
    vi: ArrayLike,
    cluster: Sequence[Hashable],
    *,
    rho: float = 0.5,
    time: ArrayLike | None = None,
    phi: float | None = None,
) -> Floats:
    """Return the (k, k) covariance of effects that are correlated within clusters.

    ``rho`` is the correlation of any two effects of a cluster; with ``time`` (k,) and ``phi`` it
    is phi^|t_i - t_j| instead (autoregressive). Effects of different clusters are independent.

    >>> vcalc([1.0, 4.0], ["a", "a"], rho=0.5).tolist()
    [[1.0, 1.0], [1.0, 4.0]]
    """
    v = inputs.vector(vi, "vi")
    inputs.require(np.isfinite(v) & (v > 0), v, "vi", "a finite number above 0")
    if len(cluster) != len(v):
        raise UsageError(f"cluster: one label an effect is needed ({len(v)})")
    labels = np.unique(np.array([str(c) for c in cluster]), return_inverse=True)[1]
    share = _correlation(len(v), rho, time, phi)
    sd = np.sqrt(v)
    out = np.where(labels[:, None] == labels, share * np.outer(sd, sd), 0.0)
    if np.linalg.eigvalsh(out)[0] <= 0:
        raise StatsError("these correlations make no covariance matrix (not positive definite)")
    return np.asarray(out)


def _correlation(k: int, rho: float, time: ArrayLike | None, phi: float | None) -> Floats:
    if (time is None) != (phi is None):
        raise UsageError("time and phi belong together: give both or neither")
    if time is not None and phi is not None:
        at = inputs.vector(time, "time")
        if len(at) != k or not 0 <= phi < 1:
            raise UsageError(f"time: {k} numbers; phi: 0 or more and below 1")
        return np.asarray(phi ** np.abs(at[:, None] - at))
    if not -1 < rho < 1:
        raise UsageError(f"rho is {rho:g}; allowed: above -1 and below 1")
    return np.asarray(rho + (1 - rho) * np.eye(k))
