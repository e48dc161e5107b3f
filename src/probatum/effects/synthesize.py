"""Synthesize: the rows of a question to effects and pooled estimates."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from probatum.effects.comparisons import Comparison, Comparisons, alone, compare, order
from probatum.effects.plan import Plan, plan
from probatum.effects.pooling import (
    BESIDE,
    HEADLINE,
    SINGLE,
    Fit,
    back,
    fit,
    model_fit,
    units,
    weights,
)
from probatum.effects.remarks import remarks
from probatum.effects.scales import on_scale
from probatum.effects.selection import never_pooled
from probatum.errors import UsageError
from probatum.model.effect import Effect, Exclusion, ModelFit, Pooled
from probatum.model.pack import Question, Scale, StudyRow, Window
from probatum.stats.distributions import critical

Flagged = Literal["in", "out"]


@dataclass(frozen=True, slots=True)
class Sorted:
    """The rows of a question by what becomes of them before any number is read.

    ``left_out`` maps the id of a row that the first model does not take to the reason.
    """

    main: tuple[StudyRow, ...]
    other: tuple[StudyRow, ...]
    left_out: tuple[tuple[StudyRow, str], ...]
    never: tuple[Exclusion, ...]


def synthesize(
    question: Question,
    rows: Sequence[StudyRow],
    *,
    flagged_in: bool = False,
    without: Collection[str] = (),
    window: Window | None = None,
    scales: Sequence[Scale] = (),
) -> Pooled:
    """Turn the rows of a question into effects and pool them.

    The headline is REML with Hartung-Knapp over independent studies; DL, the common-effect model
    (EE) and REML with flagged rows the other way stand beside it in ``models``. Rows whose source
    contradicts itself leave the first model unless ``flagged_in``; ``without`` holds ids of rows
    or labels of studies to leave out. ``window`` decides between several times of one study
    (nearest to its target day; without it the latest); ``scales`` are those of the rows, for
    conversion and for saying a difference in their units. Every row is in ``effects`` (with
    ``left_out`` where the first model does not take it) or in ``excluded``. The order of ``rows``
    does not matter. Raises UsageError when a row id stands twice.

    >>> from probatum.model.pack import Question
    >>> synthesize(Question("q", "Q", "pain", "efficacy", measure="MD"), []).notes
    ('no row of this question gives an effect',)
    """
    ordered = _ordered(rows)
    parts = _sorted(ordered, question, flagged_in, frozenset(without))
    how = plan(question, parts.main or parts.other, scales)
    main = compare(parts.main, how, window)
    flagged: Flagged = "in" if flagged_in else "out"
    other = _other_way(parts, how, window, flagged)
    if not main.taken:
        empty = replace(_empty(question, how), models=tuple(other))
        return _with_rows(empty, parts, main, how, None)
    data = units(main.taken)
    first = fit(data, *HEADLINE)
    beside = [fit(data, *model) for model in BESIDE] if data.k > 1 else []
    models = [model_fit(one, how.measure or "", flagged) for one in (first, *beside)] + other
    pooled = _headline(question, how, first, main)
    notes = remarks(how, main, data, first, models)
    units_of = on_scale(pooled, main.taken, {scale.id: scale for scale in scales})
    pooled = replace(pooled, models=tuple(models), notes=notes, on_scale=units_of)
    return _with_rows(pooled, parts, main, how, first)


def _ordered(rows: Sequence[StudyRow]) -> list[StudyRow]:
    ids = [row.row_id for row in rows]
    twice = sorted({i for i in ids if ids.count(i) > 1}) if len(set(ids)) < len(ids) else []
    if twice:
        raise UsageError(f"row ids stand twice: {', '.join(twice)}; pass each row once")
    return sorted(rows, key=order)


def _sorted(
    rows: Sequence[StudyRow], question: Question, flagged_in: bool, without: frozenset[str]
) -> Sorted:
    main, other, left_out, never = [], [], [], []
    for row in rows:
        reason = never_pooled(row, question)
        flagged = row.flag_kind == "source-inconsistency"
        if reason is not None:
            never.append(Exclusion(row.row_id, reason))
        elif row.row_id in without or row.study in without:
            left_out.append((row, "left out on request"))
        elif flagged and not flagged_in:
            other.append(row)
            left_out.append((row, f"the source contradicts itself: {row.quality_flag or ''}"))
        else:
            main.append(row)
            if not flagged:
                other.append(row)
    return Sorted(tuple(main), tuple(other), tuple(left_out), tuple(never))


def _other_way(
    parts: Sorted, how: Plan, window: Window | None, flagged: Flagged
) -> list[ModelFit]:
    """Fit the headline model with flagged rows out where they are in, in where they are out."""
    if {r.row_id for r in parts.other} == {r.row_id for r in parts.main}:
        return []
    taken = compare(parts.other, how, window).taken
    if not taken:
        return []
    return [model_fit(fit(units(taken), *HEADLINE), how.measure or "", _opposite(flagged))]


def _opposite(flagged: Flagged) -> Flagged:
    return "out" if flagged == "in" else "in"


def _headline(question: Question, how: Plan, first: Fit, main: Comparisons) -> Pooled:
    read, single = back(how.measure or ""), first.method == SINGLE
    known = [one.n for one in main.taken if one.n is not None]
    pi = (None, None) if first.pi is None else (read(first.pi[0]), read(first.pi[1]))
    return Pooled(
        question=question.id,
        measure=how.measure,
        model=SINGLE if single else "REML with Hartung-Knapp",
        k=first.k,
        n=sum(known) if known else None,
        n_known=len(known) == len(main.taken),
        estimate=read(first.beta),
        ci_low=read(first.low),
        ci_high=read(first.high),
        pi_low=pi[0],
        pi_high=pi[1],
        tau2=None if single else first.tau2,
        i2=first.i2,
        q=first.q,
        q_p=first.q_p,
        effects=(),
        models=(),
        excluded=(),
        solver=first.solver,
        converged=first.converged,
        scale=how.scale,
    )


def _empty(question: Question, how: Plan) -> Pooled:
    notes = ("no row of this question gives an effect", *how.notes)
    return Pooled(
        question=question.id,
        measure=how.measure,
        model="none",
        k=0,
        n=None,
        n_known=False,
        estimate=None,
        ci_low=None,
        ci_high=None,
        pi_low=None,
        pi_high=None,
        tau2=None,
        i2=None,
        q=None,
        q_p=None,
        effects=(),
        models=(),
        excluded=(),
        notes=notes,
    )


def _with_rows(
    pooled: Pooled, parts: Sorted, main: Comparisons, how: Plan, first: Fit | None
) -> Pooled:
    """Attach what became of every row: taken, left out of the first model, or excluded."""
    shares = weights(main.taken, first.tau2) if first is not None else []
    shown = [
        (one.row, _effect(one, how, weight))
        for one, weight in zip(main.taken, shares, strict=True)
    ]
    excluded = [*parts.never, *main.excluded]
    for row, reason in parts.left_out:
        one = alone(row, how)
        if isinstance(one, Comparison):
            shown.append((row, replace(_effect(one, how, 0.0), left_out=reason)))
        else:
            excluded.append(Exclusion(row.row_id, f"{reason}; {one}"))
    effects = tuple(effect for _, effect in sorted(shown, key=lambda pair: order(pair[0])))
    return replace(
        pooled, effects=effects, excluded=tuple(sorted(excluded, key=lambda e: e.row_id))
    )


def _effect(one: Comparison, how: Plan, weight: float) -> Effect:
    read, row = back(how.measure or ""), one.row
    half = critical(0.95) * one.vi**0.5
    detail = row.stratum or (row.dose_printed if one.parts > 1 else "")
    return Effect(
        row_id=row.row_id,
        study=row.study,
        label=f"{row.study} ({detail})" if detail else row.study,
        measure=how.measure or "",
        yi=one.yi,
        vi=one.vi,
        value=read(one.yi),
        low=read(one.yi - half),
        high=read(one.yi + half),
        n=one.n,
        weight=weight,
        note="; ".join(one.notes),
    )
