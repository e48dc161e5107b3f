"""Priors of the heterogeneity τ: families as a table, empirical ones by setting.

Weakly informative: half-normal, half-Cauchy (Gelman 2006; Röver et al. 2021), uniform. Empirical:
log-normal on τ² for log odds ratios (Turner et al. 2012, Int J Epidemiol 41:818), log-t with 5
degrees of freedom on τ² for standardised mean differences (Rhodes et al. 2015, J Clin Epidemiol
68:52).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from probatum.errors import UsageError
from probatum.stats.distributions import normal_cdf, special
from probatum.stats.inputs import Floats, one_of

_ROOT_2_PI = math.sqrt(2 / math.pi)


@dataclass(frozen=True, slots=True)
class Family:
    """A family of priors of τ: log density and distribution function of (τ, parameters).

    ``logarithmic`` families are smooth in log τ, the others are even in τ.
    """

    log_density: Callable[[Floats, tuple[float, ...]], Floats]
    cdf: Callable[[Floats, tuple[float, ...]], Floats]
    logarithmic: bool


@dataclass(frozen=True, slots=True)
class TauPrior:
    """A prior of τ: its family and parameters, checked when it is made."""

    family: str
    parameters: tuple[float, ...]
    source: str = ""

    @property
    def table(self) -> Family:
        return FAMILIES[self.family]

    @property
    def proper(self) -> bool:
        return self.family != "uniform" or math.isfinite(self.parameters[0])

    @property
    def bound(self) -> float:
        """The largest τ with density: the end of a uniform prior, else infinite."""
        return self.parameters[0] if self.family == "uniform" else math.inf

    def log_density(self, tau: Floats) -> Floats:
        return self.table.log_density(tau, self.parameters)

    def cdf(self, tau: Floats) -> Floats:
        return self.table.cdf(tau, self.parameters)

    def __str__(self) -> str:
        told = ", ".join(f"{value:g}" for value in self.parameters)
        return f"{self.family}({told}) on τ" + (f", {self.source}" if self.source else "")


def half_normal(scale: float) -> TauPrior:
    """Return the half-normal prior of τ with the given scale (> 0)."""
    return TauPrior("half-normal", _above_zero("scale", scale))


def half_cauchy(scale: float) -> TauPrior:
    """Return the half-Cauchy prior of τ with the given scale (its median, > 0)."""
    return TauPrior("half-Cauchy", _above_zero("scale", scale))


def uniform(upper: float = math.inf) -> TauPrior:
    """Return the uniform prior of τ on [0, upper]; infinite ``upper`` gives the improper one."""
    if not upper > 0:
        raise UsageError(f"upper is {upper:g}; allowed: a number above 0, or infinity")
    return TauPrior("uniform", (float(upper),))


def log_normal(location: float, scale: float, source: str = "") -> TauPrior:
    """Return the prior with log τ² normal; location and standard deviation of log τ²."""
    return TauPrior("log-normal", (_finite(location), *_above_zero("scale", scale)), source)


def log_t(location: float, scale: float, df: float = 5, source: str = "") -> TauPrior:
    """Return the prior with (log τ² − location)/scale Student-t with ``df`` degrees of freedom."""
    parameters = (_finite(location), *_above_zero("scale", scale), *_above_zero("df", df))
    return TauPrior("log-t", parameters, source)


# Turner et al. 2012, predictive distributions of τ² of log odds ratios by kind of outcome and
# kind of comparison: location and standard deviation of log τ². Compared number by number with
# the tables that two R packages for network meta-analysis print; the paper itself was not at hand.
TURNER: dict[tuple[str, str], tuple[float, float]] = {
    ("any", "any"): (-2.56, 1.74),
    ("all-cause mortality", "drug v placebo"): (-4.06, 1.45),
    ("all-cause mortality", "drug v drug"): (-4.27, 1.48),
    ("all-cause mortality", "not a drug"): (-3.93, 1.51),
    ("semi-objective", "drug v placebo"): (-3.02, 1.85),
    ("semi-objective", "drug v drug"): (-3.23, 1.88),
    ("semi-objective", "not a drug"): (-2.89, 1.91),
    ("subjective", "drug v placebo"): (-2.13, 1.58),
    ("subjective", "drug v drug"): (-2.34, 1.62),
    ("subjective", "not a drug"): (-2.01, 1.64),
}


def turner(outcome: str = "any", comparison: str = "any") -> TauPrior:
    """Return Turner's (2012) prior for a meta-analysis of log odds ratios.

    ``outcome``: all-cause mortality, semi-objective, subjective; ``comparison``: drug v placebo,
    drug v drug, not a drug; or both "any".

    >>> turner("subjective", "drug v placebo").parameters
    (-2.13, 1.58)
    """
    known = [f"{first}/{second}" for first, second in TURNER]
    one_of(f"{outcome}/{comparison}", known, "setting of Turner's priors")
    return log_normal(*TURNER[outcome, comparison], source=f"Turner 2012, {outcome}, {comparison}")


def rhodes() -> TauPrior:
    """Return Rhodes' (2015) prior for standardised mean differences in a general setting.

    For another setting give the printed location and scale to :func:`log_t`. Compared with the
    numbers that two R packages print for the general setting; the paper itself was not at hand.
    """
    return log_t(-3.44, 2.59, 5, source="Rhodes 2015, general setting")


def _above_zero(name: str, value: float) -> tuple[float]:
    if not (math.isfinite(value) and value > 0):
        raise UsageError(f"{name} of the prior is {value:g}; allowed: a finite number above 0")
    return (float(value),)


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise UsageError(f"location of the prior is {value:g}; allowed: a finite number")
    return float(value)


def _half_normal(tau: Floats, at: tuple[float, ...]) -> Floats:
    z = tau / at[0]
    return math.log(_ROOT_2_PI / at[0]) - 0.5 * z * z


def _half_cauchy(tau: Floats, at: tuple[float, ...]) -> Floats:
    z = tau / at[0]
    return math.log(2 / (math.pi * at[0])) - np.log1p(z * z)


def _uniform(tau: Floats, at: tuple[float, ...]) -> Floats:
    height = -math.log(at[0]) if math.isfinite(at[0]) else 0.0
    return np.where(tau <= at[0], height, -math.inf)


def _log_normal(tau: Floats, at: tuple[float, ...]) -> Floats:
    log_tau = np.log(tau)
    z = (2 * log_tau - at[0]) / at[1]
    return math.log(_ROOT_2_PI / at[1]) - log_tau - 0.5 * z * z


def _log_t(tau: Floats, at: tuple[float, ...]) -> Floats:
    location, scale, df = at
    log_tau = np.log(tau)
    z = (2 * log_tau - location) / scale
    constant = math.lgamma((df + 1) / 2) - math.lgamma(df / 2) - 0.5 * math.log(df * math.pi)
    tail = (df + 1) / 2 * np.log1p(z * z / df)
    return np.asarray(math.log(2 / scale) + constant - log_tau - tail)


def _standard(tau: Floats, at: tuple[float, ...]) -> Floats:
    with np.errstate(divide="ignore"):
        return np.asarray((2 * np.log(tau) - at[0]) / at[1])


FAMILIES: dict[str, Family] = {
    "half-normal": Family(_half_normal, lambda tau, at: 2 * normal_cdf(tau / at[0]) - 1, False),
    "half-Cauchy": Family(
        _half_cauchy, lambda tau, at: np.asarray(2 / math.pi * np.arctan(tau / at[0])), False
    ),
    "uniform": Family(_uniform, lambda tau, at: np.minimum(tau / at[0], 1), False),
    "log-normal": Family(_log_normal, lambda tau, at: normal_cdf(_standard(tau, at)), True),
    "log-t": Family(
        _log_t, lambda tau, at: np.asarray(special().stdtr(at[2], _standard(tau, at))), True
    ),
}
