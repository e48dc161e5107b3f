"""Cluster-robust standard errors."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from probatum.errors import StatsError, UsageError
from probatum.stats import distributions as dist
from probatum.stats.inputs import Floats, one_of
from probatum.stats.models.likelihood import Data, fit
from probatum.stats.models.result import Rma


@dataclass(frozen=True, slots=True)
class Robust:
    """Coefficients with cluster-robust errors; ``df`` one number a coefficient."""

    kind: str
    clusters: int
    beta: Floats
    vb: Floats
    se: Floats
    tval: Floats
    df: Floats
    pval: Floats
    ci_lb: Floats
    ci_ub: Floats


def robust(model: Rma, cluster: Sequence[Hashable], *, kind: str = "CR1") -> Robust:
    """Return cluster-robust tests of a fitted model's coefficients.

    ``cluster`` one label a study. CR0; CR1 multiplies by n/(n - p) for n clusters and uses
    n - p degrees of freedom (Hedges et al. 2010); CR2 removes the bias under the working model
    and uses Satterthwaite degrees of freedom (Pustejovsky & Tipton 2018).
    """
    one_of(kind, ("CR0", "CR1", "CR2"), "kind of robust variance")
    groups = _groups(cluster, model)
    n, p = len(groups), model.p
    if n <= p:
        raise StatsError(f"{n} clusters cannot test {p} coefficients; more clusters are needed")
    meat = _Meat(model, groups)
    vb = meat.corrected() if kind == "CR2" else meat.plain()
    if kind == "CR1":
        vb = vb * (n / (n - p))
    df = meat.satterthwaite() if kind == "CR2" else np.full(p, float(n - p))
    se = np.sqrt(np.diag(vb))
    tval = model.beta / se
    pval = np.array([float(dist.two_sided(t, d)) for t, d in zip(tval, df, strict=True)])
    half = np.array([dist.critical(model.settings.level, d) for d in df]) * se
    return Robust(
        kind, n, model.beta, vb, se, tval, df, pval, model.beta - half, model.beta + half
    )


def _groups(cluster: Sequence[Hashable], model: Rma) -> list[list[int]]:
    if len(cluster) != model.k:
        raise UsageError(f"cluster: one label a study is needed ({model.k}), not {len(cluster)}")
    found: dict[Hashable, list[int]] = {}
    for i, label in enumerate(cluster):
        found.setdefault(label, []).append(i)
    return list(found.values())


class _Meat:
    """The pieces of the sandwich for one model and one grouping."""

    def __init__(self, model: Rma, groups: list[list[int]]) -> None:
        d = model.data
        own = model.settings.weights
        at = fit(d, model.tau2) if own is None else fit(Data(d.y, 1 / own, d.x), 0.0)
        self.groups = groups
        self.x = d.x
        self.bread = at.cov
        self.w = at.w
        self.spread = d.v + model.tau2
        self.resid = d.y - d.x @ model.beta
        self.hat = d.x @ at.cov @ (d.x * at.w[:, None]).T

    def _left(self, g: list[int]) -> Floats:
        return np.asarray((self.x[g] * self.w[g][:, None]).T)

    def plain(self) -> Floats:
        scores = [self._left(g) @ self.resid[g] for g in self.groups]
        return self.bread @ sum(np.outer(s, s) for s in scores) @ self.bread

    def adjustment(self, g: list[int]) -> Floats:
        """Return the symmetric matrix that makes this cluster's residuals unbiased."""
        root = np.sqrt(self.spread[g])
        rest = (np.eye(len(self.x)) - self.hat)[g]
        inner = root[:, None] * ((rest * self.spread) @ rest.T) * root
        values, vectors = np.linalg.eigh(inner)
        keep = values > 1e-12 * max(float(values.max()), 1e-300)
        inverse_root = (vectors[:, keep] / np.sqrt(values[keep])) @ vectors[:, keep].T
        return np.asarray(root[:, None] * inverse_root * root)

    def corrected(self) -> Floats:
        scores = [self._left(g) @ self.adjustment(g) @ self.resid[g] for g in self.groups]
        return self.bread @ sum(np.outer(s, s) for s in scores) @ self.bread

    def satterthwaite(self) -> Floats:
        """Return the degrees of freedom of each coefficient, under the working model."""
        rest = np.eye(len(self.x)) - self.hat
        rows = np.stack(
            [self.bread @ self._left(g) @ self.adjustment(g) @ rest[g] for g in self.groups]
        )  # (clusters, p, k)
        out = np.empty(rows.shape[1])
        for j in range(rows.shape[1]):
            cross = (rows[:, j] * self.spread) @ rows[:, j].T
            out[j] = float(np.trace(cross)) ** 2 / float((cross * cross).sum())
        return out
