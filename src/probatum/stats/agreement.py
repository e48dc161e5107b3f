"""How far two people agree beyond chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Agreement:
    """Cohen's kappa of ``n`` pairs, with the shares that agreed and that chance would make agree.

    ``kappa`` is None where chance alone would make all agree, or for no pair.
    """

    n: int
    observed: float
    expected: float
    kappa: float | None


def cohen_kappa(pairs: Sequence[tuple[str, str]]) -> Agreement:
    """Measure the agreement of two raters on the same things.

    Cohen 1960, Educ Psychol Meas 20:37.

    >>> found = cohen_kappa([("low", "low"), ("high", "high"), ("low", "high"), ("high", "high")])
    >>> found.observed, found.expected, found.kappa
    (0.75, 0.5, 0.5)
    """
    n = len(pairs)
    if not n:
        return Agreement(0, 0.0, 0.0, None)
    left, right = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    observed = sum(one == other for one, other in pairs) / n
    expected = sum(left[name] * right[name] for name in left) / n**2
    kappa = (observed - expected) / (1.0 - expected) if expected < 1.0 else None
    return Agreement(n, observed, expected, kappa)
