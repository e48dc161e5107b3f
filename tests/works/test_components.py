"""Connected components against a plain walk through the pairs."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from probatum.works.components import components

PLACES = st.integers(0, 11)


def walked(pairs: list[tuple[int, int]], count: int) -> list[int]:
    """Give each place the lowest one it is connected with, by lowering until nothing moves."""
    lowest = list(range(count))
    for _ in range(count):
        for left, right in pairs:
            lowest[left] = lowest[right] = min(lowest[left], lowest[right])
    return lowest


@given(st.lists(st.tuples(PLACES, PLACES), max_size=14))
def test_each_place_gets_the_lowest_one_that_pairs_connect_it_with(
    pairs: list[tuple[int, int]],
) -> None:
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    assert components(ends[:, 0], ends[:, 1], 12).tolist() == walked(pairs, 12)


def test_the_lowest_place_is_given_and_not_the_number_of_the_component() -> None:
    assert components(np.array([0, 2]), np.array([1, 3]), 5).tolist() == [0, 0, 2, 2, 4]
