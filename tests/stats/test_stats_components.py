"""Component networks and network meta-regression against matrices written out."""

import numpy as np
import pytest

from probatum import stats
from probatum.errors import StatsError, UsageError
from probatum.stats.network.fit import Nma

ROWS = [
    ("A", "P", 0.5, 0.2, 1), ("B", "P", 0.7, 0.3, 2), ("A+B", "P", 1.5, 0.25, 3),
    ("A+B", "A", 0.4, 0.2, 4), ("A+C", "B", 0.3, 0.3, 5), ("B+C", "A+B", 0.6, 0.35, 6),
    ("A", "P", 0.9, 0.3, 7), ("B", "P", -0.2, 0.2, 8),
]  # fmt: skip
CODES = {"P": (0, 0, 0), "A": (1, 0, 0), "B": (0, 1, 0)}
CODES |= {"A+B": (1, 1, 0), "A+C": (1, 0, 1), "B+C": (0, 1, 1)}
ARM = [("A", "P", 0.3, 0.3, "x"), ("A+B", "P", 0.8, 0.3, "x"), ("A+B", "A", 0.5, 0.3, "x")]


def network(rows: list[tuple[str, str, float, float, object]], method: str) -> Nma:
    first, second, te, se, study = zip(*rows, strict=True)
    return stats.nma(te, se, first, second, [str(s) for s in study], method=method)


@pytest.mark.parametrize("method", ["EE", "DL", "REML", "ML"])
def test_components_are_a_meta_regression_on_their_differences(method: str) -> None:
    found = stats.component_nma(network(ROWS, method), inactive="P")
    x = [np.subtract(CODES[a], CODES[b]) for a, b, *_ in ROWS]
    plain = stats.rma(
        [r[2] for r in ROWS], [r[3] ** 2 for r in ROWS], x, intercept=False, method=method
    )
    assert found.components.names == ("A", "B", "C")
    assert found.components.beta == pytest.approx(plain.beta, abs=1e-7)
    assert found.components.se == pytest.approx(plain.se, rel=1e-6)
    assert found.components.tau2 == pytest.approx(plain.tau2, abs=1e-7)
    assert pytest.approx(plain.QE) == found.components.Q


def test_a_multi_arm_study_enters_with_its_covariance() -> None:
    found = stats.component_nma(network([*ROWS, *ARM], "EE"), inactive="P")
    x = np.array([np.subtract(CODES[a], CODES[b]) for a, b, *_ in [*ROWS, *ARM[:2]]])
    y = np.array([r[2] for r in [*ROWS, *ARM[:2]]])
    v = np.diag([r[3] ** 2 for r in [*ROWS, *ARM[:2]]])
    v[-1, -2] = v[-2, -1] = (0.09 + 0.09 - 0.09) / 2
    w = np.linalg.inv(v)
    cov = np.linalg.inv(x.T @ w @ x)
    assert found.components.beta == pytest.approx(cov @ x.T @ w @ y)
    assert found.components.se == pytest.approx(np.sqrt(np.diag(cov)))
    # A versus P is the effect of component A; B + C versus A + B is C minus A.
    trts = network([*ROWS, *ARM], "EE").trts
    i, j = trts.index("B+C"), trts.index("A+B")
    gap = np.array([-1, 0, 1])
    assert found.te[i, j] == pytest.approx(float(gap @ found.components.beta))
    assert found.se[i, j] == pytest.approx(float(np.sqrt(gap @ cov @ gap)))


def test_additivity_is_tested_and_interactions_use_it_up() -> None:
    fit = network(ROWS, "EE")
    plain = stats.component_nma(fit, inactive="P")
    more = stats.component_nma(fit, inactive="P", interactions=[("A", "B")])
    assert (plain.df_diff, more.df_diff) == (2, 1)
    assert 0 <= more.Q_diff <= plain.Q_diff
    assert more.components.names[-1] == "A*B"


def test_a_network_of_single_components_is_the_network_itself() -> None:
    rows = [r for r in ROWS if "+" not in r[0] + r[1]]
    fit = network(rows, "REML")
    found = stats.component_nma(fit, inactive="P")
    assert found.te == pytest.approx(fit.te)
    assert found.se == pytest.approx(fit.se)
    assert found.df_diff == 0


@pytest.mark.parametrize("method", ["EE", "REML"])
def test_network_regression_is_rma_with_the_same_columns(method: str) -> None:
    rows = [r for r in ROWS if {r[0], r[1]} <= {"A", "B", "P", "A+B"}]
    fit = network(rows, method)
    years = {r[4]: 3.0 + i * i for i, r in enumerate(rows)}
    found = stats.nma_regression(fit, years, reference="P", centre=4.0)
    names = ["A", "A+B", "B"]
    x = [
        [float(a == n) - float(b == n) for n in names]
        + [(float(a != "P") - float(b != "P")) * (years[s] - 4.0)]
        for a, b, _, _, s in rows
    ]
    plain = stats.rma(
        [r[2] for r in rows], [r[3] ** 2 for r in rows], x, intercept=False, method=method
    )
    assert found.coefficients.beta == pytest.approx(plain.beta, abs=1e-6)
    assert found.slope_se == pytest.approx(plain.se[-1], rel=1e-5)
    assert found.slope_pval == pytest.approx(plain.pval[-1], abs=1e-6)


def test_bad_calls_are_told() -> None:
    fit = network(ROWS, "EE")
    with pytest.raises(UsageError, match="unknown inactive component"):
        stats.component_nma(fit, inactive="Q")
    with pytest.raises(UsageError, match="unknown component 'Z'"):
        stats.component_nma(fit, interactions=[("A", "Z")])
    with pytest.raises(StatsError, match="cannot tell"):
        stats.component_nma(network(ROWS[:2], "EE"))
    with pytest.raises(UsageError, match="reference is None"):
        stats.nma_regression(fit, {})
    with pytest.raises(StatsError, match="study '1': a finite covariate"):
        stats.nma_regression(fit, {}, reference="P")
    with pytest.raises(StatsError, match="cannot tell"):
        stats.nma_regression(fit, {str(i): 5.0 for i in range(9)}, reference="P")


@pytest.mark.parametrize("method", ["EE", "REML"])
def test_islands_that_share_components_are_one_model(method: str) -> None:
    rows = [*ROWS, ("A+B+C", "A+P+C", 0.8, 0.3, 9), ("A+B+C", "A+P+C", 0.4, 0.3, 10)]
    first, second, te, se, study = zip(*rows, strict=True)
    with pytest.raises(StatsError, match="2 islands"):
        stats.nma(te, se, first, second, study)
    found = stats.component_network(te, se, first, second, study, method=method, inactive="P")
    codes = {**CODES, "A+B+C": (1, 1, 1), "A+P+C": (1, 0, 1)}
    x = [np.subtract(codes[a], codes[b]) for a, b, *_ in rows]
    plain = stats.rma(te, np.square(se), x, intercept=False, method=method)
    assert found.components.beta == pytest.approx(plain.beta, abs=1e-7)
    assert found.components.se == pytest.approx(plain.se, rel=1e-6)
    # Each island on its own has one effect a treatment less one.
    assert found.df_diff == found.components.df - (len(rows) - 6)
    i, j = found.trts.index("A+B+C"), found.trts.index("P")
    assert found.te[i, j] == pytest.approx(float(found.components.beta.sum()))


def test_a_connected_network_is_the_same_either_way() -> None:
    first, second, te, se, study = zip(*[*ROWS, *ARM], strict=True)
    one = stats.component_network(te, se, first, second, study, inactive="P")
    other = stats.component_nma(network([*ROWS, *ARM], "REML"), inactive="P")
    assert np.array_equal(one.te, other.te)
    assert (one.Q_diff, one.df_diff) == (other.Q_diff, other.df_diff)


def test_components_that_no_island_tells_apart_are_named() -> None:
    with pytest.raises(StatsError, match="cannot tell A, B, C apart"):
        stats.component_network([1, 2], [1, 1], ["A", "A+B"], ["P", "C+B"], [1, 2], inactive="P")
