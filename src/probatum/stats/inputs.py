"""Turning what a caller passes into arrays, and refusing what no model can take.

A refusal names the study (its label, or its number counted from 1), the field and what is
allowed, so that the one wrong row of a table can be found.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from probatum.errors import StatsError, UnknownNameError, UsageError

Floats = NDArray[np.float64]
Labels = Sequence[str] | None


def study_name(index: int, labels: Labels = None) -> str:
    """Return how messages call a study: its label, else its number from 1."""
    return f"study {labels[index]!r}" if labels is not None else f"study {index + 1}"


def vector(values: ArrayLike, field: str) -> Floats:
    """Return ``values`` as a one-dimensional float64 array; a scalar becomes one study."""
    try:
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise StatsError(
            f"{field}: numbers are needed, and one is not a number ({error})"
        ) from None
    if array.ndim == 0:
        return array.reshape(1)
    if array.ndim != 1:
        raise UsageError(
            f"{field}: one number a study is needed, not an array of shape {array.shape}"
        )
    return array


def same_length(fields: dict[str, Floats]) -> int:
    """Return the common length of ``fields``; unequal lengths are a bad call."""
    lengths = {name: len(array) for name, array in fields.items()}
    if len(set(lengths.values())) > 1:
        told = ", ".join(f"{name} {length}" for name, length in lengths.items())
        raise UsageError(f"every field needs one number a study; lengths are {told}")
    return next(iter(lengths.values()), 0)


def require(
    good: NDArray[np.bool_], values: Floats, field: str, allowed: str, labels: Labels = None
) -> None:
    """Raise a StatsError that names the first study where ``good`` does not hold."""
    if good.all():
        return
    at = int(np.flatnonzero(~good)[0])
    raise StatsError(f"{study_name(at, labels)}: {field} is {values[at]:g}; allowed: {allowed}")


def effects(yi: ArrayLike, vi: ArrayLike, labels: Labels = None) -> tuple[Floats, Floats]:
    """Return finite effects and positive finite variances, or refuse the first wrong study."""
    y, v = vector(yi, "yi"), vector(vi, "vi")
    if len(y) != len(v):
        same_length({"yi": y, "vi": v})
    if len(y) == 0:
        raise StatsError("there is no study (k = 0); at least one is needed")
    # A number that is not finite makes the total so; the reasons are only worked out when it
    # fails. A product is half the cost of a sum, but wakes BLAS's threads for long vectors.
    total = y.dot(y) + v.dot(v) if len(y) < 4096 else y.sum() + v.sum()
    if not (math.isfinite(total) and v.min() > 0):
        require(np.isfinite(y), y, "yi", "a finite number (leave the study out)", labels)
        require(np.isfinite(v) & (v > 0), v, "vi", "a finite number above 0", labels)
    return y, v


def one_of(value: str, known: Sequence[str], what: str) -> str:
    """Return ``value`` when it is known, else raise with the list of known names."""
    if value in known:
        return value
    raise UnknownNameError(f"unknown {what} {value!r}; known: {', '.join(known)}")


def level_fraction(level: float) -> float:
    """Return a confidence level given in percent (50 to 100, exclusive) as a fraction."""
    if not 0 < level < 100:
        raise UsageError(f"level is {level:g}; allowed: a percentage above 0 and below 100")
    return float(level) / 100.0


def design(mods: ArrayLike | None, k: int, intercept: bool = True) -> Floats:
    """Return the (k, p) model matrix: an intercept column, then the moderators as given."""
    if mods is None:
        if not intercept:
            raise UsageError("a model without intercept needs moderators (mods)")
        return _ones(k)
    matrix = np.asarray(mods, dtype=np.float64)
    matrix = matrix.reshape(-1, 1) if matrix.ndim == 1 else matrix
    if matrix.ndim != 2 or len(matrix) != k:
        raise UsageError(f"mods: shape (k, p) with k = {k} is needed, not {matrix.shape}")
    if not np.isfinite(matrix).all():
        at = int(np.flatnonzero(~np.isfinite(matrix).all(axis=1))[0])
        raise StatsError(f"study {at + 1}: a moderator is not finite; allowed: finite numbers")
    return np.column_stack([np.ones(k), matrix]) if intercept else matrix


@lru_cache(maxsize=64)
def _ones(k: int) -> Floats:
    """Return a column of ones that nobody can write to."""
    column = np.ones((k, 1))
    column.flags.writeable = False
    return column


def full_rank(x: Floats) -> None:
    """Refuse a model matrix with linearly dependent columns or more columns than studies."""
    k, p = x.shape
    if p > k:
        raise StatsError(f"{p} coefficients need at least {p} studies; there are {k}")
    scale = np.sqrt((x * x).sum(axis=0))
    if (scale == 0).any() or np.linalg.matrix_rank(x / scale) < p:
        raise StatsError(
            "the moderators are linearly dependent (a column is constant or repeats others); "
            "drop one of them"
        )


def symmetric(values: ArrayLike, k: int, field: str) -> Floats:
    """Return a symmetric positive definite (k, k) matrix; a vector becomes its diagonal."""
    matrix: Any = np.asarray(values, dtype=np.float64)
    matrix = np.diag(matrix) if matrix.ndim == 1 else matrix
    if matrix.shape != (k, k):
        raise UsageError(f"{field}: shape ({k}, {k}) is needed, not {matrix.shape}")
    if not np.isfinite(matrix).all() or not np.allclose(matrix, matrix.T, rtol=1e-8, atol=0):
        raise StatsError(f"{field}: a finite symmetric matrix is needed")
    return np.asarray(matrix, dtype=np.float64)
