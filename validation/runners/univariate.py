"""rma.uni and what is asked of its fits: the same calls through probatum.stats."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from probatum.stats import rma
from probatum.stats.models.intervals import on_every_scale, q_profile
from probatum.stats.models.result import Rma
from probatum.stats.models.scale import rma_ls

Unit = Mapping[str, Any]
Out = dict[str, Any]


def arrays(unit: Unit) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray | None]:
    """Return yi, vi, ni and moderators of the complete studies of a unit."""
    y = np.array(unit["yi"], dtype=float)
    v = np.array(unit["vi"], dtype=float)
    keep = np.isfinite(y) & np.isfinite(v)
    ni = np.array(unit.get("ni") or [np.nan] * len(y), dtype=float)
    mods = unit.get("mods")
    x = None
    if mods is not None:
        x = np.array(mods, dtype=float)
        x = x.T if x.shape[0] != len(y) else x
        x = x.reshape(len(y), -1)
        keep &= np.isfinite(x).all(axis=1)
    return y[keep], v[keep], ni[keep], None if x is None else x[keep]


def model(unit: Unit, opts: Mapping[str, Any], *, moderators: bool = False) -> Rma:
    """Fit as the case asks: exact for tight control, else as metafor iterates."""
    y, v, ni, x = arrays(unit) if moderators else (*arrays({**unit, "mods": None})[:3], None)
    weights: Any = ni if opts.get("weights") == "ni" else None
    if opts.get("weighted") is False:
        weights = "equal"
    return rma(
        y,
        v,
        x if moderators else None,
        weights=weights,
        method=opts.get("method", "REML"),
        test=opts.get("test", "z"),
        level=float(opts.get("level", 95)),
        compat=None if opts.get("control") == "tight" else "metafor",
    )


def fit_output(m: Rma) -> Out:
    """Return the fields of a reference fit."""
    return {
        "k": m.k, "p": m.p, "beta": m.beta, "se": m.se, "zval": m.zval, "pval": m.pval,
        "ci_lb": m.ci_lb, "ci_ub": m.ci_ub, "vb": m.vb, "tau2": m.tau2, "se_tau2": m.se_tau2,
        "I2": m.I2, "H2": m.H2, "R2": m.R2, "QE": m.QE, "QEp": m.QEp, "QM": m.QM, "QMp": m.QMp,
        "s2w": m.s2w, "fit_ml": m.fit_statistics("ML"), "fit_reml": m.fit_statistics("REML"),
    }  # fmt: skip


def rma_uni(unit: Unit, opts: Mapping[str, Any]) -> Out:
    """Pairwise model."""
    return fit_output(model(unit, opts))


def rma_uni_mods(unit: Unit, opts: Mapping[str, Any]) -> Out:
    """Meta-regression on the unit's moderators."""
    return fit_output(model(unit, opts, moderators=True))


def confint_qp(unit: Unit, opts: Mapping[str, Any]) -> Out:
    """Q-profile interval."""
    # The reference fits by default; "tight" there is about the interval's bounds only.
    fit = model(unit, {k: v for k, v in opts.items() if k not in {"level", "control"}})
    out = interval_output(fit, opts)
    if opts.get("control") == "tight":
        level = float(opts.get("level", 95)) / 100
        sharp = on_every_scale(fit.data, fit.tau2, q_profile(fit.data, level))
        out = {name: getattr(sharp, name) for name in out}
    return out


def confint_qp_mods(unit: Unit, opts: Mapping[str, Any]) -> Out:
    """Q-profile interval of a meta-regression."""
    return interval_output(model(unit, opts, moderators=True), opts)


def interval_output(m: Rma, opts: Mapping[str, Any]) -> Out:
    """Return the fields of a reference interval."""
    ci = m.confint(level=float(opts.get("level", 95)))
    return {"tau2": ci.tau2, "tau": ci.tau, "I2": ci.I2, "H2": ci.H2}


def predict(unit: Unit, opts: Mapping[str, Any]) -> Out:
    """Pooled effect with prediction interval."""
    return prediction_output(model(unit, opts))


def predict_mods(unit: Unit, opts: Mapping[str, Any]) -> Out:
    """Fitted values of a meta-regression."""
    return prediction_output(model(unit, opts, moderators=True))


def prediction_output(m: Rma) -> Out:
    """Return the fields of a reference prediction."""
    at = m.predict()
    names = ("pred", "se", "ci_lb", "ci_ub", "pi_lb", "pi_ub")
    return {name: getattr(at, name) for name in names}


def location_scale(unit: Unit, opts: Mapping[str, Any]) -> Out:
    """Location-scale model; the unit's moderators act on mean and scale (without intercept)."""
    y, v, _, x = arrays(unit)
    m = rma_ls(y, v, x, scale=x, scale_intercept=False)
    return {"beta": m.beta, "se": m.se, "alpha": m.alpha, "se_alpha": m.se_alpha, "ll": m.ll}
