"""A network whose contrasts are explained by columns other than one a treatment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from probatum.errors import StatsError
from probatum.stats import distributions as dist
from probatum.stats.inputs import Floats
from probatum.stats.models import exact, moments
from probatum.stats.models.likelihood import Data
from probatum.stats.models.likelihood import fit as weighted
from probatum.stats.network.fit import METHODS, Nma
from probatum.stats.network.reduce import Block, block, independent

COMMON = METHODS[-3:]


@dataclass(frozen=True, slots=True)
class Coefficients:
    """Coefficients with their (p, p) covariance at ``tau2``; residual Q with ``df``."""

    names: tuple[str, ...]
    beta: Floats
    cov: Floats
    tau2: float
    Q: float
    df: int
    level: float

    @property
    def se(self) -> Floats:
        return np.sqrt(np.diag(self.cov))

    @property
    def zval(self) -> Floats:
        return self.beta / self.se

    @property
    def pval(self) -> Floats:
        return dist.two_sided(self.zval)

    @property
    def ci_lb(self) -> Floats:
        return self.beta - dist.critical(self.level) * self.se

    @property
    def ci_ub(self) -> Floats:
        return self.beta + dist.critical(self.level) * self.se

    @property
    def pval_Q(self) -> float:  # noqa: N802, the field's name
        return float(dist.chi2_upper(self.Q, self.df)) if self.df > 0 else 1.0


def explained(
    fit: Nma, names: tuple[str, ...], columns: Callable[[int, Floats], Floats]
) -> Coefficients:
    """Fit the network's contrasts by ``columns`` of a study, with the fit's method of tau2.

    ``columns`` turns a study's number and its signed incidence (a - 1, n) into (a - 1, p).
    StatsError where the columns are linearly dependent in this network.
    """
    start = [block(fit.net, s) for s in range(fit.k)]
    data = _data(start, columns)
    if data.p == 0 or np.linalg.matrix_rank(data.x) < data.p:
        raise StatsError(
            f"the network cannot tell {', '.join(names)} apart: their columns are linearly "
            "dependent; drop or join some"
        )
    q = weighted(data, 0.0).rss + sum(b.inconsistency for b in start)
    tau2 = _tau2(data, fit.method)
    if tau2 > 0 and any(b.inconsistency > 0 for b in start):
        data = _data([block(fit.net, s, tau2) for s in range(fit.k)], columns)
    at = weighted(data, tau2)
    return Coefficients(names, at.beta, at.cov, tau2, q, data.k - data.p, fit.level)


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
