"""The loops of the pairwise model without moderators, compiled by numba.

The formulas are those of ``likelihood``, ``moments`` and ``exact`` for a single column of ones;
only the sums are written out. Imported on first use: compilation takes some seconds once, then
is cached.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from probatum.stats.compiled import compiled, inner

LOG_STEP = math.log(2.0)
MAX_GRID = 200
EE, ML, REML, DL, HE, HS, HSK, SJ, Q_MEAN, Q_MEDIAN = range(10)


def _sums(y: Any, v: Any, t: float) -> Any:
    """Sums of w, w^2, w^3 and the weighted mean, w = 1/(v + t)."""
    s1 = s2 = s3 = total = 0.0
    for i in range(len(y)):
        w = 1.0 / (v[i] + t)
        s1 += w
        s2 += w * w
        s3 += w * w * w
        total += w * y[i]
    return s1, s2, s3, total / s1


def _residuals(y: Any, v: Any, t: float, mu: float) -> Any:
    """Sums of w r^2 and w^2 r^2, r = y - mu."""
    q = a = 0.0
    for i in range(len(y)):
        w = 1.0 / (v[i] + t)
        wr = w * (y[i] - mu)
        q += wr * (y[i] - mu)
        a += wr * wr
    return q, a


sums = inner(_sums)
residuals = inner(_residuals)


def _score(y: Any, v: Any, t: float, centre: float, restricted: bool) -> Any:
    """Score of the (restricted) likelihood and its derivative in tau2, in one pass.

    ``centre`` is taken off y first, so that the sums of squares lose no digits.
    """
    s1 = s2 = s3 = y1 = y2 = y3 = yy2 = yy3 = 0.0
    for i in range(len(y)):
        w = 1.0 / (v[i] + t)
        z = y[i] - centre
        wz = w * z
        s1 += w
        s2 += w * w
        s3 += w * w * w
        y1 += wz
        y2 += w * wz
        y3 += w * w * wz
        yy2 += wz * wz
        yy3 += w * wz * wz
    mu = y1 / s1
    a = yy2 - 2.0 * mu * y2 + mu * mu * s2
    b = y2 - mu * s2
    curve = b * b / s1 - (yy3 - 2.0 * mu * y3 + mu * mu * s3)
    if not restricted:
        return 0.5 * (a - s1), curve + 0.5 * s2
    mean = s2 / s1
    return 0.5 * (a - s1 + mean), curve + 0.5 * (s2 - 2.0 * s3 / s1 + mean * mean)


score = inner(_score)


def _root(y: Any, v: Any, bracket: Any, centre: float, restricted: bool) -> Any:
    """Newton from a start inside a bracket where the score falls, halving outside it."""
    low, high, t = bracket
    steps = 0
    while high - low > 4e-16 * high and steps < 200:
        steps += 1
        g, slope = score(y, v, t, centre, restricted)
        if g > 0.0:
            low = t
        else:
            high = t
        move = -g / slope if slope < 0.0 else math.inf
        # Quadratic convergence: a step this small lands at the resolution of the numbers.
        if g == 0.0 or abs(move) <= 1e-9 * t:
            t = t if g == 0.0 else t + move
            break
        t = t + move if low < t + move < high else 0.5 * (low + high)
    return t, steps


root = inner(_root)


def _higher(y: Any, v: Any, first: float, second: float, restricted: bool) -> float:
    """Return which of two values of tau2 has the higher likelihood."""
    s1, _, _, mu1 = sums(y, v, first)
    s2, _, _, mu2 = sums(y, v, second)
    gain = residuals(y, v, first, mu1)[0] - residuals(y, v, second, mu2)[0]
    for i in range(len(y)):
        gain += math.log((v[i] + first) / (v[i] + second))
    if restricted:
        gain += math.log(s1 / s2)
    return second if gain > 0.0 else first


higher = inner(_higher)


def _range(y: Any, v: Any, restricted: bool) -> Any:
    """Smallest variance, a = tau2 + it beyond which the score is negative, and the mean of y."""
    k = len(y)
    mean = rss = high = 0.0
    low = math.inf
    for i in range(k):
        mean += y[i] / k
        low = min(low, v[i])
        high = max(high, v[i])
    for i in range(k):
        rss += (y[i] - mean) * (y[i] - mean)
    df = k - 1.0 if restricted else float(k)
    end = (rss + math.sqrt(rss * rss + 4.0 * df * rss * (high - low))) / (2.0 * df)
    return low, end, mean


search_range = inner(_range)


def _maximise(y: Any, v: Any, restricted: bool) -> Any:
    """tau2 of the highest mode, the score there, steps, and how many modes were seen."""
    smallest, end, centre = search_range(y, v, restricted)
    before = score(y, v, 0.0, centre, restricted)[0]
    best, left, steps = 0.0, 0.0, 1
    modes = 1 if before <= 0.0 else 0
    points, factor, grid = 0, 1.0, smallest
    if end > smallest:
        span = math.log(end / smallest)
        points = min(max(math.ceil(span / LOG_STEP), 1), MAX_GRID)
        factor = math.exp(span / points)
    for j in range(1, points + 1):
        last = j == points
        grid *= factor
        right = end - smallest if last else grid - smallest
        after = score(y, v, right, centre, restricted)[0]
        steps += 1
        # At the bound the score is negative; only rounding can say otherwise.
        if before > 0.0 and (after <= 0.0 or last):
            start = left + (right - left) * before / (before - min(after, -0.0))
            t, used = root(y, v, (left, right, start), centre, restricted)
            steps += used
            modes += 1
            best = t if modes == 1 else higher(y, v, best, t, restricted)
        left, before = right, after
    return best, score(y, v, best, centre, restricted)[0], steps, modes


maximise = inner(_maximise)


def _solve_q(y: Any, v: Any, target: float) -> Any:
    """tau2 >= 0 with Q(tau2) = target: Newton on a convex falling function, from the left."""
    t = gap = 0.0
    steps = 0
    for _ in range(300):
        steps += 1
        q, a = residuals(y, v, t, sums(y, v, t)[3])
        gap = q - target
        new = t + gap / a if a > 0.0 else t
        if gap <= 0.0 or new - t <= 1e-16 * new:
            break
        t = new
    return t, gap, steps, 1


solve_q = inner(_solve_q)


def _by_variance(y: Any, v: Any, method: int) -> Any:
    """DL, HS and HSk: tau2 and its standard error."""
    k = len(y)
    df = k - 1.0
    s1, s2, s3, mu = sums(y, v, 0.0)
    q = residuals(y, v, 0.0, mu)[0]
    trace = s1 - s2 / s1
    size = trace
    t = (q - df) / trace
    if method != DL:
        factor = k / df if method == HSK else 1.0
        size = s1 / factor
        t = (factor * q - k) / s1
    t = max(0.0, t)
    square = df + 2.0 * t * trace + t * t * (s2 - 2.0 * s3 / s1 + (s2 / s1) ** 2)
    return t, math.sqrt(2.0 * square) / size


by_variance = inner(_by_variance)


def _spread(v: Any, start: float, t: float, total: float) -> Any:
    """Root of twice tr(A S A S) for weights start/(v + start), all 1 where start is infinite."""
    first = middle = upper = 0.0
    for i in range(len(v)):
        w = 1.0 / (1.0 + v[i] / start)
        ws = w * (v[i] + t)
        first += ws * ws
        middle += w * ws
        upper += w * ws * ws
    return math.sqrt(2.0 * (first - 2.0 * upper / total + (middle / total) ** 2))


spread = inner(_spread)


def _by_residuals(y: Any, v: Any, method: int) -> Any:
    """HE (equal weights) and SJ (weights r/(v + r), r the variance of y)."""
    k = len(y)
    sjw = method == SJ
    mean = variance = total = mu = mv = q = 0.0
    for i in range(k):
        mean += y[i] / k
        mv += v[i] / k
    for i in range(k):
        variance += (y[i] - mean) * (y[i] - mean) / k
    if sjw and variance == 0.0:
        return 0.0, 0.0
    for i in range(k):
        w = variance / (v[i] + variance) if sjw else 1.0
        total += w
        mu += w * y[i]
    mu /= total
    for i in range(k):
        w = variance / (v[i] + variance) if sjw else 1.0
        q += w * (y[i] - mu) * (y[i] - mu) / (k - 1.0)
    t = q if sjw else max(0.0, q - mv)
    return t, spread(v, variance if sjw else math.inf, t, total) / (k - 1.0)


by_residuals = inner(_by_residuals)


def _tau2(y: Any, v: Any, method: int, target: float) -> Any:
    """tau2, its error (nan where it needs the sums at the solution), gradient, steps, modes."""
    if method in (ML, REML):
        t, gradient, steps, modes = maximise(y, v, method == REML)
        return t, math.nan, gradient, steps, modes
    if method in (Q_MEAN, Q_MEDIAN):
        t, gap, steps, modes = solve_q(y, v, target)
        return t, math.nan, gap, steps, modes
    if method in (HE, SJ):
        t, se = by_residuals(y, v, method)
    else:
        t, se = by_variance(y, v, method)
    return t, se, 0.0, 0, 1


tau2_of = inner(_tau2)


def _error(k: int, method: int, s: Any) -> Any:
    """Standard error of an iterated tau2 from the sums of weights at it."""
    if method == REML:
        return math.sqrt(2.0 / (s[1] - 2.0 * s[2] / s[0] + (s[1] / s[0]) ** 2))
    if method == ML:
        return math.sqrt(2.0 / s[1])
    return k * math.sqrt(2.0 / (k - 1.0)) / s[0]


error = inner(_error)


def _pairwise(y: Any, v: Any, method: int, target: float, out: Any) -> None:
    """One fit: tau2, its error, gradient, steps, modes, mean, sum of weights, RSS, Q, tr P(0)."""
    k = len(y)
    t, se, gradient, steps, modes = 0.0, math.nan, 0.0, 0, 1
    if k > 1 and method != EE:
        t, se, gradient, steps, modes = tau2_of(y, v, method, target)
    s = sums(y, v, t)
    if k > 1 and method in (REML, ML, Q_MEAN, Q_MEDIAN):
        se = error(k, method, s)
    f = sums(y, v, 0.0)
    out[0], out[1], out[2], out[3], out[4] = t, se, gradient, steps, modes
    out[5], out[6], out[7] = s[3], s[0], residuals(y, v, t, s[3])[0]
    out[8], out[9] = residuals(y, v, 0.0, f[3])[0], f[0] - f[1] / f[0]


pairwise = compiled(_pairwise)


def _many(y: Any, v: Any, starts: Any, method: int, targets: Any) -> Any:
    """Fits of consecutive groups of studies: one row of ``pairwise`` each."""
    out = np.empty((len(starts) - 1, 10))
    for g in range(len(starts) - 1):
        a, b = starts[g], starts[g + 1]
        pairwise(y[a:b], v[a:b], method, targets[g], out[g])
    return out


many = compiled(_many)
