"""What a pooled effect on an event means for 1000 people.

The assumed risk is the median of the control groups (Cochrane Handbook 14.1.5, 15.4.4).
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Mapping, Sequence

from probatum.effects.plan import plan
from probatum.effects.sensitivity import eligible
from probatum.model.answer import Absolute
from probatum.model.effect import Pooled
from probatum.model.pack import Benefit, Question, StudyRow

PEOPLE = 1000


def _odds(risk: float, ratio: float) -> float:
    return ratio * risk / (1 - risk + ratio * risk) if risk < 1 else 1.0


# From the assumed risk and the pooled effect to the risk with the treatment, before it is bounded.
RISKS: Mapping[str, Callable[[float, float], float]] = {
    "RR": lambda risk, ratio: risk * ratio,
    "OR": _odds,
    "RD": lambda risk, difference: risk + difference,
    "HR": lambda risk, ratio: 1 - (1 - risk) ** ratio,
}


def absolute(question: Question, rows: Sequence[StudyRow], pooled: Pooled) -> Absolute | None:
    """Return the effect for 1000 people; None without an event, an estimate or a control risk.

    A ratio says nothing where the assumed risk is 0 or 1: None too.
    """
    risk_with = RISKS.get(pooled.measure or "")
    ends = (pooled.estimate, pooled.ci_low, pooled.ci_high)
    known = [end for end in ends if end is not None and math.isfinite(end)]
    benefit = plan(question, eligible(question, rows)).benefit
    risks = _control_risks(pooled, rows, benefit)
    if risk_with is None or len(known) < 3 or not risks:
        return None
    control = statistics.median(risks.values())
    if pooled.measure != "RD" and control in {0.0, 1.0}:
        return None
    mean, low, high = (PEOPLE * min(1.0, max(0.0, risk_with(control, end))) for end in known)
    found = Absolute(PEOPLE * control, mean, low, high, tuple(sorted(risks)), "")
    return Absolute(PEOPLE * control, mean, low, high, found.rows, _said(found))


def _control_risks(
    pooled: Pooled, rows: Sequence[StudyRow], benefit: Benefit | None
) -> dict[str, float]:
    """Return the control risk of each study of the pool, by the row that gives it."""
    by_id = {row.row_id: row for row in rows}
    seen: set[str] = set()
    risks: dict[str, float] = {}
    for effect in pooled.effects:
        row = by_id.get(effect.row_id)
        risk = None if row is None or effect.left_out is not None else control_risk(row)
        if row is None or risk is None or effect.study in seen:
            continue
        seen.add(effect.study)
        other_end = None not in {benefit, row.benefit} and benefit != row.benefit
        risks[row.row_id] = 1 - risk if other_end else risk
    return risks


def control_risk(row: StudyRow) -> float | None:
    """Return the share of the control group with the event, from counts, else a percentage."""
    if row.events_ctl is not None and row.n_ctl and 0 <= row.events_ctl <= row.n_ctl:
        return row.events_ctl / row.n_ctl
    if row.pct_ctl is not None and 0 <= row.pct_ctl <= 100:
        return row.pct_ctl / 100
    return None


def _said(found: Absolute) -> str:
    low, high = (end - found.control for end in (found.treated_low, found.treated_high))
    return (
        f"per {PEOPLE} people {found.control:.0f} with the comparison and {found.treated:.0f} "
        f"({found.treated_low:.0f} to {found.treated_high:.0f}) with the treatment: "
        f"{_signed(found.difference)} ({_signed(low)} to {_signed(high)})"
    )


def _signed(people: float) -> str:
    count = round(people)
    return "no difference" if count == 0 else f"{abs(count)} {'more' if count > 0 else 'fewer'}"
