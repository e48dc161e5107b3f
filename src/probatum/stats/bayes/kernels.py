"""The sums over rows at each node of tau, compiled; imported on first use."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from probatum.stats.compiled import compiled


def _single(y: Any, lam: Any, x: Any, tau: Any, precision: float, prior: float) -> Any:
    """Mean and precision of the only coefficient, sum of squares and of log weights: (4, m)."""
    out = np.empty((4, len(tau)))
    for m in range(len(tau)):
        t = tau[m] * tau[m]
        total, sum_y, logs, square = precision, precision * prior, 0.0, 0.0
        product = 1.0
        for i in range(len(y)):
            spread = lam[i] + t
            total += x[i] * x[i] / spread
            sum_y += x[i] * y[i] / spread
            product *= spread
            # One logarithm for several factors, taken before they run out of range.
            if not 1e-100 < product < 1e100:
                logs -= math.log(product)
                product = 1.0
        mean = sum_y / total
        for i in range(len(y)):
            rest = y[i] - mean * x[i]
            square += rest * rest / (lam[i] + t)
        out[0, m], out[1, m] = mean, total
        out[2, m] = square + precision * (mean - prior) * (mean - prior)
        out[3, m] = logs - math.log(product)
    return out


single = compiled(_single)
