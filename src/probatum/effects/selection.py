"""Which rows of a question may stand beside each other: the same people count once.

Two rows of one study are apart only when they are disjoint strata, or different experimental arms
at the same time on the same scale. Everything else (several times, several scales, subgroups
beside their whole, combined arms, crossover periods) is the same people again, and so are rows
that the pack says overlap. Of such rows one is kept, by :func:`preference`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from probatum.effects.plan import Plan, scale_of
from probatum.model.effect import Exclusion
from probatum.model.pack import Question, StudyRow, Window


@dataclass(frozen=True, slots=True)
class Selection:
    """Rows that may be pooled together, and those that they displace, with the reason."""

    kept: tuple[StudyRow, ...]
    displaced: tuple[Exclusion, ...]


def never_pooled(row: StudyRow, question: Question) -> str | None:
    """Return why a row is never an effect of the question, or None.

    A risk that no model can estimate, a result without a comparison, a subgroup that would stand
    in for its whole study: these are shown and not pooled.
    """
    subset = row.population_subset
    part = subset and not row.stratum and subset != question.population
    reasons = (
        (row.not_pooled, row.not_pooled),
        (
            row.flag_kind == "not-estimable",
            f"not estimable: {row.quality_flag or 'no reason is given'}",
        ),
        (row.result_type in WITHOUT_COMPARISON, WITHOUT_COMPARISON.get(row.result_type)),
        (part, f"a subgroup ({subset}) never stands in for its whole study"),
    )
    return next((reason for applies, reason in reasons if applies), None)


WITHOUT_COMPARISON: dict[str, str] = {
    "proportion": "one group only: a proportion without a comparison",
    "pre-post": "before and after in one group: no controlled effect, shown apart",
    "narrative": "told in words: no numbers of two groups",
}


def select(rows: Sequence[StudyRow], plan: Plan, window: Window | None) -> Selection:
    """Keep rows of different people, best first; the order of ``rows`` does not matter."""
    known = {row.row_id: row for row in rows}
    combined = {row.row_id for row in rows if _combines_others(row, known)}
    kept = Kept()
    displaced: list[Exclusion] = []
    for row in sorted(
        rows, key=lambda row: (row.row_id in combined, *preference(row, plan, window))
    ):
        rivals = kept.rivals(row)
        if rivals:
            told = "combined arms" if row.row_id in combined else "the same people"
            reason = f"{told} as in {', '.join(rivals)}, which the pool already holds"
            displaced.append(Exclusion(row.row_id, reason))
        else:
            kept.add(row)
    return Selection(tuple(kept.rows), tuple(displaced))


class Kept:
    """The rows kept so far, found by study and by whom they name, so that a look-up is short."""

    def __init__(self) -> None:
        self.rows: list[StudyRow] = []
        self._of_study: dict[str, list[StudyRow]] = {}
        self._ids: set[str] = set()
        self._named_by: dict[str, list[str]] = {}

    def add(self, row: StudyRow) -> None:
        """Keep one more row."""
        self.rows.append(row)
        self._ids.add(row.row_id)
        self._of_study.setdefault(row.study, []).append(row)
        for name in row.overlaps:
            self._named_by.setdefault(name, []).append(row.row_id)

    def rivals(self, row: StudyRow) -> list[str]:
        """Return the ids of kept rows that hold some of the same people, sorted."""
        found = {o.row_id for o in self._of_study.get(row.study, ()) if same_people(row, o)}
        found |= self._ids.intersection(row.overlaps)
        return sorted(found.union(self._named_by.get(row.row_id, ())))


def preference(row: StudyRow, plan: Plan, window: Window | None) -> tuple[object, ...]:
    """Return the sorting key of rows of the same people; the smallest is kept.

    In this order: the whole study before its parts; the preferred scale; the time nearest to
    the window's target day (else its middle), without a window the latest; more people; row id.
    """
    return (
        row.stratum is not None,
        plan.preferred is not None and scale_of(row) != plan.preferred,
        _distance(row, window),
        -(row.n_exp or 0) - (row.n_ctl or 0),
        row.row_id,
    )


def _distance(row: StudyRow, window: Window | None) -> float:
    if row.time_days is None:
        return float("inf")
    if window is None:
        return -row.time_days
    target = window.target if window.target is not None else (window.low + window.high) / 2
    return abs(row.time_days - target)


def same_people(one: StudyRow, other: StudyRow) -> bool:
    """Whether two rows hold some of the same people in a way that forbids pooling both."""
    if one.row_id in other.overlaps or other.row_id in one.overlaps:
        return True
    if one.study != other.study or _disjoint_strata(one, other):
        return False
    return not separate_arms(one, other)


def separate_arms(one: StudyRow, other: StudyRow) -> bool:
    """Whether two rows are different experimental arms of one study, at one time, on one scale."""
    if one.crossover or other.crossover:
        return False
    together = (
        one.study == other.study
        and _same_time(one, other)
        and (one.outcome_printed, one.scale, one.scale_printed)
        == (other.outcome_printed, other.scale, other.scale_printed)
        and (one.population_subset, one.stratum) == (other.population_subset, other.stratum)
    )
    return together and _arm(one) != _arm(other)


def shares_control(one: StudyRow, other: StudyRow) -> bool:
    """Whether two experimental arms of one study are compared with the same control group."""
    if not separate_arms(one, other):
        return False
    if one.shared_control is not None or other.shared_control is not None:
        return one.shared_control == other.shared_control
    if one.comparator_printed != other.comparator_printed:
        return False
    return all(a is None or b is None or a == b for a, b in zip(_control(one), _control(other),
                                                               strict=True))  # fmt: skip


def _arm(row: StudyRow) -> tuple[str, str, str]:
    return (row.drug_printed, row.route_printed, row.dose_printed)


def _control(row: StudyRow) -> tuple[float | None, ...]:
    return (row.n_ctl, row.events_ctl, row.mean_ctl, row.sd_ctl)


def _same_time(one: StudyRow, other: StudyRow) -> bool:
    if one.time_days is not None and other.time_days is not None:
        return one.time_days == other.time_days
    return one.timepoint_printed == other.timepoint_printed


def _disjoint_strata(one: StudyRow, other: StudyRow) -> bool:
    return one.stratum is not None and other.stratum is not None and one.stratum != other.stratum


def _combines_others(row: StudyRow, known: Mapping[str, StudyRow]) -> bool:
    """Whether a row joins the arms (or trials) of several other rows into one."""
    named = [known[name] for name in row.overlaps if name in known and name != row.row_id]
    parts = [part for part in named if part.stratum is None and _same_time(row, part)]
    return any(not same_people(a, b) for i, a in enumerate(parts) for b in parts[:i])
