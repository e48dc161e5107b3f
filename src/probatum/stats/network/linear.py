"""A network whose contrasts are explained by columns other than one a treatment."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from probatum.errors import StatsError
from probatum.stats.inputs import Floats
from probatum.stats.models import exact, moments
from probatum.stats.models.coefficients import Coefficients
from probatum.stats.models.likelihood import Data
from probatum.stats.models.likelihood import fit as weighted
from probatum.stats.network.fit import METHODS
from probatum.stats.network.graph import Network
from probatum.stats.network.reduce import Block, block, independent

COMMON = METHODS[-3:]


def explained(
    net: Network,
    how: tuple[str, float],
    names: tuple[str, ...],
    columns: Callable[[int, Floats], Floats],
) -> Coefficients:
    """Fit the network's contrasts by ``columns`` of a study; ``how``: method of tau2, level.

    ``columns`` turns a study's number and its signed incidence (a - 1, n) into (a - 1, p).
    StatsError where the columns are linearly dependent in this network.
    """
    method, level = how
    studies = range(len(net.studies))
    start = [block(net, s) for s in studies]
    data = _data(start, columns)
    if data.p == 0 or np.linalg.matrix_rank(data.x) < data.p:
        raise StatsError(
            f"the network cannot tell {', '.join(names)} apart: their columns are linearly "
            "dependent; drop or join some"
        )
    q = weighted(data, 0.0).rss + sum(b.inconsistency for b in start)
    tau2 = _tau2(data, method)
    if tau2 > 0 and any(b.inconsistency > 0 for b in start):
        data = _data([block(net, s, tau2) for s in studies], columns)
    at = weighted(data, tau2)
    return Coefficients(names, at.beta, at.cov, tau2, q, data.k - data.p, level)


def _data(blocks: list[Block], columns: Callable[[int, Floats], Floats]) -> Data:
    made = [
        Block(b.y, b.v, np.column_stack([np.zeros(len(b.y)), columns(s, b.x)]), 0.0)
        for s, b in enumerate(blocks)
    ]
    return independent(made)


def _tau2(data: Data, method: str) -> float:
    if method in COMMON or data.k <= data.p:
        return 0.0
    if method == "DL":
        return moments.dersimonian_laird(data)[0]
    return exact.likelihood(data, method).tau2
