"""Whether tables share one odds ratio: Breslow-Day and Tarone's correction of it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from probatum.stats import distributions as dist
from probatum.stats.inputs import Floats


@dataclass(frozen=True, slots=True)
class Homogeneity:
    """Breslow-Day (1980) and Tarone (1985) statistics with p-values, k - 1 degrees of freedom."""

    BD: float
    BDp: float
    TA: float
    TAp: float


def breslow_day(a: Floats, b: Floats, c: Floats, d: Floats, log_odds: float) -> Homogeneity:
    """Test whether k tables share the odds ratio exp(log_odds), such as Mantel-Haenszel's.

    Tables without events, or with events only, carry no information and are left out.
    """
    use = (a + c > 0) & (b + d > 0)
    a, n1, n2, events = a[use], (a + b)[use], (c + d)[use], (a + c)[use]
    fitted = _fitted(n1, n2, events, math.exp(log_odds))
    variance = 1 / (
        1 / fitted + 1 / (n1 - fitted) + 1 / (events - fitted) + 1 / (n2 - events + fitted)
    )
    bd = float(((a - fitted) ** 2 / variance).sum())
    ta = bd - float((a - fitted).sum()) ** 2 / float(variance.sum())
    df = len(a) - 1
    p = [float(dist.chi2_upper(x, df)) if df > 0 else 1.0 for x in (bd, ta)]
    return Homogeneity(bd, p[0], ta, p[1])


def _fitted(n1: Floats, n2: Floats, events: Floats, odds: float) -> Floats:
    """Return the first cell that has the given odds ratio and the margins of the table."""
    if abs(odds - 1) < 1e-12:
        return n1 * events / (n1 + n2)
    lead = 1 - odds
    middle = n2 - events + odds * (n1 + events)
    last = -odds * n1 * events
    # The stable form of the root that lies inside the margins.
    root = np.sqrt(middle**2 - 4 * lead * last)
    return -2 * last / (middle + root)
