"""Published pools computed again, and held beside an answer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from probatum.effects.comparisons import Comparison, compare
from probatum.effects.material import MEASURES, RATIOS
from probatum.effects.plan import Plan
from probatum.effects.pooling import fit, model_fit, units, weights
from probatum.effects.robustness import side
from probatum.model.effect import ModelFit, Pooled
from probatum.model.pack import StudyRow
from probatum.model.published import (
    PublishedPool,
    Reproduction,
    ReviewBeside,
    ReviewWeight,
)

_PRINTED_WEIGHT = re.compile(r"weight in review (\d{1,3}(?:\.\d{1,12})?)", re.ASCII)
TOLERANCE = 0.01
_REVIEW = ("DL", "z")


def reproduce(pool: PublishedPool, rows: Mapping[str, StudyRow]) -> Reproduction | None:
    """Compute a published pool from the rows that it names, with DL and z, all rows in.

    What a review pooled is taken as it stands: flags and the choices of this base do not matter,
    and a crossover trial counts as the review had it, as parallel groups. None where the pool
    names no rows or its measure is none that pools.
    """
    if not pool.rows or pool.measure not in MEASURES:
        return None
    named = [replace(rows[name], crossover=False) for name in pool.rows if name in rows]
    found = compare(named, Plan(pool.measure), None)
    missing = tuple((one.row_id, one.reason) for one in found.excluded)
    if not found.taken:
        return Reproduction(pool.id, None, (), None, missing)
    ours = fit(units(found.taken), *_REVIEW)
    model = model_fit(ours, pool.measure, "in")
    shares = weights(found.taken, ours.tau2)
    table = tuple(_weight(one, w) for one, w in zip(found.taken, shares, strict=True))
    return Reproduction(pool.id, model, table, _reached(pool, model), missing)


def _weight(one: Comparison, weight: float) -> ReviewWeight:
    printed = _PRINTED_WEIGHT.search(one.row.derived)
    value = None if printed is None else float(printed[1])
    return ReviewWeight(one.row.row_id, one.row.study, weight, value)


def _reached(pool: PublishedPool, model: ModelFit) -> bool | None:
    """Tell whether the printed numbers are reached; a half of the last digit is rounding."""
    pairs = (
        (pool.estimate, model.estimate),
        (pool.ci_low, model.ci_low),
        (pool.ci_high, model.ci_high),
    )
    printed = [(theirs, ours) for theirs, ours in pairs if theirs is not None]
    if not printed:
        return None
    return all(abs(theirs - ours) <= TOLERANCE for theirs, ours in printed)


def beside(
    pools: Sequence[PublishedPool], pooled: Pooled, rows: Mapping[str, StudyRow]
) -> tuple[ReviewBeside, ...]:
    """Put published pools beside an answer, newest review first; ``rows`` are all of the pack."""
    ordered = sorted(pools, key=lambda pool: (-(pool.year or 0), pool.id))
    return tuple(
        ReviewBeside(pool, reproduce(pool, rows), _said(pool, pooled)) for pool in ordered
    )


def _said(pool: PublishedPool, pooled: Pooled) -> str:
    """Say in a line whether review and base agree on no difference, with the review's date."""
    theirs = _side(pool.measure, pool.ci_low, pool.ci_high)
    ours = _side(pooled.measure, pooled.ci_low, pooled.ci_high)
    who = _dated(pool)
    if theirs is None:
        return f"{who} prints no interval that could be held against ours"
    if ours is None:
        return f"{who} {_CONCLUDES[theirs]}; this base pools nothing here"
    if theirs == ours:
        return f"{who} {_CONCLUDES[theirs]}; {'so does' if ours else 'nor does'} this base"
    return f"{who} {_CONCLUDES[theirs]}; this base {_CONCLUDES[ours]}"


def _dated(pool: PublishedPool) -> str:
    if pool.searched_to is not None:
        return f"{pool.review} (searched to {pool.searched_to})"
    told = pool.year is None or str(pool.year) in pool.review
    return pool.review if told else f"{pool.review} ({pool.year})"


_CONCLUDES = {
    0: "does not exclude no difference",
    -1: "finds a lower value with the treatment",
    1: "finds a higher value with the treatment",
}


def _side(measure: str | None, low: float | None, high: float | None) -> int | None:
    if measure not in MEASURES or low is None or high is None:
        return None
    return side(low, high, 1.0 if measure in RATIOS else 0.0)
