"""Direct and indirect evidence of every comparison."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from probatum.stats import distributions as dist
from probatum.stats.network.fit import Nma


@dataclass(frozen=True, slots=True)
class Split:
    """One comparison, first minus second: direct, indirect, and their difference.

    NaN where one kind of evidence does not exist; ``share`` is the direct one's proportion.
    """

    first: str
    second: str
    k: int
    share: float
    direct: float
    direct_se: float
    indirect: float
    indirect_se: float
    difference: float
    difference_se: float
    pval: float


def node_split(fit: Nma) -> tuple[Split, ...]:
    """Separate indirect from direct evidence by back-calculation (Dias et al. 2010).

    The direct estimate pools the studies that compare the two treatments at the network's tau2;
    what the network's estimate holds beyond it is indirect.
    """
    return tuple(_split(fit, i, j) for i, j in combinations(range(fit.n), 2))


def _split(fit: Nma, i: int, j: int) -> Split:
    net = fit.net
    ahead = (net.first == i) & (net.second == j)
    behind = (net.first == j) & (net.second == i)
    rows = ahead | behind
    te = np.where(ahead, net.te, -net.te)[rows]
    w = 1 / (net.se[rows] ** 2 + fit.tau2)
    whole, variance = float(fit.te[i, j]), float(fit.se[i, j]) ** 2
    nan = float("nan")
    direct, direct_v, share = nan, nan, 0.0
    if rows.any():
        direct, direct_v = float((w * te).sum() / w.sum()), float(1 / w.sum())
        share = min(1.0, variance / direct_v)
    indirect, indirect_v = (whole, variance) if share == 0.0 else (nan, nan)
    if 0 < share < 1 - 1e-9:
        indirect_v = variance / (1 - share)
        indirect = (whole - share * direct) / (1 - share)
    gap, gap_se = direct - indirect, (direct_v + indirect_v) ** 0.5
    pval = float(dist.two_sided(gap / gap_se)) if np.isfinite(gap) else nan
    return Split(
        fit.trts[i], fit.trts[j], int(rows.sum()), share, direct, direct_v**0.5, indirect,
        indirect_v**0.5, gap, gap_se, pval,
    )  # fmt: skip
