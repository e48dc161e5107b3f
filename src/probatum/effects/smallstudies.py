"""Tests whether small studies give other effects than large ones, where there are enough."""

from __future__ import annotations

import numpy as np

from probatum import stats
from probatum.effects.pooling import Units
from probatum.errors import StatsError
from probatum.model.effect import SmallStudyTest

# Below this no test has power (Cochrane Handbook 13.3.5.4).
ENOUGH = 10


def small_study_tests(data: Units, measure: str) -> tuple[tuple[SmallStudyTest, ...], str]:
    """Return the tests with a note, or none with the reason.

    >>> from probatum.effects.pooling import Units
    >>> small_study_tests(Units(("A",), np.array([0.1]), np.array([0.2])), "MD")[1]
    '1 study: small-study effects cannot be tested with fewer than 10'
    """
    if data.k < ENOUGH:
        studies = "1 study" if data.k == 1 else f"{data.k} studies"
        return (), f"{studies}: small-study effects cannot be tested with fewer than {ENOUGH}"
    errors = np.sqrt(data.vi)
    if np.ptp(errors) <= 1e-9 * float(errors.max()):
        return (), "small-study effects cannot be tested: the studies are all of one size"
    try:
        found = _tests(data)
    except StatsError as error:
        return (), f"small-study effects cannot be tested: {error}"
    return found, _note(found, measure)


def _tests(data: Units) -> tuple[SmallStudyTest, ...]:
    model = stats.rma(data.yi, data.vi, method="REML", test="z")
    egger, rank, fill = stats.regtest(model), stats.ranktest(model), stats.trimfill(model)
    tests = [
        SmallStudyTest(
            "regression on the standard error",
            egger.statistic,
            egger.pval,
            "Egger et al. 1997; Sterne and Egger 2005",
        ),
        SmallStudyTest("rank correlation", rank.tau, rank.pval, "Begg and Mazumdar 1994"),
    ]
    if fill.k0:
        at = fill.model
        name = f"trim and fill ({fill.k0} studies filled in on the {fill.side})"
        tests.append(
            SmallStudyTest(name, at.estimate, float(at.pval[0]), "Duval and Tweedie 2000")
        )
    return tuple(tests)


def _note(found: tuple[SmallStudyTest, ...], measure: str) -> str:
    low = [test.name for test in found[:2] if test.p < 0.1]
    told = (
        f"small-study effects are shown by {' and '.join(low)}"
        if low
        else ("no small-study effect is shown")
    )
    if measure in {"OR", "RR"}:
        return f"{told}; for ratios of counts these tests call too often (Handbook 13.3.5.4)"
    return told
