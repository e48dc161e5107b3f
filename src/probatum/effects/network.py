"""Questions that ask the same of different treatments, answered together.

Contrast-based random effects (Rücker 2012) with one heterogeneity for all comparisons, by REML;
disagreement between direct and indirect evidence by the between-designs Q (Krahn et al. 2013)
and by back-calculation (Dias et al. 2010).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from probatum import stats
from probatum.effects.comparisons import order
from probatum.effects.loops import closed_loops
from probatum.effects.network_words import notes_of, said, told_inconsistency
from probatum.effects.plan import plan
from probatum.effects.pooling import back
from probatum.effects.selection import never_pooled
from probatum.effects.study_contrasts import Contrast, Contrasts, Pair, study_contrasts
from probatum.errors import StatsError
from probatum.model.effect import Exclusion
from probatum.model.network import Compared, LeagueCell, Network, StudyContrast, Treatment
from probatum.model.pack import Question, Scale, StudyRow, Window
from probatum.stats.distributions import critical
from probatum.stats.network.decompose import Decomposition
from probatum.stats.network.fit import Nma
from probatum.stats.network.graph import subnetworks
from probatum.stats.network.split import Split

FEWEST = 3  # two treatments are a pair, which a question answers


@dataclass(frozen=True, slots=True)
class Group:
    """The questions of one network: what they share, and the rows by pair of treatments.

    ``question`` holds the shared fields; ``labels`` the treatments' names by id; ``rows`` stand
    with the question that holds them.
    """

    question: Question
    questions: tuple[Question, ...]
    labels: tuple[tuple[str, str], ...]
    rows: tuple[tuple[Pair, Question, StudyRow], ...]
    scales: tuple[Scale, ...] = ()
    window: Window | None = None
    conditions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Fitted:
    """A fit with all that is read from it; ``read`` back-transforms."""

    fit: Nma
    split: Sequence[Split]
    parts: Decomposition
    of_pair: Mapping[frozenset[str], list[Contrast]]


def networks(given: Group) -> tuple[Network, ...]:
    """Return the networks of a group: one for each connected part of three or more treatments.

    One study of three arms is none: its contrasts stand with its questions. Rows whose source
    contradicts itself stay out, as they do from a pool.
    """
    rows, excluded = _eligible(given)
    how = plan(given.question, [row for own in rows.values() for row in own], given.scales)
    if how.measure is None or not rows:
        return ()
    found = study_contrasts(rows, how, given.window)
    found = Contrasts(found.taken, (*excluded, *found.excluded), found.people)
    made = []
    for part in _parts(found.taken):
        one = _network(given, how.measure, part, found)
        if one is not None:
            made.append(one)
    if len(made) < 2:
        return tuple(made)
    return tuple(_numbered(one, at) for at, one in enumerate(made, 1))


def _numbered(network: Network, at: int) -> Network:
    return replace(network, id=f"{network.id}-{at}", label=f"{network.label}, part {at}")


def _eligible(given: Group) -> tuple[dict[Pair, list[StudyRow]], list[Exclusion]]:
    kept: dict[Pair, list[StudyRow]] = {}
    excluded: list[Exclusion] = []
    for pair, question, row in sorted(given.rows, key=lambda one: order(one[2])):
        reason = never_pooled(row, question)
        if row.flag_kind == "source-inconsistency":
            reason = f"the source contradicts itself: {row.quality_flag or ''}"
        if pair[0] == pair[1]:
            reason = "the same treatment on both sides, in another dose or form"
        if reason is None:
            kept.setdefault(pair, []).append(row)
        else:
            excluded.append(Exclusion(row.row_id, reason))
    return kept, excluded


def _parts(taken: Sequence[Contrast]) -> list[list[Contrast]]:
    """Divide contrasts into connected parts of three or more treatments and several studies."""
    names = sorted({name for one in taken for name in (one.first, one.second)})
    place = {name: at for at, name in enumerate(names)}
    islands = subnetworks(len(names), [[place[one.first], place[one.second]] for one in taken])
    large = [{names[at] for at in island} for island in islands if len(island) >= FEWEST]
    parts = [[one for one in taken if one.first in island] for island in large]
    return [part for part in parts if len({one.study for one in part}) > 1]


def _network(
    given: Group, measure: str, part: Sequence[Contrast], found: Contrasts
) -> Network | None:
    try:
        fit = stats.nma(
            [one.yi for one in part],
            [math.sqrt(one.vi) for one in part],
            [one.first for one in part],
            [one.second for one in part],
            [one.study for one in part],
        )
        fitted = _Fitted(fit, stats.node_split(fit), stats.decompose(fit), _by_pair(part))
    except StatsError:
        return None
    network = _described(given, measure, fitted, found)
    network = replace(network, people=_people(part, found))
    return said(network, notes_of(network, _conditions(given, part), _arms_of(fit)))


def _described(given: Group, measure: str, fitted: _Fitted, found: Contrasts) -> Network:
    """Lay out a fit; what it says in words is added later."""
    fit, parts, asked = fitted.fit, fitted.parts, given.question
    labels, known = dict(given.labels), fit.df_Q > 0
    treatments = _treatments(fit, found, labels, asked.benefit)
    loops = closed_loops(fit.n, [tuple(arms.tolist()) for arms in fit.net.arms])
    compared = _compared(fitted, measure, loops)
    return Network(
        id=asked.id,
        label=asked.label,
        indication=asked.indication,
        aspect=asked.aspect,
        outcome=asked.outcome,
        window=asked.window,
        measure=measure,
        scale=asked.scale,
        benefit=asked.benefit,
        questions=tuple(one.id for one in given.questions),
        treatments=treatments,
        compared=compared,
        league=_league(fitted, [one.id for one in treatments], measure),
        studies=fit.net.studies,
        people=None,
        method="REML, one heterogeneity for all comparisons",
        tau2=fit.tau2 if known else None,
        i2=fit.I2 if known else None,
        q=fit.Q,
        q_df=fit.df_Q,
        q_p=fit.pval_Q if known else None,
        loops=loops,
        q_between=parts.Q_inc if parts.df_inc > 0 else None,
        q_between_p=parts.pval_inc if parts.df_inc > 0 else None,
        inconsistency=told_inconsistency(parts, loops, compared, labels),
        text="",
        excluded=found.excluded,
    )


def _by_pair(part: Sequence[Contrast]) -> dict[frozenset[str], list[Contrast]]:
    found: dict[frozenset[str], list[Contrast]] = {}
    for one in part:
        found.setdefault(frozenset({one.first, one.second}), []).append(one)
    return found


def _conditions(given: Group, part: Sequence[Contrast]) -> Counter[str]:
    """Count the studies by condition, where they differ in it."""
    names, rows = dict(given.conditions), {row.row_id: row for _, _, row in given.rows}
    of_study = {one.study: rows[one.rows[0]].indication for one in part}
    return Counter(names.get(found or "", found or "not stated") for found in of_study.values())


def _arms_of(fit: Nma) -> list[str]:
    """Name the studies of three or more arms."""
    return [s for s, arms in zip(fit.net.studies, fit.net.arms, strict=True) if len(arms) > 2]


def _people(part: Sequence[Contrast], found: Contrasts) -> float | None:
    keys = {(one.study, name) for one in part for name in (one.first, one.second)}
    known = [found.people.get(key) for key in sorted(keys)]
    return None if None in known else math.fsum(n for n in known if n is not None)


def _treatments(
    fit: Nma, found: Contrasts, labels: Mapping[str, str], benefit: str | None
) -> tuple[Treatment, ...]:
    made = []
    for at, name in enumerate(fit.trts):
        score = float(fit.p_scores[at])
        score = 1 - score if benefit == "lower" else score
        sizes = [n for (_, treatment), n in found.people.items() if treatment == name]
        known = None if None in sizes else math.fsum(n for n in sizes if n is not None)
        studies = sum(at in arms for arms in fit.net.arms)
        ranked = score if benefit else None
        made.append(Treatment(name, labels.get(name, name), studies, known, ranked))
    return tuple(sorted(made, key=lambda one: (-(one.p_score or 0), one.label)))


def _league(found: _Fitted, names: Sequence[str], measure: str) -> tuple[LeagueCell, ...]:
    fit, read = found.fit, back(measure)
    place = {name: at for at, name in enumerate(fit.trts)}
    predicted = fit.df_Q > 0
    cells = []
    for row in names:
        for column in names:
            if row == column:
                continue
            at = place[row], place[column]
            cells.append(
                LeagueCell(
                    row,
                    column,
                    read(float(fit.te[at])),
                    read(float(fit.lower[at])),
                    read(float(fit.upper[at])),
                    float(fit.pval[at]),
                    frozenset({row, column}) in found.of_pair,
                    read(float(fit.pi_lower[at])) if predicted else None,
                    read(float(fit.pi_upper[at])) if predicted else None,
                )
            )
    return tuple(cells)


def _of_study(one: Contrast, first: str) -> StudyContrast:
    return StudyContrast(one.study, one.rows, one.yi if one.first == first else -one.yi, one.vi)


def _compared(found: _Fitted, measure: str, loops: int) -> tuple[Compared, ...]:
    read, half = back(measure), critical(0.95)
    made = []
    for split in found.split:
        own = found.of_pair.get(frozenset({split.first, split.second}))
        if own is None:
            continue
        both = loops > 0 and math.isfinite(split.indirect) and math.isfinite(split.indirect_se)
        made.append(
            Compared(
                split.first,
                split.second,
                tuple(one.study for one in own),
                tuple(sorted({row for one in own for row in one.rows})),
                read(split.direct),
                read(split.direct - half * split.direct_se),
                read(split.direct + half * split.direct_se),
                split.share,
                read(split.indirect) if both else None,
                read(split.indirect - half * split.indirect_se) if both else None,
                read(split.indirect + half * split.indirect_se) if both else None,
                split.pval if both else None,
                tuple(_of_study(one, split.first) for one in own),
            )
        )
    return tuple(made)
