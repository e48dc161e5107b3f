"""Random terms: who shares an effect with whom."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from probatum.errors import UsageError
from probatum.stats.inputs import Floats, one_of
from probatum.stats.multivariate.structures import STRUCTURES, Structure


@dataclass(frozen=True, slots=True)
class Term:
    """One random term.

    Rows with the same ``outer`` label share correlated effects, one for each ``inner`` level
    (without ``inner``: the same effect, a random intercept). ``structure``: ID, DIAG, CS, HCS,
    UN, AR, HAR, CAR, or HALF (CS with correlation one half, for networks). The inner levels of
    AR, HAR and CAR are numbers: their distances set the correlation.
    """

    outer: Sequence[Hashable]
    inner: Sequence[Hashable] | None = None
    structure: str = "ID"


@dataclass(frozen=True, slots=True)
class Laid:
    """A term laid over k rows: which pairs share an outer label, and each row's inner level."""

    structure: Structure
    same: NDArray[np.bool_]
    level: NDArray[np.int64]
    position: Floats
    names: tuple[str, ...]

    @property
    def size(self) -> int:
        return self.structure.size(len(self.position))

    def covariance(self, theta: Floats) -> Floats:
        """Return the term's (k, k) share of the marginal covariance."""
        g = self.structure.matrix(theta, self.position)
        return np.asarray(np.where(self.same, g[np.ix_(self.level, self.level)], 0.0))

    def slopes(self, theta: Floats) -> list[Floats]:
        """Return the derivative of the covariance by each parameter (central differences)."""
        out = []
        for j in range(len(theta)):
            # The cube root of the rounding unit balances truncation and cancellation.
            step = 6e-6 * max(1.0, abs(float(theta[j])))
            up, down = theta.copy(), theta.copy()
            up[j] += step
            down[j] -= step
            g = self.structure.matrix(up, self.position) - self.structure.matrix(
                down, self.position
            )
            block = g[np.ix_(self.level, self.level)] / (2 * step)
            out.append(np.asarray(np.where(self.same, block, 0.0)))
        return out


def lay(term: Term, k: int) -> Laid:
    """Return a term laid over the rows, or refuse labels that do not fit."""
    one_of(term.structure, tuple(STRUCTURES), "structure")
    if len(term.outer) != k or (term.inner is not None and len(term.inner) != k):
        raise UsageError(f"a random term needs one outer (and inner) label a row ({k})")
    outer = np.unique(np.array([str(x) for x in term.outer]), return_inverse=True)[1]
    same = outer[:, None] == outer
    if term.inner is None:
        if term.structure not in {"ID", "CS"}:
            raise UsageError(f"structure {term.structure} needs inner levels")
        return Laid(STRUCTURES["ID"], same, np.zeros(k, dtype=np.int64), np.zeros(1), ("",))
    timed = term.structure in {"AR", "HAR", "CAR"}
    levels = _levels(term.inner, timed)
    where = {label: i for i, label in enumerate(levels)}
    level = np.array([where[x] for x in _labels(term.inner, timed)], dtype=np.int64)
    position = (
        np.array(levels, dtype=np.float64) if timed else np.arange(len(levels), dtype=np.float64)
    )
    names = tuple(f"{x:g}" if isinstance(x, float) else str(x) for x in levels)
    return Laid(STRUCTURES[term.structure], same, level, position, names)


def _labels(inner: Sequence[Hashable], timed: bool) -> list[float] | list[str]:
    if not timed:
        return [str(x) for x in inner]
    try:
        return [float(str(x)) for x in inner]
    except ValueError:
        raise UsageError("AR, HAR and CAR need numbers as inner levels (times)") from None


def _levels(inner: Sequence[Hashable], timed: bool) -> list[float] | list[str]:
    labels = _labels(inner, timed)
    return sorted(set(labels))  # type: ignore[type-var,return-value]
