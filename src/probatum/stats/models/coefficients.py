"""Coefficients with their covariance, and what Wald's normal tests say of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from probatum.stats import distributions as dist
from probatum.stats.inputs import Floats


@dataclass(frozen=True, slots=True)
class Coefficients:
    """Coefficients (p,) with their (p, p) covariance at ``tau2``; residual Q with ``df``."""

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

    def omnibus(self, at: slice) -> float:
        """Return the Wald statistic of some coefficients together: chi-squared under no effect."""
        part = self.beta[at]
        return float(part @ np.linalg.solve(self.cov[at, at], part))
