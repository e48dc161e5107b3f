"""Regression on precision: tests of funnel asymmetry, PET-PEESE, the limit of no error."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from probatum.errors import StatsError, UsageError
from probatum.stats import distributions as dist
from probatum.stats import inputs
from probatum.stats.inputs import Floats
from probatum.stats.models.fit import rma
from probatum.stats.models.likelihood import Data, fit
from probatum.stats.models.result import Rma

PREDICTORS: dict[str, Callable[[Floats, Floats], Floats]] = {
    "sei": lambda v, n: np.sqrt(v),
    "vi": lambda v, n: v,
    "ni": lambda v, n: n,
    "ninv": lambda v, n: 1 / n,
    "sqrtni": lambda v, n: np.sqrt(n),
    "sqrtninv": lambda v, n: 1 / np.sqrt(n),
}
# Predictors that are 0 in a study without sampling error: their intercept is the limit effect.
LIMITS = ("sei", "vi", "ninv", "sqrtninv")


@dataclass(frozen=True, slots=True)
class RegressionTest:
    """Test of funnel plot asymmetry, and the effect where the predictor is 0."""

    model: str
    predictor: str
    statistic: float
    df: float | None
    pval: float
    limit: float | None
    ci_lb: float | None
    ci_ub: float | None


def regtest(
    fitted: Rma, *, predictor: str = "sei", model: str = "rma", ni: ArrayLike | None = None
) -> RegressionTest:
    """Test whether effects depend on precision (Egger et al. 1997; Sterne & Egger 2005).

    ``model`` "rma": the fitted model with the predictor added to its moderators; "lm": weighted
    regression with a multiplicative dispersion (the original test, ``sei``). ``predictor``: sei,
    vi, ni, ninv, sqrtni, sqrtninv; those with n need sample sizes ``ni``.
    """
    inputs.one_of(model, ("rma", "lm"), "model of regtest")
    make = PREDICTORS[inputs.one_of(predictor, tuple(PREDICTORS), "predictor")]
    column = make(fitted.vi, _sizes(ni, fitted.k, predictor))
    x = np.column_stack([fitted.data.x[:, :1], column, fitted.data.x[:, 1:]])
    inputs.full_rank(x)
    if fitted.k <= x.shape[1]:
        raise StatsError(f"regtest needs more than {x.shape[1]} studies; there are {fitted.k}")
    at = _refit(fitted, x) if model == "rma" else _dispersed(fitted, x)
    limit = predictor in LIMITS and x.shape[1] == 2
    half = dist.critical(fitted.settings.level, at.df) * at.se[0]
    return RegressionTest(
        model,
        predictor,
        float(at.beta[1] / at.se[1]),
        at.df,
        float(dist.two_sided(at.beta[1] / at.se[1], at.df)),
        float(at.beta[0]) if limit else None,
        float(at.beta[0] - half) if limit else None,
        float(at.beta[0] + half) if limit else None,
    )


@dataclass(frozen=True, slots=True)
class _Line:
    beta: Floats
    se: Floats
    df: float | None


def _sizes(ni: ArrayLike | None, k: int, predictor: str) -> Floats:
    if "n" not in predictor:
        return np.empty(0)
    if ni is None:
        raise UsageError(f"predictor {predictor} needs sample sizes (ni)")
    sizes = inputs.vector(ni, "ni")
    if len(sizes) != k:
        raise UsageError(f"ni: {k} numbers are needed, not {len(sizes)}")
    inputs.require(sizes > 0, sizes, "ni", "above 0")
    return sizes


def _refit(fitted: Rma, x: Floats) -> _Line:
    s = fitted.settings
    at = rma(
        fitted.yi, fitted.vi, x, intercept=False, method=s.method, test=s.test,
        weights=s.weights, compat=s.compat,
    )  # fmt: skip
    return _Line(at.beta, at.se, at.ddf)


def _dispersed(fitted: Rma, x: Floats) -> _Line:
    at = fit(Data(fitted.yi, fitted.vi, x), 0.0)
    df = fitted.k - x.shape[1]
    return _Line(at.beta, np.sqrt(np.diag(at.cov) * at.rss / df), float(df))


@dataclass(frozen=True, slots=True)
class PetPeese:
    """PET and PEESE estimates; ``chosen`` names the one that the conditional rule takes."""

    pet: RegressionTest
    peese: RegressionTest
    chosen: str
    estimate: float
    ci_lb: float
    ci_ub: float


def pet_peese(fitted: Rma, *, alpha: float = 0.1) -> PetPeese:
    """Return the conditional PET-PEESE estimate (Stanley & Doucouliagos 2014).

    PEESE (predictor vi) is taken when PET's intercept (predictor sei) differs from 0 one-sided
    at ``alpha``/2 in the direction of the pooled effect, else PET.
    """
    pet = regtest(fitted, predictor="sei", model="lm")
    peese = regtest(fitted, predictor="vi", model="lm")
    at = _dispersed(fitted, np.column_stack([np.ones(fitted.k), np.sqrt(fitted.vi)]))
    t = float(at.beta[0] / at.se[0]) * (1 if fitted.estimate >= 0 else -1)
    upper = float(dist.two_sided(t, at.df)) / 2 if t > 0 else 1.0
    taken, name = (peese, "PEESE") if upper < alpha / 2 else (pet, "PET")
    return PetPeese(pet, peese, name, taken.limit or 0.0, taken.ci_lb or 0.0, taken.ci_ub or 0.0)


@dataclass(frozen=True, slots=True)
class LimitMeta:
    """The effect that studies without sampling error would show, and G2 (percent)."""

    estimate: float
    se: float
    ci_lb: float
    ci_ub: float
    intercept: float
    slope: float
    G2: float


def limit_meta(fitted: Rma) -> LimitMeta:
    """Return the limit meta-analysis of Rücker et al. (2011), expectation version.

    Radial regression with tau added to every standard error; the adjusted effect is the slope
    plus tau times the intercept. G2 is the unexplained share of the heterogeneity left.
    """
    if fitted.k < 3 or fitted.p != 1:
        raise StatsError("limit_meta needs at least 3 studies and no moderators")
    tau = fitted.tau2**0.5
    total = np.sqrt(fitted.vi + fitted.tau2)
    x = np.column_stack([np.ones(fitted.k), 1 / total])
    at = fit(Data(fitted.yi / total, np.ones(fitted.k), x), 0.0)
    contrast = np.array([tau, 1.0])
    effect = float(contrast @ at.beta)
    se = float(np.sqrt(contrast @ at.cov @ contrast))
    half = dist.critical(fitted.settings.level) * se
    z = fitted.yi / total
    spread = float(((z - z.mean()) ** 2).sum())
    share = 100 * at.rss / spread if spread > 0 else 0.0
    return LimitMeta(
        effect, se, effect - half, effect + half, float(at.beta[0]), float(at.beta[1]), share
    )
