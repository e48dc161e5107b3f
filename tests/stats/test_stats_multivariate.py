"""Multilevel and mixed models against simpler ones that they contain."""

import numpy as np
import pytest

from probatum import stats
from probatum.errors import StatsError, UsageError

RNG = np.random.default_rng(4)
Y, V = RNG.normal(0.3, 0.5, 14), RNG.uniform(0.02, 0.2, 14)


@pytest.mark.parametrize("method", ["REML", "ML"])
def test_one_term_with_a_label_a_row_is_the_random_effects_model(method: str) -> None:
    many = stats.rma_mv(Y, V, random=[stats.Term(list(range(14)))], method=method)
    one = stats.rma(Y, V, method=method)
    assert many.components[0].variances[0] == pytest.approx(one.tau2, rel=1e-6)
    assert many.beta[0] == pytest.approx(one.estimate, rel=1e-8)
    assert many.ll == pytest.approx(one.log_likelihood(), abs=1e-9)


def test_without_terms_it_is_the_common_effect_model() -> None:
    many, one = stats.rma_mv(Y, V), stats.rma(Y, V, method="EE")
    assert many.beta[0] == pytest.approx(one.estimate)
    assert many.se[0] == pytest.approx(one.se[0])
    assert pytest.approx(one.QE) == many.QE


def test_two_nested_levels_and_compound_symmetry_are_one_model() -> None:
    outer, inner = [i // 3 for i in range(14)], list(range(14))
    nested = stats.rma_mv(Y, V, random=[stats.Term(outer), stats.Term(inner)])
    compound = stats.rma_mv(Y, V, random=[stats.Term(outer, inner, "CS")])
    assert compound.ll >= nested.ll - 1e-8
    assert nested.gradient < 1e-4


def test_location_scale_without_scale_moderators_is_the_random_effects_model() -> None:
    scaled, one = stats.rma_ls(Y, V), stats.rma(Y, V)
    assert scaled.tau2[0] == pytest.approx(one.tau2, rel=1e-6)
    assert scaled.beta[0] == pytest.approx(one.estimate, rel=1e-8)


def test_vcalc_refuses_what_is_no_covariance() -> None:
    with pytest.raises(StatsError, match="not positive definite"):
        stats.vcalc([1.0, 1.0, 1.0], ["a"] * 3, rho=-0.9)
    with pytest.raises(UsageError, match="belong together"):
        stats.vcalc([1.0], ["a"], phi=0.5)


def test_bad_terms_are_usage_errors() -> None:
    with pytest.raises(UsageError, match="one outer"):
        stats.rma_mv(Y, V, random=[stats.Term([1, 2])])
    with pytest.raises(UsageError, match="needs inner levels"):
        stats.rma_mv(Y, V, random=[stats.Term(list(range(14)), None, "UN")])
    with pytest.raises(StatsError, match="v is not positive definite"):
        stats.rma_mv([1.0, 2.0], [[1.0, 2.0], [2.0, 1.0]])


def test_a_mixed_model_without_heterogeneity_is_logistic_regression() -> None:
    fit = stats.rma_glmm("PLO", xi=[3, 5, 9], ni=[20, 25, 30], method="EE")
    share = 17 / 75
    assert fit.beta == pytest.approx(np.log(share / (1 - share)), abs=1e-6)
    assert fit.se == pytest.approx((75 * share * (1 - share)) ** -0.5, rel=1e-4)
