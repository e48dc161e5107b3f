"""Bayesian network meta-analysis with a common τ, by the same sums over the nodes of τ.

The contrasts of a study with several arms are turned into independent rows (see
:mod:`probatum.stats.network.reduce`), so that a network is a meta-regression.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from probatum.errors import UsageError
from probatum.stats.bayes.conditional import Rows
from probatum.stats.bayes.fit import BayesFit
from probatum.stats.bayes.marginals import Mixture, Panelled
from probatum.stats.bayes.posterior import posterior
from probatum.stats.bayes.priors import TauPrior, half_normal
from probatum.stats.inputs import Floats
from probatum.stats.network.graph import network
from probatum.stats.network.reduce import rows as independent_rows
from probatum.stats.network.reduce import shared


@dataclass(frozen=True)
class BayesNma:
    """The posterior of a network: ``trts`` sorted, matrices (n, n) hold row minus column."""

    fit: BayesFit
    trts: tuple[str, ...]

    @property
    def tau(self) -> Panelled:
        return self.fit.tau

    def contrast(self, first: str, second: str) -> Mixture:
        """Return the posterior of the effect of ``first`` minus ``second``."""
        return self.fit.combination(self._row(first) - self._row(second))

    def predictive(self, first: str, second: str) -> Mixture:
        """Return the posterior of that effect in a new study."""
        return self.fit.combination(self._row(first) - self._row(second), predictive=True)

    @cached_property
    def te(self) -> Floats:
        """Posterior means."""
        return self._table(lambda mixture: mixture.mean, -1.0)

    @cached_property
    def sd(self) -> Floats:
        """Posterior standard deviations."""
        return self._table(lambda mixture: mixture.sd, 1.0)

    def league(self, level: float = 95) -> tuple[Floats, Floats]:
        """Return lower and upper ends of the central intervals, row minus column."""
        n = len(self.trts)
        lower, upper = np.zeros((n, n)), np.zeros((n, n))
        for i, first in enumerate(self.trts):
            for j, second in enumerate(self.trts[:i]):
                low, high = self.contrast(first, second).interval(level)
                lower[i, j], upper[i, j] = low, high
                lower[j, i], upper[j, i] = -high, -low
        return lower, upper

    @cached_property
    def better(self) -> Floats:
        """Posterior probability that the row's effect is above the column's; 0 on the diagonal."""
        above = self._table(lambda mixture: 1 - float(mixture.cdf(0.0)[0]), 0.0)
        return np.asarray(above + np.tril(1 - above, -1).T)

    def sucra(self, *, small_is_good: bool = False) -> Floats:
        """Return the mean probability of being better than another treatment, one a treatment.

        This equals the surface under the cumulative ranking (Rücker & Schwarzer 2015, BMC Med
        Res Methodol 15:58), without sampling ranks.
        """
        matrix = self.better.T if small_is_good else self.better
        return np.asarray(matrix.sum(axis=1) / (len(self.trts) - 1))

    def _row(self, treatment: str) -> Floats:
        if treatment not in self.trts:
            raise UsageError(f"unknown treatment {treatment!r}; known: {', '.join(self.trts)}")
        return np.asarray(np.eye(len(self.trts))[self.trts.index(treatment)][1:])

    def _table(self, number: Callable[[Mixture], float], mirror: float) -> Floats:
        n = len(self.trts)
        out = np.zeros((n, n))
        for i, first in enumerate(self.trts):
            for j, second in enumerate(self.trts[:i]):
                out[i, j] = number(self.contrast(first, second))
                out[j, i] = mirror * out[i, j]
        return out


def bayes_nma(  # noqa: PLR0913, as nma
    te: ArrayLike,
    se_te: ArrayLike,
    treat1: Sequence[str],
    treat2: Sequence[str],
    study: Sequence[Hashable],
    *,
    tau_prior: TauPrior | None = None,
    mu_prior: tuple[float, float] | None = None,
) -> BayesNma:
    """Return the posterior of a network of contrasts with one τ; arguments as for ``nma``.

    ``tau_prior`` default half-normal(0.5). ``mu_prior`` (mean, sd) holds for every treatment
    against the first in the alphabet; without it these effects have flat priors.

    >>> net = bayes_nma([0.5, 0.8, 0.4], [0.2, 0.2, 0.3], ["B", "C", "C"], ["A", "A", "B"],
    ...                 [1, 2, 3])
    >>> [round(float(value), 2) for value in net.sucra()]
    [0.04, 0.53, 0.93]
    """
    net = network(te, se_te, treat1, treat2, study)
    data, _ = independent_rows(net)
    p = data.p
    mean, precision = np.zeros(p), np.zeros(p)
    if mu_prior is not None:
        if not (math.isfinite(mu_prior[0]) and mu_prior[1] > 0):
            raise UsageError("mu_prior: a finite mean and a standard deviation above 0 are needed")
        mean[:], precision[:] = mu_prior[0], mu_prior[1] ** -2.0
    # |L^-1| of D = L L': rows are a linear map of the contrasts.
    jacobian = -0.5 * sum(math.log(np.linalg.det(shared(len(a) - 1))) for a in net.arms)
    rows = Rows(data.y, data.v, data.x, mean, precision, jacobian)
    prior = half_normal(0.5) if tau_prior is None else tau_prior
    return BayesNma(posterior(rows, prior, (data.y, data.v, data.x)), net.trts)
