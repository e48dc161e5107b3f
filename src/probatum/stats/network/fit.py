"""Fitting a network: ``nma``."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from probatum.errors import StatsError, UsageError
from probatum.stats import distributions as dist
from probatum.stats import inputs
from probatum.stats.inputs import Floats
from probatum.stats.models import exact, moments
from probatum.stats.models.likelihood import Data
from probatum.stats.models.likelihood import fit as weighted
from probatum.stats.models.solution import Solution
from probatum.stats.network.graph import Network, network
from probatum.stats.network.reduce import rows

METHODS = ("REML", "ML", "DL", "EE", "FE", "CE")


@dataclass(frozen=True)
class Nma:
    """A fitted network; every matrix is (n, n), row treatment versus column treatment.

    ``te``, ``se``, ``lower``, ``upper`` and the prediction limits are those of the model asked
    for: random effects, or common effect for EE. ``Q`` is Cochran's total Q with ``df_Q``.
    """

    net: Network
    data: Data
    method: str
    solution: Solution
    solver: str
    te: Floats
    se: Floats
    level: float
    reference: str | None
    Q: float

    @property
    def trts(self) -> tuple[str, ...]:
        return self.net.trts

    @property
    def tau2(self) -> float:
        return self.solution.tau2

    @property
    def tau(self) -> float:
        return float(self.solution.tau2**0.5)

    @property
    def k(self) -> int:
        """Number of studies."""
        return len(self.net.studies)

    @property
    def m(self) -> int:
        """Number of contrasts."""
        return len(self.net.te)

    @property
    def n(self) -> int:
        """Number of treatments."""
        return len(self.net.trts)

    @property
    def d(self) -> int:
        """Number of designs."""
        return len(set(self.net.designs))

    @property
    def df_Q(self) -> int:  # noqa: N802, the field's name
        return self.net.df

    @property
    def pval_Q(self) -> float:  # noqa: N802
        return float(dist.chi2_upper(self.Q, self.df_Q)) if self.df_Q > 0 else 1.0

    @property
    def I2(self) -> float:  # noqa: N802
        """Percentage of Q beyond its degrees of freedom."""
        return max(0.0, 100 * (self.Q - self.df_Q) / self.Q) if self.Q > 0 else 0.0

    @cached_property
    def lower(self) -> Floats:
        return self.te - dist.critical(self.level) * self.se

    @cached_property
    def upper(self) -> Floats:
        return self.te + dist.critical(self.level) * self.se

    @cached_property
    def statistic(self) -> Floats:
        """Z of every contrast; 0 on the diagonal."""
        return self.te / (self.se + np.eye(self.n))

    @cached_property
    def pval(self) -> Floats:
        return dist.two_sided(self.statistic)

    def _prediction(self, sign: float) -> Floats:
        df = self.df_Q
        if df <= 0:
            return np.full_like(self.te, np.nan)
        spread = np.sqrt(self.se**2 + self.tau2) * (1 - np.eye(self.n))
        return self.te + sign * dist.critical(self.level, df) * spread

    @cached_property
    def pi_lower(self) -> Floats:
        """Prediction limits: t quantiles with the degrees of freedom of Q."""
        return self._prediction(-1.0)

    @cached_property
    def pi_upper(self) -> Floats:
        return self._prediction(1.0)

    @cached_property
    def p_scores(self) -> Floats:
        """P-scores (Rücker & Schwarzer 2015) where larger effects are better; see ranking."""
        certain = dist.normal_cdf(self.statistic)
        return np.asarray((certain.sum(axis=1) - np.diag(certain)) / (self.n - 1))

    def compared_with(self, treatment: str) -> Floats:
        """Return the rows (effect, lower, upper) of every treatment versus one of them."""
        if treatment not in self.trts:
            raise UsageError(f"unknown treatment {treatment!r}; known: {', '.join(self.trts)}")
        j = self.trts.index(treatment)
        return np.column_stack([self.te[:, j], self.lower[:, j], self.upper[:, j]])


def nma(  # noqa: PLR0913, the documented interface
    te: ArrayLike,
    se_te: ArrayLike,
    treat1: Sequence[str],
    treat2: Sequence[str],
    study: Sequence[Hashable],
    *,
    method: str = "REML",
    reference: str | None = None,
    level: float = 95,
) -> Nma:
    """Fit a network meta-analysis of contrasts.

    One row a contrast: ``te`` is the effect of ``treat1`` minus ``treat2`` (logarithms for
    ratios), ``se_te`` its standard error. A study of three or more arms gives all its contrasts;
    their correlation is taken from the standard errors. ``method``: REML, ML, DL or EE (FE, CE).
    Raises StatsError for islands, missing contrasts and impossible numbers.

    >>> fit = nma([0.5, 0.8, 0.4], [0.2, 0.2, 0.3], ["B", "C", "C"], ["A", "A", "B"], [1, 2, 3])
    >>> fit.te[fit.trts.index("B"), fit.trts.index("A")].round(4)
    np.float64(0.4765)
    """
    inputs.one_of(method, METHODS, "method of nma")
    net = network(te, se_te, treat1, treat2, study)
    if reference is not None and reference not in net.trts:
        raise UsageError(f"unknown reference {reference!r}; known: {', '.join(net.trts)}")
    return fit_network(net, method, inputs.level_fraction(level), reference)


def fit_network(net: Network, method: str, level: float, reference: str | None) -> Nma:
    """Return the fit of a checked network."""
    data, apart = rows(net)
    q = weighted(data, 0.0).rss + apart
    solution, solver = _solve(data, method, q)
    if solution.tau2 > 0 and apart > 0:
        # The contrasts of a multi-arm study that do not add up are reconciled at this tau2.
        data, _ = rows(net, solution.tau2)
    at = weighted(data, solution.tau2)
    beta = np.concatenate([[0.0], at.beta])
    cov = np.zeros((len(beta), len(beta)))
    cov[1:, 1:] = at.cov
    spread = np.diag(cov)
    square = np.maximum(spread[:, None] + spread[None, :] - 2 * cov, 0.0)
    effects = beta[:, None] - beta[None, :]
    return Nma(net, data, method, solution, solver, effects, np.sqrt(square), level, reference, q)


def _solve(data: Data, method: str, q: float) -> tuple[Solution, str]:
    if method in {"EE", "FE", "CE"} or data.k <= data.p:
        return Solution(0.0, float("nan"), 0.0, 0, True), "closed form"
    if method == "DL":
        tau2, se = moments.dersimonian_laird(data)
        return Solution(tau2, se, 0.0, 0, True), "closed form"
    if not np.isfinite(q):
        raise StatsError("the network's Q is not finite; check the standard errors")
    return exact.likelihood(data, method), "exact"
