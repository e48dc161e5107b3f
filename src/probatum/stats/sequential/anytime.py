"""E-values and confidence sequences: valid whenever one looks, for whatever reason one looks.

An e-value is a bet against the null hypothesis: its expectation is at most 1 under it, so that
P(it ever reaches 1/α) ≤ α (Ville), however the next study comes about — also when it is begun
because of the results so far (ter Schure & Grünwald 2022, ALL-IN meta-analysis, F1000Research
11:549). Studies enter in the order in which they became known.

``common``: all studies share one effect, y ~ N(μ, v): the mixture of likelihood ratios over
μ − μ0 ~ N(0, ρ²) (Robbins 1970). ``random``: true effects differ; all that is used is that each
weighted deviation from μ is symmetric about 0, so that exp(λ x − λ² x²/2) has expectation at most
1 (de la Peña 1999); no estimate of τ² is needed, and the price is wider intervals.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from probatum.errors import UsageError
from probatum.stats.inputs import Floats, Labels, effects, level_fraction, one_of

MODELS = ("common", "random")
_SIZES = 0.5 ** np.arange(7)
_FARTHEST = 50.0


@dataclass(frozen=True, slots=True)
class Anytime:
    """After each study (arrays of length k): log e-value against ``null``, confidence sequence.

    ``estimate`` weighs as the e-value does. ``crossed`` is the index of the first study after
    which the e-value is 1/α or more, or None. An end of the sequence is infinite where the
    studies so far bound nothing.
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
    model: str = "common",
    null: float = 0.0,
    level: float = 95,
    labels: Labels = None,
) -> Anytime:
    """Return e-values and the confidence sequence of studies in the order they became known.

    ``rho`` (> 0) is the size of effect that the bet is tuned to, on the scale of ``yi``; it must
    be chosen without looking at the results. Any choice is valid, a good one is powerful.

    >>> path = anytime([0.4, 0.5, 0.3], [0.04, 0.03, 0.02], rho=0.5)
    >>> path.e.round(2).tolist(), path.crossed
    ([2.08, 76.02, 428.34], 1)
    """
    y, v = effects(yi, vi, labels)
    one_of(model, MODELS, "model of anytime")
    share = level_fraction(level)
    if not (math.isfinite(rho) and rho > 0 and math.isfinite(null)):
        raise UsageError("rho must be a finite number above 0, null a finite number")
    found = (_common if model == "common" else _symmetric)(y, v, rho, null, 1 - share)
    reached = np.flatnonzero(found[0] >= -math.log(1 - share))
    crossed = int(reached[0]) if len(reached) else None
    return Anytime(*found, crossed, model, float(null), float(rho), level)


def _common(
    y: Floats, v: Floats, rho: float, null: float, alpha: float
) -> tuple[Floats, Floats, Floats, Floats]:
    information = np.cumsum(1 / v)
    estimate = np.cumsum(y / v) / information
    shrunk = 1 + rho**2 * information
    square = (information * (estimate - null) * rho) ** 2 / shrunk
    log_e = 0.5 * square - 0.5 * np.log(shrunk)
    half = np.sqrt(shrunk * (np.log(shrunk) - 2 * math.log(alpha))) / (rho * information)
    return log_e, estimate, *_running(estimate - half, estimate + half)


def _symmetric(
    y: Floats, v: Floats, rho: float, null: float, alpha: float
) -> tuple[Floats, Floats, Floats, Floats]:
    w = 1 / v
    # Sums over studies so far of x and x² for x = (y − μ)/√v, as polynomials in μ.
    sums = np.cumsum([np.sqrt(w), y * np.sqrt(w), w, w * y, w * y * y], axis=1).T
    # Bets on x sized for an effect ρ; what scales them must be known before: the first study's v.
    sizes = (rho * _SIZES) ** 2 * w[0]
    log_e = np.array([_log_e(row, sizes, np.array([null]))[0] for row in sums])
    estimate = sums[:, 1] / sums[:, 0]
    reach = _FARTHEST * rho
    ends = [
        _accepted(row, sizes, float(centre), (reach, -math.log(alpha)))
        for row, centre in zip(sums, estimate, strict=True)
    ]
    low, high = np.array(ends).T
    return log_e, estimate, *_running(low, high)


def _log_e(sums: Floats, sizes: Floats, mu: Floats) -> Floats:
    """Return the log e-value at each ``mu``: the mean over normal bets of several sizes."""
    one, two, three, linear, square = sums
    total = (two - mu * one)[:, None]
    rest = np.maximum(square - 2 * mu * linear + mu * mu * three, 0)[:, None]
    shrunk = 1 + sizes * rest
    log = 0.5 * sizes * total**2 / shrunk - 0.5 * np.log(shrunk)
    top = log.max(axis=1)
    return np.asarray(top + np.log(np.exp(log - top[:, None]).mean(axis=1)))


def _accepted(
    sums: Floats, sizes: Floats, centre: float, rule: tuple[float, float]
) -> tuple[float, float]:
    """Return the ends of what is not rejected; infinite where the farthest value is not."""
    reach, bar = rule
    steps = np.concatenate([[0.0], np.geomspace(1e-4 * reach, reach, 160)])
    ends = []
    for sign in (-1.0, 1.0):
        inside = _log_e(sums, sizes, centre + sign * steps) < bar
        last = int(np.flatnonzero(inside)[-1]) if inside.any() else 0
        if last + 1 == len(steps):
            ends.append(sign * math.inf)
            continue
        low, high = steps[last], steps[last + 1]
        for _ in range(50):
            middle = 0.5 * (low + high)
            held = _log_e(sums, sizes, np.array([centre + sign * middle]))[0] < bar
            low, high = (middle, high) if held else (low, middle)
        ends.append(centre + sign * float(high))
    return ends[0], ends[1]


def _running(low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Intersect the intervals so far: a confidence sequence may do so."""
    return np.maximum.accumulate(low), np.minimum.accumulate(high)
