"""Tests and corrections of publication bias."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from validation.runners.univariate import arrays, model

from probatum.stats.bias import excess, failsafe, rank, regression, selection
from probatum.stats.bias import trimfill as trim

Unit = Mapping[str, Any]
Out = dict[str, Any]


def regtest(unit: Unit, opts: Mapping[str, Any]) -> Out:
    """Regression test; the fitted model is REML with test z."""
    ni = arrays({**unit, "mods": None})[2]
    fit = model(unit, {})
    return _test(regression.regtest(fit, predictor=opts["predictor"], model=opts["model"], ni=ni))


def regtest_mods(unit: Unit, opts: Mapping[str, Any]) -> Out:
    """Regression test beside the unit's moderators."""
    return _test(regression.regtest(model(unit, {}, moderators=True), model=opts["model"]))


def _test(at: regression.RegressionTest) -> Out:
    return {
        "zval": at.statistic, "pval": at.pval, "dfs": at.df,
        "est": at.limit, "ci_lb": at.ci_lb, "ci_ub": at.ci_ub,
    }  # fmt: skip


def ranktest(unit: Unit, opts: Mapping[str, Any]) -> Out:
    """Rank correlation test."""
    at = rank.ranktest(model(unit, {}))
    return {"tau": at.tau, "pval": at.pval}


def trimfill(unit: Unit, opts: Mapping[str, Any]) -> Out:
    """Trim and fill."""
    side = None if opts["side"] == "auto" else opts["side"]
    at = trim.trimfill(model(unit, opts), side=side, estimator=opts["estimator"])
    m = at.model
    return {
        "k0": at.k0, "se_k0": at.se_k0, "p_k0": at.p_k0, "beta": m.beta, "se": m.se,
        "ci_lb": m.ci_lb, "ci_ub": m.ci_ub, "tau2": m.tau2, "QE": m.QE,
        **({"side": at.side} if side is None else {}),
    }  # fmt: skip


def fsn(unit: Unit, opts: Mapping[str, Any]) -> Out:
    """Fail-safe N."""
    y, v = arrays({**unit, "mods": None})[:2]
    return {"fsnum": failsafe.fsn(y, v, kind=opts["type"])}


def tes(unit: Unit, opts: Mapping[str, Any]) -> Out:
    """Excess significance."""
    fit = model(unit, {"method": "EE"})
    at, other = excess.tes(fit), excess.tes(fit, test="chi2")
    out = _excess(at)
    # metafor takes the exact test while few combinations must be listed, else chi-squared.
    return {**out, "either": _excess(other)}


def _excess(at: excess.ExcessSignificance) -> Out:
    return {"O": at.O, "E": at.E, "OE": at.OE, "X2": at.X2, "pval": at.pval, "theta": at.theta}


def selmodel(unit: Unit, opts: Mapping[str, Any]) -> Out:
    """Selection model fitted by maximum likelihood."""
    fit = model(unit, {"method": "ML", "control": "tight"})
    steps = opts.get("steps", [0.025])
    at = selection.selmodel(fit, opts["type"], steps=steps)
    return {
        "beta": [at.beta], "se": [at.se], "tau2": at.tau2, "delta": at.delta, "ll": at.ll,
        "LRT": at.LRT, "LRTp": at.LRTp, "se_delta": at.se_delta,
    }  # fmt: skip
