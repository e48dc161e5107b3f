"""Weights of the shipped models as small arrays; docs/models says what each was trained on."""

from __future__ import annotations

from importlib.resources import files
from io import BytesIO

import numpy as np
from numpy.typing import NDArray


def load(name: str) -> dict[str, NDArray[np.float64]]:
    """Read the arrays of one model, by name ("stance", "roles").

    >>> sorted(load("stance"))[:2]
    ['bias', 'confusion']
    """
    data = files(__name__).joinpath(f"{name}.npz").read_bytes()
    with np.load(BytesIO(data), allow_pickle=False) as arrays:
        return {key: np.asarray(arrays[key]) for key in sorted(arrays)}


def dense(
    index: NDArray[np.float64], values: NDArray[np.float64], size: int
) -> NDArray[np.float32]:
    """Spread stored rows over a table of shape (size, outputs); absent rows are zero.

    >>> dense(np.array([1]), np.array([[2.0]]), 3).ravel().tolist()
    [0.0, 2.0, 0.0]
    """
    table = np.zeros((size, values.shape[1]), dtype=np.float32)
    table[index.astype(np.int64)] = values
    return table
