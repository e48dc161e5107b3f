"""What each study does to the fit: leave-one-out, cumulative, and influence measures."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from probatum.errors import StatsError, UsageError
from probatum.stats.inputs import Floats, full_rank
from probatum.stats.models.fit import estimate
from probatum.stats.models.likelihood import Data, fit
from probatum.stats.models.result import Rma


@dataclass(frozen=True, slots=True)
class Refits:
    """One row a refit: arrays of length k."""

    estimate: Floats
    se: Floats
    zval: Floats
    pval: Floats
    ci_lb: Floats
    ci_ub: Floats
    Q: Floats
    Qp: Floats
    tau2: Floats
    I2: Floats
    H2: Floats


@dataclass(frozen=True, slots=True)
class Influence:
    """Deletion diagnostics (Viechtbauer & Cheung 2010), one element a study.

    ``dfbs`` has shape (k, p). ``rstudent`` are externally standardised residuals.
    """

    rstudent: Floats
    dffits: Floats
    cook_d: Floats
    cov_r: Floats
    tau2_del: Floats
    QE_del: Floats
    hat: Floats
    weight: Floats
    dfbs: Floats


def subset(model: Rma, keep: Floats | Sequence[int] | slice) -> Rma:
    """Refit a model on some of its studies (indices, mask or slice)."""
    d, own = model.data, model.settings.weights
    settings = model.settings
    if own is not None:
        settings = replace(settings, weights=own[keep])
    return estimate(Data(d.y[keep], d.v[keep], d.x[keep]), settings)


def leave_one_out(model: Rma) -> Refits:
    """Refit a model without moderators leaving out each study in turn; k >= 2.

    >>> from probatum.stats import rma
    >>> leave_one_out(rma([0.1, 0.3, 0.8], [0.02, 0.03, 0.05])).estimate.round(3).tolist()
    [0.53, 0.429, 0.18]
    """
    _needs_intercept_only(model, "leave_one_out")
    if model.k < 2:
        raise StatsError("leave_one_out needs at least 2 studies")
    every = np.arange(model.k)
    return _collect([subset(model, np.flatnonzero(every != i).tolist()) for i in every])


def cumulative(model: Rma, order: Sequence[int] | None = None) -> Refits:
    """Refit on the first 1, 2, … studies in ``order`` (indices; default as they stand)."""
    _needs_intercept_only(model, "cumulative")
    indices = list(range(model.k)) if order is None else [int(i) for i in order]
    if sorted(indices) != list(range(model.k)):
        raise UsageError(f"order: each index from 0 to {model.k - 1} is needed once")
    return _collect([subset(model, indices[: n + 1]) for n in range(model.k)])


def _needs_intercept_only(model: Rma, what: str) -> None:
    if model.p != 1 or not model.settings.intercept:
        raise UsageError(f"{what} takes a model without moderators")


def _collect(fits: Sequence[Rma]) -> Refits:
    first = [(m.estimate, m.se[0], m.zval[0], m.pval[0], m.ci_lb[0], m.ci_ub[0]) for m in fits]
    rest = [(m.QE, m.QEp, m.tau2, m.I2, m.H2) for m in fits]
    columns = [np.array(c, dtype=np.float64) for c in (*zip(*first, strict=True),)]
    others = [np.array(c, dtype=np.float64) for c in (*zip(*rest, strict=True),)]
    return Refits(*columns, *others)


def hat_values(model: Rma) -> Floats:
    """Return the diagonal of the hat matrix."""
    d, own = model.data, model.settings.weights
    at = fit(d, model.tau2) if own is None else fit(Data(d.y, 1 / own, d.x), 0.0)
    return np.asarray(((d.x @ at.cov) * d.x).sum(axis=1) * at.w)


def influence(model: Rma) -> Influence:
    """Return deletion diagnostics; each study is left out and the model refitted.

    NaN for a study that a coefficient cannot do without.
    """
    if model.k <= model.p:
        raise StatsError("influence needs more studies than coefficients")
    hat = hat_values(model)
    every = np.arange(model.k)
    rows = []
    for i in every:
        less = _possible(model, np.flatnonzero(every != i).tolist())
        rows.append(
            ((math.nan,) * 6, np.full(model.p, math.nan))
            if less is None
            else _without(model, less, int(i), float(hat[i]))
        )
    numbers = np.array([row[0] for row in rows], dtype=np.float64).T
    dfbs = np.stack([row[1] for row in rows])
    return Influence(
        numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5],
        hat, model.weights, dfbs,
    )  # fmt: skip


def _possible(model: Rma, keep: list[int]) -> Rma | None:
    try:
        if model.p > 1:
            full_rank(model.data.x[keep])
        return subset(model, keep)
    except StatsError:
        return None


def _without(model: Rma, less: Rma, i: int, hat: float) -> tuple[tuple[float, ...], Floats]:
    x, y, v = model.data.x[i], float(model.yi[i]), float(model.vi[i])
    before, after = float(x @ model.beta), float(x @ less.beta)
    # With test knha the scale factor is no part of the residual's variance.
    spread = float(x @ (less.vb / less.s2w) @ x) + v + less.tau2
    change = model.beta - less.beta
    base = model.vb / model.s2w
    ratio = np.linalg.det(less.vb / less.s2w) / np.linalg.det(base)
    at_less = fit(model.data, less.tau2).cov
    numbers = (
        (y - after) / spread**0.5,
        (before - after) / (hat * (less.tau2 + v)) ** 0.5,
        float(change @ np.linalg.solve(base, change)),
        float(ratio),
        less.tau2,
        less.QE,
    )
    return numbers, change / np.sqrt(np.diag(at_less))
