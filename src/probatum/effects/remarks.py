"""What has to be said about a pool: how its rows were made one, and how far models agree."""

from __future__ import annotations

from collections.abc import Sequence

from probatum.effects.comparisons import NOT_RANDOMISED, Comparisons
from probatum.effects.crossover import PAIRED
from probatum.effects.material import RATIOS
from probatum.effects.plan import Plan
from probatum.effects.pooling import Fit, Units
from probatum.model.effect import ModelFit


def remarks(
    how: Plan, main: Comparisons, data: Units, first: Fit, models: Sequence[ModelFit]
) -> tuple[str, ...]:
    """Return the notes of a pool, each a short sentence without its full stop."""
    said = [*how.notes, *_of_rows(main), *_of_units(main, data)]
    if first.note:
        said.append(first.note)
    if not first.converged:
        said.append("the solver of tau2 did not converge")
    if data.k == 2:
        said.append("a prediction interval needs three studies or more")
    return tuple(said + agreement(models, how.measure or ""))


def _of_rows(main: Comparisons) -> list[str]:
    shared = [c.row.row_id for c in main.taken if c.parts > 1]
    crossed = [c.row.row_id for c in main.taken if any(n.startswith(PAIRED) for n in c.notes)]
    apart = [c.row.row_id for c in main.taken if NOT_RANDOMISED in c.notes]
    zero = [e.row_id for e in main.excluded if "says nothing about a ratio" in e.reason]
    told = (
        ("arms that share a control: its people divided among them (Handbook 23.3.4)", shared),
        (f"{PAIRED} with an assumed correlation (Handbook 23.2.7)", crossed),
        (NOT_RANDOMISED, apart),
        ("left out, no event or nothing but events in both groups", zero),
    )
    return [f"{what}: {', '.join(sorted(ids))}" for what, ids in told if ids]


def _of_units(main: Comparisons, data: Units) -> list[str]:
    rows, effects, k = len(main.taken), len(data.studies), data.k
    said = []
    if rows > effects:
        said.append("the arms of one study are joined by inverse variance, so that it counts once")
    if effects > k > 1:
        said.append(f"{effects} disjoint groups of people from {k} studies")
    if effects > k == 1:
        said.append("disjoint strata of one study joined with a common effect")
    return said


def agreement(models: Sequence[ModelFit], measure: str) -> list[str]:
    """Say whether the interval excludes no difference in all, some or none of the models.

    >>> agreement([ModelFit("REML", "knha", "out", 3, 1.5, 0.9, 2.5, 0.0)] * 2, "RR")
    ['no model excludes no difference']
    """
    if len(models) < 2:
        return []
    null = 1.0 if measure in RATIOS else 0.0
    outside = [m for m in models if m.ci_low > null or m.ci_high < null]
    if not outside:
        return ["no model excludes no difference"]
    sides = {m.ci_low > null for m in outside}
    if len(outside) == len(models) and len(sides) == 1:
        return ["every model excludes no difference, on the same side"]
    names = ", ".join(f"{m.method} {m.test} (flagged rows {m.flagged})" for m in outside)
    return [f"the conclusion depends on the model: no difference is excluded only by {names}"]
