"""The comparison-adjusted funnel: small-study effects of a whole network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from probatum.errors import UsageError
from probatum.stats.inputs import Floats
from probatum.stats.network.fit import Nma


@dataclass(frozen=True, slots=True)
class AdjustedFunnel:
    """One element a contrast, ``first`` minus ``second`` with ``first`` earlier in the order.

    ``centre`` is the direct summary effect of the comparison, ``adjusted`` the contrast minus it.
    """

    study: tuple[str, ...]
    first: tuple[str, ...]
    second: tuple[str, ...]
    te: Floats
    centre: Floats
    adjusted: Floats
    se: Floats


def adjusted_funnel(fit: Nma, order: Sequence[str]) -> AdjustedFunnel:
    """Return the coordinates of a comparison-adjusted funnel (Chaimani & Salanti 2012).

    ``order`` names every treatment once, in the order in which bias is expected to favour them
    (newer before older, say); without such an order the plot means nothing. Comparisons are
    pooled at the fit's tau2. ``regtest(f.adjusted, f.se ** 2)`` tests its asymmetry; it takes
    the contrasts of a multi-arm study as independent.

    >>> from probatum.stats import nma
    >>> net = nma([0.5, 0.9, 0.3], [0.1, 0.1, 0.2], ["A", "A", "B"], ["B", "B", "C"], [1, 2, 3])
    >>> adjusted_funnel(net, ["C", "B", "A"]).adjusted.round(3).tolist()
    [0.2, -0.2, 0.0]
    """
    net = fit.net
    if sorted(order) != sorted(net.trts):
        raise UsageError(f"order: each treatment once is needed; they are {', '.join(net.trts)}")
    rank = np.array([list(order).index(name) for name in net.trts])
    turned = rank[net.first] > rank[net.second]
    first = np.where(turned, net.second, net.first)
    second = np.where(turned, net.first, net.second)
    te = np.where(turned, -net.te, net.te)
    weight = 1 / (net.se**2 + fit.tau2)
    pair = np.unique(first * fit.n + second, return_inverse=True)[1]
    centre = (np.bincount(pair, weight * te) / np.bincount(pair, weight))[pair]
    study = np.empty(fit.m, dtype=np.int64)
    for s, rows in enumerate(net.members):
        study[rows] = s
    return AdjustedFunnel(
        tuple(net.studies[s] for s in study), tuple(net.trts[i] for i in first),
        tuple(net.trts[i] for i in second), te, centre, te - centre, net.se,
    )  # fmt: skip
