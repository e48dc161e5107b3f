"""Networks: consistency, orientation, and a pairwise meta-analysis as the smallest network."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum import stats
from probatum.stats.geometry import graph, league
from probatum.stats.network.fit import Nma

pairs = st.lists(
    st.tuples(st.floats(-2, 2, width=32), st.floats(2**-4, 2, width=32)), min_size=2, max_size=8
)


@settings(max_examples=30)
@given(rows=pairs)
def test_two_treatments_are_a_pairwise_meta_analysis(rows: list[tuple[float, float]]) -> None:
    te, se = np.array([r[0] for r in rows]), np.array([r[1] for r in rows])
    n = len(rows)
    for method in ("EE", "DL", "REML"):
        net = stats.nma(te, se, ["B"] * n, ["A"] * n, list(range(n)), method=method)
        one = stats.rma(te, se**2, method=method)
        assert net.tau2 == pytest.approx(one.tau2, rel=1e-6, abs=1e-8)
        assert net.te[1, 0] == pytest.approx(one.estimate, abs=1e-6)
        assert net.se[1, 0] == pytest.approx(one.se[0], rel=1e-6)


def triangle() -> Nma:
    te = [0.5, 0.9, 0.4, 0.3, 0.8, 0.5]
    se = [0.2, 0.25, 0.2, 0.3, 0.3, 0.3]
    first, second = ["B", "C", "C", "B", "C", "C"], ["A", "A", "B", "A", "A", "B"]
    return stats.nma(te, se, first, second, [1, 2, 3, "x", "x", "x"])


def test_effects_add_up_and_turn_round() -> None:
    fit = triangle()
    assert fit.te + fit.te.T == pytest.approx(np.zeros((3, 3)), abs=1e-12)
    assert fit.te[2, 0] == pytest.approx(fit.te[2, 1] + fit.te[1, 0])
    assert fit.p_scores.mean() == pytest.approx(0.5)
    assert fit.df_Q == 3


def test_swapping_the_sides_of_a_contrast_changes_nothing() -> None:
    base = triangle()
    turned = stats.nma(
        [-0.5, 0.9, -0.4, -0.3, 0.8, 0.5],
        [0.2, 0.25, 0.2, 0.3, 0.3, 0.3],
        ["A", "C", "B", "A", "C", "C"],
        ["B", "A", "C", "B", "A", "B"],
        [1, 2, 3, "x", "x", "x"],
    )
    assert turned.te == pytest.approx(base.te)
    assert turned.tau2 == pytest.approx(base.tau2)


def test_every_cell_of_the_league_names_its_orientation() -> None:
    fit = triangle()
    table = league(fit)
    for i, row in enumerate(table):
        for j, cell in enumerate(row):
            if cell is None:
                assert i == j
                continue
            assert cell.text.startswith(f"{cell.row} v {cell.column}: ")
            at = fit.trts.index(cell.row), fit.trts.index(cell.column)
            assert cell.effect == pytest.approx(fit.te[at])
    assert [v.name for v in graph(fit).vertices] == list(fit.trts)
