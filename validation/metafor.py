"""Which runner answers which metafor function, and how one case is judged."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from validation.reference import Case, worst
from validation.runners import (
    bias,
    diagnosis,
    effect_sizes,
    multivariate,
    networks,
    resampling,
    tables,
    univariate,
)

from probatum.errors import ProbatumError

Runner = Callable[[Mapping[str, Any], Mapping[str, Any]], dict[str, Any]]

RUNNERS: dict[str, Runner] = {
    "escalc": effect_sizes.run,
    "rma.uni": univariate.rma_uni,
    "rma.uni.mods": univariate.rma_uni_mods,
    "confint.QP": univariate.confint_qp,
    "confint.QP.mods": univariate.confint_qp_mods,
    "predict": univariate.predict,
    "predict.mods": univariate.predict_mods,
    "rma.mh": tables.mantel_haenszel,
    "rma.peto": tables.peto,
    "leave1out": diagnosis.leave1out,
    "cumul": diagnosis.cumul,
    "influence": diagnosis.influence,
    "influence.mods": diagnosis.influence_mods,
    "rstandard": diagnosis.rstandard,
    "blup": diagnosis.blup,
    "robust": diagnosis.robust,
    "robust.mods": diagnosis.robust_mods,
    "vif": diagnosis.vif,
    "anova": diagnosis.anova,
    "regtest": bias.regtest,
    "regtest.mods": bias.regtest_mods,
    "ranktest": bias.ranktest,
    "trimfill": bias.trimfill,
    "fsn": bias.fsn,
    "tes": bias.tes,
    "rma.glmm": tables.glmm,
    "rma.ls": univariate.location_scale,
    "selmodel": bias.selmodel,
    "gosh": resampling.gosh,
    "permutest": resampling.permutest,
    "transf.ipft.hm": resampling.double_arcsine,
    "nma.rma.mv.dbt(Jackson2014)": multivariate.design_interaction,
    "nma.rma.mv": networks.contrast_model,
}
LIMITS = {
    "netmeta": 1e-7,
    "netmeta decomp.design": 1e-7,
    "netmeta netsplit": 1e-7,
    "rma.mv": 1e-6,
    "nma.rma.mv": 1e-6,
    "nma.rma.mv.dbt(Jackson2014)": 1e-6,
    "rma.glmm": 1e-4,
    "selmodel": 1e-4,
    "rma.ls": 1e-4,
}
LIMIT = 1e-8


@dataclass(frozen=True, slots=True)
class Judged:
    """One case beside ours: the worst error and its field, or what happened instead.

    ``gain`` is by how much our log-likelihood is higher, where both sides tell one.
    """

    case: Case
    error: float
    field: str
    note: str
    gain: float = math.nan

    @property
    def agrees(self) -> bool:
        return self.error <= LIMITS.get(self.case.fun, LIMIT)


def judge(case: Case, unit: Mapping[str, Any]) -> Judged:
    """Run one case; a refusal agrees with a refusal, and with nothing else."""
    if case.fun not in RUNNERS and case.fun not in {"profile", "rma.mv"}:
        return Judged(case, math.inf, "", "not implemented")
    try:
        if case.fun == "profile":
            ours = diagnosis.profile(unit, case.opts, case.out or {})
        elif case.fun == "rma.mv":
            ours = multivariate.run(case.unit, case.opts)
        else:
            ours = RUNNERS[case.fun](unit, case.opts)
    except ProbatumError as error:
        same = case.out is None
        return Judged(case, 0.0 if same else math.inf, "", f"refused: {error}")
    if case.out is None:
        return Judged(case, math.inf, "", f"metafor refuses: {case.error}")
    other = ours.pop("either", None)
    off, field = worst(ours, dict(case.out))
    if other is not None:
        off, field = min((off, field), worst(other, dict(case.out)))
    return Judged(case, off, field, "", _gain(ours, case.out))


def _gain(ours: Mapping[str, Any], reference: Mapping[str, Any]) -> float:
    if "ll" not in ours or reference.get("ll") is None or isinstance(reference["ll"], list):
        return math.nan
    return float(ours["ll"]) - float(reference["ll"])
