"""Closed loops of a network: where direct and indirect evidence can disagree at all."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np


def closed_loops(treatments: int, designs: Sequence[tuple[int, ...]]) -> int:
    """Return the number of independent closed loops that more than one study makes.

    ``designs`` holds the treatments (0 up) of each study of a connected network. A triangle
    within a study of three arms is none, since its contrasts agree by the way they are made; it
    counts only where other studies join two of its three pairs (Lu and Ades 2006: edges less
    treatments plus one, less the loops of single studies).

    >>> closed_loops(3, [(0, 1), (1, 2), (0, 2)]), closed_loops(3, [(0, 1, 2), (0, 1)])
    (1, 0)
    """
    sets = [frozenset(design) for design in designs]
    edges = sorted({pair for design in sets for pair in combinations(sorted(design), 2)})
    place = {pair: at for at, pair in enumerate(edges)}
    triangles = {t for design in sets for t in combinations(sorted(design), 3)}
    columns = []
    for triangle in sorted(triangles):
        sides = list(combinations(triangle, 2))
        others = [d for d in sets if not d.issuperset(triangle)]
        joined = sum(any(d.issuperset(side) for d in others) for side in sides)
        if joined < 2:
            column = np.zeros(len(edges))
            column[[place[side] for side in sides]] = (1.0, -1.0, 1.0)
            columns.append(column)
    within = int(np.linalg.matrix_rank(np.array(columns))) if columns else 0
    return max(0, len(edges) - treatments + 1 - within)
