"""Fail-safe numbers: how many null studies would undo the result."""

from __future__ import annotations

import math
from collections.abc import Callable

from numpy.typing import ArrayLike

from probatum.errors import UsageError
from probatum.stats import distributions as dist
from probatum.stats import inputs
from probatum.stats.inputs import Floats


def fsn(
    yi: ArrayLike,
    vi: ArrayLike,
    *,
    kind: str = "Rosenthal",
    alpha: float = 0.05,
    target: float | None = None,
) -> int:
    """Return the fail-safe N.

    Rosenthal (1979): null studies that bring Stouffer's one-sided p above ``alpha``; Orwin
    (1983): studies with effect 0 that bring the unweighted mean to ``target`` (default half of
    it); Rosenberg (2005): null studies that bring the common-effect z-test's two-sided p above
    ``alpha``.

    >>> fsn([0.5, 0.4, 0.6], [0.02, 0.03, 0.05])
    24
    """
    y, v = inputs.effects(yi, vi)
    inputs.one_of(kind, tuple(KINDS), "kind of fail-safe N")
    if not 0 < alpha < 1:
        raise UsageError(f"alpha is {alpha:g}; allowed: above 0 and below 1")
    if kind == "Orwin":
        return _orwin(y, target)
    return _ceiling(KINDS[kind](y, v, alpha))


def _rosenthal(y: Floats, v: Floats, alpha: float) -> float:
    z = abs(float((y / v**0.5).sum())) / math.sqrt(len(y))
    return len(y) * ((z / float(dist.normal_quantile(1 - alpha))) ** 2 - 1)


def _rosenberg(y: Floats, v: Floats, alpha: float) -> float:
    w = 1 / v
    limit = float(dist.normal_quantile(1 - alpha / 2))
    spare = (float((w * y).sum()) / limit) ** 2 - float(w.sum())
    return len(y) * spare / float(w.sum())


def _orwin(y: Floats, target: float | None) -> int:
    mean = float(y.mean())
    goal = mean / 2 if target is None else float(target)
    if goal == 0:
        raise UsageError("target is 0; allowed: a number other than 0 with the sign of the mean")
    if goal * mean < 0 or abs(goal) > abs(mean):
        return 0
    return _ceiling(len(y) * (mean - goal) / goal)


def _ceiling(count: float) -> int:
    # A count that misses a whole number by rounding error is that number.
    near = round(count)
    return max(0, near if abs(count - near) < 1e-9 * max(1.0, abs(count)) else math.ceil(count))


KINDS: dict[str, Callable[[Floats, Floats, float], float]] = {
    "Rosenthal": _rosenthal,
    "Rosenberg": _rosenberg,
    "Orwin": _rosenthal,
}
