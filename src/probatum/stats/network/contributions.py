"""How much each direct comparison contributes to every network estimate."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from probatum.errors import StatsError
from probatum.stats.inputs import Floats
from probatum.stats.network.fit import Nma
from probatum.stats.network.reduce import block, shared


@dataclass(frozen=True, slots=True)
class Contributions:
    """Proportions: one row a network estimate, one column a direct comparison; rows sum to 1.

    ``estimates`` and ``comparisons`` name pairs of treatments, sorted.
    """

    estimates: tuple[tuple[str, str], ...]
    comparisons: tuple[tuple[str, str], ...]
    share: Floats


def contributions(fit: Nma) -> Contributions:
    """Return contributions by the random walk on the flow of evidence (Davies et al. 2022).

    A row of the hat matrix is a flow of evidence from one treatment to the other (König, Krahn &
    Binder 2013). A walker who leaves each treatment in proportion to its outflow takes a path
    with the probability that is its stream, which is shared evenly among the path's comparisons
    (Papakonstantinou et al. 2018), without their arbitrary order of streams. Weights are those
    of the fit's tau2. StatsError where the weights of multi-arm studies leave a comparison
    negative.

    >>> from probatum.stats import nma
    >>> net = nma([1, 2, 1], [1, 1, 1], ["B", "C", "C"], ["A", "A", "B"], [1, 2, 3], method="EE")
    >>> contributions(net).share[0].round(4).tolist()  # direct 2/3, the detour 1/3
    [0.6667, 0.1667, 0.1667]
    """
    laplacian = _laplacian(fit)
    weight = -laplacian * (1 - np.eye(fit.n))
    floor = 1e-10 * float(np.abs(weight).max())
    if (weight < -floor).any():
        i, j = (int(a[0]) for a in np.nonzero(weight < -floor))
        raise StatsError(
            f"the comparison {fit.trts[i]} v {fit.trts[j]} has a negative weight (the standard "
            "errors of a multi-arm study are far apart): its flow has no direction"
        )
    weight[weight < floor] = 0.0
    edges = [(i, j) for i, j in combinations(range(fit.n), 2) if weight[i, j] > 0]
    pairs = list(combinations(range(fit.n), 2))
    potential = np.linalg.pinv(laplacian, hermitian=True)
    rows = [_walk(weight, potential[:, i] - potential[:, j], i, j) for i, j in pairs]
    share = np.array([[row[a, b] + row[b, a] for a, b in edges] for row in rows])
    return Contributions(_named(fit, pairs), _named(fit, edges), share)


def _named(fit: Nma, pairs: list[tuple[int, int]]) -> tuple[tuple[str, str], ...]:
    return tuple((fit.trts[i], fit.trts[j]) for i, j in pairs)


def _laplacian(fit: Nma) -> Floats:
    total = np.zeros((fit.n, fit.n))
    for s in range(fit.k):
        b = block(fit.net, s, fit.tau2)
        total += b.x.T @ np.linalg.solve(b.v + fit.tau2 * shared(len(b.y)), b.x)
    return total


def _walk(weight: Floats, potential: Floats, source: int, sink: int) -> Floats:
    """Return the share of each directed comparison in the walks from source to sink.

    Walks are counted by their length: probabilities of reaching a treatment after l steps, and
    of reaching the sink after l more. The flow falls with the potential, so no walk is longer
    than n - 1 steps.
    """
    n = len(weight)
    flow = np.maximum(weight * (potential[:, None] - potential[None, :]), 0.0)
    flow[flow < 1e-12] = 0.0
    flow[sink] = 0.0
    out = flow.sum(axis=1)
    step = flow / np.where(out > 0, out, 1.0)[:, None]
    ahead, behind = np.zeros((n, n)), np.zeros((n, n))
    ahead[0, source], behind[0, sink] = 1.0, 1.0
    for length in range(1, n):
        ahead[length] = ahead[length - 1] @ step
        behind[length] = step @ behind[length - 1]
    lengths = np.arange(n)[:, None] + np.arange(n)[None, :] + 1.0
    return np.asarray(step * (ahead.T @ (1 / lengths) @ behind))
