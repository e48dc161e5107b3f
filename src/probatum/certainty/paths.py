"""The paths by which treatments of a network are compared indirectly."""

from __future__ import annotations

import heapq
from collections.abc import Mapping

Edge = frozenset[str]


def dominant_path(variances: Mapping[Edge, float], first: str, second: str) -> tuple[str, ...]:
    """Give the treatments on the indirect path that carries most: fewest steps, then variance.

    ``variances`` holds that of each direct comparison; the comparison of the two themselves is
    not used. Empty where no path leads there. GRADE rates indirect evidence by the loop of lowest
    order that contributes most (Puhan et al. 2014, doi 10.1136/bmj.g5630).

    >>> edges = {frozenset("ab"): 1.0, frozenset("bc"): 1.0, frozenset("ad"): 0.1}
    >>> dominant_path(edges | {frozenset("dc"): 0.1}, "a", "c")
    ('a', 'd', 'c')
    """
    beside: dict[str, dict[str, float]] = {}
    for edge, variance in variances.items():
        if edge != {first, second}:
            one, other = sorted(edge)
            beside.setdefault(one, {})[other] = variance
            beside.setdefault(other, {})[one] = variance
    waiting: list[tuple[int, float, tuple[str, ...]]] = [(0, 0.0, (first,))]
    seen: set[str] = set()
    while waiting:
        steps, total, path = heapq.heappop(waiting)
        if path[-1] == second:
            return path
        if path[-1] in seen:
            continue
        seen.add(path[-1])
        for name, variance in beside.get(path[-1], {}).items():
            heapq.heappush(waiting, (steps + 1, total + variance, (*path, name)))
    return ()
