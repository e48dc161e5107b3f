"""Which things hang together: the connected components of a graph of pairs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def components(left: Ints, right: Ints, count: int) -> Ints:
    """Give for each of ``count`` places the lowest one that pairs connect it with.

    ``left`` and ``right`` are the ends of the pairs, 0 to ``count - 1``, in any order. Linear in
    the number of pairs: 25 bytes a place and 50 a pair.

    >>> components(np.array([1, 4]), np.array([3, 3]), 5).tolist()
    [0, 1, 2, 1, 1]
    """
    from scipy.sparse import coo_array  # noqa: PLC0415  # 0.1 s, for bases in partitions only
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

    weights = np.ones(len(left), dtype=np.int8)
    graph = coo_array((weights, (left, right)), shape=(count, count))
    labels = connected_components(graph, directed=False)[1]
    lowest = np.unique(labels, return_index=True)[1]
    found: Ints = lowest[labels].astype(np.int64)
    return found
