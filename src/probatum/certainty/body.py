"""The body of evidence of one question, laid out for judging: all on the analysis scale."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from probatum.model.effect import Effect, Pooled
from probatum.model.pack import Question, StudyRow

RATIOS = ("RR", "OR", "HR", "IRR")
BINARY = ("RR", "OR", "RD", "HR", "IRR")
# How the imprecision step names the ends of an unimportant difference among its numbers.
BOUNDS = ("unimportant from", "unimportant to")


@dataclass(frozen=True, slots=True)
class Body:
    """What the domains of GRADE look at.

    ``estimate``, ``low``, ``high``, ``pi`` and ``bounds`` (of an unimportant difference, None if
    unknown) are on the analysis scale, where no difference is 0. ``rows`` and ``effects`` are
    those of the first model, in the same order. ``events`` is None where a count is unknown.
    ``low`` and ``high`` are those of DL with z (``widened``) where these are wider than the
    Hartung-Knapp limits, which shrink to nothing when few studies happen to agree (Röver et al.
    2015, doi 10.1186/s12874-015-0091-1). ``risk`` holds the risk of bias of each effect's study as
    people judged it, None where they did not.
    """

    question: Question
    pooled: Pooled
    effects: tuple[Effect, ...]
    rows: tuple[StudyRow | None, ...]
    estimate: float
    low: float
    high: float
    pi: tuple[float, float] | None
    bounds: tuple[float, float] | None
    events: float | None
    widened: bool = False
    risk: tuple[str | None, ...] = ()

    @property
    def assessed(self) -> bool:
        """Whether the risk of bias of every study was judged."""
        return bool(self.risk) and None not in self.risk

    @property
    def spans(self) -> bool:
        """Whether the interval holds important effects in both directions."""
        return self.holds_both(self.low, self.high)

    def holds_both(self, low: float, high: float) -> bool:
        """Whether an interval holds important effects in both directions."""
        return self.bounds is not None and low < self.bounds[0] and high > self.bounds[1]

    @property
    def includes_none(self) -> bool:
        """Whether the interval includes no difference."""
        return self.low <= 0 <= self.high

    @property
    def unimportant(self) -> bool:
        """Whether the whole interval lies within the bounds of an unimportant difference."""
        return (
            self.bounds is not None and self.bounds[0] <= self.low <= self.high <= self.bounds[1]
        )

    @property
    def binary(self) -> bool:
        """Whether the outcome is an event."""
        return self.pooled.measure in BINARY

    def share(self, chosen: Sequence[bool]) -> float:
        """Return the share (0 to 1) of the weight that the chosen effects carry."""
        weights = [e.weight for e, taken in zip(self.effects, chosen, strict=True) if taken]
        return math.fsum(weights) / 100


def body(
    question: Question,
    pooled: Pooled,
    rows: Sequence[StudyRow],
    bounds: tuple[float, float] | None,
    risk: Mapping[str, str | None] | None = None,
) -> Body | None:
    """Lay out a body of evidence, or return None where there is no estimate.

    ``risk`` maps the labels of studies to the risk of bias that people judged.
    """
    limits = _limits(pooled, pooled.estimate, pooled.ci_low, pooled.ci_high)
    if pooled.k == 0 or limits is None:
        return None
    by_id = {row.row_id: row for row in rows}
    effects = tuple(e for e in pooled.effects if e.left_out is None)
    taken = tuple(by_id.get(e.row_id) for e in effects)
    pi = _limits(pooled, pooled.pi_low, pooled.pi_high)
    wider = _wider(pooled, limits[1], limits[2])
    low, high = wider or (limits[1], limits[2])
    return Body(
        question=question,
        pooled=pooled,
        effects=effects,
        rows=taken,
        estimate=limits[0],
        low=low,
        high=high,
        pi=None if pi is None else (pi[0], pi[1]),
        bounds=bounds,
        events=_events(effects, taken),
        widened=wider is not None,
        risk=tuple((risk or {}).get(e.study) for e in effects),
    )


def _wider(pooled: Pooled, low: float, high: float) -> tuple[float, float] | None:
    other = next((m for m in pooled.models if (m.method, m.test) == ("DL", "z")), None)
    limits = None if other is None else _limits(pooled, other.ci_low, other.ci_high)
    if limits is None or limits[1] - limits[0] <= high - low:
        return None
    return limits[0], limits[1]


def _limits(pooled: Pooled, *values: float | None) -> tuple[float, ...] | None:
    """Return the values on the analysis scale; None where one is unknown or not a number."""
    found = []
    for value in values:
        if value is None or math.isnan(value):
            return None
        found.append(_log(value) if pooled.measure in RATIOS else value)
    return tuple(found)


def _log(value: float) -> float:
    return math.log(value) if value > 0 else -math.inf


def _events(effects: Sequence[Effect], rows: Sequence[StudyRow | None]) -> float | None:
    total = 0.0
    for effect, row in zip(effects, rows, strict=True):
        counts = _counts(effect, row)
        if counts is None:
            return None
        total += counts
    return total


def _counts(effect: Effect, row: StudyRow | None) -> float | None:
    """Return the events of one effect; a divided control counts with its share."""
    if row is None or row.n_exp is None or row.n_ctl is None or not row.n_ctl:
        return None
    exp, ctl = row.events_exp, row.events_ctl
    if exp is None or ctl is None:
        if row.pct_exp is None or row.pct_ctl is None:
            return None
        exp, ctl = row.pct_exp * row.n_exp / 100, row.pct_ctl * row.n_ctl / 100
    whole = effect.n is None or row.crossover
    share = 1.0 if whole else ((effect.n or 0.0) - row.n_exp) / row.n_ctl
    return exp + ctl * min(1.0, max(0.0, share))


def counted(
    measure: str,
    effects: Sequence[Effect],
    spread: tuple[float | None, float | None, float | None],
) -> Pooled:
    """Lay out effects without an estimate of their own; ``spread`` is I2, Q and its p."""
    i2, q, q_p = spread
    return Pooled(
        question="", measure=measure, model="", k=len(effects), n=None, n_known=False,
        estimate=None, ci_low=None, ci_high=None, pi_low=None, pi_high=None, tau2=None,
        i2=i2, q=q, q_p=q_p, effects=tuple(effects), models=(), excluded=(),
    )  # fmt: skip
