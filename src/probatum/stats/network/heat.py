"""Net heat: where a network's inconsistency sits, and which design drives it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from probatum.stats.inputs import Floats
from probatum.stats.network.fit import Nma
from probatum.stats.network.reduce import Block, block, shared


@dataclass(frozen=True, slots=True)
class NetHeat:
    """One row and column a design (its treatments joined by a colon).

    ``q`` (d,) is each design's part in the between-designs Q of the network; ``heat`` (d, d) in
    row c and column d is how much of it goes when design d is detached: positive where d drives
    c's inconsistency. ``hat`` (m, m) belongs to ``contrasts``, the rows of each design against
    its first treatment: the share of the column's direct effect in the row's network effect.
    """

    designs: tuple[str, ...]
    q: Floats
    heat: Floats
    contrasts: tuple[str, ...]
    hat: Floats


def net_heat(fit: Nma, *, random: bool = False) -> NetHeat:
    """Return the net heat of a fitted network (Krahn, Binder & König 2013).

    Studies of one design are pooled by a common effect; ``random`` adds the fit's tau2 to their
    variances. A design is detached by giving it effects of its own. The paper draws the contrasts
    of a multi-arm design one by one; here a design is one cell.

    >>> from probatum.stats import nma
    >>> net = nma([0, 0, 0.9], [1, 1, 1], ["B", "C", "C"], ["A", "B", "A"], [1, 2, 3], method="EE")
    >>> net_heat(net).q.round(2).tolist()
    [0.09, 0.09, 0.09]
    """
    designs = tuple(dict.fromkeys(fit.net.designs))
    pooled = [_pooled(fit, design, fit.tau2 if random else 0.0) for design in designs]
    full = _parts(pooled, ())
    heat = np.column_stack([full - _parts(pooled, (d,)) for d in range(len(designs))])
    return NetHeat(designs, full, heat, _contrasts(fit, designs), _hat(pooled))


def _contrasts(fit: Nma, designs: tuple[str, ...]) -> tuple[str, ...]:
    arms = [fit.net.arms[fit.net.designs.index(design)].tolist() for design in designs]
    return tuple(f"{fit.trts[a]} v {fit.trts[own[0]]}" for own in arms for a in own[1:])


def _pooled(fit: Nma, design: str, tau2: float) -> Block:
    """Return the pooled effects of one design."""
    own = [s for s, name in enumerate(fit.net.designs) if name == design]
    blocks = [block(fit.net, s, tau2) for s in own]
    inverses = [np.linalg.inv(b.v + tau2 * shared(len(b.y))) for b in blocks]
    v = np.linalg.inv(sum(inverses[1:], inverses[0]))
    y = v @ np.sum([w @ b.y for w, b in zip(inverses, blocks, strict=True)], axis=0)
    return Block(y, v, blocks[0].x, 0.0)


def _parts(pooled: list[Block], without: tuple[int, ...]) -> Floats:
    """Return each design's weighted squared residual in a network of the others."""
    kept = [b for d, b in enumerate(pooled) if d not in without]
    information = np.sum([b.x.T @ np.linalg.solve(b.v, b.x) for b in kept], axis=0)
    score = np.sum([b.x.T @ np.linalg.solve(b.v, b.y) for b in kept], axis=0)
    level = np.linalg.pinv(np.atleast_2d(information), hermitian=True) @ score
    gaps = [b.y - b.x @ level for b in pooled]
    parts = [float(g @ np.linalg.solve(b.v, g)) for g, b in zip(gaps, pooled, strict=True)]
    return np.array([0.0 if d in without else part for d, part in enumerate(parts)])


def _hat(pooled: list[Block]) -> Floats:
    x = np.vstack([b.x for b in pooled])
    weight = np.zeros((len(x), len(x)))
    at = 0
    for b in pooled:
        weight[at : at + len(b.y), at : at + len(b.y)] = np.linalg.inv(b.v)
        at += len(b.y)
    return np.asarray(x @ np.linalg.pinv(x.T @ weight @ x, hermitian=True) @ x.T @ weight)
