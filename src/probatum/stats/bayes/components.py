"""What the models of an average share, and what each gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from probatum.stats.bayes.conditional import Rows
from probatum.stats.bayes.marginals import Mixture, Panelled
from probatum.stats.bayes.posterior import tau_posterior
from probatum.stats.bayes.priors import TauPrior
from probatum.stats.inputs import Floats


@dataclass(frozen=True, slots=True)
class Study:
    """What all models share: data turned so that the favoured sign is positive, priors, sign."""

    y: Floats
    v: Floats
    mu_prior: tuple[float, float]
    tau_prior: TauPrior
    sign: float


@dataclass(frozen=True, slots=True)
class Component:
    """The log evidence of a model and its posterior of μ."""

    log_evidence: float
    mu: Mixture | Panelled


def nodes(
    rows: Rows,
    prior: TauPrior,
    heterogeneity: bool,
    log_evidence: Callable[[Floats], Floats],
) -> tuple[Floats, Floats, float]:
    """Return nodes of τ, their probabilities and the log evidence; without heterogeneity τ = 0."""
    if not heterogeneity:
        return np.zeros(1), np.ones(1), float(log_evidence(np.zeros(1))[0])
    posterior, total = tau_posterior(rows, prior, log_evidence)
    return *posterior.nodes, total
