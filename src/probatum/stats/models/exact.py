"""Estimators that are the solution of an equation in tau2, found exactly.

REML and ML: the profile score is evaluated on a grid that is fine where the weights change,
every sign change from + to - is refined (safeguarded Newton inside its bracket) and the mode
with the highest likelihood wins; zero is a candidate too. PM, PMM and EB solve a monotone
equation, so one bracket is enough. The score that is left at the solution is reported.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from probatum.stats.inputs import Floats
from probatum.stats.models.likelihood import Data, fit, log_likelihood, traces
from probatum.stats.models.roots import falling_root
from probatum.stats.models.solution import Solution, q_target, se_generalised_q

GRID = 48


def likelihood(data: Data, method: str) -> Solution:
    """Maximise the (restricted) likelihood over tau2 >= 0, looking at every mode."""
    restricted = method == "REML"
    grid = search_grid(data).tolist()
    slope = [score(data, t, restricted=restricted) for t in grid]
    found = [0.0] if slope[0] <= 0 else []
    steps = len(grid)
    for left, right, before, after in zip(grid, grid[1:], slope, slope[1:], strict=False):
        if before > 0 >= after:
            root, used = falling_root(
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


def generalised_q(data: Data, method: str) -> Solution:
    """Solve Q(tau2) = k - p (PM, EB; Paule & Mandel 1982) or its median (PMM)."""
    target = q_target(data, method)
    root = solve_q(data, target)
    return Solution(root, se_generalised_q(data, root), fit(data, root).rss - target, 0, True)


def solve_q(data: Data, target: float) -> float:
    """Return the tau2 >= 0 where the generalised Q equals ``target``; 0 when Q(0) is below."""
    if fit(data, 0.0).rss <= target:
        return 0.0
    high = float(data.v.max())
    while fit(data, high).rss > target:
        high *= 4
    return falling_root(lambda t: fit(data, t).rss - target, (0.0, high))[0]


ITERATED: dict[str, Callable[[Data, str], Solution]] = {
    "ML": likelihood,
    "REML": likelihood,
    "EB": generalised_q,
    "PM": generalised_q,
    "PMM": generalised_q,
}
