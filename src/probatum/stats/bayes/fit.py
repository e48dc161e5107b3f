"""The posterior of a normal–normal model, read from the nodes of τ."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from probatum.errors import UsageError
from probatum.stats.bayes.conditional import Given, Rows, effect_given_tau, given_tau
from probatum.stats.bayes.marginals import Mixture, Panelled
from probatum.stats.bayes.priors import TauPrior
from probatum.stats.inputs import Floats

# Rows that need not be worked through in parts.
_FEW = 10_000


@dataclass(frozen=True)
class BayesFit:
    """The posterior of a normal–normal model; everything is summed over the nodes of τ.

    ``log_evidence`` is the log marginal likelihood; it compares models only where ``proper``:
    a flat or endless prior makes it meaningless.
    """

    rows: Rows
    tau_prior: TauPrior
    tau: Panelled
    log_evidence: float
    vi: Floats
    x: Floats
    y: Floats

    @property
    def k(self) -> int:
        return len(self.y)

    @property
    def proper(self) -> bool:
        return self.rows.proper and self.tau_prior.proper

    @cached_property
    def _given(self) -> Given:
        return given_tau(self.rows, self.tau.nodes[0])

    @property
    def mu(self) -> Mixture:
        """The first coefficient: the pooled effect of a model without moderators."""
        return self.coefficient(0)

    def coefficient(self, index: int) -> Mixture:
        """Return the posterior of one coefficient."""
        if self.rows.p == 1 and index == 0 and len(self.y) < _FEW:
            mean, variance = effect_given_tau(self.rows, self.tau.nodes[0])
            return Mixture(self.tau.nodes[1], mean, np.sqrt(variance))
        return Mixture(
            self.tau.nodes[1], self._given.mean[:, index], self._root(self._given, index)
        )

    @staticmethod
    def _root(given: Given, index: int) -> Floats:
        return np.sqrt(given.cov[:, index, index])

    @cached_property
    def coefficients(self) -> tuple[Floats, Floats]:
        """Posterior means (p,) and standard deviations (p,) of all coefficients."""
        every = [self.coefficient(i) for i in range(self.rows.p)]
        return np.array([one.mean for one in every]), np.array([one.sd for one in every])

    def combination(self, at: ArrayLike, *, predictive: bool = False) -> Mixture:
        """Return the posterior of a linear combination (p,) of coefficients.

        ``predictive`` adds τ²: the true effect of a new study with these moderators.
        """
        row = np.atleast_1d(np.asarray(at, dtype=np.float64))
        if row.shape != (self.rows.p,):
            raise UsageError(f"a combination needs {self.rows.p} numbers, not {row.shape}")
        tau, mass = self.tau.nodes
        spread = np.einsum("p,mpq,q->m", row, self._given.cov, row)
        if predictive:
            spread = spread + tau * tau
        return Mixture(mass, self._given.mean @ row, np.sqrt(np.maximum(spread, 0)))

    @property
    def predictive(self) -> Mixture:
        """The true effect of a new study of a model without moderators."""
        if self.rows.p != 1:
            raise UsageError("with moderators say where: combination(at, predictive=True)")
        return self.combination([1.0], predictive=True)

    def study(self, index: int) -> Mixture:
        """Return the posterior of the true effect of one study: its shrinkage estimate."""
        tau, mass = self.tau.nodes
        x, v = self.x[index], float(self.vi[index])
        own = tau**2 / (tau**2 + v)
        mean = own * self.y[index] + (1 - own) * (self._given.mean @ x)
        spread = own * v + (1 - own) ** 2 * np.einsum("p,mpq,q->m", x, self._given.cov, x)
        return Mixture(mass, mean, np.sqrt(np.maximum(spread, 0)))

    @cached_property
    def shrinkage(self) -> tuple[Floats, Floats]:
        """Posterior means (k,) and standard deviations (k,) of the studies' true effects."""
        every = [self.study(i) for i in range(self.k)]
        return np.array([one.mean for one in every]), np.array([one.sd for one in every])

    @cached_property
    def bf_tau(self) -> float:
        """The Bayes factor of τ = 0 against this prior of τ; needs a proper prior."""
        if not self.tau_prior.proper:
            raise UsageError("a Bayes factor of τ needs a proper prior of τ; give an upper bound")
        return math.exp(self._at_zero(self.rows) - self.log_evidence)

    @cached_property
    def bf_mu(self) -> float:
        """The Bayes factor of μ = 0 against the prior of μ (Savage–Dickey); no moderators."""
        if self.rows.p != 1 or not self.rows.proper:
            raise UsageError("a Bayes factor of μ needs a normal prior (mu_prior), no moderators")
        precision, mean = float(self.rows.prior_precision[0]), float(self.rows.prior_mean[0])
        prior = math.sqrt(precision / (2 * math.pi)) * math.exp(-0.5 * precision * mean**2)
        return float(self.mu.pdf(0.0)[0]) / prior

    @staticmethod
    def _at_zero(rows: Rows) -> float:
        return float(given_tau(rows, np.zeros(1)).log_evidence[0])
