"""Effects at several visits of the same studies: how their errors go together.

Visits of one study share patients. The correlation of two visits is taken to fall with the time
between them, φ^|t − t'| (continuous-time autoregression), as in longitudinal meta-analysis
(Ishak et al. 2007, Trials 8:2; Musekiwa et al. 2016, PLoS ONE 11:e0164898); two doses at one visit
share the control arm.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from probatum.errors import UsageError
from probatum.stats.inputs import Floats, require, same_length, vector


def visit_covariance(
    vi: ArrayLike,
    time: ArrayLike,
    study: Sequence[Hashable],
    *,
    phi: float,
    dose: ArrayLike | None = None,
    shared: float = 0.5,
) -> Floats:
    """Return the covariance (m, m) of effects at visits, from their variances.

    ``phi`` in [0, 1) is the correlation of one study's errors one unit of time apart; it is an
    assumption (or comes from patients' data): show what others would give. Two different doses
    of a study share the control arm: their correlation is multiplied by ``shared`` (0.5 for arms
    of one size).

    >>> visit_covariance([0.04, 0.09, 0.04], [1, 2, 1], ["A", "A", "B"], phi=0.5).round(3).tolist()
    [[0.04, 0.03, 0.0], [0.03, 0.09, 0.0], [0.0, 0.0, 0.04]]
    """
    v, t = vector(vi, "vi"), vector(time, "time")
    fields = {"vi": v, "time": t}
    if dose is not None:
        fields["dose"] = vector(dose, "dose")
    if same_length(fields) != len(study):
        raise UsageError("study: one entry an effect is needed")
    labels = [f"{name}, visit {i + 1}" for i, name in enumerate(study)]
    require(np.isfinite(v) & (v > 0), v, "vi", "a finite number above 0", labels)
    require(np.isfinite(t) & (t >= 0), t, "time", "a finite number from 0", labels)
    if not (0 <= phi < 1 and 0 <= shared < 1 and math.isfinite(phi)):
        raise UsageError(f"phi is {phi:g}, shared {shared:g}; allowed: from 0 to below 1")
    names = np.array([str(name) for name in study])
    together = names[:, None] == names
    correlation = np.where(together, float(phi) ** np.abs(t[:, None] - t), 0.0)
    if dose is not None:
        correlation *= np.where(fields["dose"][:, None] == fields["dose"], 1.0, shared)
    return np.asarray(correlation * np.sqrt(np.outer(v, v)))
