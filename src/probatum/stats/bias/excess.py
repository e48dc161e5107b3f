"""The test of excess significance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from probatum.errors import UsageError
from probatum.stats import distributions as dist
from probatum.stats.models.result import Rma


@dataclass(frozen=True, slots=True)
class ExcessSignificance:
    """Observed and expected numbers of significant studies, their ratio and a one-sided test."""

    O: int  # noqa: E741, the field's letters
    E: float
    OE: float
    X2: float
    pval: float
    theta: float


def tes(fitted: Rma, *, alpha: float = 0.05, theta: float | None = None) -> ExcessSignificance:
    """Test whether more studies are significant than their power allows.

    Ioannidis & Trikalinos (2007); the power of each study is that of a two-sided z-test of the
    pooled effect (or ``theta``).
    """
    if not 0 < alpha < 1:
        raise UsageError(f"alpha is {alpha:g}; allowed: above 0 and below 1")
    effect = fitted.estimate if theta is None else theta
    limit = dist.critical(1 - alpha)
    sei = np.sqrt(fitted.vi)
    tau2 = fitted.tau2
    spread = np.sqrt(fitted.vi + tau2)
    power = dist.normal_cdf((effect - limit * sei) / spread) + dist.normal_cdf(
        (-effect - limit * sei) / spread
    )
    observed = int((np.abs(fitted.yi / sei) >= limit).sum())
    expected = float(power.sum())
    gap, rest = observed - expected, fitted.k - expected
    x2 = gap**2 / expected + gap**2 / rest if rest > 1e-12 and expected > 1e-12 else float("nan")
    signed = np.sign(gap) * np.sqrt(x2)
    pval = float(dist.normal_cdf(-signed)) if np.isfinite(x2) else 1.0
    return ExcessSignificance(observed, expected, observed / expected, x2, pval, effect)
