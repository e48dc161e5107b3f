"""Counts of statements: broad and strict, by independent group of authors, corrected for error."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from probatum.claims.authorship import name_key
from probatum.claims.stance import LABELS, confusion
from probatum.model.tally import StanceCount, StatementCounts
from probatum.model.work import Citing
from probatum.stats.misclassification import corrected

_ORDER = ("supporting", "mentioning", "contrasting")
_SIDES = ("supporting", "contrasting")


def count(edges: Iterable[Citing], authors: Mapping[str, Sequence[str]]) -> StatementCounts:
    """Count statements; ``authors`` are those of the works that cite, by id of the work.

    >>> edge = Citing("s", "d", "w", ("x",), "supporting", own_evidence=True, counts=True)
    >>> count([edge], {"w": ("Doe, J",)}).stances[0].groups
    1
    """
    every = list(edges)
    counted = [edge for edge in every if edge.counts]
    group_of = _groups({edge.citing_work for edge in counted if edge.citing_work}, authors)
    return StatementCounts(
        tuple(_stance(name, counted, group_of) for name in _ORDER),
        sum(edge.leaning in _SIDES for edge in counted),
        sum(edge.twin_of is not None for edge in every),
        sum(not edge.counts and edge.twin_of is None for edge in every),
    )


def _stance(name: str, counted: Sequence[Citing], group_of: Mapping[str, str]) -> StanceCount:
    broad = [edge for edge in counted if edge.stance == name]
    if name == "mentioning":
        strict = [e for e in counted if e.stance == name or not e.own_evidence]
    else:
        strict = [edge for edge in broad if edge.own_evidence]
    others = [edge for edge in broad if edge.relation != "self"]
    return StanceCount(
        name,
        len(broad),
        len(strict),
        len(broad) - len(others),
        len({group_of[edge.citing_work] for edge in others if edge.citing_work}),
        sum((e.leaning or e.stance) == name for e in counted if e.citing_work),
    )


def with_correction(counts: StatementCounts) -> StatementCounts:
    """Add what the counts are after the classifier's known error, with 95 % limits.

    Holds where statements are confused as the labelled ones were (docs/models/stance.md).
    """
    labelled = {stance.stance: stance.labelled for stance in counts.stances}
    if not sum(labelled.values()):
        return counts
    found = _corrected(tuple(labelled[name] for name in LABELS))
    return replace(
        counts,
        stances=tuple(
            replace(stance, corrected=value, low=low, high=high)
            for stance in counts.stances
            for value, low, high in [found[LABELS.index(stance.stance)]]
        ),
    )


@lru_cache(maxsize=4096)
def _corrected(labelled: tuple[int, ...]) -> list[tuple[float, float, float]]:
    made = corrected(labelled, confusion())
    rows = zip(made.estimate, made.low, made.high, strict=True)
    return [(round(float(a), 1), round(float(b), 1), round(float(c), 1)) for a, b, c in rows]


def _groups(works: Iterable[str], authors: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Join works that share an author, directly or through others: the group of each work.

    A work without authors is a group of its own.
    """
    leads: dict[str, str] = {}
    first: dict[tuple[str, str], str] = {}
    ordered = sorted(works)
    for work in ordered:
        leads[work] = work
        for name in authors.get(work, ()):
            key = name_key(name)
            if key is not None:
                leads[_lead(leads, work)] = _lead(leads, first.setdefault(key, work))
    return {work: _lead(leads, work) for work in ordered}


def _lead(leads: dict[str, str], work: str) -> str:
    while leads[work] != work:
        leads[work] = leads[leads[work]]
        work = leads[work]
    return work
