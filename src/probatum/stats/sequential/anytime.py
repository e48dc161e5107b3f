"""E-values and confidence sequences: valid whenever one looks, for whatever reason one looks.

An e-value is a bet against the null hypothesis: its expectation is at most 1 under it, so that
P(it ever reaches 1/α) ≤ α (Ville), however the next study comes about — also when it is begun
because of the results so far (ter Schure & Grünwald 2022, ALL-IN meta-analysis, F1000Research
11:549). Studies enter in the order in which they became known.

``normal``: y ~ N(μ, v + τ²) with τ² given (0: all studies share one effect): the mixture of
likelihood ratios over μ − μ0 ~ N(0, ρ²) (Robbins 1970). ``signs``: true effects differ by any law
that is symmetric about μ, nothing else is assumed and τ² is not needed: bets on the sign of
y − μ, averaged over all sizes of bet (Krichevsky & Trofimov 1981); the price is power, 7 studies
of the same sign reach 1/0.05.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from probatum.errors import UsageError
from probatum.stats.distributions import special
from probatum.stats.inputs import Floats, Labels, effects, level_fraction, one_of

MODELS = ("normal", "signs")


@dataclass(frozen=True, slots=True)
class Anytime:
    """After each study (arrays of length k): log e-value against ``null``, confidence sequence.

    ``estimate`` weighs as the e-value does (signs: the median). ``crossed`` is the index of the
    first study after which the e-value is 1/α or more, or None. An end of the sequence is
    infinite where the studies so far bound nothing.
    """

    log_e: Floats
    estimate: Floats
    ci_lb: Floats
    ci_ub: Floats
    crossed: int | None
    model: str
    null: float
    rho: float
    level: float

    @property
    def e(self) -> Floats:
        """E-values; above 1e308 they are infinite, their logarithms are not."""
        with np.errstate(over="ignore"):
            return np.exp(self.log_e)

    @property
    def p(self) -> Floats:
        """Anytime-valid p-values: 1 over the largest e-value so far."""
        return np.minimum(1.0, np.exp(-np.maximum.accumulate(self.log_e)))


def anytime(  # noqa: PLR0913, keyword-only options
    yi: ArrayLike,
    vi: ArrayLike,
    *,
    rho: float,
    tau2: float = 0.0,
    model: str = "normal",
    null: float = 0.0,
    level: float = 95,
    labels: Labels = None,
) -> Anytime:
    """Return e-values and the confidence sequence of studies in the order they became known.

    ``rho`` (> 0) is the size of effect that the bet is tuned to, on the scale of ``yi``; it must
    be chosen without looking at the results, as must ``tau2``. Any ``rho`` is valid, a good one is
    powerful; ``signs`` needs neither.

    >>> path = anytime([0.4, 0.5, 0.3], [0.04, 0.03, 0.02], rho=0.5)
    >>> path.e.round(2).tolist(), path.crossed
    ([2.08, 76.02, 428.34], 1)
    """
    y, v = effects(yi, vi, labels)
    one_of(model, MODELS, "model of anytime")
    share = level_fraction(level)
    if not (math.isfinite(rho) and rho > 0 and math.isfinite(null)):
        raise UsageError("rho must be a finite number above 0, null a finite number")
    if not (math.isfinite(tau2) and tau2 >= 0):
        raise UsageError(f"tau2 is {tau2:g}; allowed: a finite number from 0")
    alpha = 1 - share
    found = _normal(y, v + tau2, rho, null, alpha) if model == "normal" else _signs(y, null, alpha)
    reached = np.flatnonzero(found[0] >= -math.log(1 - share))
    crossed = int(reached[0]) if len(reached) else None
    return Anytime(*found, crossed, model, float(null), float(rho), level)


def _normal(
    y: Floats, v: Floats, rho: float, null: float, alpha: float
) -> tuple[Floats, Floats, Floats, Floats]:
    information = np.cumsum(1 / v)
    estimate = np.cumsum(y / v) / information
    shrunk = 1 + rho**2 * information
    square = (information * (estimate - null) * rho) ** 2 / shrunk
    log_e = 0.5 * square - 0.5 * np.log(shrunk)
    half = np.sqrt(shrunk * (np.log(shrunk) - 2 * math.log(alpha))) / (rho * information)
    return log_e, estimate, *_running(estimate - half, estimate + half)


def _signs(y: Floats, null: float, alpha: float) -> tuple[Floats, Floats, Floats, Floats]:
    above = np.cumsum((y > null) + 0.5 * (y == null))
    rows = [_sign_row(np.sort(y[: i + 1]), alpha) for i in range(len(y))]
    estimate, low, high = np.array(rows).T
    return _log_signs(above, np.arange(1, len(y) + 1)), estimate, *_running(low, high)


def _log_signs(above: Floats, k: NDArray[np.int64]) -> Floats:
    """Return the log e-value of ``above`` of k signs: 2^k B(above + ½, k − above + ½)/π."""
    betaln = special().betaln(above + 0.5, k - above + 0.5)
    return np.asarray(k * math.log(2) + betaln - math.log(math.pi))


def _sign_row(ordered: Floats, alpha: float) -> tuple[float, float, float]:
    """Return the median and the order statistics between which μ is not rejected."""
    k = len(ordered)
    below = np.arange(k // 2 + 1)
    held = _log_signs(below.astype(np.float64), np.full(len(below), k)) < -math.log(alpha)
    least = int(np.argmax(held)) if held.any() else k // 2
    if least == 0:
        return float(np.median(ordered)), -math.inf, math.inf
    return float(np.median(ordered)), float(ordered[least - 1]), float(ordered[k - least])


def _running(low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Intersect the intervals so far: a confidence sequence may do so."""
    return np.maximum.accumulate(low), np.minimum.accumulate(high)
