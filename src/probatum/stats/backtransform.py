"""From the analysis scale back to the reader's."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from probatum.errors import StatsError
from probatum.stats.distributions import normal_cdf, special
from probatum.stats.inputs import Floats, one_of


def freeman_tukey(x: ArrayLike, n: float | ArrayLike) -> Floats:
    """Return proportions from double arcsine values (Miller 1978).

    ``n`` is a sample size, or the sizes of all studies, whose harmonic mean is then used.

    >>> float(freeman_tukey(0.55, [20, 30, 50]).round(4))
    0.2656
    """
    sizes = np.asarray(n, dtype=np.float64)
    if (sizes <= 0).any():
        raise StatsError("n: every sample size must be above 0")
    size = len(sizes) / float((1 / sizes).sum()) if sizes.ndim else float(sizes)
    value = np.asarray(x, dtype=np.float64)
    low = np.arcsin(np.sqrt(1 / (size + 1))) / 2
    high = (np.arcsin(np.sqrt(size / (size + 1))) + np.pi / 2) / 2
    sine = np.sin(2 * value)
    with np.errstate(divide="ignore", invalid="ignore"):
        inside = 1 - (sine + (sine - 1 / sine) / size) ** 2
        p = 0.5 * (1 - np.sign(np.cos(2 * value)) * np.sqrt(np.maximum(inside, 0)))
    return np.where(value < low, 0.0, np.where(value > high, 1.0, p))


def logistic(x: ArrayLike) -> Floats:
    """Return proportions from log odds."""
    return np.asarray(special().expit(x), dtype=np.float64)


SCALES: dict[str, Callable[[ArrayLike], Floats]] = {
    "identity": lambda x: np.asarray(x, dtype=np.float64),
    "log": lambda x: np.asarray(np.exp(x), dtype=np.float64),
    "logit": logistic,
    "z": lambda x: np.asarray(np.tanh(x), dtype=np.float64),
    "probit": normal_cdf,
    "arcsine": lambda x: np.sin(np.clip(x, 0, np.pi / 2)) ** 2,
    "square": lambda x: np.asarray(x, dtype=np.float64) ** 2,
}


def back(x: ArrayLike, scale: str) -> Floats:
    """Return values on the reader's scale; ``scale`` as in the table of measures.

    >>> back([0.0, 0.6931471805599453], "log").round(3).tolist()
    [1.0, 2.0]
    """
    return SCALES[one_of(scale, tuple(SCALES), "scale")](x)
