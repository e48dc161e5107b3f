"""Fisher's exact test, held against SciPy's."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats as peer

from probatum.stats.contingency import fisher_exact

_COUNT = st.integers(0, 3000)


@given(_COUNT, _COUNT, _COUNT, _COUNT)
@settings(max_examples=150, deadline=None)
def test_as_scipy_gives_it(a: int, b: int, c: int, d: int) -> None:
    expected = float(peer.fisher_exact(np.array([[a, b], [c, d]])).pvalue)
    assert fisher_exact(a, b, c, d) == pytest.approx(expected, rel=1e-7, abs=1e-300)


@pytest.mark.parametrize(
    "cells", [(10**8, 10**9, 10**8 + 5000, 10**9), (200_000, 300_000, 201_000, 299_000)]
)
def test_a_huge_table_is_answered_by_the_score_test(cells: tuple[int, int, int, int]) -> None:
    table = np.array(cells, dtype=float).reshape(2, 2)
    expected = float(peer.chi2_contingency(table, correction=False).pvalue)
    assert fisher_exact(*cells) == pytest.approx(expected, rel=1e-6)
