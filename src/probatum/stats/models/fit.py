"""The pairwise random-effects model and meta-regression: ``rma``."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from probatum.errors import UsageError
from probatum.stats import inputs
from probatum.stats.inputs import Floats
from probatum.stats.models import quick
from probatum.stats.models.formula import Design
from probatum.stats.models.likelihood import Data, Weighted, fit
from probatum.stats.models.result import Rma
from probatum.stats.models.solve import METHODS, TESTS, Settings, solve


def rma(  # noqa: PLR0913, the documented interface: keyword-only options
    yi: ArrayLike,
    vi: ArrayLike,
    mods: ArrayLike | Design | None = None,
    *,
    weights: ArrayLike | Literal["equal"] | None = None,
    method: str = "REML",
    test: str = "z",
    level: float = 95,
    compat: str | None = None,
    intercept: bool = True,
    tau2: float | None = None,
) -> Rma:
    """Fit a common-effect, random-effects or mixed-effects model by weighted least squares.

    ``yi`` (k,) effects and ``vi`` (k,) their sampling variances; ``mods`` (k, p) moderators
    without the intercept, or a formula read by ``design``. ``method``: EE (FE, CE), DL, HE, HS,
    HSk, SJ, ML, REML, EB, PM, PMM, GENQ. ``test``: z; t (k - p degrees of freedom); knha (Hartung
    & Knapp 2001, Sidik & Jonkman 2002); adhoc (knha, never narrower than t). ``weights``: (k,)
    custom weights, or "equal"; for GENQ they define the estimator. ``compat="metafor"`` follows
    metafor 3.8's documented start values, steps and stopping rule instead of the exact solver.
    A given ``tau2`` is kept fixed. Raises StatsError for numbers that no model can take and
    UsageError for bad calls.

    >>> model = rma([0.1, 0.3, 0.8], [0.02, 0.03, 0.05], method="DL", test="knha")
    >>> round(model.estimate, 4), round(model.tau2, 4), model.solver
    (0.3683, 0.0775, 'closed form')
    >>> from probatum.stats import design
    >>> studies = {"dose": [1, 2, 4, 4], "form": ["iv", "oral", "iv", "oral"]}
    >>> fit = rma([0.1, 0.3, 0.8, 0.7], [0.02, 0.03, 0.05, 0.04], design("dose + form", studies))
    >>> dict(zip(fit.names, fit.beta.round(3).tolist(), strict=True))
    {'intercept': -0.114, 'dose': 0.223, 'form[oral]': -0.052}
    >>> fit.predict({"dose": [3], "form": ["iv"]}).pred.round(3).tolist()
    [0.555]
    """
    y, v = inputs.effects(yi, vi)
    formula = None
    if isinstance(mods, Design):
        formula, intercept = mods, intercept and mods.intercept
        mods = formula.matrix if formula.names else None
    if isinstance(mods, str):
        raise UsageError(
            f"mods is the text {mods!r}; a formula is given as design({mods!r}, table)"
        )
    x = inputs.design(mods, len(y), intercept)
    if mods is not None:
        inputs.full_rank(x)
    data = Data(y, v, x, plain=mods is None)
    own = _weights(weights, data.k, inputs.one_of(method, METHODS, "method"))
    if tau2 is not None and not (np.isfinite(tau2) and tau2 >= 0):
        raise UsageError(f"tau2 is {tau2}; allowed: a finite number of 0 or more, or None")
    if compat is not None:
        inputs.one_of(compat, ("metafor",), "compat")
    test = inputs.one_of(test, TESTS, "test")
    fraction = inputs.level_fraction(level)
    made = estimate(data, Settings(method, test, fraction, own, intercept, compat, tau2))
    return made if formula is None else replace(made, design=formula)


def estimate(data: Data, settings: Settings) -> Rma:
    """Return the fitted model of checked data."""
    if quick.takes(data, settings):
        return quick.estimate(data, settings)
    solution, solver = solve(data, settings)
    at = fit(data, solution.tau2)
    beta, vb = at.beta, at.cov
    if settings.weights is not None:
        beta, vb = _sandwich(data, settings.weights, solution.tau2)
    scale = _scale(data, settings, at, beta)
    return Rma(data, settings, solution, solver, beta, vb * scale, scale)


def _sandwich(data: Data, weights: Floats, tau2: float) -> tuple[Floats, Floats]:
    """Coefficients by the caller's weights, with their model-based covariance."""
    at = fit(Data(data.y, 1 / weights, data.x), 0.0)
    xw = data.x * weights[:, None]
    middle = xw.T @ (xw * (data.v + tau2)[:, None])
    return at.beta, at.cov @ middle @ at.cov


def _scale(data: Data, settings: Settings, at: Weighted, beta: Floats) -> float:
    """Return the factor of the knha and adhoc tests: the weighted residual mean square."""
    df = data.k - data.p
    if settings.test not in {"knha", "adhoc"} or df == 0:
        return 1.0
    resid = data.y - data.x @ beta
    s2w = float((at.w * resid * resid).sum()) / df
    return max(1.0, s2w) if settings.test == "adhoc" else s2w


def _weights(weights: ArrayLike | Literal["equal"] | None, k: int, method: str) -> Floats | None:
    if weights is None:
        if method == "GENQ":
            raise UsageError("method GENQ needs weights: one positive number a study")
        return None
    if isinstance(weights, str):
        inputs.one_of(weights, ("equal",), "kind of weights")
        return np.ones(k)
    own = inputs.vector(weights, "weights")
    if len(own) != k:
        raise UsageError(f"weights: {k} numbers are needed, not {len(own)}")
    inputs.require(np.isfinite(own) & (own > 0), own, "weights", "a finite number above 0")
    return own
