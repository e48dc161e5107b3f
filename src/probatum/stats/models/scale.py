"""Location-scale models: the variance between studies depends on moderators."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from probatum.errors import StatsError
from probatum.stats import distributions as dist
from probatum.stats import inputs
from probatum.stats.inputs import Floats
from probatum.stats.models.exact import likelihood
from probatum.stats.models.likelihood import Data, Weighted, fit, log_likelihood

ROUNDS = 500


@dataclass(frozen=True, slots=True)
class RmaLs:
    """A fitted location-scale model: ``beta`` for the mean, ``alpha`` for log tau2.

    ``tau2`` has one element a study; ``gradient`` is the largest score of alpha left.
    """

    beta: Floats
    se: Floats
    zval: Floats
    pval: Floats
    vb: Floats
    alpha: Floats
    se_alpha: Floats
    zval_alpha: Floats
    pval_alpha: Floats
    tau2: Floats
    ll: float
    gradient: float
    steps: int
    method: str


@dataclass(frozen=True, slots=True)
class _Scaled:
    y: Floats
    v: Floats
    x: Floats
    z: Floats
    restricted: bool

    def data(self, alpha: Floats) -> Data:
        # Far outside any estimate; keeps the exponential from overflowing on the way.
        return Data(self.y, self.v + np.exp(np.clip(self.z @ alpha, -60, 60)), self.x)

    def ll(self, alpha: Floats) -> float:
        return log_likelihood(self.data(alpha), 0.0, restricted=self.restricted)


def rma_ls(
    yi: ArrayLike,
    vi: ArrayLike,
    mods: ArrayLike | None = None,
    *,
    scale: ArrayLike | None = None,
    scale_intercept: bool = True,
    method: str = "REML",
) -> RmaLs:
    """Fit y ~ N(X b, v + exp(Z a)) by (restricted) maximum likelihood (Viechtbauer 2022).

    ``mods`` are the moderators of the mean, ``scale`` (k, q) those of log tau2, both without
    intercept. Newton steps on the exact score, damped so that the likelihood never falls, from
    several starts.

    >>> y, v = [0.1, 0.9, -0.4, 0.3, 0.2, 0.7], [0.02] * 6
    >>> rma_ls(y, v, scale=[1, 1, 1, 0, 0, 0]).alpha.round(2).tolist()
    [-3.08, 1.91]
    """
    y, v = inputs.effects(yi, vi)
    x, z = inputs.design(mods, len(y)), inputs.design(scale, len(y), scale_intercept)
    inputs.full_rank(x)
    inputs.full_rank(z)
    inputs.one_of(method, ("REML", "ML"), "method of rma_ls")
    if len(y) <= x.shape[1]:
        raise StatsError(f"more than {x.shape[1]} studies are needed; there are {len(y)}")
    model = _Scaled(y, v, x, z, method == "REML")
    alpha, steps = max((_climb(model, a) for a in _starts(model)), key=lambda r: model.ll(r[0]))
    at = fit(model.data(alpha), 0.0)
    gradient, hessian = _derivatives(model, alpha)
    with np.errstate(invalid="ignore"):
        errors = np.sqrt(np.diag(np.linalg.pinv(-hessian)))
    se = np.sqrt(np.diag(at.cov))
    z_b, z_a = at.beta / se, alpha / errors
    return RmaLs(
        at.beta, se, z_b, dist.two_sided(z_b), at.cov, alpha, errors, z_a, dist.two_sided(z_a),
        np.exp(z @ alpha), model.ll(alpha), float(np.abs(gradient).max()), steps, method,
    )  # fmt: skip


def _starts(model: _Scaled) -> list[Floats]:
    """Return starts whose log tau2 is near a constant: the REML one, and a hundredth of it."""
    base = likelihood(Data(model.y, model.v, model.x), "REML").tau2
    centre = max(base, 1e-3 * float(np.median(model.v)))
    levels = [np.full(len(model.y), np.log(centre * share)) for share in (1.0, 0.01, 10.0)]
    return [*(np.linalg.lstsq(model.z, level, rcond=None)[0] for level in levels)]


def _projector(model: _Scaled, alpha: Floats) -> tuple[Floats, Weighted]:
    at = fit(model.data(alpha), 0.0)
    xw = model.x * at.w[:, None]
    return np.diag(at.w) - xw @ at.cov @ xw.T, at


def _derivatives(model: _Scaled, alpha: Floats) -> tuple[Floats, Floats]:
    """Return score and Hessian of the log-likelihood in alpha."""
    p, at = _projector(model, alpha)
    tau2 = np.exp(np.clip(model.z @ alpha, -60, 60))
    weight = p if model.restricted else np.diag(at.w)
    first = 0.5 * tau2 * (at.py**2 - np.diag(weight))
    cross = 0.5 * (weight * weight) - p * np.outer(at.py, at.py)
    second = cross * np.outer(tau2, tau2) + np.diag(first)
    return model.z.T @ first, model.z.T @ second @ model.z


def _climb(model: _Scaled, alpha: Floats) -> tuple[Floats, int]:
    """Newton with the Hessian made negative definite, halving steps that do not climb."""
    height, damp, steps = model.ll(alpha), 1e-8, 0
    while steps < ROUNDS:
        steps += 1
        gradient, hessian = _derivatives(model, alpha)
        values, vectors = np.linalg.eigh(-hessian)
        size = np.maximum(np.abs(values), damp * max(1.0, float(np.abs(values).max())))
        move = vectors @ ((vectors.T @ gradient) / size)
        share = 1.0
        while share > 1e-10 and not model.ll(alpha + share * move) > height:
            share /= 2
        if share <= 1e-10:
            break
        alpha = alpha + share * move
        height = model.ll(alpha)
        if float(np.abs(share * move).max()) < 1e-12:
            break
    return alpha, steps
