"""GOSH: the pooled effect of every subset of the studies (Olkin, Dahabreh & Trikalinos 2012)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from probatum.errors import UsageError
from probatum.stats import inputs
from probatum.stats.compiled import enabled
from probatum.stats.inputs import Floats

ALL_UP_TO = 20


@dataclass(frozen=True, slots=True)
class Gosh:
    """One element a subset: its bits (study i is bit i), size, pooled effect, I2 (percent), tau2.

    ``complete`` says whether every non-empty subset is there, or a sample of them.
    """

    subset: NDArray[np.uint64]
    k: NDArray[np.int64]
    estimate: Floats
    I2: Floats
    tau2: Floats
    complete: bool


def gosh(
    yi: ArrayLike,
    vi: ArrayLike,
    *,
    method: str = "DL",
    sample: int = 2**20,
    seed: int = 1,
) -> Gosh:
    """Pool every non-empty subset by a common effect (EE) or DerSimonian-Laird (DL) model.

    Up to 20 studies (2^20 subsets) all subsets are taken; of more (at most 64) a random
    ``sample``, which ``seed`` fixes.

    >>> subsets = gosh([0.1, 0.3, 0.8], [0.02, 0.03, 0.05], method="EE")
    >>> len(subsets.k), subsets.estimate.round(3).tolist()
    (7, [0.1, 0.3, 0.18, 0.8, 0.3, 0.488, 0.3])
    """
    y, v = inputs.effects(yi, vi)
    inputs.one_of(method, ("EE", "DL"), "method of gosh")
    if len(y) > 64:
        raise UsageError(f"gosh takes at most 64 studies, not {len(y)}")
    complete = len(y) <= ALL_UP_TO and 2 ** len(y) - 1 <= max(sample, 2**ALL_UP_TO)
    masks = np.arange(1, 2 ** len(y), dtype=np.uint64) if complete else _draw(len(y), sample, seed)
    out = _compiled(y, v, masks, method) if enabled() else _plain(y, v, masks, method)
    return Gosh(masks, out[:, 0].astype(np.int64), out[:, 1], out[:, 2], out[:, 3], complete)


def _draw(k: int, sample: int, seed: int) -> NDArray[np.uint64]:
    rng = np.random.default_rng(seed)
    high = np.iinfo(np.uint64).max if k == 64 else 2**k - 1
    return rng.integers(1, high, size=sample, dtype=np.uint64, endpoint=True)


def _compiled(y: Floats, v: Floats, masks: NDArray[np.uint64], method: str) -> Floats:
    from probatum.stats.diagnosis.subset_kernels import subsets  # noqa: PLC0415

    y, v = np.ascontiguousarray(y), np.ascontiguousarray(v)
    return np.asarray(subsets(y, v, masks, method == "DL"))


def _plain(y: Floats, v: Floats, masks: NDArray[np.uint64], method: str) -> Floats:
    parts = [_block(y, v, part, method) for part in np.array_split(masks, len(masks) // 4096 + 1)]
    return np.vstack(parts)


def _block(y: Floats, v: Floats, masks: NDArray[np.uint64], method: str) -> Floats:
    bits = np.arange(len(y), dtype=np.uint64)
    inside = ((masks[:, None] >> bits) & np.uint64(1)).astype(np.float64)
    w = inside / v
    size, total = inside.sum(axis=1), w.sum(axis=1)
    mean = (w * y).sum(axis=1) / total
    q = (w * (y - mean[:, None]) ** 2).sum(axis=1)
    df = size - 1
    trace = total - (w / v).sum(axis=1) / total
    safe = np.where(df > 0, trace, 1.0)
    tau2 = np.where(df > 0, np.maximum(0.0, (q - df) / safe), 0.0)
    if method == "EE":
        i2 = np.where((df > 0) & (q > 0), 100 * np.maximum(0, q - df) / np.where(q > 0, q, 1), 0)
        return np.column_stack([size, mean, i2, np.zeros_like(q)])
    w = inside / (v + tau2[:, None])
    mean = (w * y).sum(axis=1) / w.sum(axis=1)
    typical = np.where(df > 0, df, 1.0) / safe
    return np.column_stack([size, mean, 100 * tau2 / (typical + tau2), tau2])
