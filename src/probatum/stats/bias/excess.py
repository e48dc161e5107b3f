"""The test of excess significance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from probatum.errors import UsageError
from probatum.stats import distributions as dist
from probatum.stats.inputs import Floats, one_of
from probatum.stats.models.result import Rma


@dataclass(frozen=True, slots=True)
class ExcessSignificance:
    """Observed and expected numbers of significant studies, their ratio and a one-sided test.

    ``X2`` is the chi-squared statistic, None for the exact test.
    """

    O: int  # noqa: E741, the field's letters
    E: float
    OE: float
    X2: float | None
    pval: float
    theta: float
    test: str


def tes(
    fitted: Rma, *, alpha: float = 0.05, theta: float | None = None, test: str = "exact"
) -> ExcessSignificance:
    """Test whether more studies are significant than their power allows.

    Ioannidis & Trikalinos (2007); the power of each study is that of a two-sided z-test of the
    pooled effect (or ``theta``). ``test``: "exact" sums the Poisson-binomial distribution,
    "chi2" is the approximation of the paper.
    """
    if not 0 < alpha < 1:
        raise UsageError(f"alpha is {alpha:g}; allowed: above 0 and below 1")
    one_of(test, ("exact", "chi2"), "test")
    effect = fitted.estimate if theta is None else theta
    limit = dist.critical(1 - alpha)
    sei = np.sqrt(fitted.vi)
    spread = np.sqrt(fitted.vi + fitted.tau2)
    power = dist.normal_cdf((effect - limit * sei) / spread) + dist.normal_cdf(
        (-effect - limit * sei) / spread
    )
    observed = int((np.abs(fitted.yi / sei) >= limit).sum())
    expected = float(power.sum())
    x2, pval = (None, _exact(power, observed)) if test == "exact" else _chi2(power, observed)
    return ExcessSignificance(observed, expected, observed / expected, x2, pval, effect, test)


def _exact(power: Floats, observed: int) -> float:
    """Return P(X >= observed) for a sum of independent Bernoulli variables."""
    mass = np.ones(1)
    for p in power:
        mass = np.convolve(mass, [1 - p, p])
    return min(1.0, float(mass[observed:].sum()))


def _chi2(power: Floats, observed: int) -> tuple[float, float]:
    expected = float(power.sum())
    gap, rest = observed - expected, len(power) - expected
    if rest <= 1e-12 or expected <= 1e-12:
        return float("nan"), 1.0
    x2 = gap**2 / expected + gap**2 / rest
    return x2, float(dist.normal_cdf(-np.sign(gap) * np.sqrt(x2)))
