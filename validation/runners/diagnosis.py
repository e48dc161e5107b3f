"""Deletion, residuals, robust errors, likelihood profile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
from validation.runners.univariate import model

from probatum.stats.diagnosis import deletion, residuals
from probatum.stats.diagnosis import robust as sandwich
from probatum.stats.models.likelihood import log_likelihood

Unit = Mapping[str, Any]
Out = dict[str, Any]


def leave1out(unit: Unit, opts: Mapping[str, Any]) -> Out:
    """Leave-one-out."""
    return asdict(deletion.leave_one_out(model(unit, opts)))


def cumul(unit: Unit, opts: Mapping[str, Any]) -> Out:
    """Cumulative."""
    return asdict(deletion.cumulative(model(unit, opts)))


def influence(unit: Unit, opts: Mapping[str, Any]) -> Out:
    """Deletion diagnostics."""
    return asdict(deletion.influence(model(unit, opts)))


def influence_mods(unit: Unit, opts: Mapping[str, Any]) -> Out:
    """Deletion diagnostics of a meta-regression."""
    return asdict(deletion.influence(model(unit, opts, moderators=True)))


def rstandard(unit: Unit, opts: Mapping[str, Any]) -> Out:
    """Internally standardised residuals."""
    return asdict(residuals.rstandard(model(unit, opts)))


def blup(unit: Unit, opts: Mapping[str, Any]) -> Out:
    """Empirical Bayes estimates."""
    return asdict(residuals.blup(model(unit, opts)))


def _robust(fit: Any, opts: Mapping[str, Any]) -> Out:
    kind = "CR2" if opts.get("clubSandwich") else "CR1"
    pairs = "cluster" in opts
    cluster = [i // 2 if pairs else i for i in range(fit.k)]
    at = sandwich.robust(fit, cluster, kind=kind)
    df = at.df if kind == "CR2" else at.df[:1]
    return {**asdict(at), "zval": at.tval, "dfs": df}


def robust(unit: Unit, opts: Mapping[str, Any]) -> Out:
    """Cluster-robust tests; clusters are consecutive pairs of studies."""
    return _robust(model(unit, {}), opts)


def robust_mods(unit: Unit, opts: Mapping[str, Any]) -> Out:
    """Cluster-robust tests of a meta-regression; clusters are consecutive pairs of studies."""
    return _robust(model(unit, {}, moderators=True), {**opts, "cluster": "pairs"})


def profile(unit: Unit, opts: Mapping[str, Any], out: Mapping[str, Any]) -> Out:
    """Restricted log-likelihood at the reference's grid of tau2."""
    data = model(unit, opts).data
    return {"ll": np.array([log_likelihood(data, t, restricted=True) for t in out["tau2"]])}


def vif(unit: Unit, opts: Mapping[str, Any]) -> Out:
    """Variance inflation of the moderators' coefficients."""
    fit = model(unit, {}, moderators=True)
    block = fit.vb[1:, 1:]
    return {"vif": np.diag(block) * np.diag(np.linalg.inv(block))}


def anova(unit: Unit, opts: Mapping[str, Any]) -> Out:
    """Omnibus test of the moderators."""
    fit = model(unit, {}, moderators=True)
    return {"QM": fit.QM, "QMp": fit.QMp}
