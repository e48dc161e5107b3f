"""Many meta-analyses in one call."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from probatum.errors import UsageError
from probatum.stats import distributions as dist
from probatum.stats import inputs
from probatum.stats.compiled import enabled
from probatum.stats.inputs import Floats
from probatum.stats.models import quick
from probatum.stats.models.fit import estimate
from probatum.stats.models.likelihood import Data, fit, traces
from probatum.stats.models.solve import TESTS, Settings


@dataclass(frozen=True, slots=True)
class Batch:
    """Fits of G meta-analyses: arrays of length G, in the order of ``group``.

    ``gradient`` is the score (or estimating equation) left at tau2.
    """

    group: NDArray[np.int64]
    k: NDArray[np.int64]
    beta: Floats
    se: Floats
    zval: Floats
    pval: Floats
    ci_lb: Floats
    ci_ub: Floats
    tau2: Floats
    se_tau2: Floats
    I2: Floats
    H2: Floats
    QE: Floats
    QEp: Floats
    gradient: Floats
    method: str
    test: str


def rma_batch(
    yi: ArrayLike,
    vi: ArrayLike,
    group: ArrayLike,
    *,
    method: str = "REML",
    test: str = "z",
    level: float = 95,
) -> Batch:
    """Fit one model without moderators to each group of studies; see :func:`rma`.

    ``yi`` and ``vi`` are flat (N,), ``group`` (N,) integers that say which meta-analysis a study
    belongs to, in any order; sizes may differ. The numbers are those of ``rma`` in a loop.

    >>> many = rma_batch([0.1, 0.3, 0.8, 0.2], [0.02, 0.03, 0.05, 0.04], [0, 0, 0, 7], method="DL")
    >>> many.group.tolist(), many.k.tolist(), many.beta.round(4).tolist()
    ([0, 7], [3, 1], [0.3683, 0.2])
    """
    y, v = inputs.effects(yi, vi)
    index = np.asarray(group)
    if index.shape != y.shape or index.dtype.kind not in "iu":
        raise UsageError("group: one integer a study is needed")
    inputs.one_of(method, tuple(quick.CODES), "method of rma_batch")
    inputs.one_of(test, TESTS, "test")
    fraction = inputs.level_fraction(level)
    if (np.diff(index) < 0).any():
        order = np.argsort(index, kind="stable")
        y, v, index = y[order], v[order], index[order]
    first = np.flatnonzero(np.concatenate([[True], np.diff(index) != 0]))
    starts = np.append(first, len(y))
    k = np.diff(starts)
    rows = _compiled(y, v, starts, method) if enabled() else _plain(y, v, starts, method)
    return _batch((index[first].astype(np.int64), k), rows, (method, test), fraction)


def _compiled(y: Floats, v: Floats, starts: NDArray[np.int64], method: str) -> Floats:
    from probatum.stats.models import kernels  # noqa: PLC0415, compiles on first use

    sizes = np.diff(starts)
    targets = sizes - 1.0
    if method == "PMM":
        medians = {int(n): quick.target(method, int(n) - 1) for n in np.unique(sizes)}
        targets = np.array([medians[int(n)] for n in sizes])
    y, v = np.ascontiguousarray(y), np.ascontiguousarray(v)
    return np.asarray(kernels.many(y, v, starts, quick.CODES[method], targets))


def _plain(y: Floats, v: Floats, starts: NDArray[np.int64], method: str) -> Floats:
    """Return the rows that the kernel gives, by one NumPy fit a group."""
    settings = Settings(method, "z", 0.95)
    out = np.empty((len(starts) - 1, 10))
    for g, (a, b) in enumerate(pairwise(starts.tolist())):
        data = Data(y[a:b], v[a:b], np.ones((b - a, 1)), plain=True)
        s = estimate(data, settings).solution
        at, fixed = fit(data, s.tau2), fit(data, 0.0)
        numbers = (s.tau2, s.se, s.gradient, s.iterations, s.modes, at.beta[0], at.w.sum())
        out[g] = (*numbers, at.rss, fixed.rss, traces(data, fixed).p)
    return out


def _batch(
    groups: tuple[NDArray[np.int64], NDArray[np.int64]],
    rows: Floats,
    names: tuple[str, str],
    level: float,
) -> Batch:
    group, k = groups
    method, test = names
    tau2, se_tau2, gradient, _, _, mu, total, rss, q, trace = rows.T
    df = np.asarray(k - 1, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        se = np.sqrt(_scales(test, rss, df) / total)
        z = mu / se
        i2, h2 = _heterogeneity(method, tau2, q, (df, trace))
    pval, width = _tests(z, df, test, level)
    qp = np.where(df > 0, dist.chi2_upper(q, np.maximum(df, 1)), 1.0)
    half = width * se
    return Batch(
        group, k, mu, se, z, pval, mu - half, mu + half, tau2, se_tau2, i2, h2,
        np.where(df > 0, q, 0.0), qp, gradient, method, test,
    )  # fmt: skip


def _scales(test: str, rss: Floats, df: Floats) -> Floats:
    if test in {"z", "t"}:
        return np.ones_like(rss)
    scale = np.where(df > 0, rss / df, 1.0)
    return np.maximum(1.0, scale) if test == "adhoc" else scale


def _tests(z: Floats, df: Floats, test: str, level: float) -> tuple[Floats, Floats | float]:
    if test == "z":
        return dist.two_sided(z), dist.critical(level)
    special = dist.special()
    size = df.astype(np.int64)
    limits = np.full(int(size.max()) + 1, np.nan)
    for n in np.flatnonzero(np.bincount(size)):
        limits[n] = dist.critical(level, float(n)) if n > 0 else np.nan
    pval = np.where(df > 0, 2 * special.stdtr(np.maximum(df, 1), -np.abs(z)), np.nan)
    return pval, limits[size]


def _heterogeneity(
    method: str, tau2: Floats, q: Floats, at: tuple[Floats, Floats]
) -> tuple[Floats, Floats]:
    df, trace = at
    if quick.CODES[method] == 0:
        i2, h2 = np.where(q > 0, np.maximum(0.0, 100 * (q - df) / q), 0.0), q / df
    else:
        typical = df / trace
        i2, h2 = 100 * tau2 / (typical + tau2), tau2 / typical + 1
    return np.where(df > 0, i2, 0.0), np.where(df > 0, h2, 1.0)
