"""Conversions there and back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import multivariate_normal

from probatum import stats
from probatum.stats.measures.tetrachoric import bivariate_normal


@given(se=st.floats(0.01, 10), centre=st.floats(-5, 5), level=st.floats(50, 99.9))
def test_confidence_limits_give_back_their_standard_error(
    se: float, centre: float, level: float
) -> None:
    one = stats.rma([centre], [se**2], level=level)
    back = stats.se_from_ci(one.ci_lb, one.ci_ub, level=level)
    assert back[0] == pytest.approx(se, rel=1e-9)


@given(z=st.floats(0.1, 6), se=st.floats(0.01, 10))
def test_p_values_give_back_their_standard_error(z: float, se: float) -> None:
    one = stats.rma([z * se], [se**2])
    assert stats.se_from_p(z * se, one.pval)[0] == pytest.approx(se, rel=1e-6)


def test_medians_of_normal_samples_give_their_mean_and_sd() -> None:
    rng = np.random.default_rng(2)
    draws = np.sort(rng.normal(10, 3, (4000, 51)), axis=1)
    n = np.full(4000, 51.0)
    q1, q3 = np.quantile(draws, [0.25, 0.75], axis=1)
    m, sd = stats.mean_sd(n, draws[:, 25], q1=q1, q3=q3, low=draws[:, 0], high=draws[:, -1])
    assert m.mean() == pytest.approx(10, abs=0.05)
    assert sd.mean() == pytest.approx(3, abs=0.05)


@given(h=st.floats(-2, 2), k=st.floats(-2, 2), r=st.floats(-0.95, 0.95))
def test_bivariate_normal_against_an_independent_integral(h: float, k: float, r: float) -> None:
    ours = bivariate_normal(np.array([h]), np.array([k]), np.arcsin([r]))[0]
    assert ours == pytest.approx(multivariate_normal.cdf([h, k], cov=[[1, r], [r, 1]]), abs=2e-6)
