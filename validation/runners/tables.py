"""rma.mh and rma.peto."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np

from probatum.stats.models.glmm import rma_glmm
from probatum.stats.models.tables import TableFit, rma_mh, rma_peto

Unit = Mapping[str, Any]
CELLS = ("ai", "bi", "ci", "di")
RATES = ("x1i", "t1i", "x2i", "t2i")


def _fields(unit: Unit) -> dict[str, np.ndarray]:
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
    at = rma_glmm(opts["measure"], model=model, method=opts["method"], **fields)
    return {"beta": [at.beta], "se": [at.se], "tau2": at.tau2, "ll": at.ll}
