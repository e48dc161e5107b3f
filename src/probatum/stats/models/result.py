"""The fitted pairwise model.

Everything that follows from (data, tau2, coefficients) is computed when it is asked for: a fit
in a loop pays only for what it reads.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from probatum.errors import UsageError
from probatum.stats import distributions as dist
from probatum.stats.inputs import Floats, level_fraction, one_of
from probatum.stats.models import compat
from probatum.stats.models.formula import Design
from probatum.stats.models.intervals import (
    Tau2Interval,
    on_every_scale,
    profile_likelihood,
    q_profile,
    weights_percent,
)
from probatum.stats.models.likelihood import Data, fit, log_likelihood, traces
from probatum.stats.models.solution import Solution
from probatum.stats.models.solve import EQUAL, Settings, solve


@dataclass(frozen=True, slots=True)
class Prediction:
    """Fitted values with confidence and prediction intervals, one element a row asked for."""

    pred: Floats
    se: Floats
    ci_lb: Floats
    ci_ub: Floats
    pi_lb: Floats
    pi_ub: Floats


@dataclass(frozen=True)
class Rma:
    """A fitted common-effect, random-effects or mixed-effects model; names are metafor's.

    Arrays have one element a coefficient, the intercept first. ``vb`` includes the scale factor
    of the knha and adhoc tests (``s2w``). ``I2`` is in percent. ``solution`` tells how tau2 was
    found: iterations, the score (gradient) left at it, and how many modes were seen.
    """

    data: Data
    settings: Settings
    solution: Solution
    solver: str
    beta: Floats
    vb: Floats
    s2w: float
    design: Design | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the coefficients: those of the formula, else by number; the intercept first."""
        first = ("intercept",) if self.settings.intercept else ()
        count = self.p - len(first)
        own = self.design.names if self.design else [f"moderator {i + 1}" for i in range(count)]
        return (*first, *own)

    @property
    def yi(self) -> Floats:
        return self.data.y

    @property
    def vi(self) -> Floats:
        return self.data.v

    @property
    def k(self) -> int:
        return self.data.k

    @property
    def p(self) -> int:
        return self.data.p

    @property
    def method(self) -> str:
        return self.settings.method

    @property
    def test(self) -> str:
        return self.settings.test

    @property
    def tau2(self) -> float:
        return self.solution.tau2

    @property
    def se_tau2(self) -> float:
        return self.solution.se

    @property
    def gradient(self) -> float:
        """The score (or estimating equation) left at the solution."""
        return self.solution.gradient

    @property
    def converged(self) -> bool:
        return self.solution.converged

    @property
    def estimate(self) -> float:
        """The first coefficient: the pooled effect of a model without moderators."""
        return float(self.beta[0])

    @property
    def ddf(self) -> float | None:
        """Degrees of freedom of the tests, or None where they use the normal distribution."""
        return None if self.test == "z" else float(self.k - self.p)

    @cached_property
    def se(self) -> Floats:
        return np.sqrt(np.diag(self.vb))

    @cached_property
    def zval(self) -> Floats:
        """Test statistics: z, or t where the test has degrees of freedom."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return self.beta / self.se

    @cached_property
    def pval(self) -> Floats:
        if self.ddf == 0:
            return np.full(self.p, math.nan)
        return dist.two_sided(self.zval, self.ddf)

    def critical(self, level: float | None = None) -> float:
        """Return the two-sided critical value of this model's test (``level`` in percent)."""
        fraction = self.settings.level if level is None else level_fraction(level)
        return math.nan if self.ddf == 0 else dist.critical(fraction, self.ddf)

    @cached_property
    def ci_lb(self) -> Floats:
        return self.beta - self.critical() * self.se

    @cached_property
    def ci_ub(self) -> Floats:
        return self.beta + self.critical() * self.se

    @cached_property
    def QE(self) -> float:  # noqa: N802, the field's name
        """Cochran's Q, or the residual Q of a model with moderators."""
        return fit(self.data, 0.0).rss if self.k > self.p else 0.0

    @cached_property
    def QEp(self) -> float:  # noqa: N802
        df = self.k - self.p
        return float(dist.chi2_upper(self.QE, df)) if df > 0 else 1.0

    @cached_property
    def _heterogeneity(self) -> tuple[float, float]:
        df = self.k - self.p
        if df <= 0:
            return 0.0, 1.0
        if self.method in EQUAL:
            q = self.QE
            return (max(0.0, 100 * (q - df) / q) if q > 0 else 0.0), q / df
        typical = df / traces(self.data, fit(self.data, 0.0)).p
        return 100 * self.tau2 / (typical + self.tau2), self.tau2 / typical + 1

    @property
    def I2(self) -> float:  # noqa: N802
        """Percentage of variability from heterogeneity (Higgins & Thompson 2002)."""
        return self._heterogeneity[0]

    @property
    def H2(self) -> float:  # noqa: N802
        """Total over sampling variability."""
        return self._heterogeneity[1]

    @cached_property
    def R2(self) -> float | None:  # noqa: N802
        """Percentage of heterogeneity that the moderators account for; None without any."""
        if self.p == 1 or not self.settings.intercept:
            return None
        empty = Data(self.data.y, self.data.v, np.ones((self.k, 1)))
        if self.method in EQUAL:
            base = fit(empty, 0.0).rss / (self.k - 1)
            left = self.QE / (self.k - self.p)
        else:
            base, left = solve(empty, self.settings)[0].tau2, self.tau2
        return max(0.0, 100 * (base - left) / base) if base > 0 else 0.0

    @property
    def tested(self) -> list[int]:
        """Indices of the coefficients of the omnibus test: all but the intercept."""
        first = 1 if self.settings.intercept and self.p > 1 else 0
        return list(range(first, self.p))

    @cached_property
    def QM(self) -> float:  # noqa: N802
        """Omnibus Wald statistic: chi-squared for test z, else F."""
        at = self.tested
        part = self.beta[at]
        wald = float(part @ np.linalg.solve(self.vb[np.ix_(at, at)], part))
        return wald if self.ddf is None else wald / len(at)

    @cached_property
    def QMp(self) -> float:  # noqa: N802
        df = len(self.tested)
        if self.ddf is None:
            return float(dist.chi2_upper(self.QM, df))
        return float(dist.f_upper(self.QM, df, self.ddf)) if self.ddf > 0 else math.nan

    @property
    def QMdf(self) -> tuple[int, float | None]:  # noqa: N802
        """Degrees of freedom of the omnibus test."""
        return len(self.tested), self.ddf

    @cached_property
    def weights(self) -> Floats:
        """Weights of the studies in percent."""
        own = self.settings.weights
        return weights_percent(1 / (self.vi + self.tau2) if own is None else own)

    def predict(
        self,
        newmods: ArrayLike | Mapping[str, Sequence[object]] | None = None,
        *,
        level: float | None = None,
        interval: str = "model",
    ) -> Prediction:
        """Return fitted values; ``newmods`` (m, p - 1) rows, default those of the studies.

        A model of a formula takes the columns of new rows by name.

        The prediction interval adds tau2 to the variance of the mean. ``interval`` "model" uses
        the distribution of the model's test, "HTS" t with k - p - 1 degrees of freedom (Higgins,
        Thompson & Spiegelhalter 2009). Without moderators one row comes back.
        """
        x = self._rows(newmods)
        pred = x @ self.beta
        variance = ((x @ self.vb) * x).sum(axis=1)
        se, width = np.sqrt(variance), self.critical(level)
        wide = np.sqrt(variance + self.tau2)
        return Prediction(
            pred,
            se,
            pred - width * se,
            pred + width * se,
            pred - width * wide,
            pred + width * wide,
        )

    def _rows(self, newmods: ArrayLike | Mapping[str, Sequence[object]] | None) -> Floats:
        constant = int(self.settings.intercept)
        if newmods is None:
            return self.data.x[:1] if self.p == 1 and constant else self.data.x
        if isinstance(newmods, Mapping):
            if self.design is None:
                raise UsageError("newmods by name need a model of a formula; see stats.design")
            newmods = self.design.rows(newmods)
        rows = np.atleast_2d(np.asarray(newmods, dtype=np.float64))
        if rows.shape[1] != self.p - constant:
            raise UsageError(
                f"newmods: {self.p - constant} columns are needed, not {rows.shape[1]}"
            )
        return np.column_stack([np.ones(len(rows)), rows]) if constant else rows

    @cached_property
    def pi_lb(self) -> float:
        """Lower prediction limit of a model without moderators."""
        return float(self.predict().pi_lb[0])

    @cached_property
    def pi_ub(self) -> float:
        """Upper prediction limit of a model without moderators."""
        return float(self.predict().pi_ub[0])

    def confint(self, *, level: float | None = None, kind: str = "QP") -> Tau2Interval:
        """Return an interval of tau2, tau, I2 and H2.

        ``kind``: QP (Q-profile, Viechtbauer 2007) or PL (profile likelihood, ML and REML only).
        """
        fraction = self.settings.level if level is None else level_fraction(level)
        one_of(kind, ("QP", "PL"), "kind of interval")
        if kind == "PL" and self.method not in {"ML", "REML"}:
            raise UsageError(f"a profile-likelihood interval needs ML or REML, not {self.method}")
        if kind == "PL":
            restricted = self.method == "REML"
            bounds = profile_likelihood(self.data, self.tau2, fraction, restricted=restricted)
        elif self.settings.compat is None:
            bounds = q_profile(self.data, fraction)
        else:
            bounds = compat.q_profile(self.data, fraction, self.tau2)
        return on_every_scale(self.data, self.tau2, bounds)

    def log_likelihood(self, *, restricted: bool | None = None) -> float:
        """Return the log-likelihood; restricted by default for REML."""
        use = self.method == "REML" if restricted is None else restricted
        return log_likelihood(self.data, self.tau2, restricted=use, beta=self._own_beta)

    @property
    def _own_beta(self) -> Floats | None:
        return None if self.settings.weights is None else self.beta

    def fit_statistics(self, kind: str) -> tuple[float, float, float, float, float]:
        """Return log-likelihood, deviance, AIC, BIC and AICc under "ML" or "REML".

        The deviance under ML is measured against the saturated model.
        """
        restricted = kind == "REML"
        ll = self.log_likelihood(restricted=restricted)
        count = self.k - self.p if restricted else self.k
        size = self.p + (0 if self.method in EQUAL else 1)
        deviance = -2 * ll if restricted else -2 * (ll - self._saturated)
        spare = max(count, size + 2) - size - 1
        return (
            ll,
            deviance,
            -2 * ll + 2 * size,
            -2 * ll + size * math.log(count) if count > 0 else math.nan,
            -2 * ll + 2 * size * max(count, size + 2) / spare,
        )

    @property
    def _saturated(self) -> float:
        return -0.5 * float(np.log(2 * math.pi * self.vi).sum())
