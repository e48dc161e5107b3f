"""The p-curve: does the distribution of significant p-values hold evidence?"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from probatum.errors import StatsError
from probatum.stats import distributions as dist
from probatum.stats import inputs
from probatum.stats.inputs import Floats

CUT = 1.959963984540054


@dataclass(frozen=True, slots=True)
class PCurve:
    """Stouffer tests of the significant studies (two-sided p < .05).

    ``right_p`` (all) and ``right_half_p`` (p < .025) test for evidential value, ``flat_p``,
    ``flat_half_p`` and ``flat_binomial_p`` (the share of p < .025) that power is below 33 %.
    ``evidence``: half p < .05, or both full and half p < .1. ``no_evidence``: full 33 % p < .05,
    or both half and binomial 33 % p < .1. ``power`` is the estimated average power with a 90 %
    interval.
    """

    significant: int
    k: int
    right_p: float
    right_half_p: float
    flat_p: float
    flat_half_p: float
    flat_binomial_p: float
    evidence: bool
    no_evidence: bool
    power: float
    power_lb: float
    power_ub: float


def pcurve(yi: ArrayLike, vi: ArrayLike) -> PCurve:
    """Return the p-curve of z-tests of the studies (Simonsohn, Nelson & Simmons 2014).

    The rules are those of Simonsohn, Simmons & Nelson (2015, J Exp Psychol Gen 144:1146).

    Raises StatsError when no study is significant. One effect a study is assumed.

    >>> curve = pcurve([0.32, 0.35, 0.4, 0.1], [0.02, 0.02, 0.02, 0.02])
    >>> curve.significant, round(curve.right_p, 4)
    (3, 0.1229)
    """
    y, v = inputs.effects(yi, vi)
    z = np.abs(y) / np.sqrt(v)
    full = z[z > CUT]
    if len(full) == 0:
        raise StatsError("no study is significant (p < .05): there is no p-curve")
    half_cut = dist.critical(0.975)
    half = full[full > half_cut]
    ncp = _ncp(1 / 3)
    right, right_half = _upper(full, CUT, 0.0), _upper(half, half_cut, 0.0)
    flat = 1 - _upper(full, CUT, ncp)
    # Without a study below .025 the half curve says nothing; the binomial test still does.
    flat_half = 1 - _upper(half, half_cut, ncp) if len(half) else 1.0
    expected = float(_tail(half_cut, ncp) / _tail(CUT, ncp))
    flat_binomial = float(dist.special().bdtr(len(half), len(full), expected))
    power = [_power_where(full, level) for level in (0.5, 0.05, 0.95)]
    return PCurve(
        len(full), len(y), right, right_half, flat, flat_half, flat_binomial,
        right_half < 0.05 or max(right, right_half) < 0.1,
        flat < 0.05 or max(flat_half, flat_binomial) < 0.1, *power,
    )  # fmt: skip


def _tail(z: Floats | float, ncp: float) -> Floats:
    """Return P(|Z| > z) for Z ~ N(ncp, 1)."""
    size = np.asarray(z, dtype=np.float64)
    return np.asarray(dist.normal_cdf(ncp - size) + dist.normal_cdf(-ncp - size))


def _upper(z: Floats, cut: float, ncp: float) -> float:
    """Return Stouffer's p that the studies are this significant or more under ``ncp``."""
    if len(z) == 0:
        return 1.0
    share = np.clip(_tail(z, ncp) / _tail(cut, ncp), 1e-300, 1 - 1e-16)
    return float(dist.normal_cdf(dist.normal_quantile(share).sum() / math.sqrt(len(z))))


def _ncp(power: float) -> float:
    """Return the noncentrality with which a two-sided test has this power."""
    low, high = 0.0, 12.0
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if float(_tail(CUT, middle)) < power else (low, middle)
    return (low + high) / 2


def _power_where(z: Floats, level: float) -> float:
    """Return the power under which the studies' Stouffer p equals ``level``, 5 % to 99 %."""
    low, high = 0.0, _ncp(0.99)
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _upper(z, CUT, middle) < level else (low, middle)
    return float(_tail(CUT, (low + high) / 2))
