"""What must hold for any set of studies."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2

from probatum import stats

METHODS = ("EE", "DL", "HE", "HS", "HSk", "SJ", "ML", "REML", "EB", "PM", "PMM")
studies = st.lists(
    st.tuples(st.floats(-3, 3, width=32), st.floats(2**-6, 4, width=32)), min_size=2, max_size=9
)


def arrays(rows: list[tuple[float, float]]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([r[0] for r in rows]), np.array([r[1] for r in rows])


@pytest.mark.parametrize("method", METHODS)
@settings(max_examples=25)
@given(rows=studies, shift=st.floats(-5, 5), scale=st.floats(0.1, 10))
def test_order_shift_and_scale(
    method: str, rows: list[tuple[float, float]], shift: float, scale: float
) -> None:
    y, v = arrays(rows)
    base = stats.rma(y, v, method=method)
    turned = stats.rma(y[::-1], v[::-1], method=method)
    moved = stats.rma(scale * y + shift, scale**2 * v, method=method)
    size = 1 + float(np.ptp(y)) ** 2
    # REML and ML may have two modes of equal height: then the likelihoods agree, not tau2.
    if method in {"ML", "REML"} and base.solution.modes > 1:
        assert turned.log_likelihood() == pytest.approx(base.log_likelihood(), abs=1e-8)
        return
    assert turned.tau2 == pytest.approx(base.tau2, rel=1e-7, abs=1e-8 * size)
    assert moved.tau2 == pytest.approx(scale**2 * base.tau2, rel=1e-6, abs=1e-7 * size * scale**2)
    assert moved.estimate == pytest.approx(
        scale * base.estimate + shift, abs=1e-6 * size * (1 + scale)
    )


@settings(max_examples=40)
@given(rows=studies)
def test_reml_and_ml_are_not_lower_than_a_dense_grid(rows: list[tuple[float, float]]) -> None:
    y, v = arrays(rows)
    for method in ("ML", "REML"):
        best = stats.rma(y, v, method=method)
        grid = np.concatenate([[0.0], np.geomspace(1e-5, 100, 400)])
        heights = [stats.rma(y, v, method=method, tau2=float(t)).log_likelihood() for t in grid]
        assert best.log_likelihood() >= max(heights) - 1e-9
        assert best.tau2 == 0 or abs(best.gradient) < 1e-6 * (1 + 1 / v.min() ** 2)


@settings(max_examples=40)
@given(rows=studies)
def test_the_q_profile_interval_meets_its_quantiles(rows: list[tuple[float, float]]) -> None:
    y, v = arrays(rows)
    model = stats.rma(y, v)
    low, high = model.confint().tau2[1:]
    assert 0 <= low <= high
    for bound, tail in ((low, 0.975), (high, 0.025)):
        if bound > 0:
            w = 1 / (v + bound)
            mean = (w * y).sum() / w.sum()
            q = float((w * (y - mean) ** 2).sum())
            assert q == pytest.approx(chi2.ppf(tail, len(y) - 1), rel=1e-6)


def test_equal_effects_have_no_heterogeneity() -> None:
    for method in METHODS:
        model = stats.rma([0.4] * 5, [0.1, 0.2, 0.3, 0.2, 0.1], method=method)
        assert model.tau2 == pytest.approx(0, abs=1e-12)
        assert model.estimate == pytest.approx(0.4)


def test_huge_and_tiny_variances_and_one_dominating_study() -> None:
    model = stats.rma([0.1, 0.5, 0.9], [1e-12, 1e6, 1e6])
    assert model.estimate == pytest.approx(0.1, abs=1e-3)
    wide = stats.rma([1e6, -1e6, 3e6], [1e-6, 1e-6, 1e-6])
    assert wide.tau2 == pytest.approx(np.var([1e6, -1e6, 3e6], ddof=1), rel=1e-9)


def test_a_million_studies() -> None:
    rng = np.random.default_rng(5)
    v = rng.uniform(0.01, 1, 10**6)
    y = rng.normal(0.2, np.sqrt(v + 0.09))
    model = stats.rma(y, v)
    assert model.tau2 == pytest.approx(0.09, abs=0.002)
    assert model.estimate == pytest.approx(0.2, abs=0.002)


def test_a_peer_says_zero_and_the_likelihood_does_not() -> None:
    # Two modes: the score at 0 is negative, and yet a higher maximum lies far from it.
    y = np.array([0.0, 0.0, 8.0, -0.1])
    v = np.array([0.001, 0.001, 0.5, 0.001])
    model = stats.rma(y, v)
    at_zero = stats.rma(y, v, tau2=0.0).log_likelihood()
    assert model.log_likelihood() >= at_zero


def test_measures_say_what_they_are() -> None:
    for row in stats.MEASURES.values():
        assert row.label
        assert row.reference
        assert row.needs
        assert row.formula.__doc__
