"""rma.mv: the data sets and models that the reference describes."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from typing import Any

import numpy as np
from validation.reference import data_folder

from probatum.stats.multivariate.fit import RmaMv, rma_mv
from probatum.stats.multivariate.terms import Term
from probatum.stats.multivariate.vcalc import vcalc

Unit = Mapping[str, Any]
Out = dict[str, Any]


def _rows(name: str) -> list[dict[str, str]]:
    path = data_folder() / "meta" / "metadat" / f"{name}.csv"
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def run(name: str, opts: Mapping[str, Any]) -> Out:
    """Fit the described model; references are by tight or default control."""
    fit = MODELS[name](str(opts["model"]), str(opts["method"]))
    out: Out = {
        "k": fit.k, "beta": fit.beta, "se": fit.se, "zval": fit.zval, "pval": fit.pval,
        "ci_lb": fit.ci_lb, "ci_ub": fit.ci_ub, "vb": fit.vb, "ll": fit.ll, "QE": fit.QE,
        "QM": fit.QM,
    }  # fmt: skip
    if fit.components[0].structure == "ID":
        out["sigma2"] = np.concatenate([c.variances for c in fit.components])
    else:
        out |= {"tau2": fit.components[0].variances, "rho": fit.components[0].correlations}
    return out


def _schools(model: str, method: str) -> RmaMv:
    rows = _rows("dat.konstantopoulos2011")
    y, v = [float(r["yi"]) for r in rows], [float(r["vi"]) for r in rows]
    district = [r["district"] for r in rows]
    both = [r["district"] + "/" + r["school"] for r in rows]
    mods = [float(r["year"]) for r in rows] if model.startswith("mods") else None
    if "CS" in model:
        terms = [Term(district, [r["school"] for r in rows], "CS")]
    else:
        terms = [Term(district), Term(both)]
    return rma_mv(y, v, mods, random=terms, method=method)


def _teeth(model: str, method: str) -> RmaMv:
    rows = _rows("dat.berkey1998")
    y = [float(r["yi"]) for r in rows]
    v = np.zeros((len(rows), len(rows)))
    for i in range(0, len(rows), 2):
        for j in (i, i + 1):
            v[j, i : i + 2] = float(rows[j]["v1i"]), float(rows[j]["v2i"])
    outcome = [r["outcome"] for r in rows]
    x = np.array([[o == "AL", o == "PD"] for o in outcome], dtype=float)
    if "year" in model:
        year = np.array([float(r["year"]) - 1983 for r in rows])
        x = np.column_stack([x, x * year[:, None]])
    term = Term([r["trial"] for r in rows], outcome, "UN")
    return rma_mv(y, v, x, random=[term], method=method, intercept=False)


def _stimulation(model: str, method: str) -> RmaMv:
    y, v, study, time = [], [], [], []
    for r in _rows("dat.ishak2007"):
        for t in range(1, 5):
            if r[f"y{t}i"] not in {"", "NA"}:
                y.append(float(r[f"y{t}i"]))
                v.append(float(r[f"v{t}i"]))
                study.append(r["study"])
                time.append(float(t))
    matrix = vcalc(v, study, time=time, phi=0.97)
    x = (np.array(time)[:, None] == np.arange(1, 5)).astype(float)
    term = Term(study, time, model.split(maxsplit=1)[0])
    return rma_mv(y, matrix, x, random=[term], method=method, intercept=False)


MODELS = {
    "dat.konstantopoulos2011": _schools,
    "dat.berkey1998": _teeth,
    "dat.ishak2007": _stimulation,
}


def design_interaction(unit: Unit, opts: Mapping[str, Any]) -> Out:
    """Jackson 2014: heterogeneity within studies and inconsistency within designs."""
    others = [t for t in unit["trts"] if t != unit["ref"]][: len(unit["trts"]) - 1]
    x = np.array(
        [
            [(t == a) - (t == b) for t in others]
            for a, b in zip(unit["t1"], unit["t2"], strict=True)
        ],
        dtype=float,
    )
    contrast = [f"{a}-{b}" for a, b in zip(unit["t1"], unit["t2"], strict=True)]
    arms: dict[str, set[str]] = {}
    for s, a, b in zip(unit["study"], unit["t1"], unit["t2"], strict=True):
        arms.setdefault(str(s), set()).update((a, b))
    design = ["/".join(sorted(arms[str(s)])) for s in unit["study"]]
    terms = [Term(unit["study"], contrast, "HALF"), Term(design, contrast, "HALF")]
    fit = rma_mv(
        unit["yi"], unit["V"], x, random=terms, method=str(opts["method"]), intercept=False
    )
    return {
        "k": fit.k, "beta": fit.beta, "se": fit.se, "vb": fit.vb, "ll": fit.ll, "QE": fit.QE,
        "QM": fit.QM, "tau2": fit.components[0].variances, "gamma2": fit.components[1].variances,
    }  # fmt: skip
