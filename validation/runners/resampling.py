"""All subsets, all sign patterns, and the back-transformation of double arcsine values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from validation.runners.univariate import arrays, model

from probatum.stats.backtransform import freeman_tukey
from probatum.stats.diagnosis.gosh import gosh as all_subsets
from probatum.stats.diagnosis.permutation import permutest as permute

Unit = Mapping[str, Any]
Out = dict[str, Any]


def gosh(unit: Unit, opts: Mapping[str, Any]) -> Out:
    """Sums over all subsets."""
    y, v, *_ = arrays({**unit, "mods": None})
    at = all_subsets(y, v, method="EE")
    return {
        "n": len(at.k), "est_sum": at.estimate.sum(), "est_sumsq": (at.estimate**2).sum(),
        "I2_sum": at.I2.sum(),
    }  # fmt: skip


def permutest(unit: Unit, opts: Mapping[str, Any]) -> Out:
    """Exact permutation test."""
    at = permute(model(unit, {"control": "tight"}), exact=True)
    return {"pval": at.pval, "QMp": [at.QMp]}


def double_arcsine(unit: Unit, opts: Mapping[str, Any]) -> Out:
    """Pooled proportion with the harmonic mean of the sample sizes."""
    fit = model(unit, {"method": "DL"})
    ni = arrays({**unit, "mods": None})[2]
    at = freeman_tukey([fit.estimate, fit.ci_lb[0], fit.ci_ub[0]], ni)
    return {"pred": at[0], "ci_lb": at[1], "ci_ub": at[2]}
