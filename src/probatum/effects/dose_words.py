"""What effects by dose show and what they cannot show, in sentences."""

from __future__ import annotations

from probatum.effects.material import RATIOS
from probatum.effects.plan import Plan
from probatum.effects.words import figure
from probatum.model.curve import CurveValue, DoseResponse, DoseSet

_SURE = 0.05
NAMES = {"linear": "a straight line", "quadratic": "a quadratic curve", "emax": "an Emax curve"}


def described(found: DoseSet, how: Plan, unit: str) -> str:
    """Say what one set of rows shows of dose; no full stop, since the caller sets it.

    ``unit`` is that of the doses, empty where none is printed.
    """
    rows = "with rows whose source contradicts itself" if found.flagged == "in" else ""
    who = "1 study" if len(found.studies) == 1 else f"{len(found.studies)} studies"
    listed = ", ".join(figure(dose) for dose in found.doses)
    parts = [f"{rows + ': ' if rows else ''}doses {f'{listed} {unit}'.strip()} in {who}"]
    if found.equal_p is not None:
        known = "is" if found.equal_p < _SURE else "is not"
        parts.append(f"a difference between these doses {known} shown (p {figure(found.equal_p)})")
    parts.append(_top_step(found, how, unit))
    parts.append(_turned(found))
    return "; ".join(part for part in parts if part)


def _top_step(found: DoseSet, how: Plan, unit: str) -> str:
    """Say what each step from one dose to the next adds."""
    if len(found.steps) < 2:
        return ""
    null = 1.0 if how.measure in RATIOS else 0.0
    told = []
    for before, step in zip(found.doses, found.steps[1:], strict=False):
        clear = step.low > null or step.high < null
        told.append(
            f"from {figure(before)} to {f'{figure(step.x)} {unit}'.strip()} the effect changes by "
            f"{'a factor of ' if null else ''}{_value(step)}"
            f"{'' if clear else ', which includes no change'}"
        )
    return "; ".join(told)


def _value(value: CurveValue) -> str:
    return f"{figure(value.estimate)} ({figure(value.low)} to {figure(value.high)})"


def _turned(found: DoseSet) -> str:
    if found.turn_p is None:
        told = "with two doses a turn (an inverted U) cannot be tested by a curve"
    elif found.turn.startswith("no"):
        told = "the quadratic curve has no turn between the doses given"
    else:
        known = "shown" if found.turn_p < _SURE else "not shown"
        at = "" if found.peak is None else f" near {figure(found.peak)}"
        said = f"a turn ({found.turn}{at}) is {known} by the quadratic curve"
        told = f"{said} (p {figure(found.turn_p)})"
    if found.monotone_p is None:
        return told
    against = "speaks" if found.monotone_p < _SURE else "does not speak"
    return (
        f"{told}; the order-restricted test {against} against a benefit that never falls with "
        f"dose (p {figure(found.monotone_p)})"
    )


def told_limits(made: DoseResponse) -> str:
    """Say what the data cannot show: outside of the doses, between studies, and of a turn."""
    first = made.sets[0]
    low, high = figure(first.doses[0]), figure(first.doses[-1])
    people = {
        dose: sum(p.n or 0 for p in made.points if p.x == dose and not p.flagged)
        for dose in first.doses
    }
    least = min(people, key=lambda dose: (people[dose], dose))
    alone = [d for d in first.doses if len({p.study for p in made.points if p.x == d}) == 1]
    parts = [
        f"Nothing is known below {low} or above {high} {made.unit}; between no treatment and "
        f"{low} the curve is a guess of its shape"
    ]
    if alone:
        listed = ", ".join(figure(dose) for dose in alone)
        parts.append(f"{listed} {made.unit} was given in one study only")
    if len(first.studies) > 1 and people[least]:
        parts.append(
            f"{figure(least)} {made.unit} has the fewest people ({people[least]:.0f}, controls "
            "included)"
        )
    if len(first.doses) < 4:
        parts.append(
            "with so few doses a plateau and a shallow fall look alike: a large p says that a "
            "turn is not shown, never that there is none"
        )
    if len(first.studies) > 1:
        parts.append(
            "doses that were given in different studies differ in more than dose; only those of "
            "one study were randomised against each other"
        )
    return ". ".join(f"{part[0].upper()}{part[1:]}" for part in parts) + "."
