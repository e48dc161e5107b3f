"""How far a pooled answer hangs on single studies: each left out in turn."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from probatum import stats
from probatum.effects.comparisons import compare, order
from probatum.effects.material import RATIOS
from probatum.effects.plan import Plan, plan
from probatum.effects.pooling import HEADLINE, Units, back, units, without_study
from probatum.effects.selection import never_pooled
from probatum.model.effect import Analyses, Omission
from probatum.model.pack import Question, Scale, StudyRow, Window


def analyses(
    question: Question,
    rows: Sequence[StudyRow],
    *,
    flagged_in: bool = False,
    window: Window | None = None,
    scales: Sequence[Scale] = (),
) -> Analyses:
    """Fit the headline model without each study in turn, in the order of the forest plot.

    Empty for fewer than three studies, and ``note`` says so: without one of two, a single study
    is left. Rows are chosen as :func:`probatum.effects.synthesize.synthesize` does.
    """
    taken = eligible(question, rows, flagged_in=flagged_in)
    how = plan(question, taken, scales)
    main = compare(taken, how, window)
    if len({one.row.study for one in main.taken}) < 3:
        note = "fewer than three studies: none can be left out of a pool"
        return Analyses(question.id, how.measure, (), note)
    omissions = _omissions(units(main.taken), how)
    return Analyses(question.id, how.measure, omissions, _said(omissions, how))


def eligible(
    question: Question, rows: Sequence[StudyRow], *, flagged_in: bool = False
) -> list[StudyRow]:
    """Return the rows that may enter the first model, in the order in which they are shown."""
    return [
        row
        for row in sorted(rows, key=order)
        if never_pooled(row, question) is None
        and (flagged_in or row.flag_kind != "source-inconsistency")
    ]


def _omissions(data: Units, how: Plan) -> tuple[Omission, ...]:
    read, studies = back(how.measure or ""), tuple(dict.fromkeys(data.studies))
    left = [without_study(data, study) for study in studies]
    method, test = HEADLINE
    many = stats.rma_batch(
        np.concatenate([one.yi for one in left]),
        np.concatenate([one.vi for one in left]),
        np.repeat(np.arange(len(left)), [len(one.yi) for one in left]),
        method=method,
        test=test,
    )
    rows = zip(studies, left, many.beta, many.ci_lb, many.ci_ub, many.tau2, strict=True)
    return tuple(
        Omission(study, one.k, read(float(mean)), read(float(low)), read(float(high)), float(tau2))
        for study, one, mean, low, high, tau2 in rows
    )


def _said(omissions: Sequence[Omission], how: Plan) -> str:
    null = 1.0 if how.measure in RATIOS else 0.0
    low = min(omissions, key=lambda o: o.estimate)
    high = max(omissions, key=lambda o: o.estimate)
    span = (
        f"without one study the estimate runs from {low.estimate:.3g} (without {low.study}) "
        f"to {high.estimate:.3g} (without {high.study})"
    )
    outside = sum(o.ci_low > null or o.ci_high < null for o in omissions)
    return f"{span}; {outside} of {len(omissions)} intervals exclude no difference"
