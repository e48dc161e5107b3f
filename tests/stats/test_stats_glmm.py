"""Mixed models of counts against integrals worked out slowly."""

import numpy as np
import pytest
from scipy.stats import binom, norm, poisson

from probatum import stats
from probatum.errors import StatsError, UnknownNameError
from probatum.stats.models.glmm_random import _integrals, binomial

EVENTS = {
    "ai": [4, 9, 2, 15],
    "n1i": [40, 60, 25, 90],
    "ci": [8, 12, 6, 14],
    "n2i": [42, 58, 30, 88],
}


def test_the_double_integral_is_the_one_by_quadrature() -> None:
    a, n1, c, n2 = (np.array(v, dtype=float)[:, None] for v in EVENTS.values())
    at = np.array([-1.5, -0.4, 0.5, 0.7])
    ours = _integrals((binomial(a, n1), binomial(c, n2)), at, 4, 21)

    # The trapezoid rule is exact to rounding for functions that vanish at both ends.
    grid = np.linspace(-9, 9, 721)
    u, e = grid[:, None], grid
    for i in range(4):
        half = (at[1] + at[3] * e) / 2
        one, two = (1 / (1 + np.exp(-(at[0] + at[2] * u + s))) for s in (half, -half))
        first = binom.pmf(a[i, 0], n1[i, 0], one) * binom.pmf(c[i, 0], n2[i, 0], two)
        slow = float((first * norm.pdf(u) * norm.pdf(e)).sum()) * (grid[1] - grid[0]) ** 2
        assert ours[i] == pytest.approx(np.log(slow), abs=1e-8)


@pytest.mark.parametrize("method", ["EE", "ML"])
def test_more_nodes_change_little_and_laplace_is_near(method: str) -> None:
    fits = [
        stats.rma_glmm("OR", model="UM.RS", method=method, nodes=n, **EVENTS) for n in (1, 7, 15)
    ]
    assert fits[1].beta == pytest.approx(fits[2].beta, abs=1e-4)
    assert fits[1].se == pytest.approx(fits[2].se, rel=1e-3)
    assert fits[0].beta == pytest.approx(fits[2].beta, abs=0.02)
    assert fits[1].sigma2 is not None
    assert fits[1].sigma2 > 0


def test_no_spread_of_levels_leaves_the_pooled_table() -> None:
    """Studies of one level: sigma goes to 0 and the effect to that of the summed table."""
    same = {"ai": [10, 11, 9], "n1i": [100, 110, 90], "ci": [20, 22, 18], "n2i": [100, 110, 90]}
    fit = stats.rma_glmm("OR", model="UM.RS", method="EE", **same)
    assert fit.beta == pytest.approx(np.log(30 * 240 / (270 * 60)), abs=1e-3)
    assert fit.sigma2 == pytest.approx(0, abs=1e-3)


def test_rates_take_part_and_the_likelihood_is_that_of_poisson() -> None:
    rates = {"x1i": [5, 9], "t1i": [100.0, 120.0], "x2i": [8, 16], "t2i": [90.0, 130.0]}
    fit = stats.rma_glmm("IRR", model="UM.RS", method="EE", nodes=15, **rates)
    assert fit.sigma2 is not None
    assert -1.2 < fit.beta < 0
    # Without any spread the likelihood is a product of Poisson probabilities.
    level = [np.log(14 / 220), np.log(24 / 220)]
    top = sum(
        poisson.logpmf(x, t * np.exp(level[0])) + poisson.logpmf(y, s * np.exp(level[1]))
        for x, t, y, s in zip(*rates.values(), strict=True)
    )
    assert fit.ll >= top - 1e-6


def test_bad_calls_are_told() -> None:
    with pytest.raises(UnknownNameError, match=r"UM\.RS"):
        stats.rma_glmm("PLO", model="UM.RS", xi=[1], ni=[5])
    with pytest.raises(StatsError, match="no study has an event"):
        stats.rma_glmm("OR", model="UM.RS", ai=[0], n1i=[5], ci=[0], n2i=[5])
