"""A pool as it grew, and the information that is still needed.

Trial sequential analysis (Wetterslev et al. 2008; Thorlund et al. 2011): the information of one
trial that would find the smallest important effect, enlarged by the diversity of the studies, and
O'Brien-Fleming-type bounds for looking after each of them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import numpy as np

from probatum import stats
from probatum.effects.comparisons import Comparison, compare
from probatum.effects.plan import plan
from probatum.effects.pooling import HEADLINE, Units, back, fit, units
from probatum.effects.sensitivity import eligible
from probatum.effects.words import figure
from probatum.errors import StatsError
from probatum.model.effect import Pooled
from probatum.model.monitoring import Look, Monitoring
from probatum.model.pack import Question, Scale, StudyRow, Window
from probatum.stats.sequential.monitor import Monitor

POWER = 0.9
_TALLEST = 8.0


def monitoring(
    question: Question,
    rows: Sequence[StudyRow],
    pooled: Pooled,
    important: tuple[float, float] | None,
    *,
    window: Window | None = None,
    scales: Sequence[Scale] = (),
) -> Monitoring | None:
    """Return the cumulation of a pool of two studies or more, by year; None below.

    ``important`` are the bounds of an unimportant difference on the analysis scale: the nearer to
    no difference, on the side that the outcome makes good, is what one wants to be able to find.
    """
    main = eligible(question, rows)
    how = plan(question, main, scales)
    taken = compare(main, how, window).taken
    data, years = _by_study(taken)
    if data.k < 2 or how.measure is None or pooled.k != data.k:
        return None
    delta = _delta(important, how.benefit)
    path = None if delta is None else _path(data, delta)
    looks = _looks(data, years, how.measure, path)
    read = back(how.measure)
    reached = None if path is None or path.reached is None else data.studies[path.reached]
    share = float(path.fraction[-1]) if path is not None else None
    people = pooled.n if pooled.n_known else None
    required = people / share if people is not None and share else None
    made = Monitoring(
        measure=how.measure,
        looks=looks,
        delta=None if delta is None or path is None else read(delta),
        delta_from=_from(how.measure) if delta is not None else "",
        alpha=0.05,
        power=POWER,
        diversity=None if path is None else path.diversity,
        required_people=required,
        people=people,
        needed=None if required is None or people is None else max(0.0, required - people),
        enough=None if path is None else path.enough,
        reached=reached,
        smooth=() if path is None else _smooth(),
        text="",
    )
    return _told(made, share)


def _by_study(taken: Sequence[Comparison]) -> tuple[Units, list[int | None]]:
    """Join all groups of a study, in order of year: a study is one look."""
    of_study: dict[str, list[Comparison]] = {}
    for one in taken:
        of_study.setdefault(one.row.study, []).append(one)
    yi, vi, years = list[float](), list[float](), list[int | None]()
    for own in of_study.values():
        joined = units(own)
        weight = 1 / joined.vi
        yi.append(float(weight @ joined.yi / weight.sum()))
        vi.append(float(1 / weight.sum()))
        years.append(own[0].row.year)
    return Units(tuple(of_study), np.array(yi), np.array(vi)), years


def _delta(important: tuple[float, float] | None, benefit: str | None) -> float | None:
    if important is None:
        return None
    low, high = important
    return low if benefit == "lower" else high


def _from(measure: str) -> str:
    if measure == "MD":
        return "the scale's minimal important difference"
    return "a small standardised difference" if measure == "SMD" else "GRADE's appreciable effect"


def _path(data: Units, delta: float) -> Monitor | None:
    try:
        return stats.monitor(data.yi, data.vi, delta=delta, power=POWER)
    except StatsError:
        return None


def _looks(
    data: Units, years: Sequence[int | None], measure: str, path: Monitor | None
) -> tuple[Look, ...]:
    read = back(measure)
    looks = []
    for at, study in enumerate(data.studies):
        first = Units(data.studies[: at + 1], data.yi[: at + 1], data.vi[: at + 1])
        found = fit(first, *HEADLINE)
        bound = math.inf if path is None else float(path.boundary[at])
        looks.append(
            Look(
                study,
                years[at],
                at + 1,
                read(found.beta),
                read(found.low) if found.low > -700 else 0.0,
                read(found.high) if found.high < 700 else math.inf,
                None if path is None else float(path.z[at]),
                None if path is None else float(path.fraction[at]),
                bound if math.isfinite(bound) else None,
                found.note,
            )
        )
    return tuple(looks)


@cache
def _smooth() -> tuple[tuple[float, float], ...]:
    guide = stats.boundaries(np.linspace(0.05, 1, 20))
    pairs = zip(guide.fraction.tolist(), guide.z.tolist(), strict=True)
    return tuple((x, z) for x, z in pairs if z <= _TALLEST)


def _told(made: Monitoring, share: float | None) -> Monitoring:
    if share is None or made.delta is None:
        text = (
            "which effect is worth finding is not known here, so the information that is needed "
            "cannot be said"
        )
        return replace(made, text=text)
    wanted = f"{made.measure} {figure(made.delta)} ({made.delta_from})"
    parts = [
        f"to find {wanted} with {POWER:.0%} power, {100 * share:.0f} % of the information needed "
        f"is there"
    ]
    if made.needed:
        parts.append(
            f"about {made.needed:.0f} more people are needed beside the {made.people:.0f}, if "
            "they tell as much as those so far"
        )
    if made.reached is not None:
        parts.append(f"the bound for repeated looks was reached with {made.reached}")
    elif made.enough:
        parts.append("the bound was not reached: an effect of this size is not there to be found")
    else:
        parts.append("the bound has not been reached: the next studies may turn the conclusion")
    return replace(made, text="; ".join(parts))
