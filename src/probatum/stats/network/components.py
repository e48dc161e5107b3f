"""Treatments made of components whose effects add up."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from probatum.errors import UsageError
from probatum.stats import distributions as dist
from probatum.stats.inputs import Floats, level_fraction, one_of
from probatum.stats.models.coefficients import Coefficients
from probatum.stats.network.fit import METHODS, Nma, fit_network
from probatum.stats.network.graph import Network, islands, network
from probatum.stats.network.linear import explained

# Inactive component, separator, interactions.
Model = tuple[str | None, str, Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class ComponentNma:
    """Effects of components (and interactions), and the additive effects of all treatments.

    ``te`` and ``se`` are (n, n), row versus column treatment, in the order of the network's
    treatments. ``Q_diff`` tests additivity against the network that gives every treatment its
    own effect, by the common-effect Q.
    """

    components: Coefficients
    trts: tuple[str, ...]
    te: Floats
    se: Floats
    Q_diff: float
    df_diff: int
    pval_diff: float


def component_nma(
    fit: Nma,
    *,
    inactive: str | None = None,
    separator: str = "+",
    interactions: Sequence[tuple[str, str]] = (),
) -> ComponentNma:
    """Fit the additive component model (Rücker, Petropoulou & Schwarzer 2020).

    A treatment's name lists its components, "drug X + exercise"; ``inactive`` names the one with
    effect 0. ``interactions`` add a term for treatments that hold both components. tau2 is
    estimated anew by the fit's method. UsageError for unknown names; StatsError where the
    network cannot tell components apart.

    >>> from probatum.stats import nma
    >>> net = nma([1, 2, 3.3], [1, 1, 1], ["A", "B", "A+B"], ["P", "P", "P"], [1, 2, 3])
    >>> found = component_nma(net, inactive="P")
    >>> found.components.names, found.components.beta.round(2).tolist()
    (('A', 'B'), [1.1, 2.1])
    """
    unrestricted = (fit.Q, fit.df_Q)
    return _fit(
        fit.net, (fit.method, fit.level), unrestricted, (inactive, separator, interactions)
    )


def component_network(  # noqa: PLR0913, the documented interface: keyword-only options
    te: ArrayLike,
    se_te: ArrayLike,
    treat1: Sequence[str],
    treat2: Sequence[str],
    study: Sequence[Hashable],
    *,
    method: str = "REML",
    inactive: str | None = None,
    separator: str = "+",
    interactions: Sequence[tuple[str, str]] = (),
    level: float = 95,
) -> ComponentNma:
    """Fit the additive component model to contrasts whose network may fall into islands.

    Components that islands share join them: "A" and "B" versus "P" with "A+B" versus "C" say what
    "C" does against "P". Arguments as for ``nma`` and ``component_nma``; additivity is tested
    against the networks of the islands, each on its own. StatsError where shared components do
    not suffice to tell all effects.

    >>> first, second = ["A", "B", "A+B"], ["P", "P", "C"]
    >>> found = component_network([1, 2, 2.5], [1, 1, 1], first, second, [1, 2, 3], inactive="P")
    >>> found.components.names, found.components.beta.round(6).tolist(), found.trts
    (('A', 'B', 'C'), [1.0, 2.0, 0.5], ('A', 'A+B', 'B', 'C', 'P'))
    """
    one_of(method, METHODS, "method of component_network")
    how = (method, level_fraction(level))
    net = network(te, se_te, treat1, treat2, study, whole=False)
    apart = [fit_network(part, "EE", how[1], None) for part in islands(net)]
    unrestricted = (sum(part.Q for part in apart), sum(part.df_Q for part in apart))
    return _fit(net, how, unrestricted, (inactive, separator, interactions))


def _fit(
    net: Network, how: tuple[str, float], unrestricted: tuple[float, int], model: Model
) -> ComponentNma:
    inactive, separator, interactions = model
    if not separator:
        raise UsageError("separator is empty; allowed: the text between components, such as +")
    parts = [{p.strip() for p in name.split(separator)} for name in net.trts]
    known = sorted(set().union(*parts))
    if inactive is not None and inactive not in known:
        raise UsageError(f"unknown inactive component {inactive!r}; known: {', '.join(known)}")
    for name in (n for pair in interactions for n in pair):
        if name not in known:
            raise UsageError(f"unknown component {name!r}; known: {', '.join(known)}")
    terms = [{name} for name in known if name != inactive] + [set(p) for p in interactions]
    holds = np.array([[float(term <= own) for term in terms] for own in parts])
    names = tuple(name for name in known if name != inactive)
    names += tuple(f"{a}*{b}" for a, b in interactions)
    found = explained(net, how, names, lambda _, x: x @ holds)
    level, gaps = holds @ found.beta, holds[:, None, :] - holds[None, :, :]
    variance = np.einsum("ijp,pq,ijq->ij", gaps, found.cov, gaps)
    q, df = max(0.0, found.Q - unrestricted[0]), found.df - unrestricted[1]
    effects, se = level[:, None] - level[None, :], np.sqrt(np.maximum(variance, 0.0))
    return ComponentNma(
        found, net.trts, effects, se, q, df,
        float(dist.chi2_upper(q, df)) if df > 0 else 1.0,
    )  # fmt: skip
