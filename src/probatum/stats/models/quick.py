"""The compiled way for models without moderators: one call of a kernel a fit."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np

from probatum.stats.compiled import enabled
from probatum.stats.distributions import chi2_quantile
from probatum.stats.models.likelihood import Data
from probatum.stats.models.result import Rma
from probatum.stats.models.solution import Solution
from probatum.stats.models.solve import Settings

# Method codes of the kernels.
CODES = {
    "EE": 0, "FE": 0, "CE": 0, "ML": 1, "REML": 2, "DL": 3, "HE": 4, "HS": 5, "HSk": 6, "SJ": 7,
    "PM": 8, "EB": 8, "PMM": 9,
}  # fmt: skip
SOLVED = frozenset({"ML", "REML", "PM", "EB", "PMM"})


def takes(data: Data, settings: Settings) -> bool:
    """Return whether a kernel can fit this model."""
    return (
        data.plain
        and settings.compat is None
        and settings.weights is None
        and settings.tau2 is None
        and settings.method in CODES
        and enabled()
    )


def target(method: str, df: int) -> float:
    """Return what the generalised Q is set equal to (PM, EB: its mean; PMM: its median)."""
    return chi2_quantile(0.5, df) if method == "PMM" and df > 0 else float(df)


def scale(test: str, rss: float, df: int) -> float:
    """Return the factor of the knha and adhoc tests."""
    if df == 0 or test in {"z", "t"}:
        return 1.0
    return max(1.0, rss / df) if test == "adhoc" else rss / df


@cache
def _pairwise() -> Callable[..., None]:
    from probatum.stats.models import kernels  # noqa: PLC0415, compiles on first use

    return kernels.pairwise


def estimate(data: Data, settings: Settings) -> Rma:
    """Return the fitted model of checked data."""
    method, df = settings.method, data.k - 1
    out = np.empty(10)
    y, v = np.ascontiguousarray(data.y), np.ascontiguousarray(data.v)
    _pairwise()(y, v, CODES[method], target(method, df), out)
    tau2, se, gradient, steps, modes, mu, total, rss = out[:8].tolist()
    factor = scale(settings.test, rss, df)
    solution = Solution(tau2, se, gradient, int(steps), True, int(modes))
    solver = "exact" if method in SOLVED and df > 0 else "closed form"
    vb = np.array([[factor / total]])
    return Rma(data, settings, solution, solver, np.array([mu]), vb, factor)
