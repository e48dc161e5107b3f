"""Models of an average without bias, or with PET or PEESE, whose slope has a half-Cauchy prior."""

from __future__ import annotations

import math

import numpy as np

from probatum.stats.bayes.components import Component, Study, nodes
from probatum.stats.bayes.conditional import Given, Rows, given_tau
from probatum.stats.bayes.marginals import Mixture
from probatum.stats.distributions import normal_density
from probatum.stats.inputs import Floats

# Half-Cauchy scales of the multiples of the standard error and the variance (Bartoš 2022).
SLOPES = {"PET": 1.0, "PEESE": 5.0}
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(40)


def _rows(study: Study, effect: bool, bias: str) -> Rows:
    columns, mean, precision = [], [], []
    if effect:
        columns.append(np.ones(len(study.y)))
        mean.append(study.mu_prior[0])
        precision.append(study.mu_prior[1] ** -2.0)
    if bias != "none":
        columns.append(np.sqrt(study.v) if bias == "PET" else study.v)
        mean.append(0.0)
        precision.append(0.0)  # flat here; its half-Cauchy prior comes in afterwards
    x = np.column_stack(columns) if columns else np.zeros((len(study.y), 0))
    return Rows(study.y, study.v, x, np.array(mean), np.array(precision))


def regression(study: Study, effect: bool, heterogeneity: bool, bias: str) -> Component:
    """Return the evidence and the posterior of μ of one model."""
    rows = _rows(study, effect, bias)

    def log_evidence(tau: Floats) -> Floats:
        given = given_tau(rows, tau)
        if bias == "none":
            return given.log_evidence
        return np.asarray(given.log_evidence + np.log(_slope(given, bias)[1].sum(axis=1)))

    tau, mass, total = nodes(rows, study.tau_prior, heterogeneity, log_evidence)
    if not effect:
        return Component(total, Mixture(mass, np.zeros(len(mass)), np.zeros(len(mass))))
    return Component(total, _mu(study, given_tau(rows, tau), mass, bias))


def _slope(given: Given, bias: str) -> tuple[Floats, Floats]:
    """Return nodes (m, 40) of the slope of bias and their masses, likelihood times prior."""
    scale = SLOPES[bias]
    mean, sd = given.mean[:, -1], np.sqrt(given.cov[:, -1, -1])
    low = np.maximum(mean - 9 * sd, 0.0)
    high = np.maximum(mean + 9 * sd, 9 * sd)
    half = 0.5 * (high - low)
    b = (low + half)[:, None] + half[:, None] * _NODES
    prior = 2 / (math.pi * scale * (1 + (b / scale) ** 2))
    density = normal_density((b - mean[:, None]) / sd[:, None]) / sd[:, None]
    return b, density * prior * half[:, None] * _WEIGHTS


def _mu(study: Study, given: Given, mass: Floats, bias: str) -> Mixture:
    mean, spread = given.mean[:, 0], given.cov[:, 0, 0]
    if bias == "none":
        return Mixture(mass, study.sign * mean, np.sqrt(spread))
    # μ given the slope is normal: one component a node of τ and of the slope.
    b, share = _slope(given, bias)
    cross, own = given.cov[:, 0, 1], given.cov[:, 1, 1]
    means = mean[:, None] + (cross / own)[:, None] * (b - given.mean[:, 1:])
    sds = np.sqrt(spread - cross**2 / own)[:, None] + np.zeros_like(b)
    weights = mass[:, None] * share / share.sum(axis=1, keepdims=True)
    keep = weights > 1e-14
    return Mixture(weights[keep] / weights[keep].sum(), study.sign * means[keep], sds[keep])
