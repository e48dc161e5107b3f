"""The five domains of GRADE, each a rule over the numbers of a body of evidence.

References: GRADE guidelines 4 to 9 (Guyatt, Balshem et al., J Clin Epidemiol 2011), Core GRADE
(Guyatt et al., BMJ 2025), Cochrane Handbook chapter 14. Each rule returns one step with its
numbers, also where the step is none.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from probatum import stats
from probatum.certainty.body import BOUNDS, Body
from probatum.certainty.thresholds import value
from probatum.errors import StatsError
from probatum.model.answer import Level, Step

NOT_ASSESSED = "not assessed: no step down, but the certainty is at most moderate"


def start(body: Body) -> tuple[Level, float]:
    """Return where the rating starts, and the share of the weight that is not randomised.

    High for randomised trials; low where rows not known to be randomised carry half of the
    weight or more.
    """
    share = body.share([row is None or row.design_class != "randomised" for row in body.rows])
    return ("low" if share >= value("other evidence") else "high"), share


def risk_of_bias(body: Body) -> Step:
    """Judge the risk of bias: what people said of the studies, and how they were allocated.

    One level where studies at high risk carry half of the weight or such studies and those with
    some concerns three quarters, two where nearly all of the weight is at high risk. A minority of
    rows not randomised costs a level. Nobody's judgement costs nothing, and limits the certainty.
    """
    first, share = start(body)
    flagged = [row.row_id for row in body.rows if row is not None and row.flag_kind == "design"]
    change, said, numbers = _judged(body)
    if flagged:
        said.append(f"limits of design are flagged in {', '.join(flagged)}")
    if share > 0:
        said.append(f"{share:.0%} of the weight is not known to be randomised")
        said[-1] += ": the start is low" if first == "low" else ""
    change -= first == "high" and share > 0
    every = (("share not randomised", round(share, 4)), *numbers)
    return Step("risk of bias", max(change, -2), "; ".join(said), every)


def _judged(body: Body) -> tuple[int, list[str], tuple[tuple[str, float | str], ...]]:
    """Return the levels that the judgements cost, in words and numbers."""
    if not any(body.risk):
        return 0, [NOT_ASSESSED], ()
    high = body.share([one == "high" for one in body.risk])
    some = body.share([one == "some concerns" for one in body.risk])
    unknown = body.share([one is None for one in body.risk])
    rules = (
        (-2, high >= value("mostly high risk")),
        (-1, high >= value("high risk") or high + some >= value("concerns")),
        (0, True),
    )
    change = next(change for change, applies in rules if applies)
    said = [f"studies at high risk carry {high:.0%} of the weight, with some concerns {some:.0%}"]
    if not body.assessed:
        told = "not assessed: the certainty is at most moderate"
        said.append(f"{unknown:.0%} of the weight is {told}")
    numbers = (("share at high risk", high), ("share with some concerns", some))
    shares = (*numbers, ("share not assessed", unknown))
    return change, said, tuple((name, round(share, 4)) for name, share in shares)


def inconsistency(body: Body) -> Step:
    """Judge how far studies differ.

    One level for heterogeneity that Q shows and I2 calls substantial, or for a prediction
    interval that holds what the interval of the mean rules out; two where it is considerable and
    studies exclude no difference on opposite sides. None where every study finds an important
    effect on the same side: then they differ in degree only.
    """
    pooled = body.pooled
    if pooled.k < 2 or pooled.i2 is None or pooled.q_p is None:
        return Step("inconsistency", 0, "one study: cannot be assessed")
    shown = pooled.q_p < value("Q p") and pooled.i2 >= value("I2")
    sides = {_side(e.yi, e.vi) for e in body.effects}
    rules = (
        (-2, shown and {-1, 1} <= sides and pooled.i2 >= value("large I2"), "opposite findings"),
        (-1, shown and not _differ_in_degree(body), "the studies differ beyond chance"),
        (-1, _excluded_by_mean(body), "the prediction interval holds what the mean rules out"),
        (0, shown, "they differ in degree only, all with an important effect on one side"),
        (0, True, "no important inconsistency shown"),
    )
    change, told = next((change, told) for change, applies, told in rules if applies)
    figures = f"I2 {pooled.i2:.0f} %, p of Q {pooled.q_p:.2g}"
    return Step("inconsistency", change, f"{figures}: {told}", _heterogeneity(body))


def _heterogeneity(body: Body) -> tuple[tuple[str, float | str], ...]:
    pooled = body.pooled
    pairs = (
        ("i2", pooled.i2),
        ("tau2", pooled.tau2),
        ("q_p", pooled.q_p),
        ("pi_low", pooled.pi_low),
        ("pi_high", pooled.pi_high),
    )
    return tuple((name, number) for name, number in pairs if number is not None)


def _side(yi: float, vi: float) -> int:
    """Return the side on which a study excludes no difference; 0 where it does not."""
    half = 1.959964 * math.sqrt(vi)
    return (yi > half) - (yi < -half)


def _differ_in_degree(body: Body) -> bool:
    if body.bounds is None:
        return False
    low, high = body.bounds
    return all(e.yi <= low for e in body.effects) or all(e.yi >= high for e in body.effects)


def _excluded_by_mean(body: Body) -> bool:
    """Whether the prediction interval holds what the interval of the mean rules out.

    That is: no difference, or important effects in both directions.
    """
    if body.pi is None or not body.pooled.tau2:
        return False
    if not body.includes_none:
        return body.pi[0] <= 0 <= body.pi[1]
    return body.holds_both(*body.pi) and not body.spans


def indirectness(body: Body) -> Step:
    """Judge whether the rows answer the question that was put.

    One level where the question names a drug, route or comparator and rows with half of the
    weight are of another; or where it names none and the pool is mixed in two respects or more.
    """
    other, mixed = _others(body), _mixed(body)
    numbers = tuple((f"share of another {name}", round(share, 4)) for name, share in other)
    if any(share >= value("other evidence") for _, share in other):
        names = ", ".join(name for name, _ in other)
        return Step("indirectness", -1, f"much of the weight is of another {names}", numbers)
    told = f"the pool mixes {' and '.join(mixed)}" if mixed else "no mixture was found"
    indications = {row.indication for row in body.rows if row is not None and row.indication}
    if len(indications) > 1:
        told += f"; people with {len(indications)} kinds of condition stand together"
    change = -1 if len(mixed) >= value("mixtures") else 0
    return Step("indirectness", change, told, numbers)


ASKED: tuple[tuple[str, Callable[[object], str | None]], ...] = (
    ("drug", lambda item: getattr(item, "drug", None)),
    ("route", lambda item: getattr(item, "route", None)),
    ("comparator", lambda item: getattr(item, "comparator", None)),
)


def _others(body: Body) -> list[tuple[str, float]]:
    """Return, for what the question names, the share of the weight that is known to differ."""
    found = []
    for name, get in ASKED:
        asked = get(body.question)
        if asked is None:
            continue
        share = body.share([get(row) not in {None, asked} for row in body.rows])
        if share > 0:
            found.append((name, share))
    return found


def _mixed(body: Body) -> list[str]:
    return [
        name
        for name, get in ASKED
        if get(body.question) is None and len({get(row) for row in body.rows if get(row)}) > 1
    ]


def imprecision(body: Body) -> Step:
    """Judge the interval and the amount of information.

    Two levels where the interval holds important effects in both directions, one where it
    includes no difference and is not wholly unimportant. One more where the information is below
    the optimal size or not known, two where it is below a quarter of it. At most two levels in
    all, three where the interval holds important effects in both directions (GRADE guidance 34).
    """
    levels, told = interval(body)
    size, said, numbers = _information(body)
    bounds = () if body.bounds is None else tuple(zip(BOUNDS, body.bounds, strict=True))
    change = -min(3 if body.spans else 2, levels + size)
    source = " (of DL with z, wider than that of Hartung-Knapp)" if body.widened else ""
    reason = f"the interval{source} {told}; {said}"
    return Step("imprecision", change, reason, (*bounds, *numbers))


def interval(body: Body) -> tuple[int, str]:
    """Return the levels that an interval costs by what it holds, and that in words."""
    if body.unimportant:
        return 0, "lies within an unimportant difference"
    if not body.includes_none:
        return 0, "excludes no difference"
    if body.spans:
        return 2, "holds important effects in both directions"
    return 1, "includes no difference"


def _information(body: Body) -> tuple[int, str, tuple[tuple[str, float | str], ...]]:
    amount = body.events if body.binary else body.pooled.n
    what = "events" if body.binary else "people"
    if amount is None:
        return 1, f"the number of {what} is not known", ((what, "not known"),)
    needed = value(what)
    numbers = ((what, round(amount, 1)), (f"optimal {what}", needed))
    size = f"{amount:,.0f} {what}, the optimal information size is {needed:,.0f}"
    if amount < needed * value("few"):
        return 2, f"very few: {size}", numbers
    return (1 if amount < needed else 0), size, numbers


def publication_bias(body: Body) -> Step:
    """Test for small-study effects where ten studies allow it (Egger, as a meta-regression)."""
    k = body.pooled.k
    if k < value("studies for asymmetry"):
        return Step("publication bias", 0, f"k = {k}: cannot be tested with fewer than 10 studies")
    p = _asymmetry(body)
    if p is None:
        return Step("publication bias", 0, "cannot be tested: the studies are all of one size")
    numbers = (("p", round(p, 4)),)
    if p < value("asymmetry p"):
        told = f"small studies give other effects than large ones (p {p:.2g})"
        return Step("publication bias", -1, told, numbers)
    return Step("publication bias", 0, f"no small-study effect shown (p {p:.2g})", numbers)


def _asymmetry(body: Body) -> float | None:
    yi = np.array([e.yi for e in body.effects])
    sei = np.sqrt([e.vi for e in body.effects])
    if len(sei) < value("studies for asymmetry") or np.ptp(sei) <= 1e-9 * float(sei.max()):
        return None
    try:
        p = float(stats.rma(yi, sei**2, sei, test="knha").pval[1])
    except StatsError:
        return None
    return p if math.isfinite(p) else None


DOMAINS: tuple[Callable[[Body], Step], ...] = (
    risk_of_bias,
    inconsistency,
    indirectness,
    imprecision,
    publication_bias,
)
