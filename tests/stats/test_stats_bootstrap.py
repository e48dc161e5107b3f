"""The bootstrap against closed forms, simulation and the chi-squared distribution."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2

from probatum.errors import StatsError, UsageError
from probatum.stats import bootstrap, bootstrap_prediction, rma
from probatum.stats.diagnosis.bootstrap import q_distribution

Y = [0.1, 0.35, -0.2, 0.6, 0.9, 0.15, 0.4, 0.05]
V = [0.02, 0.03, 0.05, 0.04, 0.06, 0.01, 0.02, 0.08]


@settings(max_examples=25)
@given(k=st.integers(2, 60), share=st.floats(0.05, 3), seed=st.integers(0, 99))
def test_without_heterogeneity_q_is_chi_squared(k: int, share: float, seed: int) -> None:
    v = np.random.default_rng(seed).uniform(0.01, 2, k)
    assert q_distribution(share * k, v, [0.0])[0] == pytest.approx(
        chi2.cdf(share * k, k - 1), abs=1e-7
    )


@pytest.mark.parametrize("k", [5, 30])
def test_the_distribution_of_q_under_heterogeneity_is_the_simulated_one(k: int) -> None:
    rng = np.random.default_rng(2)
    v = rng.uniform(0.005, 1, k)
    w = 1 / v
    y = rng.normal(0, np.sqrt(v + 0.2), (30_000, k))
    q = (w * (y - ((y @ w) / w.sum())[:, None]) ** 2).sum(axis=1)
    for point in np.quantile(q, [0.1, 0.5, 0.9]):
        assert q_distribution(float(point), v, [0.2])[0] == pytest.approx(
            (q <= point).mean(), abs=0.009
        )


def test_a_common_effect_model_has_its_known_standard_error() -> None:
    model = rma(Y, V, method="EE")
    sample = bootstrap(model, draws=4000)
    assert sample.se[0] == pytest.approx(model.se[0], rel=0.04)
    assert sample.ci_lb[0] == pytest.approx(model.ci_lb[0], abs=0.02)
    assert abs(sample.bias[0]) < 0.01


def test_moderators_are_refitted_as_rma_does() -> None:
    mods = np.arange(8.0)
    model = rma(Y, V, mods, method="REML")
    for kind in ("parametric", "nonparametric"):
        sample = bootstrap(model, kind=kind, draws=60, seed=4)
        assert sample.beta.shape == (60, 2)
        assert sample.tau2_lb <= sample.tau2_ub
    again = bootstrap(model, kind="nonparametric", draws=60, seed=4)
    assert np.array_equal(again.beta, sample.beta)


def test_the_prediction_interval_widens_with_heterogeneity_and_holds_the_next_study() -> None:
    rng = np.random.default_rng(5)
    hits = 0
    for seed in range(80):
        v = rng.uniform(0.01, 0.1, 8)
        y = rng.normal(0.3, np.sqrt(v + 0.05))
        found = bootstrap_prediction(y, v, draws=1500, seed=seed)
        hits += found.pi_lb <= rng.normal(0.3, np.sqrt(0.05)) <= found.pi_ub
    assert 0.88 <= hits / 80 <= 1


def test_equal_effects_leave_no_prediction_beyond_the_mean() -> None:
    found = bootstrap_prediction([0.3] * 4, [0.1] * 4, draws=200)
    assert found.pi_lb == pytest.approx(0.3)
    assert found.pi_ub == pytest.approx(0.3)


def test_bad_calls_are_told() -> None:
    with pytest.raises(StatsError, match="needs 3 studies"):
        bootstrap_prediction([0.1, 0.2], [0.1, 0.1])
    with pytest.raises(UsageError, match="draws is 1;"):
        bootstrap(rma(Y, V), draws=1)
    with pytest.raises(UsageError, match="without own weights"):
        bootstrap(rma(Y, V, weights=np.ones(8)))
    with pytest.raises(UsageError, match="unknown kind of bootstrap"):
        bootstrap(rma(Y, V), kind="other")
