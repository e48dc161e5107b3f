"""rma.mh and rma.peto."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
from scipy.stats import binom, poisson

from probatum.stats.models.glmm import rma_glmm
from probatum.stats.models.tables import TableFit, rma_mh, rma_peto

Unit = Mapping[str, Any]
CELLS = ("ai", "bi", "ci", "di")
RATES = ("x1i", "t1i", "x2i", "t2i")


def _fields(unit: Unit) -> dict[str, Any]:
    names = CELLS if "ai" in unit else RATES
    return {name: np.array(unit[name], dtype=float) for name in names}


def _output(fit: TableFit) -> dict[str, Any]:
    return {"beta": fit.estimate, **asdict(fit)}


def mantel_haenszel(unit: Unit, opts: Mapping[str, Any]) -> dict[str, Any]:
    """Mantel-Haenszel pooling."""
    zero = {name: opts[name] for name in ("add", "to") if name in opts}
    correct = opts.get("correct", True)
    return _output(rma_mh(opts["measure"], correct=correct, **zero, **_fields(unit)))


def peto(unit: Unit, opts: Mapping[str, Any]) -> dict[str, Any]:
    """Peto's method."""
    return _output(rma_peto(**_fields(unit)))


def glmm(unit: Unit, opts: Mapping[str, Any]) -> dict[str, Any]:
    """Mixed models of counts."""
    names = {"OR": CELLS, "IRR": RATES, "PLO": ("xi", "ni")}[opts["measure"]]
    fields: Any = {name: np.array(unit[name], dtype=float) for name in names}
    model = opts.get("model", "UM.FS")
    # lme4 has Laplace's approximation only where there are two random effects.
    nodes = 1 if model == "UM.RS" and opts["method"] == "ML" else 7
    at = rma_glmm(opts["measure"], model=model, method=opts["method"], nodes=nodes, **fields)
    ll = at.ll - _saturated(opts["measure"], model, fields) if _relative(opts, model) else at.ll
    return {"beta": [at.beta], "se": [at.se], "tau2": at.tau2, "ll": ll}


def _relative(opts: Mapping[str, Any], model: str) -> bool:
    """Whether lme4 integrated with several nodes: it then measures from the saturated model."""
    return model == "UM.RS" and bool(opts["method"] == "EE")


def _saturated(measure: str, model: str, fields: Mapping[str, np.ndarray]) -> float:
    """Log-likelihood of the counts at their own shares (binomial) or means (Poisson)."""
    a, b, *rest = fields.values()
    if measure == "PLO":
        return float(np.sum(binom.logpmf(a, b, a / b)))
    c, d = rest
    if model.startswith("CM"):
        other = c  # events of the second arm, both for tables and for rates
        return float(np.sum(binom.logpmf(a, a + other, a / (a + other))))
    if measure == "OR":
        return float(sum(np.sum(binom.logpmf(x, x + y, x / (x + y))) for x, y in ((a, b), (c, d))))
    return float(sum(np.sum(poisson.logpmf(x, x)) for x in (a, c)))
