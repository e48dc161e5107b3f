"""Network meta-regression: one covariate of the studies, one interaction for all treatments."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

import numpy as np

from probatum.errors import StatsError, UsageError
from probatum.stats import distributions as dist
from probatum.stats.inputs import Floats
from probatum.stats.models.coefficients import Coefficients
from probatum.stats.network.fit import Nma
from probatum.stats.network.linear import explained


@dataclass(frozen=True, slots=True)
class NmaRegression:
    """Effects of each treatment versus ``reference`` at the covariate's ``centre``, and the slope.

    The last of ``coefficients`` is the change of every effect versus the reference by one unit
    of the covariate.
    """

    coefficients: Coefficients
    reference: str
    centre: float

    @property
    def slope(self) -> float:
        return float(self.coefficients.beta[-1])

    @property
    def slope_se(self) -> float:
        return float(self.coefficients.se[-1])

    @property
    def slope_pval(self) -> float:
        return float(dist.two_sided(self.slope / self.slope_se))


def nma_regression(
    fit: Nma,
    covariate: Mapping[Hashable, float],
    *,
    reference: str | None = None,
    centre: float | None = None,
) -> NmaRegression:
    """Fit a network meta-regression with a common interaction (Dias et al. 2013, TSU 3).

    ``covariate`` gives every study one number, under its name in the network. Comparisons of two
    treatments other than ``reference`` (the fit's, unless given) do not depend on it. ``centre``
    defaults to the covariate's mean over studies. tau2 is estimated anew by the fit's method.
    UsageError for an unknown reference; StatsError for a study without a finite number and a
    covariate that the network cannot tell from its treatments.

    >>> from probatum.stats import nma
    >>> net = nma([1, 2, 3.0], [1, 1, 1], ["B", "B", "B"], ["A", "A", "A"], [1, 2, 3])
    >>> round(nma_regression(net, {"1": 10, "2": 20, "3": 30}, reference="A").slope, 6)
    0.1
    """
    base = fit.reference if reference is None else reference
    if base not in fit.trts:
        raise UsageError(f"reference is {base!r}; one of {', '.join(fit.trts)} is needed")
    values = _values(fit, covariate)
    middle = float(values.mean()) if centre is None else float(centre)
    if not np.isfinite(middle):
        raise UsageError(f"centre is {middle}; a finite number is needed")
    at = fit.trts.index(base)
    active = np.ones(fit.n)
    active[at] = 0.0
    names = tuple(f"{t} v {base}" for t in fit.trts if t != base)

    def columns(s: int, x: Floats) -> Floats:
        return np.column_stack([np.delete(x, at, axis=1), x @ active * (values[s] - middle)])

    made = explained(fit.net, (fit.method, fit.level), (*names, "covariate"), columns)
    return NmaRegression(made, base, middle)


def _values(fit: Nma, covariate: Mapping[Hashable, float]) -> Floats:
    given = {str(name): float(value) for name, value in covariate.items()}
    for study in fit.net.studies:
        if not np.isfinite(given.get(study, np.nan)):
            raise StatsError(f"study {study!r}: a finite covariate is needed")
    return np.array([given[study] for study in fit.net.studies])
