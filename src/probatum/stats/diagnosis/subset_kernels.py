"""The loop over subsets of studies, compiled by numba."""

from __future__ import annotations

from typing import Any

import numpy as np

from probatum.stats.compiled import compiled, inner


def _mean(y: Any, v: Any, mask: Any, t: float) -> Any:
    """Weighted mean of the studies in ``mask``, with sums of w and w^2 and the number of them."""
    s1 = s2 = total = 0.0
    k = 0
    for i in range(len(y)):
        if (mask >> np.uint64(i)) & np.uint64(1):
            w = 1.0 / (v[i] + t)
            s1 += w
            s2 += w * w
            total += w * y[i]
            k += 1
    return total / s1, s1, s2, k


mean_of = inner(_mean)


def _spread(y: Any, v: Any, mask: Any, mean: float) -> Any:
    """Cochran's Q of the studies in ``mask``."""
    q = 0.0
    for i in range(len(y)):
        if (mask >> np.uint64(i)) & np.uint64(1):
            q += (y[i] - mean) * (y[i] - mean) / v[i]
    return q


spread_of = inner(_spread)


def _subsets(y: Any, v: Any, masks: Any, random: bool) -> Any:
    """Size, pooled effect, I2 and tau2 of every subset."""
    out = np.zeros((len(masks), 4))
    for j in range(len(masks)):
        mean, s1, s2, k = mean_of(y, v, masks[j], 0.0)
        df = k - 1.0
        q = spread_of(y, v, masks[j], mean) if k > 1 else 0.0
        if random and q > df:
            trace = s1 - s2 / s1
            t = (q - df) / trace
            mean = mean_of(y, v, masks[j], t)[0]
            out[j, 3] = t
            out[j, 2] = 100.0 * t / (df / trace + t)
        elif q > df:
            out[j, 2] = 100.0 * (q - df) / q
        out[j, 0] = k
        out[j, 1] = mean
    return out


subsets = compiled(_subsets)
