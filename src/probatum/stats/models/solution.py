"""How tau2 was found, and what the estimators by generalised Q share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from probatum.stats.distributions import chi2_quantile
from probatum.stats.models.likelihood import Data, fit


@dataclass(frozen=True, slots=True)
class Solution:
    """tau2 and its standard error; the score left there; steps; modes of the likelihood seen."""

    tau2: float
    se: float
    gradient: float
    iterations: int
    converged: bool
    modes: int = 1


def q_target(data: Data, method: str) -> float:
    """Return what Q(tau2) is set equal to: its mean k - p (PM, EB) or its median (PMM)."""
    df = data.k - data.p
    return chi2_quantile(0.5, df) if method == "PMM" else float(df)


def se_generalised_q(data: Data, tau2: float) -> float:
    """Return the standard error of PM, PMM and EB estimates: k sqrt(2/(k - p)) / tr W."""
    total = float(fit(data, tau2).w.sum())
    return data.k * float(np.sqrt(2 / (data.k - data.p))) / total
