"""The Copas selection model: how the pooled effect changes with assumed selection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from probatum.errors import StatsError, UsageError
from probatum.stats import distributions as dist
from probatum.stats import inputs
from probatum.stats.inputs import Floats

LIMIT = 0.9999
STEP = 1e-3


@dataclass(frozen=True, slots=True)
class CopasRow:
    """The fit under one assumed selection, P(published) = Phi(gamma0 + gamma1 / s).

    ``published_small`` is that probability for the least precise study, ``unpublished`` the
    expected number of studies left out, ``pval_residual`` tests small-study effects that this
    selection leaves (below 0.1: more selection is needed). ``se`` is NaN where the information
    is singular; rho at its limit of 0.9999 is held there.
    """

    gamma0: float
    gamma1: float
    published_small: float
    unpublished: float
    mu: float
    se: float
    tau: float
    rho: float
    loglik: float
    pval_residual: float


def copas(
    yi: ArrayLike,
    vi: ArrayLike,
    *,
    published_small: Sequence[float] = (0.99, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2),
    gammas: Sequence[tuple[float, float]] | None = None,
) -> tuple[CopasRow, ...]:
    """Return maximum-likelihood fits over assumed selections (Copas & Shi 2000, 2001).

    ``gammas`` are pairs (gamma0, gamma1 >= 0), profiled one by one: the data cannot estimate
    them. Without them, the least precise study is published with each probability in
    ``published_small`` and the most precise with 0.99. Errors of effect and of selection
    correlate by rho. StatsError below three studies and for equal variances without ``gammas``.

    >>> rows = copas([0.1, 0.3, 0.5, 0.9, 1.2], [0.01, 0.02, 0.05, 0.1, 0.2],
    ...     published_small=[0.9, 0.2])
    >>> rows[-1].mu < rows[0].mu, round(rows[-1].published_small, 3)
    (True, 0.2)
    """
    y, v = inputs.effects(yi, vi)
    if len(y) < 3:
        raise StatsError(f"the Copas model needs 3 studies; there are {len(y)}")
    s = np.sqrt(v)
    pairs = _pairs(s, published_small) if gammas is None else _checked(gammas)
    return tuple(_row(y, s, pair) for pair in pairs)


def _pairs(s: Floats, published: Sequence[float]) -> list[tuple[float, float]]:
    if s.max() <= s.min() * (1 + 1e-9):
        raise StatsError("all variances are equal: give gammas, the selection by size is unknown")
    if not all(0 < p <= 0.99 for p in published):
        raise UsageError(f"published_small is {list(published)}; allowed: above 0, up to 0.99")
    top = float(dist.normal_quantile(0.99))
    low = [float(dist.normal_quantile(p)) for p in published]
    slopes = [(top - q) / (1 / s.min() - 1 / s.max()) for q in low]
    return [(float(q - g / s.max()), float(g)) for q, g in zip(low, slopes, strict=True)]


def _checked(gammas: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    for gamma0, gamma1 in gammas:
        if not (np.isfinite(gamma0) and np.isfinite(gamma1) and gamma1 >= 0):
            raise UsageError(f"gammas has {(gamma0, gamma1)}; allowed: finite, gamma1 0 or more")
    return list(gammas)


def log_likelihood(y: Floats, s: Floats, u: Floats, theta: Floats) -> float:
    """Return the log-likelihood of published effects given u = gamma0 + gamma1 / s.

    ``theta``: mu, tau, rho, and, when it has a fourth, the slope of the effect on ``s``. ``s``
    are standard errors of published studies; those of all are larger (Copas & Shi 2001).
    """
    mu, tau, rho = theta[:3]
    hazard = np.exp(-0.5 * u * u) / np.sqrt(2 * np.pi) / dist.normal_cdf(u)
    sigma2 = s**2 / (1 - rho**2 * hazard * (u + hazard))
    total = sigma2 + tau**2
    gap = y - mu - (theta[3] * s if len(theta) > 3 else 0.0)
    mixed = rho * np.sqrt(sigma2 / total)
    inner = (u + mixed * gap / np.sqrt(total)) / np.sqrt(1 - mixed**2)
    log_cdf = dist.special().log_ndtr
    parts = -0.5 * np.log(2 * np.pi * total) - gap**2 / (2 * total) + log_cdf(inner) - log_cdf(u)
    return float(parts.sum())


def _row(y: Floats, s: Floats, pair: tuple[float, float]) -> CopasRow:
    u = np.maximum(pair[0] + pair[1] / s, -8.0)
    theta, best = _maximum(y, s, u, slope=False)
    fuller = _maximum(y, s, u, slope=True)[1]
    chance = dist.normal_cdf(u)
    ratio = max(0.0, 2 * (fuller - best))
    return CopasRow(
        *pair, float(chance[s.argmax()]), float(((1 - chance) / chance).sum()),
        float(theta[0]), _standard_error(y, s, u, theta), float(theta[1]), float(theta[2]),
        best, float(dist.chi2_upper(ratio, 1)),
    )  # fmt: skip


def _maximum(y: Floats, s: Floats, u: Floats, *, slope: bool) -> tuple[Floats, float]:
    """Return the best of climbs from several correlations."""
    from scipy.optimize import minimize  # noqa: PLC0415, loads on first use

    spread = float(y.std() + s.mean())
    bounds: list[tuple[float | None, float | None]]
    bounds = [(None, None), (0.0, 20 * spread), (-LIMIT, LIMIT)]
    bounds += [(None, None)] * slope

    def objective(theta: Floats) -> float:
        return -log_likelihood(y, s, u, theta)

    mean = float((y / s**2).sum() / (1 / s**2).sum())
    found = []
    for rho in (0.0, -0.7, 0.7):
        start = np.array([mean, 0.5 * spread, rho, 0.0][: 3 + slope])
        found.append(
            minimize(
                objective,
                start,
                method="L-BFGS-B",
                bounds=bounds,
                options={"ftol": 1e-10, "gtol": 1e-6, "maxiter": 100},
            )
        )
    best = min(found, key=lambda r: float(r.fun))
    return np.asarray(best.x, dtype=np.float64), -float(best.fun)


def _standard_error(y: Floats, s: Floats, u: Floats, theta: Floats) -> float:
    """Return the standard error of mu from the observed information of what is not at a limit."""
    free = [0] + [1] * bool(theta[1] > STEP) + [2] * bool(abs(theta[2]) < 0.99)
    steps = np.eye(3)[free] * STEP * np.array([max(float(s.min()), STEP), 1.0, 1.0])

    def at(move: Floats) -> float:
        return log_likelihood(y, s, u, theta + move)

    information = np.array(
        [[-(at(a + b) - at(a - b) - at(b - a) + at(-a - b)) / 4 for a in steps] for b in steps]
    )
    size = np.array([step.sum() for step in steps])
    information /= size[:, None] * size[None, :]
    if np.linalg.eigvalsh(information)[0] <= 0:
        return float("nan")
    return float(np.sqrt(np.linalg.inv(information)[0, 0]))
