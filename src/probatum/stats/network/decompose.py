"""Cochran's Q of a network: within designs, between designs, and inconsistency beyond tau2."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from probatum.stats import distributions as dist
from probatum.stats.inputs import Floats
from probatum.stats.models import moments
from probatum.stats.models.likelihood import Data
from probatum.stats.models.likelihood import fit as weighted
from probatum.stats.network.fit import Nma
from probatum.stats.network.reduce import Block, block, independent


@dataclass(frozen=True, slots=True)
class Decomposition:
    """Q in total, within designs (heterogeneity) and between them (inconsistency).

    ``by_design`` holds each design's own Q. ``Q_inc_random`` is the between-designs Q at the tau2
    of the full design-by-treatment interaction model (``tau2_within``, by DerSimonian-Laird).
    """

    Q: float
    df: int
    pval: float
    Q_het: float
    df_het: int
    pval_het: float
    Q_inc: float
    df_inc: int
    pval_inc: float
    by_design: dict[str, float]
    tau2_within: float
    Q_inc_random: float
    pval_inc_random: float


def decompose(fit: Nma) -> Decomposition:
    """Decompose Q (Krahn et al. 2013; Higgins et al. 2012)."""
    net = fit.net
    designs = list(dict.fromkeys(net.designs))
    own = {d: [s for s, name in enumerate(net.designs) if name == d] for d in designs}
    by_design, sizes = {}, {}
    for design, members in own.items():
        blocks = [block(net, s) for s in members]
        data = _within(blocks)
        by_design[design] = weighted(data, 0.0).rss + sum(b.inconsistency for b in blocks)
        sizes[design] = data.k - data.p
    het, df_het = sum(by_design.values()), sum(sizes.values())
    inc, df_inc = fit.Q - het, fit.df_Q - df_het
    tau2, inc_random = _beyond(fit, [own[d] for d in designs])
    return Decomposition(
        fit.Q, fit.df_Q, _p(fit.Q, fit.df_Q), het, df_het, _p(het, df_het), inc, df_inc,
        _p(inc, df_inc), by_design, tau2, inc_random, _p(inc_random, df_inc),
    )  # fmt: skip


def _p(q: float, df: int) -> float:
    return float(dist.chi2_upper(max(q, 0.0), df)) if df > 0 else 1.0


def _within(blocks: list[Block]) -> Data:
    """Return the rows of studies of one design, with that design's own effects as columns."""
    size = len(blocks[0].y)
    data = independent(blocks)
    turned = independent([_own_columns(b, size) for b in blocks])
    return Data(data.y, data.v, turned.x)


def _own_columns(b: Block, size: int) -> Block:
    return Block(b.y, b.v, np.column_stack([np.zeros(size), np.eye(size)]), 0.0)


def _beyond(fit: Nma, designs: list[list[int]]) -> tuple[float, float]:
    """Return tau2 of the full interaction model and the between-designs Q at it."""
    net = fit.net
    parts = [_within([block(net, s) for s in members]) for members in designs]
    y, v = np.concatenate([p.y for p in parts]), np.concatenate([p.v for p in parts])
    x = _stacked([p.x for p in parts])
    full = Data(y, v, x)
    tau2 = moments.dersimonian_laird(full)[0] if full.k > full.p else 0.0
    order = [s for members in designs for s in members]
    common = independent([block(net, s) for s in order])
    return tau2, weighted(common, tau2).rss - weighted(full, tau2).rss


def _stacked(blocks: list[Floats]) -> Floats:
    out = np.zeros((sum(len(b) for b in blocks), sum(b.shape[1] for b in blocks)))
    row = column = 0
    for b in blocks:
        out[row : row + len(b), column : column + b.shape[1]] = b
        row, column = row + len(b), column + b.shape[1]
    return out
