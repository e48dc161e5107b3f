"""From checked rows and a prior of τ to the resolved posterior."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from probatum.errors import StatsError
from probatum.stats.bayes.conditional import Rows, given_tau
from probatum.stats.bayes.fit import BayesFit
from probatum.stats.bayes.marginals import Panelled
from probatum.stats.bayes.priors import TauPrior
from probatum.stats.bayes.quadrature import Panels, Scale, resolve, rule
from probatum.stats.inputs import Floats

# The integrand is followed upwards until it is e^-40 of its largest value.
_NEGLIGIBLE = 40.0
_FURTHEST = 64.0
# Width of the first panels, narrow enough that most need no halving (a pass costs 0.1 ms, its
# nodes next to nothing), and how many are looked at together.
_STEP, _AHEAD = 0.6, 20
# Below this share of the smallest standard error no study notices τ.
_UNNOTICED = 1e-8


LogDensity = Callable[[Floats], Floats]


def posterior(rows: Rows, prior: TauPrior, studies: tuple[Floats, Floats, Floats]) -> BayesFit:
    """Return the posterior of checked rows; ``studies`` are yi, vi and x as they were given."""
    flat = int((rows.prior_precision == 0).sum())
    if not prior.proper and len(rows.y) - flat < 2:
        raise StatsError(
            f"{len(rows.y)} rows do not bound τ: with a uniform prior at least {flat + 2} are "
            "needed; give an upper bound or another prior of τ"
        )
    tau, log_norm = tau_posterior(rows, prior, lambda tau: given_tau(rows, tau).log_evidence)
    y, v, x = studies
    return BayesFit(rows, prior, tau, log_norm, v, x, y)


def tau_posterior(rows: Rows, prior: TauPrior, log_evidence: LogDensity) -> tuple[Panelled, float]:
    """Return the posterior of τ for evidence given τ, and the log of its normaliser."""

    def log_density(tau: Floats) -> Floats:
        return log_evidence(tau) + prior.log_density(tau)

    scale, edges = _edges(rows, prior, log_density)
    panels = resolve(log_density, scale, edges)
    log_atom = -math.inf
    if scale.kind == "log":
        first = np.exp(edges[:1])
        with np.errstate(divide="ignore"):
            log_atom = float(log_evidence(first)[0] + np.log(prior.cdf(first))[0])
    log_norm = log_total(panels, log_atom)
    return Panelled(panels, log_norm, math.exp(log_atom - log_norm)), log_norm


def log_total(panels: Panels, log_atom: float = -math.inf) -> float:
    """Return the log of the integral over all panels, an atom added."""
    top = max(float(panels.log_value.max()), log_atom)
    half = 0.5 * np.diff(panels.edges)[:, None]
    total = float((np.exp(panels.log_value - top) * (half * rule().weights)).sum())
    return top + math.log(total + math.exp(log_atom - top))


def _edges(rows: Rows, prior: TauPrior, log_density: LogDensity) -> tuple[Scale, Floats]:
    """Return the variable of integration and first panels that reach where nothing is left."""
    largest = math.sqrt(float(rows.lam.max())) or 1.0
    smallest = max(math.sqrt(float(rows.lam.min())), 1e-8 * largest)
    spread = max(largest, float(np.ptp(rows.y)))
    scale = Scale(smallest, "log" if prior.table.logarithmic else "sinh")
    lower = float(scale.inverse(np.array([_UNNOTICED * smallest]))[0])
    start = lower if scale.kind == "log" else 0.0
    end = float(scale.inverse(np.array([min(spread, prior.bound)]))[0])
    last = float(scale.inverse(np.array([prior.bound]))[0])
    end = max(end, start + 1)
    return scale, _reach(scale, log_density, (start, end, last))


def _reach(scale: Scale, log_density: LogDensity, ends: tuple[float, float, float]) -> Floats:
    start, end, last = ends
    furthest = min(last, end + _FURTHEST)
    top, step = -math.inf, max(_STEP, (min(end, furthest) - start) / 16)
    at, reached = start, False
    edges = [start]
    while not reached:
        u = np.minimum(at + step * np.arange(1, _AHEAD + 1), furthest)
        value = log_density(scale.value(u)) + np.log(scale.slope(u))
        top = max(top, float(value.max()))
        small = (value < top - _NEGLIGIBLE) & (u > start + step)
        stop = small | (u >= furthest)
        # The first point after the largest value where nothing is left ends the panels.
        after = np.flatnonzero(stop & (np.arange(_AHEAD) >= int(np.argmax(value))))
        reached = len(after) > 0
        kept = u[: after[0] + 1] if reached else u
        edges.extend(kept.tolist())
        at = float(kept[-1])
    return np.array(edges)
