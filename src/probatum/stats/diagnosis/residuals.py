"""Residuals, shrunken study effects, and the coordinates of Baujat and radial plots."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from probatum.errors import UsageError
from probatum.stats import distributions as dist
from probatum.stats.diagnosis.deletion import subset
from probatum.stats.inputs import Floats
from probatum.stats.models.likelihood import Data, fit
from probatum.stats.models.result import Rma


@dataclass(frozen=True, slots=True)
class Residuals:
    """Residuals, their standard errors and standardised values, one a study."""

    resid: Floats
    se: Floats
    z: Floats


@dataclass(frozen=True, slots=True)
class Shrunken:
    """Empirical Bayes estimates of the studies' true effects, with prediction intervals."""

    pred: Floats
    se: Floats
    pi_lb: Floats
    pi_ub: Floats


def rstandard(model: Rma) -> Residuals:
    """Return internally standardised residuals: (I - H)(V + tau2)(I - H)'."""
    d, own = model.data, model.settings.weights
    at = fit(d, model.tau2) if own is None else fit(Data(d.y, 1 / own, d.x), 0.0)
    hat = (d.x @ at.cov) @ (d.x * at.w[:, None]).T
    rest = np.eye(d.k) - hat
    resid = d.y - d.x @ model.beta
    se = np.sqrt(((rest * (d.v + model.tau2)) * rest).sum(axis=1))
    with np.errstate(divide="ignore", invalid="ignore"):
        return Residuals(resid, se, resid / se)


def rstudent(model: Rma) -> Residuals:
    """Return externally standardised residuals: each study against the fit of the others."""
    d = model.data
    every = np.arange(d.k)
    resid, se = np.empty(d.k), np.empty(d.k)
    for i in every:
        less = subset(model, np.flatnonzero(every != i).tolist())
        x = d.x[i]
        resid[i] = d.y[i] - x @ less.beta
        se[i] = np.sqrt(x @ (less.vb / less.s2w) @ x + d.v[i] + less.tau2)
    return Residuals(resid, se, resid / se)


def blup(model: Rma, *, level: float | None = None) -> Shrunken:
    """Return best linear unbiased predictions of the studies' true effects.

    Raudenbush & Bryk (1985). Zero heterogeneity shrinks all to the fitted value.
    """
    d = model.data
    share = model.tau2 / (model.tau2 + d.v)
    fitted = d.x @ model.beta
    pred = share * d.y + (1 - share) * fitted
    of_mean = ((d.x @ model.vb) * d.x).sum(axis=1)
    se = np.sqrt(share * d.v + (1 - share) ** 2 * of_mean)
    half = model.critical(level) * se
    return Shrunken(pred, se, pred - half, pred + half)


@dataclass(frozen=True, slots=True)
class Baujat:
    """Per study: contribution to Q (x) and squared standardised influence on the pooled (y)."""

    x: Floats
    y: Floats


def baujat(model: Rma) -> Baujat:
    """Return the coordinates of the plot of Baujat et al. (2002)."""
    d = model.data
    every = np.arange(d.k)
    pull = np.empty(d.k)
    for i in every:
        less = subset(model, np.flatnonzero(every != i).tolist())
        x = d.x[i]
        pull[i] = (x @ model.beta - x @ less.beta) ** 2 / (x @ (less.vb / less.s2w) @ x)
    resid = d.y - d.x @ model.beta
    return Baujat(resid**2 / (d.v + model.tau2), pull)


@dataclass(frozen=True, slots=True)
class Radial:
    """Galbraith's radial plot: x = 1/sqrt(vi + tau2), z = yi x; slope is the pooled effect."""

    x: Floats
    z: Floats
    slope: float
    half_width: float


def radial(model: Rma, *, level: float = 95) -> Radial:
    """Return the coordinates of the radial plot (Galbraith 1988) of a model without moderators."""
    if model.p != 1:
        raise UsageError("radial takes a model without moderators")
    x = 1 / np.sqrt(model.vi + model.tau2)
    return Radial(x, model.yi * x, model.estimate, dist.critical(level / 100))
