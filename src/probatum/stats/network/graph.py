"""Contrasts between treatments as a network: checked, completed, and told apart by study."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from probatum.errors import StatsError, UsageError
from probatum.stats import inputs
from probatum.stats.inputs import Floats

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Network:
    """m contrasts (te, se: first minus second treatment, as indices) of k studies.

    ``members`` holds the rows of each study, ``arms`` its number of treatments. A study of a
    arms has all a(a-1)/2 contrasts. ``trts`` are the names, sorted.
    """

    te: Floats
    se: Floats
    first: Ints
    second: Ints
    studies: tuple[str, ...]
    members: tuple[Ints, ...]
    arms: tuple[Ints, ...]
    trts: tuple[str, ...]

    @property
    def df(self) -> int:
        """Degrees of freedom of Q: independent contrasts minus basic parameters."""
        return sum(len(a) - 1 for a in self.arms) - (len(self.trts) - 1)

    @property
    def designs(self) -> tuple[str, ...]:
        """The design of each study: its treatments joined by a colon."""
        return tuple(":".join(self.trts[i] for i in a) for a in self.arms)


def network(
    te: ArrayLike,
    se: ArrayLike,
    treat1: Sequence[str],
    treat2: Sequence[str],
    study: Sequence[Hashable],
    *,
    whole: bool = True,
) -> Network:
    """Return the checked network of contrasts; ``whole=False`` lets it fall into islands.

    Raises StatsError for impossible numbers, a study without all its contrasts, and islands.
    """
    effect, error = inputs.vector(te, "te"), inputs.vector(se, "se_te")
    m = inputs.same_length({"te": effect, "se_te": error})
    if not (len(treat1) == len(treat2) == len(study) == m):
        raise UsageError("treat1, treat2 and study: one entry a contrast is needed")
    if m == 0:
        raise StatsError("there is no contrast; at least one is needed")
    labels = [f"{s}: {a} v {b}" for s, a, b in zip(study, treat1, treat2, strict=True)]
    inputs.require(np.isfinite(effect), effect, "te", "a finite number", labels)
    inputs.require(np.isfinite(error) & (error > 0), error, "se_te", "above 0", labels)
    trts = tuple(sorted({str(t) for t in (*treat1, *treat2)}))
    position = {name: i for i, name in enumerate(trts)}
    first = np.array([position[str(t)] for t in treat1], dtype=np.int64)
    second = np.array([position[str(t)] for t in treat2], dtype=np.int64)
    names = tuple(dict.fromkeys(str(s) for s in study))
    where: dict[str, list[int]] = {name: [] for name in names}
    for i, s in enumerate(study):
        where[str(s)].append(i)
    members = tuple(np.array(where[name], dtype=np.int64) for name in names)
    arms = tuple(
        _arms(first[rows], second[rows], n) for n, rows in zip(names, members, strict=True)
    )
    made = Network(effect, error, first, second, names, members, arms, trts)
    if whole:
        _connected(made)
    return made


def _arms(first: Ints, second: Ints, study: str) -> Ints:
    if len(first) == 1:
        a, b = int(first[0]), int(second[0])
        if a == b:
            raise StatsError(f"study {study!r} compares a treatment with itself")
        return np.array([a, b] if a < b else [b, a], dtype=np.int64)
    if (first == second).any():
        raise StatsError(f"study {study!r} compares a treatment with itself")
    arms = np.unique(np.concatenate([first, second]))
    pairs = {(min(a, b), max(a, b)) for a, b in zip(first.tolist(), second.tolist(), strict=True)}
    needed = len(arms) * (len(arms) - 1) // 2
    if len(pairs) != len(first) or len(pairs) != needed:
        raise StatsError(
            f"study {study!r} has {len(arms)} treatments and {len(first)} contrasts; "
            f"each of its {needed} pairs is needed once"
        )
    return arms


def islands(net: Network) -> list[Network]:
    """Return the connected parts of a network, each as a network of its own."""
    study = {int(r): s for s, rows in enumerate(net.members) for r in rows}
    parts = []
    for group in subnetworks(len(net.trts), [a.tolist() for a in net.arms]):
        rows = np.flatnonzero(np.isin(net.first, group))
        first, second = ([net.trts[i] for i in s[rows]] for s in (net.first, net.second))
        names = [net.studies[study[int(r)]] for r in rows]
        parts.append(network(net.te[rows], net.se[rows], first, second, names))
    return parts


def _connected(net: Network) -> None:
    apart = subnetworks(len(net.trts), [a.tolist() for a in net.arms])
    if len(apart) > 1:
        told = "; ".join(", ".join(net.trts[i] for i in island) for island in apart)
        raise StatsError(
            f"the network falls into {len(apart)} islands without a common treatment: {told}. "
            "Analyse each on its own"
        )


def subnetworks(n: int, groups: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return the connected components of ``n`` treatments joined by ``groups``, each sorted."""
    parent = list(range(n))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for group in groups:
        for i in group[1:]:
            parent[root(i)] = root(group[0])
    found: dict[int, list[int]] = {}
    for i in range(n):
        found.setdefault(root(i), []).append(i)
    return list(found.values())


def pairwise_variances(net: Network, s: int) -> Floats:
    """Return the (a, a) matrix of squared standard errors between a study's arms."""
    arms, rows = net.arms[s], net.members[s]
    i, j = np.searchsorted(arms, net.first[rows]), np.searchsorted(arms, net.second[rows])
    out = np.zeros((len(arms), len(arms)))
    out[i, j] = out[j, i] = net.se[rows] ** 2
    return out
