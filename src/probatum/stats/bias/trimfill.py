"""Trim and fill (Duval & Tweedie 2000)."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from probatum.errors import StatsError, UsageError
from probatum.stats.inputs import Floats, one_of
from probatum.stats.models.fit import estimate, rma
from probatum.stats.models.likelihood import Data
from probatum.stats.models.result import Rma

ROUNDS = 100


@dataclass(frozen=True, slots=True)
class TrimFill:
    """The number of missing studies on ``side``, its error, and the model with them filled in.

    ``filled`` marks the imputed studies of ``model``; ``p_k0`` (R0 only) tests that none misses.
    """

    side: str
    estimator: str
    k0: int
    se_k0: float
    p_k0: float | None
    model: Rma
    filled: tuple[bool, ...]


def trimfill(fitted: Rma, *, side: str | None = None, estimator: str = "L0") -> TrimFill:
    """Estimate missing studies by L0, R0 or Q0 and refit with their mirror images.

    ``side`` where studies miss: left or right; None takes the side that the regression on the
    standard error suggests. Takes models without moderators or custom weights.
    """
    one_of(estimator, ("L0", "R0", "Q0"), "estimator of trimfill")
    if fitted.p != 1 or fitted.settings.weights is not None:
        raise UsageError("trimfill takes a model without moderators and without own weights")
    if side is None:
        side = _suggested(fitted)
    sign = -1.0 if one_of(side, ("left", "right"), "side") == "right" else 1.0
    order = np.argsort(sign * fitted.yi, kind="stable")
    y, v = sign * fitted.yi[order], fitted.vi[order]
    k0, centre, spread = _iterate(y, v, estimator, fitted)
    extreme = slice(len(y) - k0, len(y))
    all_y = sign * np.concatenate([y, 2 * centre - y[extreme]])
    all_v = np.concatenate([v, v[extreme]])
    x = np.ones((len(all_y), 1))
    model = estimate(Data(all_y, all_v, x), fitted.settings) if k0 else fitted
    p_k0 = 0.5 ** (k0 + 1) if estimator == "R0" else None
    marks = tuple([False] * len(y) + [True] * k0)
    return TrimFill(side, estimator, k0, spread, p_k0, model, marks)


def _suggested(fitted: Rma) -> str:
    s = fitted.settings
    slope = rma(fitted.yi, fitted.vi, np.sqrt(fitted.vi), method=s.method, compat=s.compat).beta[1]
    return "right" if slope < 0 else "left"


def _iterate(y: Floats, v: Floats, estimator: str, fitted: Rma) -> tuple[int, float, float]:
    """Trim, recentre and count again until the number of missing studies is stable."""
    k, k0, before = len(y), 0, -1
    settings = replace(fitted.settings, tau2=None)
    seen = 0
    centre, total = 0.0, 0.0
    while k0 != before:
        seen += 1
        if seen > ROUNDS:
            raise StatsError("trimfill does not settle: the number of missing studies alternates")
        before = k0
        kept = k - k0
        x = np.ones((kept, 1))
        centre = estimate(Data(y[:kept], v[:kept], x), settings).estimate
        deviation = y - centre
        rank = np.empty(k)
        rank[np.argsort(np.abs(deviation), kind="stable")] = np.arange(1, k + 1)
        k0, total = _count(np.sign(deviation) * rank, estimator)
    return k0, centre, total


def _count(signed: Floats, estimator: str) -> tuple[int, float]:
    """Return the number of missing studies and its standard error from signed ranks."""
    k = len(signed)
    ranks = float(signed[signed > 0].sum())
    if estimator == "R0":
        below = -signed[signed < 0]
        if len(below) == 0:
            raise StatsError(
                "no study lies on the other side of the pooled effect: R0 is undefined"
            )
        raw = k - float(below.max()) - 1
        k0 = max(0, round(raw))
        return k0, math.sqrt(2 * max(0.0, raw) + 2)
    if estimator == "L0":
        raw = (4 * ranks - k * (k + 1)) / (2 * k - 1)
        return max(0, round(raw)), 4 * _sd_of_ranks(k, raw) / (2 * k - 1)
    inside = 2 * k**2 - 4 * ranks + 0.25
    if inside < 0:
        raise StatsError("Q0 is undefined for these ranks; use L0 or R0")
    raw = k - 0.5 - math.sqrt(inside)
    scale = (k - 0.5) ** 2 - raw * (2 * k - raw - 1)
    spread = 2 * _sd_of_ranks(k, raw) / math.sqrt(scale) if scale > 0 else math.nan
    return max(0, round(raw)), spread


def _sd_of_ranks(k: int, k0: float) -> float:
    """Return the standard deviation of the sum of ranks at the unrounded estimate ``k0``."""
    cubic = 10 * k0**3 + 27 * k0**2 + 17 * k0 - 18 * k * k0**2 - 18 * k * k0 + 6 * k**2 * k0
    variance = (k * (k + 1) * (2 * k + 1) + cubic) / 24
    return math.sqrt(variance) if variance >= 0 else math.nan
