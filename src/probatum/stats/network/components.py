"""Treatments made of components whose effects add up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from probatum.errors import UsageError
from probatum.stats import distributions as dist
from probatum.stats.inputs import Floats
from probatum.stats.network.fit import Nma
from probatum.stats.network.linear import Coefficients, explained


@dataclass(frozen=True, slots=True)
class ComponentNma:
    """Effects of components (and interactions), and the additive effects of all treatments.

    ``te`` and ``se`` are (n, n), row versus column treatment, in the order of the network's
    treatments. ``Q_diff`` tests additivity against the network that gives every treatment its
    own effect, by the common-effect Q.
    """

    components: Coefficients
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
    if not separator:
        raise UsageError("separator is empty; allowed: the text between components, such as +")
    parts = [{p.strip() for p in name.split(separator)} for name in fit.trts]
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
    model = explained(fit, names, lambda _, x: x @ holds)
    level, gaps = holds @ model.beta, holds[:, None, :] - holds[None, :, :]
    variance = np.einsum("ijp,pq,ijq->ij", gaps, model.cov, gaps)
    q, df = max(0.0, model.Q - fit.Q), model.df - fit.df_Q
    return ComponentNma(
        model, level[:, None] - level[None, :], np.sqrt(np.maximum(variance, 0.0)), q, df,
        float(dist.chi2_upper(q, df)) if df > 0 else 1.0,
    )  # fmt: skip
