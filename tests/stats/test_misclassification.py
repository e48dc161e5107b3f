"""Counts corrected for error: bounds for any table, the truth found again, bad calls named."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.errors import StatsError
from probatum.stats.misclassification import corrected

_COUNTS = st.lists(st.integers(0, 500), min_size=3, max_size=3)


@settings(max_examples=15)
@given(_COUNTS, st.lists(_COUNTS, min_size=3, max_size=3))
def test_any_counts_stay_within_the_total(counts: list[int], table: list[list[int]]) -> None:
    found = corrected(counts, table)
    assert (found.low >= -1e-9).all()
    assert (found.low <= found.estimate + 1e-9).all()
    assert (found.estimate <= found.high + 1e-9).all()
    assert (found.high <= sum(counts) + 1e-6).all()


def test_the_truth_is_found_again() -> None:
    table = np.array([[850, 100, 50], [200, 750, 50], [300, 100, 600]])
    true = np.array([600, 300, 100])
    seen = true @ (table / table.sum(axis=1, keepdims=True))
    found = corrected(seen, table)
    assert np.allclose(found.estimate, true, atol=15)
    assert (found.low < true).all()
    assert (true < found.high).all()


def test_nothing_counted_is_nothing() -> None:
    assert corrected([0, 0, 0], np.eye(3) * 10).high.sum() == 0


def test_a_wrong_shape_is_a_bad_call() -> None:
    with pytest.raises(StatsError, match="k by k"):
        corrected([1, 2], np.eye(3))
