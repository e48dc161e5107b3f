"""Models of selective publication with one step, by quadrature over τ, μ and ω.

A result whose p-value is above the step is published with relative probability ω ~ uniform(0, 1)
(Vevea & Hedges 1995, Psychometrika 60:419): the density of a published result is
N(y; μ, v + τ²) w(y) / A with A = P(significant) + ω (1 − P(significant)).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from probatum.stats.bayes.components import Component, Study, nodes
from probatum.stats.bayes.conditional import LOG_2_PI, Rows, given_tau
from probatum.stats.bayes.marginals import Mixture, Panelled
from probatum.stats.bayes.posterior import log_total
from probatum.stats.bayes.quadrature import Panels, Scale, resolve
from probatum.stats.distributions import critical, normal_cdf
from probatum.stats.inputs import Floats

# ω = t²: nodes lie denser where the probability of publication is small.
_T, _T_WEIGHTS = np.polynomial.legendre.leggauss(24)
_OMEGA = (0.5 * (_T + 1)) ** 2
_OMEGA_WEIGHTS = 0.5 * _T_WEIGHTS * (_T + 1)
_CRITICAL = 0.95
# A product of up to this many probabilities of publication stays above the smallest float.
_FACTORS = 80


@dataclass(frozen=True, slots=True)
class _Grid:
    """Nodes of τ with the log of their prior mass; data; where a result becomes significant."""

    study: Study
    log_mass: Floats
    s: Floats
    cut: Floats
    two_sided: bool
    missing: float


def selected(study: Study, effect: bool, heterogeneity: bool, bias: str) -> Component:
    """Return the evidence and the posterior of μ of one selection model."""
    grid = _grid(study, heterogeneity, bias == "two-sided")
    if not effect:
        return Component(
            float(_log_likelihood(grid, np.zeros(1))[0]),
            Mixture(np.ones(1), np.zeros(1), np.zeros(1)),
        )
    mean, sd = study.mu_prior

    def log_density(mu: Floats) -> Floats:
        prior = -0.5 * ((mu - mean) / sd) ** 2 - math.log(sd) - 0.5 * LOG_2_PI
        return _log_likelihood(grid, mu) + prior

    reach = 9 * float(np.sqrt(study.v.max()))
    low = max(mean - 9 * sd, min(float(study.y.min()), 0.0) - reach)
    high = min(mean + 9 * sd, max(float(study.y.max()), 0.0) + reach)
    panels = resolve(log_density, Scale(1.0, "linear"), np.linspace(low, high, 9))
    total = log_total(panels)
    return Component(total, Panelled(_turned(panels, study.sign), total, 0.0))


def _grid(study: Study, heterogeneity: bool, two_sided: bool) -> _Grid:
    k = len(study.y)
    prior = study.tau_prior
    rows = Rows(study.y, study.v, np.ones((k, 1)), np.zeros(1), np.full(1, 1e-4))
    tau, mass, total = nodes(
        rows, prior, heterogeneity, lambda at: given_tau(rows, at).log_evidence
    )
    # Weights of the quadrature without the evidence that placed its nodes.
    log_mass = np.log(mass) + total - given_tau(rows, tau).log_evidence
    significant = critical(_CRITICAL) * np.sqrt(study.v)
    published = np.abs(study.y) if two_sided else study.y
    missing = float((published < significant).sum())
    s = np.sqrt(study.v + (tau**2)[:, None])
    return _Grid(study, log_mass, s, significant, two_sided, missing)


def _log_likelihood(grid: _Grid, mu: Floats) -> Floats:
    return np.array([_at(grid, float(one)) for one in mu])


def _at(grid: _Grid, mu: float) -> float:
    """Integrate over τ and ω at one μ."""
    z = (grid.study.y - mu) / grid.s
    base = grid.log_mass - 0.5 * (z * z).sum(axis=1) - np.log(grid.s).sum(axis=1)
    base = base - 0.5 * len(grid.study.y) * LOG_2_PI
    hidden = normal_cdf((grid.cut - mu) / grid.s)
    if grid.two_sided:
        hidden = hidden - normal_cdf((-grid.cut - mu) / grid.s)
    value = base + _log_omega(hidden, grid.missing)
    top = float(value.max())
    return top + math.log(float(np.exp(value - top).sum()))


def _log_omega(hidden: Floats, missing: float) -> Floats:
    """Return the log of the integral of ω^missing / ∏ A over ω, one a node of τ."""
    value = np.zeros((len(_OMEGA), len(hidden)))
    for i in range(0, hidden.shape[1], _FACTORS):
        part = 1 - (1 - _OMEGA)[:, None, None] * hidden[:, i : i + _FACTORS]
        value -= np.log(part.prod(axis=2))
    value += (missing * np.log(_OMEGA) + np.log(_OMEGA_WEIGHTS))[:, None]
    top = value.max(axis=0)
    return np.asarray(top + np.log(np.exp(value - top).sum(axis=0)))


def _turned(panels: Panels, sign: float) -> Panels:
    if sign > 0:
        return panels
    return Panels(
        panels.scale, -panels.edges[::-1], -panels.u[::-1, ::-1], panels.log_value[::-1, ::-1]
    )
