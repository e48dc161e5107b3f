"""The contrasts of each study between the treatments of a network.

A study of two treatments gives one contrast. A study of more gives the contrasts of all its
pairs, made from its arms, so that an arm that enters several contrasts is counted once and their
correlation is right (Salanti et al. 2008; Rücker 2012).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from probatum.effects.comparisons import Comparison, compare, prepared
from probatum.effects.material import BINARY, Counts, Material, Means
from probatum.effects.plan import Plan
from probatum.effects.pooling import units
from probatum.effects.reading import Found
from probatum.model.effect import Exclusion
from probatum.model.pack import StudyRow, Window

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Contrast:
    """``first`` minus ``second`` in one study, on the analysis scale, and the rows it is from."""

    study: str
    first: str
    second: str
    yi: float
    vi: float
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Arm:
    """One arm: its own value and variance on the analysis scale, and its people."""

    value: float
    variance: float
    n: float | None


@dataclass(frozen=True, slots=True)
class Contrasts:
    """What the rows of a network give; ``people`` by study and treatment."""

    taken: tuple[Contrast, ...]
    excluded: tuple[Exclusion, ...]
    people: Mapping[tuple[str, str], float | None]


def study_contrasts(
    rows: Mapping[Pair, Sequence[StudyRow]], how: Plan, window: Window | None
) -> Contrasts:
    """Return the contrasts of all studies; ``rows`` by (experimental, control) treatment."""
    found: dict[tuple[str, str], dict[Pair, list[Comparison]]] = {}
    excluded: list[Exclusion] = []
    for pair in sorted(rows):
        compared = compare(rows[pair], how, window)
        excluded.extend(compared.excluded)
        for one in compared.taken:
            key = one.row.study, one.row.stratum or ""
            found.setdefault(key, {}).setdefault(pair, []).append(one)
    taken: list[Contrast] = []
    people: dict[tuple[str, str], float | None] = {}
    for (study, stratum), of_pairs in sorted(found.items()):
        name = f"{study} ({stratum})" if stratum else study
        made, trouble = _of_study(name, of_pairs, how, people)
        taken.extend(made)
        excluded.extend(trouble)
    return Contrasts(tuple(taken), tuple(excluded), people)


def _of_study(
    study: str,
    of_pairs: Mapping[Pair, Sequence[Comparison]],
    how: Plan,
    people: dict[tuple[str, str], float | None],
) -> tuple[list[Contrast], list[Exclusion]]:
    if len({frozenset(pair) for pair in of_pairs}) == 1:
        pair, found = next(iter(of_pairs.items()))
        people.update(_sizes(study, pair, found))
        joined = units(found)
        rows = tuple(one.row.row_id for one in found)
        return [Contrast(study, *pair, float(joined.yi[0]), float(joined.vi[0]), rows)], []
    first = {pair: found[0] for pair, found in of_pairs.items()}
    spare = [
        Exclusion(one.row.row_id, "its study has several treatments; one row a pair is taken")
        for found in of_pairs.values()
        for one in found[1:]
    ]
    arms = _arms(first, how) or _relative(first)
    if arms is None:
        reason = "its study has three treatments without numbers by arm that could be joined"
        return [], [*spare, *(Exclusion(one.row.row_id, reason) for one in first.values())]
    people.update({(study, name): arm.n for name, arm in arms.items()})
    crossed = any(one.row.crossover for one in first.values())
    shrink = 1 - how.correlation if crossed else 1.0
    names = tuple(sorted({one.row.row_id for one in first.values()}))
    made = [
        Contrast(
            study,
            a,
            b,
            arms[a].value - arms[b].value,
            shrink * (arms[a].variance + arms[b].variance),
            names,
        )
        for a, b in combinations(sorted(arms), 2)
    ]
    return made, spare


def _sizes(
    study: str, pair: Pair, found: Sequence[Comparison]
) -> dict[tuple[str, str], float | None]:
    exp = [one.row.n_exp for one in found]
    ctl = [one.row.n_ctl for one in found]
    treated = None if None in exp else math.fsum(n for n in exp if n is not None)
    return {(study, pair[0]): treated, (study, pair[1]): ctl[0]}


def _arms(first: Mapping[Pair, Comparison], how: Plan) -> dict[str, Arm] | None:
    """Return arms with numbers of their own; the larger of two reports of one arm is taken."""
    given: dict[str, tuple[float, float, float]] = {}
    for pair, one in first.items():
        found = prepared(one.row, how)
        halves = _halves(found.material, how) if isinstance(found, Found) else None
        if halves is None:
            return None
        for name, half in zip(pair, halves, strict=True):
            if name not in given or half[2] > given[name][2]:
                given[name] = half
    if how.measure == "MD":
        return {name: Arm(mean, sd**2 / n, n) for name, (mean, sd, n) in given.items()}
    return _of_counts(given, how.measure or "")


def _halves(
    material: Material, how: Plan
) -> tuple[tuple[float, float, float], tuple[float, float, float]] | None:
    if isinstance(material, Means) and how.measure == "MD":
        return (
            (material.mean_exp, material.sd_exp, material.n_exp),
            (material.mean_ctl, material.sd_ctl, material.n_ctl),
        )
    if isinstance(material, Counts) and how.measure in BINARY:
        return (
            (material.events_exp, 0.0, material.n_exp),
            (material.events_ctl, 0.0, material.n_ctl),
        )
    return None


def _of_counts(given: Mapping[str, tuple[float, float, float]], measure: str) -> dict[str, Arm]:
    """Return log risks, log odds or risks; one empty cell adds 0.5 to every cell of the study."""
    empty = any(events in {0.0, n} for events, _, n in given.values())
    add = 0.5 if empty else 0.0
    arms = {}
    for name, (events, _, n) in given.items():
        e, total = events + add, n + 2 * add
        arms[name] = Arm(*_RISK[measure](e, total), n)
    return arms


_RISK: Mapping[str, Callable[[float, float], tuple[float, float]]] = {
    "RR": lambda e, n: (math.log(e / n), 1 / e - 1 / n),
    "OR": lambda e, n: (math.log(e / (n - e)), 1 / e + 1 / (n - e)),
    "RD": lambda e, n: (e / n, e * (n - e) / n**3),
}


def _relative(first: Mapping[Pair, Comparison]) -> dict[str, Arm] | None:
    """Return arms against the one that all contrasts share, its variance by the sizes of arms.

    With equal spread a contrast's variance v divides into v (1/n1)/(1/n1 + 1/n2) and the rest.
    """
    common = set.intersection(*(set(pair) for pair in first))
    sized = all(one.row.n_exp and one.row.n_ctl for one in first.values())
    if len(common) != 1 or not sized:
        return None
    shared = common.pop()
    own: list[float] = []
    arms: dict[str, Arm] = {}
    for (exp, ctl), one in first.items():
        n_exp, n_ctl = one.row.n_exp or 1.0, one.row.n_ctl or 1.0
        other, n_other, n_shared = (ctl, n_ctl, n_exp) if exp == shared else (exp, n_exp, n_ctl)
        part = n_other / (n_other + n_shared)
        own.append(part * one.vi)
        value = -one.yi if exp == shared else one.yi
        arms[other] = Arm(value, (1 - part) * one.vi, n_other)
    largest = max(n for one in first.values() for n in (one.row.n_exp, one.row.n_ctl) if n)
    arms[shared] = Arm(0.0, math.fsum(own) / len(own), largest)
    return arms
