"""Results that single studies and published reviews print, as evidence beside the pooled answers.

A single study bears a claim out only as a single study: its wording says so, with what is wrong
with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import log, sqrt

from probatum.model.answer import Evidence
from probatum.model.pack import StudyRow
from probatum.model.published import PublishedPool
from probatum.text.concepts import concepts
from probatum.verdicts.known import LEVELS, Known, KnownBy, Sign

_RATIOS = frozenset({"OR", "RR", "HR", "IRR"})
_LOW, _VERY_LOW = LEVELS.index("low"), LEVELS.index("very low")
_Z = 1.96
_P = re.compile(r"<|(?<![>\d])\s*0?\.0[0-4]")
_NOT_P = re.compile(r">|\bn\.?s\b")
_GOOD = re.compile(r"respon|remission|cessation|abstin|resolution|relief", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Result:
    """One result: of which drug, in what, against what, on which outcome, and its numbers.

    ``words`` name what it is about, without its numbers; ``sign`` says which way it points where
    chance does not explain it; ``shares`` are the percentages with an event, treated and other
    group; ``single`` marks one study. ``level`` is a place in
    :data:`probatum.verdicts.known.LEVELS`.
    """

    id: str
    text: str
    source: str
    url: str | None
    drug: str | None
    conditions: frozenset[str]
    comparators: frozenset[str]
    routes: frozenset[str]
    outcome: str | None
    words: str
    measure: str | None
    limits: tuple[float, float] | None
    shares: tuple[float | None, float | None]
    numbers: tuple[float, ...]
    people: float
    benefit: str | None
    sign: Sign
    level: int
    single: bool
    question: str | None

    def evidence(self, *, supports: bool) -> Evidence:
        """Quote the result with its source."""
        return Evidence("record", self.id, self.text, self.source, self.url, supports)


def results_of(known: Known) -> tuple[Result, ...]:
    """Give the results that are not pooled answers themselves; kept for the next text."""
    return _results(KnownBy(known, ("studies", "published")))


@lru_cache(maxsize=4)
def _results(key: KnownBy) -> tuple[Result, ...]:
    known = key.known
    rows = (of_row(row, known) for row in known.studies.values() if row.outcome)
    pools = (of_published(pool, known) for pool in known.published)
    return tuple(sorted((*rows, *pools), key=lambda one: one.id))


def of_row(row: StudyRow, known: Known) -> Result:
    """Word one row of a study, with what it says of its own certainty."""
    numbers = tuple(_numbers(row))
    leaning, clear = _direction(row)
    randomised = row.design_class == "randomised"
    flag = row.quality_flag if row.flag_kind else None
    told = _worded(row, flag)
    others = some(row.comparator) | _named(row.comparator_printed, known)
    return Result(
        row.row_id,
        told,
        f"one study: {row.study}, {row.design}",
        row.sources[0].url if row.sources else None,
        _plain_drug(row.drug, known),
        some(row.indication),
        others,
        some(row.route),
        row.outcome,
        _about(row),
        row.measure or row.effect_measure,
        _limits(row),
        _shares(row),
        numbers,
        float((row.n_exp or 0) + (row.n_ctl or 0)),
        row.benefit,
        leaning if clear else "unclear",
        _LOW if randomised and not flag else _VERY_LOW,
        True,
        None,
    )


def of_published(pool: PublishedPool, known: Known) -> Result:
    """Word what a review printed."""
    limits = None
    if pool.ci_low is not None and pool.ci_high is not None:
        limits = (pool.ci_low, pool.ci_high)
    told = _printed(pool, limits)
    found = concepts(known.matcher, f"{pool.indication_printed} . {pool.comparison_printed}")
    kinds = {kind: frozenset(c.id for c in found if c.kind == kind) for kind in
             ("drug", "indication", "comparator", "route")}  # fmt: skip
    outcome = next(
        (c.id for c in concepts(known.matcher, pool.outcome_printed)
         if c.kind in {"outcome", "harm"}), None,
    )  # fmt: skip
    answer = next((a for a in known.answers if a.question.id == pool.question), None)
    outcome = answer.question.outcome if answer else outcome
    conditions = kinds["indication"] | ({answer.question.indication} if answer else frozenset())
    drug = next(iter(sorted((kinds["drug"] & known.drugs) - {known.root})), None)
    benefit = "higher" if _GOOD.search(pool.outcome_printed) else "lower"
    one_group = pool.measure in {"proportion", "rate"}
    sign = "unclear" if one_group else _sign(pool.measure, limits, benefit)
    words = ". ".join((pool.outcome_printed, pool.comparison_printed, pool.indication_printed,
                       pool.timepoint_printed))  # fmt: skip
    shares = tuple(float(one) for one in re.findall(r"\d+\.\d", pool.estimate_printed))
    if pool.measure == "proportion" and pool.estimate is not None:
        shares = (100 * pool.estimate,)
    return Result(
        pool.id, told, f"published review: {pool.review}", pool.source_url or None, drug,
        conditions, kinds["comparator"], kinds["route"], outcome, words, pool.measure,
        limits, (shares[0] if shares else None, None),
        tuple(n for n in (pool.estimate, *(limits or ()), *shares) if n is not None),
        float(pool.n or 0), benefit, sign, _level(pool), False, pool.question,
    )  # fmt: skip


def _printed(pool: PublishedPool, limits: tuple[float, float] | None) -> str:
    estimate = pool.estimate_printed or (f"{pool.estimate:g}" if pool.estimate is not None else "")
    interval = f" ({limits[0]:g} to {limits[1]:g})" if limits else ""
    size = ", ".join(
        f"{value:g} {name}" for value, name in ((pool.k, "studies"), (pool.n, "people")) if value
    )
    when = f", {pool.timepoint_printed}" if pool.timepoint_printed else ""
    return (
        f"{pool.review} pooled {pool.outcome_printed}{when}, {pool.comparison_printed}, in"
        f" {pool.indication_printed}: {pool.measure_printed} {estimate}{interval}"
        f"{f'; {size}' if size else ''}."
    )


def _level(pool: PublishedPool) -> int:
    return next((i for i, name in enumerate(LEVELS) if i and name == pool.certainty), _LOW)


def some(name: str | None) -> frozenset[str]:
    """Give a name as a set, an empty one where there is none."""
    return frozenset() if name is None else frozenset({name})


def _plain_drug(drug: str | None, known: Known) -> str | None:
    """Give None for the racemate, which most studies only call by the drug's name."""
    return drug if drug in known.drugs and drug != known.root else None


def _named(text: str, known: Known) -> frozenset[str]:
    return frozenset(c.id for c in concepts(known.matcher, text) if c.kind == "comparator")


def _worded(row: StudyRow, flag: str | None) -> str:
    place = row.indication_printed + (
        f" ({row.indication_detail})" if row.indication_detail else ""
    )
    given = " ".join(filter(None, (row.drug_printed, row.route_printed, row.dose_printed)))
    when = f", {row.timepoint_printed}" if row.timepoint_printed else ""
    people = f" in {row.population}" if row.population else ""
    told = (
        f"{row.study}: {row.outcome_printed}{when}, {place}, {given} against"
        f" {row.comparator_printed}{people}: {_figures(row)}. One study, {row.design}."
    )
    return f"{told} The source has a fault: {flag}." if flag else told


def _about(row: StudyRow) -> str:
    outcome = (row.outcome or "").replace("-", " ")
    parts = (row.study, row.outcome_printed, outcome, row.indication_printed,
             row.indication_detail, row.comparator_printed, row.population, row.scale_printed,
             row.timepoint_printed)  # fmt: skip
    return ". ".join(filter(None, parts))


def _figures(row: StudyRow) -> str:
    parts = []
    if row.events_exp is not None and row.n_exp:
        parts.append(f"{row.events_exp:g} of {row.n_exp:g}")
        if row.events_ctl is not None and row.n_ctl:
            parts[-1] += f" against {row.events_ctl:g} of {row.n_ctl:g}"
    pairs = ((row.pct_exp, row.pct_ctl, " %"), (row.mean_exp, row.mean_ctl, ""))
    for ours, theirs, unit in pairs:
        if ours is not None:
            parts.append(
                f"{ours:g}{unit}" + (f" against {theirs:g}{unit}" if theirs is not None else "")
            )
    if row.effect is not None:
        limits = f" ({row.ci_low:g} to {row.ci_high:g})" if _has(row.ci_low, row.ci_high) else ""
        parts.append(f"{row.effect_measure} {row.effect:g}{limits}")
    if row.p_reported:
        parts.append(f"p {row.p_reported}")
    return "; ".join(parts) or "no numbers printed"


def _has(*values: float | None) -> bool:
    return all(value is not None for value in values)


def _numbers(row: StudyRow) -> Iterator[float]:
    """Give what may be told of a row: the printed values, and the difference of a pair."""
    values = (row.effect, row.ci_low, row.ci_high, row.contrast, row.mean_exp, row.mean_ctl,
              row.pct_exp, row.pct_ctl, row.events_exp, row.events_ctl, row.n_exp,
              row.n_ctl)  # fmt: skip
    yield from (abs(value) for value in values if value is not None)
    for ours, theirs in ((row.mean_exp, row.mean_ctl), _shares(row)):
        if ours is not None and theirs is not None:
            yield abs(ours - theirs)
    yield from (abs(share) for share in _shares(row) if share is not None)


def _shares(row: StudyRow) -> tuple[float | None, float | None]:
    def share(printed: float | None, events: float | None, people: float | None) -> float | None:
        if printed is not None:
            return printed
        return 100 * events / people if events is not None and people else None

    if row.result_type not in {"binary", "binary %", "proportion"}:
        return None, None
    return (
        share(row.pct_exp, row.events_exp, row.n_exp),
        share(row.pct_ctl, row.events_ctl, row.n_ctl),
    )


def _limits(row: StudyRow) -> tuple[float, float] | None:
    if row.contrast_low is not None and row.contrast_high is not None:
        return row.contrast_low, row.contrast_high
    a, n, c, m = row.events_exp, row.n_exp, row.events_ctl, row.n_ctl
    if row.measure is None and a and n and c and m:
        middle, half = log(a / n / (c / m)), _Z * sqrt(1 / a - 1 / n + 1 / c - 1 / m)
        return 2.718281828 ** (middle - half), 2.718281828 ** (middle + half)
    return None


def _sign(measure: str | None, limits: tuple[float, float] | None, benefit: str | None) -> Sign:
    null = 1.0 if measure in _RATIOS else 0.0
    if limits is None or limits[0] <= null <= limits[1] or benefit is None:
        return "unclear"
    return "benefit" if (limits[1] < null) == (benefit == "lower") else "harm"


def _direction(row: StudyRow) -> tuple[Sign, bool]:
    """Give which way a row leans, and whether chance does not explain it."""
    limits = _limits(row)
    measure = row.measure or ("RR" if limits else None)
    sign = _sign(measure, limits, row.benefit)
    if sign != "unclear":
        return sign, True
    shares, clear = _shares(row), False
    ours, theirs = shares if _has(*shares) else (row.mean_exp, row.mean_ctl)
    if ours is None or theirs is None:
        null = 1.0 if measure in _RATIOS else 0.0
        ours, theirs = (row.contrast, null) if row.contrast is not None else (None, None)
    if ours is None or theirs is None or ours == theirs or row.benefit is None:
        return "unclear", False
    if limits is None:
        reported = row.p_reported or ""
        clear = bool(_P.search(reported)) and not _NOT_P.search(reported)
    return ("benefit" if (ours < theirs) == (row.benefit == "lower") else "harm"), clear
