"""Estimators that are the solution of an equation in tau2, found exactly.

REML and ML: with a = tau2 + min(v), the profile score is looked at on a geometric grid of a,
factor at most 2 (its terms 1/(v + tau2) have no finer structure on the log scale), up to a bound
beyond which it must be negative. Every sign change from + to - is refined by safeguarded Newton
steps and the mode with the highest likelihood wins; zero is a candidate too. PM, PMM and EB solve
a convex falling equation, which Newton climbs down from the left. What is left of the equation at
the solution is reported. ``kernels`` holds the same steps compiled for models without moderators.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from probatum.stats.compiled import enabled
from probatum.stats.models.likelihood import Data, fit, log_likelihood, traces
from probatum.stats.models.solution import Solution, q_target, se_generalised_q

LOG_STEP = math.log(2.0)
MAX_GRID = 200


def likelihood(data: Data, method: str) -> Solution:
    """Maximise the (restricted) likelihood over tau2 >= 0, looking at every mode."""
    restricted = method == "REML"
    grid = search_grid(data, restricted=restricted)
    slope = [score(data, t, restricted=restricted)[0] for t in grid]
    if len(grid) > 1:
        slope[-1] = min(slope[-1], -0.0)  # the bound holds; only rounding can say otherwise
    found = [0.0] if slope[0] <= 0 else []
    steps = len(grid)
    for i in range(len(grid) - 1):
        if slope[i] > 0 >= slope[i + 1]:
            bracket, heights = (grid[i], grid[i + 1]), (slope[i], slope[i + 1])
            root, used = _root(data, bracket, heights, restricted=restricted)
            found.append(root)
            steps += used
    tau2 = found[0] if len(found) == 1 else _highest(data, found, restricted=restricted)
    t = traces(data, fit(data, tau2))
    se = float(np.sqrt(2 / (t.pp if restricted else t.ww)))
    gradient = score(data, tau2, restricted=restricted)[0]
    return Solution(tau2, se, gradient, steps, True, len(found))


def _highest(data: Data, found: list[float], *, restricted: bool) -> float:
    heights = [log_likelihood(data, t, restricted=restricted) for t in found]
    return found[int(np.argmax(heights))]


def score(data: Data, tau2: float, *, restricted: bool) -> tuple[float, float]:
    """Return d log-likelihood / d tau2 and its own derivative."""
    if enabled() and not data.plain:
        from probatum.stats.models import weighted_kernels  # noqa: PLC0415, compiles on first use

        slope: tuple[float, float] = weighted_kernels.score(*data.contiguous, tau2, restricted)
        return slope
    at = fit(data, tau2)
    t = traces(data, at)
    wpy = at.w * at.py
    cross = data.x.T @ wpy
    curve = -float(wpy @ at.py) + float(cross @ at.cov @ cross)
    first, second = (t.p, t.pp) if restricted else (t.w, t.ww)
    return 0.5 * (float(at.py @ at.py) - first), curve + 0.5 * second


def search_grid(data: Data, *, restricted: bool) -> list[float]:
    """Return the values of tau2 to look at: 0 and, where a mode can lie above it, more.

    y'PPy <= RSS/a^2 with the unweighted RSS, and tr P >= (k - p)/(a + max(v) - min(v)), tr W
    with k instead: beyond the root of their difference the score is negative.
    """
    low, spread = float(data.v.min()), float(np.ptp(data.v))
    rss = fit(Data(data.y, np.ones(data.k), data.x, data.plain), 0.0).rss
    df = data.k - data.p if restricted else data.k
    end = (rss + math.sqrt(rss * rss + 4 * df * rss * spread)) / (2 * df)
    if end <= low:
        return [0.0]
    points = min(max(math.ceil(math.log(end / low) / LOG_STEP), 1), MAX_GRID)
    inner = [low * ((end / low) ** (j / points) - 1) for j in range(points)]
    return [*inner, end - low]


def _root(
    data: Data,
    bracket: tuple[float, float],
    heights: tuple[float, float],
    *,
    restricted: bool,
) -> tuple[float, int]:
    """Return the root of the score inside a bracket, by Newton steps, halving outside it."""
    low, high = bracket
    t = low + (high - low) * heights[0] / (heights[0] - heights[1])
    steps = 0
    while high - low > 4e-16 * high and steps < 200:
        steps += 1
        g, slope = score(data, t, restricted=restricted)
        low, high = (t, high) if g > 0 else (low, t)
        move = -g / slope if slope < 0 else math.inf
        # Quadratic convergence: a step this small lands at the resolution of the numbers.
        if g == 0 or abs(move) <= 1e-9 * t:
            return (t if g == 0 else t + move), steps
        t = t + move if low < t + move < high else (low + high) / 2
    return t, steps


def generalised_q(data: Data, method: str) -> Solution:
    """Solve Q(tau2) = k - p (PM, EB; Paule & Mandel 1982) or its median (PMM)."""
    target = q_target(data, method)
    root = solve_q(data, target)
    return Solution(root, se_generalised_q(data, root), fit(data, root).rss - target, 0, True)


def solve_q(data: Data, target: float) -> float:
    """Return the tau2 >= 0 where the generalised Q equals ``target``; 0 when Q(0) is below."""
    t = 0.0
    for _ in range(300):
        at = fit(data, t)
        gap, slope = at.rss - target, float(at.py @ at.py)
        if gap <= 0 or slope == 0:
            break
        new = t + gap / slope
        if new - t <= 1e-16 * new:
            break
        t = new
    return t


ITERATED: dict[str, Callable[[Data, str], Solution]] = {
    "ML": likelihood,
    "REML": likelihood,
    "EB": generalised_q,
    "PM": generalised_q,
    "PMM": generalised_q,
}
