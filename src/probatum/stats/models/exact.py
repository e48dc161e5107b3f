"""Estimators that are the solution of an equation in tau2, found exactly.

REML and ML: the profile score is evaluated on a grid that is fine where the weights change,
every sign change from + to - is refined (safeguarded Newton inside its bracket) and the mode
with the highest likelihood wins; zero is a candidate too. PM, PMM and EB solve a monotone
equation, so one bracket is enough. The score that is left at the solution is reported.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from probatum.stats.distributions import special
from probatum.stats.inputs import Floats
from probatum.stats.models.likelihood import Data, fit, log_likelihood, traces

GRID = 48


@dataclass(frozen=True, slots=True)
class Solution:
    """tau2, its standard error, how it was found and the score that is left there."""

    tau2: float
    se: float
    gradient: float
    iterations: int
    converged: bool
    modes: int = 1


def likelihood(data: Data, method: str) -> Solution:
    """Maximise the (restricted) likelihood over tau2 >= 0, looking at every mode."""
    restricted = method == "REML"
    grid = search_grid(data).tolist()
    slope = [score(data, t, restricted=restricted) for t in grid]
    found = [0.0] if slope[0] <= 0 else []
    steps = len(grid)
    for left, right, before, after in zip(grid, grid[1:], slope, slope[1:], strict=False):
        if before > 0 >= after:
            root, used = bisect_newton(
                lambda t: score(data, t, restricted=restricted), (left, right)
            )
            found.append(root)
            steps += used
    heights = [log_likelihood(data, t, restricted=restricted) for t in found]
    tau2 = float(found[int(np.argmax(heights))])
    left_over = score(data, tau2, restricted=restricted)
    t = traces(data, fit(data, tau2))
    se = float(np.sqrt(2 / (t.pp if restricted else t.ww)))
    return Solution(tau2, se, left_over, steps, True, len(found))


def score(data: Data, tau2: float, *, restricted: bool) -> float:
    """Return d log-likelihood / d tau2."""
    at = fit(data, tau2)
    trace = traces(data, at).p if restricted else float(at.w.sum())
    return 0.5 * (float(at.py @ at.py) - trace)


def search_grid(data: Data) -> Floats:
    """Return values of tau2 from 0 to beyond the last possible mode.

    Beyond the largest residual sum of squares the score is negative: there
    y'PPy <= r'r/(t+vmin)^2 while tr P >= (k-p)/(t+vmax).
    """
    at = fit(Data(data.y, np.ones(data.k), data.x), 0.0)
    df = max(data.k - data.p, 1)
    top = 4.0 * at.rss / df + 4 * float(data.v.max())
    bottom = 1e-3 * float(data.v.min())
    return np.concatenate([[0.0], np.geomspace(min(bottom, top / 10), top, GRID)])


def bisect_newton(
    equation: Callable[[float], float], bracket: tuple[float, float]
) -> tuple[float, int]:
    """Return the root inside a bracket where ``equation`` falls through zero.

    Secant steps, each kept inside the bracket, else halving; ends when the bracket or the step
    is at the resolution of the numbers.
    """
    low, high = bracket
    f_low, f_high = equation(low), equation(high)
    middle = low
    for step in range(1, 200):
        middle = _guess((low, f_low), (high, f_high), step)
        value = equation(middle)
        if value == 0 or high - low <= 4e-16 * max(high, 1e-300):
            return middle, step
        if value > 0:
            low, f_low = middle, value
        else:
            high, f_high = middle, value
    return middle, 200


def _guess(low: tuple[float, float], high: tuple[float, float], step: int) -> float:
    """Propose the next point: false position, every third step the middle."""
    width = high[0] - low[0]
    if step % 3 == 0 or low[1] == high[1]:
        return low[0] + width / 2
    point = low[0] + width * low[1] / (low[1] - high[1])
    edge = 1e-3 * width if step % 3 == 2 else 0.0
    return min(max(point, low[0] + edge), high[0] - edge)


def generalised_q(data: Data, method: str) -> Solution:
    """Solve Q(tau2) = k - p (PM, EB; Paule & Mandel 1982) or its median (PMM)."""
    df = data.k - data.p
    target = float(2 * special().gammaincinv(df / 2, 0.5)) if method == "PMM" else float(df)
    root = solve_q(data, target)
    t = traces(data, fit(data, root))
    se = float(np.sqrt(2 * df)) / t.p
    return Solution(root, se, fit(data, root).rss - target, 0, True)


def solve_q(data: Data, target: float) -> float:
    """Return the tau2 >= 0 where the generalised Q equals ``target``; 0 when Q(0) is below."""
    if fit(data, 0.0).rss <= target:
        return 0.0
    high = float(data.v.max())
    while fit(data, high).rss > target:
        high *= 4
    return bisect_newton(lambda t: fit(data, t).rss - target, (0.0, high))[0]


ITERATED: dict[str, Callable[[Data, str], Solution]] = {
    "ML": likelihood,
    "REML": likelihood,
    "EB": generalised_q,
    "PM": generalised_q,
    "PMM": generalised_q,
}
