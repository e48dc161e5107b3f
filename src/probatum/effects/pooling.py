"""Models over comparisons: each study enters once, whatever the number of its arms.

Arms that share a (divided) control are joined by inverse variance into one effect of their
study; disjoint strata stay apart, since they hold different people. With one study there is
nothing to pool: its arms and strata are joined in the same way and called a single study.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from probatum import stats
from probatum.effects.comparisons import Comparison
from probatum.effects.material import RATIOS
from probatum.model.effect import ModelFit
from probatum.stats.distributions import critical

SINGLE = "single study"
HEADLINE = ("REML", "knha")
# Beside the headline: what most published reviews used, and the common-effect weights.
BESIDE = (("DL", "z"), ("EE", "z"))


@dataclass(frozen=True)
class Units:
    """The independent effects of a question: one a study, or one a stratum of a study."""

    studies: tuple[str, ...]
    yi: np.ndarray[tuple[int], np.dtype[np.float64]]
    vi: np.ndarray[tuple[int], np.dtype[np.float64]]

    @cached_property
    def k(self) -> int:
        """The number of studies."""
        return len(set(self.studies))


@dataclass(frozen=True, slots=True)
class Fit:
    """A model on the analysis scale; prediction limits and heterogeneity only where it has any."""

    method: str
    test: str
    k: int
    beta: float
    se: float
    low: float
    high: float
    tau2: float
    pi: tuple[float, float] | None = None
    i2: float | None = None
    q: float | None = None
    q_p: float | None = None
    solver: str = ""
    converged: bool = True
    note: str = ""


def units(comparisons: Sequence[Comparison]) -> Units:
    """Join the arms of each study (or stratum) by inverse variance."""
    grouped: dict[tuple[str, str], list[Comparison]] = {}
    for one in comparisons:
        grouped.setdefault((one.row.study, one.row.stratum or ""), []).append(one)
    pairs = [_joined([c.yi for c in g], [c.vi for c in g]) for g in grouped.values()]
    return Units(
        tuple(study for study, _ in grouped),
        np.array([yi for yi, _ in pairs], dtype=np.float64),
        np.array([vi for _, vi in pairs], dtype=np.float64),
    )


def without_study(data: Units, study: str) -> Units:
    """Return the units of the other studies."""
    kept = [i for i, name in enumerate(data.studies) if name != study]
    return Units(tuple(data.studies[i] for i in kept), data.yi[kept], data.vi[kept])


def _joined(yi: Sequence[float], vi: Sequence[float]) -> tuple[float, float]:
    # Weights relative to the smallest variance: 1/v itself may leave the range of floats.
    least = min(vi)
    weights = [least / v for v in vi]
    total = math.fsum(weights)
    return math.fsum(w * y for w, y in zip(weights, yi, strict=True)) / total, least / total


def fit(data: Units, method: str, test: str) -> Fit:
    """Fit one model; a single study is given as itself, whatever was asked for."""
    if data.k == 1:
        return _single(data)
    model = stats.rma(data.yi, data.vi, method=method, test=test)
    several = data.k >= 3 and method != "EE"
    return Fit(
        method,
        test,
        data.k,
        model.estimate,
        float(model.se[0]),
        float(model.ci_lb[0]),
        float(model.ci_ub[0]),
        float(model.tau2),
        pi=(float(model.pi_lb), float(model.pi_ub)) if several else None,
        i2=float(model.I2),
        q=float(model.QE),
        q_p=float(model.QEp),
        solver=model.solver,
        converged=bool(model.converged),
        note=_caution(len(data.yi), model.critical() * model.s2w**0.5 / critical(0.95), test),
    )


def _single(data: Units) -> Fit:
    yi, vi = _joined(data.yi.tolist(), data.vi.tolist())
    half = critical(0.95) * math.sqrt(vi)
    return Fit(SINGLE, "z", 1, yi, math.sqrt(vi), yi - half, yi + half, 0.0)


def _caution(k: int, width: float, test: str) -> str:
    """Return what must be said of a Hartung-Knapp interval; ``width`` relative to that of z."""
    if test != "knha":
        return ""
    if width < 1:
        return "the Hartung-Knapp interval is narrower than the one from z (Röver et al. 2015)"
    if k == 2:
        return "two studies: the Hartung-Knapp interval has 1 degree of freedom and is very wide"
    return ""


def back(measure: str) -> Callable[[float], float]:
    """Return the function that reads a number of the analysis scale: exp for ratios."""
    return math.exp if measure in RATIOS else float


def model_fit(found: Fit, measure: str, flagged: Literal["in", "out"]) -> ModelFit:
    """Return a fit as it is shown; ``se`` stays on the analysis scale."""
    read = back(measure)
    return ModelFit(
        found.method,
        found.test,
        flagged,
        found.k,
        read(found.beta),
        read(found.low),
        read(found.high),
        found.tau2,
        se=found.se,
        note=found.note,
    )


def weights(comparisons: Sequence[Comparison], tau2: float) -> list[float]:
    """Return the percentage of each comparison: its study's weight, split among its arms."""
    data = units(comparisons)
    keys = list(dict.fromkeys((c.row.study, c.row.stratum or "") for c in comparisons))
    # Relative to the smallest variance, as in _joined.
    least = min((float(v) for v in data.vi), default=1.0) + tau2
    by_unit = {
        key: least / (float(v) + tau2) * float(v) for key, v in zip(keys, data.vi, strict=True)
    }
    raw = [by_unit[c.row.study, c.row.stratum or ""] / c.vi for c in comparisons]
    total = math.fsum(raw)
    return [100 * value / total for value in raw]
