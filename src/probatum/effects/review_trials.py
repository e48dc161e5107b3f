"""Reviews by trials: which review pooled, cited or missed which trial."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from probatum.effects.comparisons import order
from probatum.model.pack import StudyRow, Term
from probatum.model.published import CitedList, Place, PublishedPool, ReviewMatrix

ENOUGH = 0.5  # share of a reference list that must carry identifiers to tell what is not in it


@dataclass(frozen=True, slots=True)
class _Trial:
    """A study with the names it may be cited under, its conditions and year."""

    study: str
    names: frozenset[str]
    conditions: frozenset[str]
    year: int | None


def matrix(
    pools: Sequence[PublishedPool],
    rows: Sequence[StudyRow],
    lists: Sequence[CitedList] = (),
    indications: Sequence[Term] = (),
) -> ReviewMatrix:
    """Lay out what is known of each trial in each review, in order of year and name.

    From the pools whose rows are named and the reference lists of the reviews in the base; a list
    and the pools of one review are joined by its DOI. Reviews that tell of no trial are left out,
    and so are trials of which no review tells.
    """
    trials = _trials(rows)
    columns = _columns(pools, rows, lists)
    parents = {term.id: term.parent for term in indications}
    cells = {
        label: {t.study: _place(t, pooled, own, parents) for t in trials}
        for label, (pooled, own) in columns.items()
    }
    told = {
        study
        for of_review in cells.values()
        for study, place in of_review.items()
        if place in {"pooled", "cited", "missed"}
    }
    kept = [
        label for label in columns if not {"pooled", "cited"}.isdisjoint(cells[label].values())
    ]
    shown = [trial.study for trial in trials if trial.study in told]
    own = {label: columns[label][1] for label in kept}
    return ReviewMatrix(
        tuple(kept),
        tuple(shown),
        tuple(tuple(cells[label][study] for study in shown) for label in kept),
        tuple("" if (found := own[label]) is None else found.work for label in kept),
        tuple(None if (found := own[label]) is None else found.searched_to for label in kept),
    )


def _trials(rows: Sequence[StudyRow]) -> list[_Trial]:
    grouped: dict[str, list[StudyRow]] = {}
    for row in sorted(rows, key=order):
        grouped.setdefault(row.study, []).append(row)
    return [
        _Trial(
            study,
            frozenset(name for row in own for name in _names(row)),
            frozenset(row.indication for row in own if row.indication),
            min((row.year for row in own if row.year), default=None),
        )
        for study, own in grouped.items()
    ]


def _names(row: StudyRow) -> list[str]:
    doi = [f"doi:{row.doi.lower()}"] if row.doi else []
    return [*doi, *([f"pmid:{row.pmid}"] if row.pmid else [])]


def _columns(
    pools: Sequence[PublishedPool], rows: Sequence[StudyRow], lists: Sequence[CitedList]
) -> dict[str, tuple[set[str], CitedList | None]]:
    studies = {row.row_id: row.study for row in rows}
    by_doi = {one.doi: one for one in lists if one.doi}
    found: dict[str, tuple[set[str], CitedList | None]] = {}
    taken = set[str]()
    for pool in sorted(pools, key=lambda pool: (pool.year or 0, pool.review)):
        own = by_doi.get((pool.doi or "").lower())
        named = {studies[name] for name in pool.rows if name in studies}
        if own is not None:
            taken.add(own.work)
        if named or own is not None:
            pooled, _ = found.setdefault(pool.review, (set(), own))
            pooled.update(named)
    for one in lists:
        if one.work not in taken:
            label = one.review if one.review not in found else f"{one.review} ({one.work})"
            found[label] = (set(), one)
    return found


def _place(
    trial: _Trial, pooled: set[str], own: CitedList | None, parents: Mapping[str, str | None]
) -> Place:
    if trial.study in pooled:
        return "pooled"
    if own is None or not trial.names:
        return "not known"
    if not trial.names.isdisjoint(own.cited):
        return "cited"
    return _absent(trial, own, parents)


def _absent(trial: _Trial, own: CitedList, parents: Mapping[str, str | None]) -> Place:
    if own.identified < ENOUGH * own.entries:
        return "not known"
    return "missed" if _owed(trial, own, parents) else "not cited"


def _owed(trial: _Trial, own: CitedList, parents: Mapping[str, str | None]) -> bool:
    """Whether a review could have known a trial on its condition: published before its search."""
    if own.searched_to is None or trial.year is None:
        return False
    on_it = any(
        above in own.conditions for name in trial.conditions for above in _upward(name, parents)
    )
    return on_it and trial.year < int(own.searched_to[:4])


def _upward(name: str, parents: Mapping[str, str | None]) -> set[str]:
    """Give a condition and those above it."""
    found = set[str]()
    current: str | None = name
    while current is not None and current not in found:
        found.add(current)
        current = parents.get(current)
    return found
