"""Trial sequential analysis: a cumulating meta-analysis against boundaries that allow for looks.

Wetterslev et al. 2008 (J Clin Epidemiol 61:64), Thorlund et al. 2011 (manual of TSA): the
information that a meta-analysis needs to find ``delta`` is that of one large trial, divided by
1 − D² for heterogeneity, where the diversity D² = (v_random − v_common)/v_random (Wetterslev
2009, BMC Med Res Methodol 9:86). Information is counted as 1/variance, so that any measure will
do; :func:`required_patients` says what it means in patients.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from probatum.errors import UsageError
from probatum.stats.distributions import normal_quantile
from probatum.stats.inputs import Floats, Labels, effects, one_of
from probatum.stats.models.fit import rma
from probatum.stats.sequential.spending import SPENDING, boundaries


@dataclass(frozen=True, slots=True)
class Monitor:
    """After each study (arrays of length k): the pooled effect, z and the boundary for |z|.

    ``fraction`` is the share of the required information reached. ``ci_lb``/``ci_ub`` are
    intervals widened to the boundary. Where the boundary is out of reach (hardly any information
    yet) and after the first look with all the required information (α is spent then) it is
    infinite. ``reached`` is the index of the first look at or beyond the boundary, or None.
    """

    estimate: Floats
    se: Floats
    z: Floats
    tau2: Floats
    fraction: Floats
    boundary: Floats
    ci_lb: Floats
    ci_ub: Floats
    required: float
    diversity: float
    reached: int | None
    spending: str
    alpha: float
    power: float
    delta: float

    @property
    def enough(self) -> bool:
        """Whether the required information has been reached."""
        return bool(self.fraction[-1] >= 1)


def required_information(
    delta: float, *, alpha: float = 0.05, power: float = 0.9, diversity: float = 0.0
) -> float:
    """Return the information 1/variance with which a two-sided test finds ``delta``.

    (z(1 − α/2) + z(power))²/δ², divided by 1 − D² for a diversity D² from 0 to below 1.

    >>> round(required_information(0.5), 3)
    42.03
    """
    if not (math.isfinite(delta) and delta != 0):
        raise UsageError(f"delta is {delta:g}; allowed: a finite number other than 0")
    if not (0 < alpha < 1 and 0 < power < 1):
        raise UsageError("alpha and power must be above 0 and below 1")
    if not 0 <= diversity < 1:
        raise UsageError(f"diversity is {diversity:g}; allowed: from 0 to below 1")
    z = float(normal_quantile(1 - alpha / 2) + normal_quantile(power))
    return (z / delta) ** 2 / (1 - diversity)


def required_patients(information: float, *, variance: float) -> float:
    """Return the patients in both arms together that give this information.

    ``variance`` is that of one patient: σ² for a mean difference, 1 for a standardised one,
    p(1 − p) at the average risk for a risk difference, 1/(p(1 − p)) for a log odds ratio; arms
    are of equal size.

    >>> round(required_patients(required_information(0.1), variance=0.25))
    1051
    """
    if not (information > 0 and variance > 0):
        raise UsageError("information and variance must be above 0")
    return 4 * variance * information


def diversity(yi: ArrayLike, vi: ArrayLike, *, method: str = "DL") -> float:
    """Return D², the share of the variance of the random-effects mean that is heterogeneity.

    >>> round(diversity([0.1, 0.9, 0.2], [0.04, 0.05, 0.02]), 3)
    0.79
    """
    y, v = effects(yi, vi)
    tau2 = rma(y, v, method=method).tau2 if len(y) > 1 else 0.0
    return 1 - float((1 / (v + tau2)).sum() / (1 / v).sum())


def monitor(  # noqa: PLR0913, keyword-only options
    yi: ArrayLike,
    vi: ArrayLike,
    *,
    delta: float,
    alpha: float = 0.05,
    power: float = 0.9,
    method: str = "DL",
    spending: str = "obrien-fleming",
    diversity_assumed: float | None = None,
    labels: Labels = None,
) -> Monitor:
    """Return a cumulative meta-analysis, in the order given, with trial sequential boundaries.

    ``delta`` is the effect worth finding, on the scale of ``yi``. ``method``: any of ``rma``
    (EE for a common effect). Heterogeneity enlarges the required information by the diversity of
    all studies, or by ``diversity_assumed`` (D² ≥ 0) when one was fixed beforehand; with the
    former, boundaries move as studies come in, and error rates hold only about.

    >>> path = monitor([0.5, 0.4, 0.6], [0.1, 0.05, 0.02], delta=0.5, method="EE")
    >>> path.fraction.round(2).tolist(), path.reached
    ([0.24, 0.71, 1.9], 2)
    """
    y, v = effects(yi, vi, labels)
    one_of(spending, tuple(SPENDING), "spending function")
    found = diversity(y, v, method=method) if diversity_assumed is None else diversity_assumed
    required = required_information(delta, alpha=alpha, power=power, diversity=found)
    fits = [rma(y[: i + 1], v[: i + 1], method=method if i else "EE") for i in range(len(y))]
    estimate = np.array([fit.estimate for fit in fits])
    se = np.array([float(fit.se[0]) for fit in fits])
    # Information is that of the common-effect mean: rising whatever the heterogeneity does.
    fraction = np.cumsum(1 / v) / required
    bound = boundaries(fraction, alpha=alpha, spending=spending).z
    z = estimate / se
    beyond = np.flatnonzero(np.abs(z) >= bound)
    return Monitor(
        estimate, se, z, np.array([fit.tau2 for fit in fits]), fraction, bound,
        estimate - bound * se, estimate + bound * se, required, found,
        int(beyond[0]) if len(beyond) else None, spending, alpha, power, float(delta),
    )  # fmt: skip
