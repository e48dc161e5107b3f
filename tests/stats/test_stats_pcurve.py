"""The p-curve under no effect, and under known power."""

import numpy as np
import pytest

from probatum.errors import StatsError
from probatum.stats import pcurve

RNG = np.random.default_rng(12)


def significant(effect: float, count: int) -> np.ndarray:
    z = RNG.normal(effect, 1, 200_000)
    return z[z > 1.96][:count]


def test_without_an_effect_the_test_is_right_in_one_of_twenty() -> None:
    hits = [pcurve(z, np.ones(15)).right_p < 0.05 for z in significant(0, 3000).reshape(-1, 15)]
    assert np.mean(hits) == pytest.approx(0.05, abs=0.035)


def test_power_is_recovered() -> None:
    z = significant(2.8, 3000)
    curve = pcurve(z, np.ones(3000))
    assert curve.power == pytest.approx(0.8, abs=0.04)
    assert curve.power_lb < curve.power < curve.power_ub
    assert curve.evidence
    assert not curve.no_evidence


def test_no_significant_study_is_refused() -> None:
    with pytest.raises(StatsError, match="no study is significant"):
        pcurve([0.1], [1.0])


def test_no_evidence_needs_the_full_curve_or_half_and_binomial_together() -> None:
    """Five studies at p = .045: none below .025, so the half curve says nothing."""
    flat = pcurve([2.005] * 5, [1.0] * 5)
    assert flat.flat_half_p == 1.0
    # Under 33 % power 70 % of the significant studies lie below .025.
    assert flat.flat_binomial_p == pytest.approx((1 - 0.7) ** 5, rel=0.3)
    assert flat.no_evidence
    assert flat.flat_p < 0.05
    strong = pcurve([4.0] * 5, [1.0] * 5)
    assert strong.evidence
    assert not strong.no_evidence
    assert strong.flat_binomial_p == pytest.approx(1.0)
