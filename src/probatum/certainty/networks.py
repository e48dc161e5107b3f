"""GRADE for the estimates of a network: direct evidence, indirect evidence, then both together.

After the GRADE working group on networks: Puhan et al. 2014 (doi 10.1136/bmj.g5630);
Brignardello-Petersen et al. 2018 (doi 10.1016/j.jclinepi.2017.10.005: imprecision is judged once,
at the network's estimate; a global test of incoherence says nothing of one pair) and 2019 (doi
10.1016/j.jclinepi.2018.11.025: incoherence is not counted beside what explains it). Heterogeneity
is judged by the prediction interval, as CINeMA does (Nikolakopoulou et al. 2020, doi
10.1371/journal.pmed.1003082), where the direct evidence has not been marked down for it.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from probatum import stats
from probatum.certainty.body import RATIOS, Body, counted
from probatum.certainty.domains import (
    inconsistency,
    indirectness,
    interval,
    publication_bias,
    risk_of_bias,
    start,
)
from probatum.certainty.grade import CEILING, LEVELS
from probatum.certainty.paths import dominant_path
from probatum.certainty.thresholds import important, value
from probatum.model.answer import Certainty, Level, RiskOfBias, Step
from probatum.model.effect import Effect, Pooled
from probatum.model.network import Compared, LeagueCell, Network, PairCertainty
from probatum.model.pack import Question, Scale, StudyRow

_DIRECT = (risk_of_bias, inconsistency, indirectness, publication_bias)
_WIDE = {"OR": "wide OR", "RR": "wide RR", "HR": "wide RR", "IRR": "wide RR"}


@dataclass(frozen=True, slots=True)
class _Rated:
    """A level with the steps that led to it; ``counted`` before any ceiling, to count on from."""

    level: Level
    steps: tuple[Step, ...]
    counted: Level


@dataclass(frozen=True, slots=True)
class _Given:
    """A network with all that rating a pair of it needs; ``bounds`` on the analysis scale."""

    network: Network
    question: Question
    rows: Mapping[str, StudyRow]
    bounds: tuple[float, float] | None
    direct: Mapping[frozenset[str], tuple[Compared, _Rated]]
    variances: Mapping[frozenset[str], float]
    people: Mapping[str, float | None]
    labels: Mapping[str, str]


def grade_network(
    network: Network,
    question: Question,
    rows: Sequence[StudyRow],
    scale: Scale | None,
    *,
    risk: Sequence[RiskOfBias] = (),
) -> tuple[PairCertainty, ...]:
    """Rate the estimate of every pair of treatments of a network, in the order of the league.

    The direct evidence of a pair is rated as a question's, without imprecision. The indirect is
    the lowest of the direct comparisons on its dominant path, less a level for intransitivity.
    The network's estimate starts at the higher of the two and loses levels for incoherence,
    heterogeneity and imprecision; where bias is not assessed it is at most moderate, as the
    answer of a question is. ``rows`` are those of the network's questions.
    """
    by_id = {row.row_id: row for row in rows}
    judged = {one.study: one.judgement for one in risk}
    direct = {
        frozenset({pair.first, pair.second}): (
            pair,
            _direct(network, question, pair, by_id, judged),
        )
        for pair in network.compared
    }
    given = _Given(
        network=network,
        question=question,
        rows=by_id,
        bounds=important(network.measure, None if scale is None else scale.mid),
        direct=direct,
        variances={key: _variance(network.measure, pair) for key, (pair, _) in direct.items()},
        people={one.id: one.people for one in network.treatments},
        labels={one.id: one.label for one in network.treatments},
    )
    order = {one.id: at for at, one in enumerate(network.treatments)}
    cells = [cell for cell in network.league if order[cell.row] < order[cell.column]]
    return tuple(_pair(given, cell) for cell in cells)


def _log(measure: str, limit: float) -> float:
    if measure not in RATIOS:
        return limit
    return math.log(limit) if limit > 0 else -math.inf


def _variance(measure: str, pair: Compared) -> float:
    width = _log(measure, pair.high) - _log(measure, pair.low)
    return (width / (2 * 1.959964)) ** 2


def _direct(
    network: Network,
    question: Question,
    pair: Compared,
    rows: Mapping[str, StudyRow],
    judged: Mapping[str, str | None],
) -> _Rated:
    """Rate the direct evidence of a pair, without imprecision."""
    tau2 = network.tau2 or 0.0
    weights = [1 / (one.vi + tau2) for one in pair.contrasts]
    total = math.fsum(weights)
    effects = tuple(
        Effect(
            one.rows[0], one.study, one.study, network.measure, one.yi, one.vi,
            one.yi, one.yi, one.yi, None, 100 * weight / total,
        )
        for one, weight in zip(pair.contrasts, weights, strict=True)
    )  # fmt: skip
    evidence = Body(
        question=question,
        pooled=_heterogeneity(network, effects),
        effects=effects,
        rows=tuple(rows.get(one.rows[0]) for one in pair.contrasts),
        estimate=_log(network.measure, pair.effect),
        low=_log(network.measure, pair.low),
        high=_log(network.measure, pair.high),
        pi=None,
        bounds=None,
        events=None,
        risk=tuple(judged.get(one.study) for one in pair.contrasts),
    )
    steps = tuple(domain(evidence) for domain in _DIRECT)
    first, _ = start(evidence)
    ceiling = LEVELS[-1] if evidence.assessed else CEILING
    counted = _lowered(first, sum(step.change for step in steps), LEVELS[-1])
    return _Rated(_lowered(counted, 0, ceiling), steps, counted)


def _heterogeneity(network: Network, effects: Sequence[Effect]) -> Pooled:
    """Give what the studies of one pair say of their own differences."""
    i2 = q = q_p = None
    if len(effects) > 1:
        fit = stats.rma([e.yi for e in effects], [e.vi for e in effects], method="DL")
        i2, q, q_p = float(fit.I2), float(fit.QE), float(fit.QEp)
    return counted(network.measure, effects, (i2, q, q_p))


def _lowered(level: Level, change: int, ceiling: Level) -> Level:
    rank = LEVELS.index(level) + change
    return LEVELS[min(max(rank, 0), LEVELS.index(ceiling))]


def _pair(given: _Given, cell: LeagueCell) -> PairCertainty:
    found = given.direct.get(frozenset({cell.row, cell.column}))
    direct = found[1] if found else None
    path = dominant_path(given.variances, cell.row, cell.column)
    if found and found[0].indirect is None:
        path = ()
    indirect = _indirect(given, path) if path else None
    known = [one for one in (direct, indirect) if one is not None]
    best = max(known, key=lambda one: LEVELS.index(one.level))
    steps = (
        _incoherence(given, found[0] if found else None, best),
        _varying(given, cell, best),
        _imprecision(given, cell),
    )
    # The ceiling of evidence whose bias nobody assessed is no step: it stands above all others.
    level = _lowered(best.counted, sum(step.change for step in steps), best.level)
    return PairCertainty(
        cell.row,
        cell.column,
        Certainty(level, best.counted, steps),
        direct.level if direct else None,
        indirect.level if indirect else None,
        path,
        direct.steps if direct else (),
        indirect.steps if indirect else (),
    )


def _indirect(given: _Given, path: Sequence[str]) -> _Rated:
    """Rate the indirect evidence along a path: the lowest of its comparisons, intransitivity."""
    edges = [frozenset(pair) for pair in itertools.pairwise(path)]
    rated = [given.direct[edge] for edge in edges]
    lowest = min((one.level for _, one in rated), key=LEVELS.index)
    counted = min((one.counted for _, one in rated), key=LEVELS.index)
    told = "; ".join(
        f"{given.labels[pair.first]} v {given.labels[pair.second]} ({one.level})"
        for pair, one in rated
    )
    step = _intransitivity(given, [pair for pair, _ in rated])
    through = Step("comparisons on the path", 0, f"the lowest of {told}: {lowest}")
    level = _lowered(counted, step.change, lowest)
    return _Rated(level, (through, step), _lowered(counted, step.change, LEVELS[-1]))


def _intransitivity(given: _Given, pairs: Sequence[Compared]) -> Step:
    """Hold the conditions of the people against each other: all that rows tell of modifiers."""
    groups = [
        {str(row.indication) for name in pair.rows if (row := given.rows.get(name)) is not None}
        for pair in pairs
    ]
    shared = set.intersection(*groups)
    every = sorted(set.union(*groups))
    numbers = (("conditions", float(len(every))), ("in every comparison", float(len(shared))))
    rest = "; severity, dose and what else was given are for people to judge"
    if not shared:
        told = "no condition is common to the comparisons: they may not have found the same"
        return Step("intransitivity", -1, f"{told}{rest}", numbers)
    told = "the comparisons are of people with the same condition"
    if len(every) > len(shared):
        told = "the comparisons share some conditions and differ in others"
    return Step("intransitivity", 0, f"{told}{rest}", numbers)


def _incoherence(given: _Given, pair: Compared | None, best: _Rated) -> Step:
    """Hold direct against indirect evidence of the pair itself (Dias et al. 2010)."""
    if pair is None or pair.p is None or pair.indirect is None:
        told = "no closed loop holds this pair: direct and indirect evidence cannot be compared"
        if pair is None:
            told = "indirect evidence alone: nothing to hold it against"
        return Step("incoherence", 0, told)
    numbers = (
        ("direct", pair.effect),
        ("indirect", pair.indirect),
        ("p", round(pair.p, 4)),
        ("share of the direct", round(pair.share, 4)),
    )
    if pair.p >= value("incoherence p"):
        return Step("incoherence", 0, f"no disagreement shown (p {pair.p:.2g})", numbers)
    explained = any(step.domain == "intransitivity" and step.change for step in best.steps)
    told = f"direct and indirect evidence disagree (p {pair.p:.2g})"
    told += ", counted as intransitivity already" if explained else ""
    return Step("incoherence", 0 if explained else -1, told, numbers)


def _varying(given: _Given, cell: LeagueCell, best: _Rated) -> Step:
    """Hold the prediction interval against the interval of the mean."""
    if cell.pi_low is None or cell.pi_high is None:
        return Step("heterogeneity", 0, "cannot be estimated: each pair has too few studies")
    body = _body(given, cell)
    numbers = (("pi_low", cell.pi_low), ("pi_high", cell.pi_high))
    low, high = body.pi or (body.low, body.high)
    widened = low <= 0 <= high if not body.includes_none else body.holds_both(low, high)
    if not widened or body.spans:
        return Step("heterogeneity", 0, "the prediction interval changes nothing", numbers)
    told = "the prediction interval holds what the interval of the mean rules out"
    if any(step.domain == "inconsistency" and step.change for step in best.steps):
        return Step("heterogeneity", 0, f"{told}, counted as inconsistency already", numbers)
    return Step("heterogeneity", -1, told, numbers)


def _body(given: _Given, cell: LeagueCell) -> Body:
    """Lay out the network's estimate of a pair as the evidence of a question."""
    measure = given.network.measure
    known = cell.pi_low is not None and cell.pi_high is not None
    pi = (cell.pi_low or 0.0, cell.pi_high or 0.0)
    return Body(
        question=given.question,
        pooled=counted(measure, (), (None, None, None)),
        effects=(),
        rows=(),
        estimate=_log(measure, cell.effect),
        low=_log(measure, cell.low),
        high=_log(measure, cell.high),
        pi=(_log(measure, pi[0]), _log(measure, pi[1])) if known else None,
        bounds=given.bounds,
        events=None,
    )


def _imprecision(given: _Given, cell: LeagueCell) -> Step:
    """Judge the interval of the network's estimate, and the information behind it."""
    body = _body(given, cell)
    change, told = interval(body)
    size, said, numbers = _information(given, cell)
    change = -min(3 if body.spans else 2, change + size)
    return Step("imprecision", change, f"the interval {told}; {said}", numbers)


def _information(
    given: _Given, cell: LeagueCell
) -> tuple[int, str, tuple[tuple[str, float | str], ...]]:
    """Ratios: how wide the interval is (GRADE guidance 34); differences: how many people."""
    if given.network.measure in _WIDE:
        width = cell.high / cell.low if cell.low > 0 else math.inf
        limit = value(_WIDE[given.network.measure])
        told = f"its upper end is {width:.3g} times the lower one, {limit:g} at most is enough"
        numbers: tuple[tuple[str, float | str], ...] = (("width", round(width, 3)),)
        return (1 if width > limit else 0), told, numbers
    sizes = [given.people.get(name) for name in (cell.row, cell.column)]
    if None in sizes:
        return 1, "the number of people is not known", (("people", "not known"),)
    people, needed = math.fsum(n for n in sizes if n is not None), value("people")
    told = f"{people:.0f} people had one of the two, {needed:.0f} are the optimal number"
    few = 2 if people < needed * value("few") else 1 if people < needed else 0
    return few, told, (("people", people), ("optimal people", needed))
