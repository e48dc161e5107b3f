"""Networks: metafor's contrast models with a given covariance, and netmeta's networks."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from validation.reference import data_folder

from probatum.stats import distributions as dist
from probatum.stats.models import exact
from probatum.stats.models.likelihood import fit, log_likelihood
from probatum.stats.models.solution import Solution
from probatum.stats.network.arms import Contrasts, contrasts
from probatum.stats.network.decompose import decompose
from probatum.stats.network.fit import Nma, nma
from probatum.stats.network.reduce import Block, independent
from probatum.stats.network.split import node_split

Unit = Mapping[str, Any]
Out = dict[str, Any]


def contrast_model(unit: Unit, opts: Mapping[str, Any]) -> Out:
    """Basic contrasts with their covariance matrix, one tau2, correlation one half."""
    trts = [unit["ref"], *(t for t in unit["trts"] if t != unit["ref"])]
    blocks = _blocks(unit, trts)
    data = independent(blocks)
    method = opts["method"]
    at = Solution(0.0, 0.0, 0.0, 0, True) if method == "EE" else exact.likelihood(data, method)
    fitted = fit(data, at.tau2)
    beta = np.concatenate([[0.0], fitted.beta])
    cov = np.zeros((len(trts), len(trts)))
    cov[1:, 1:] = fitted.cov
    spread = np.diag(cov)
    q = fit(data, 0.0).rss
    order = np.array([trts.index(t) for t in unit["trts"]])
    te = beta[:, None] - beta[None, :]
    se = np.sqrt(np.maximum(spread[:, None] + spread[None, :] - 2 * cov, 0))
    determinant = sum(
        -0.5 * np.linalg.slogdet(0.5 * (np.ones_like(b.v) + np.eye(len(b.v))))[1] for b in blocks
    )
    ll = log_likelihood(data, at.tau2, restricted=method == "REML") + determinant
    if method == "REML":
        raw = np.vstack([b.x[:, 1:] for b in blocks])
        ll += 0.5 * (np.linalg.slogdet(raw.T @ raw)[1] - np.linalg.slogdet(data.x.T @ data.x)[1])
    return {
        "k": data.k, "tau2": at.tau2, "ll": ll, "QE": q, "QEdf": data.k - data.p,
        "QEp": float(dist.chi2_upper(q, data.k - data.p)),
        "league_est": te[np.ix_(order, order)], "league_se": se[np.ix_(order, order)],
    }  # fmt: skip


def _blocks(unit: Unit, trts: Sequence[str]) -> list[Block]:
    """Return the independent contrasts of each study, in the order of the study's rows."""
    position = {name: i for i, name in enumerate(trts)}
    y, v = np.array(unit["yi"], dtype=float), np.array(unit["V"], dtype=float)
    rows: dict[str, list[int]] = {}
    for i, s in enumerate(unit["study"]):
        rows.setdefault(str(s), []).append(i)
    blocks = []
    for members in rows.values():
        x = np.zeros((len(members), len(trts)))
        for r, i in enumerate(members):
            x[r, position[unit["t1"][i]]] += 1.0
            x[r, position[unit["t2"][i]]] -= 1.0
        blocks.append(Block(y[members], v[np.ix_(members, members)], x, 0.0))
    return blocks


# Where the arms of a data set stand: one row an arm (long), or all arms in one row (wide).
LONG = {
    "dat.dong2013": ("id", "treatment", {"event": "death", "n": "randomized"}),
    "dat.woods2010": ("author", "treatment", {"event": "r", "n": "N"}),
    "dat.gurusamy2011": ("study", "treatment", {"event": "death", "n": "n"}),
    "dat.baker2009": ("study", "treatment", {"event": "exac", "n": "total"}),
    "dat.senn2013": ("study", "treatment", {"mean": "mi", "sd": "sdi", "n": "ni"}),
    "dat.pagliaro1992": ("study", "trt", {"event": "xi", "n": "ni"}),
}
WIDE = {
    "dat.linde2015": ("id", "treatment", {"event": "resp", "n": "n"}),
    "dat.franchini2012": ("Study", "Treatment", {"mean": "y", "sd": "sd", "n": "n"}),
    "dat.stowe2010": ("id", "t", {"mean": "y", "sd": "sd", "n": "n"}),
}


def arm_contrasts(name: str, measure: str) -> Contrasts:
    """Return the contrasts of a data set."""
    path = data_folder() / "meta" / "metadat" / f"{name}.csv"
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    study, treatment, fields = LONG[name] if name in LONG else WIDE[name]
    suffixes = [""] if name in LONG else ["1", "2", "3"]
    arms = [
        (r[study], r[treatment + s], {f: r[c + s] for f, c in fields.items()})
        for r in rows
        for s in suffixes
        if r[treatment + s] and all(r[c + s] not in {"", "NA"} for c in fields.values())
    ]
    numbers: Any = {f: [float(a[2][f]) for a in arms] for f in fields}
    return contrasts(measure, [a[0] for a in arms], [a[1] for a in arms], **numbers)


def netmeta(name: str, measure: str, method: str, trts: Sequence[str]) -> Out:
    """Return what netmeta reports, with the treatments in the order ``trts``."""
    c = arm_contrasts(name, measure)
    common = nma(c.te, c.se_te, c.treat1, c.treat2, c.study, method="EE")
    random = nma(c.te, c.se_te, c.treat1, c.treat2, c.study, method=method)
    parts = decompose(random)
    return {
        **_ordered(_fit_output(common, random), random.trts, trts),
        "Q_het": parts.Q_het, "df_Q_het": parts.df_het, "Q_inc": parts.Q_inc,
        "df_Q_inc": parts.df_inc, "pval_Q_inc": parts.pval_inc,
        **_split_output(random, trts), "decomp": _decomposition(parts),
    }  # fmt: skip


def _ordered(out: Out, ours: Sequence[str], theirs: Sequence[str]) -> Out:
    """Return matrices and vectors in the reference's order of treatments."""
    short = {name.lstrip("T") if name not in ours else name: name for name in theirs}
    order = [list(ours).index(name) for name in short]
    at = np.ix_(order, order)
    sizes = {1: lambda v: v[order], 2: lambda v: v[at]}
    return {k: sizes[np.ndim(v)](v) if np.ndim(v) else v for k, v in out.items()}


def _split_output(fit: Nma, trts: Sequence[str]) -> Out:
    """Return the node splits that have direct evidence or indirect evidence, unordered."""
    del trts
    return {"split_": node_split(fit)}


def _decomposition(parts: Any) -> Out:
    """Return the reference's numbers about inconsistency."""
    return {
        "Q_inc_random": parts.Q_inc_random, "tau_within": parts.tau2_within**0.5,
        "df": parts.df_inc, "p": parts.pval_inc_random,
    }  # fmt: skip


def _fit_output(common: Nma, random: Nma) -> Out:
    return {
        "k": random.k, "m": random.m, "n": random.n, "d": random.d, "tau": random.tau,
        "tau2": random.tau2, "I2": random.I2 / 100, "Q": random.Q, "df_Q": random.df_Q,
        "pval_Q": random.pval_Q, "TE_common": common.te, "seTE_common": common.se,
        "TE_random": random.te, "seTE_random": random.se, "lower_random": random.lower,
        "upper_random": random.upper, "pi_lower": random.pi_lower, "pi_upper": random.pi_upper,
        "pscore_common_desirable": 1 - common.p_scores,
        "pscore_random_desirable": 1 - random.p_scores,
    }  # fmt: skip
