"""Counts, means and contrasts: divided, turned, estimated."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.effects.material import Counts, Estimate, Given, Means, divided, estimate, turned

SIZES = st.integers(4, 300).map(float)


@given(n_exp=SIZES, n_ctl=SIZES, sd=st.floats(0.5, 20), parts=st.integers(2, 4))
def test_a_divided_contrast_loses_what_divided_means_lose(
    n_exp: float, n_ctl: float, sd: float, parts: int
) -> None:
    arms = Means(4.0, sd, n_exp, 5.0, sd, n_ctl)
    given_one = Given(-1.0, sd * math.sqrt(1 / n_exp + 1 / n_ctl), n_exp, n_ctl)
    one, two = divided(arms, parts), divided(given_one, parts)
    assert one is not None
    assert two is not None
    a, b = estimate(one, "MD"), estimate(two, "MD")
    assert isinstance(a, Estimate)
    assert isinstance(b, Estimate)
    assert a.vi == pytest.approx(b.vi, rel=1e-9)


@given(n_exp=SIZES, n_ctl=SIZES, sd=st.floats(0.5, 20), parts=st.integers(2, 4))
def test_joined_again_equal_arms_weigh_as_one_large_arm(
    n_exp: float, n_ctl: float, sd: float, parts: int
) -> None:
    share = divided(Means(4.0, sd, n_exp, 5.0, sd, n_ctl), parts)
    assert share is not None
    whole = estimate(Means(4.0, sd, n_exp * parts, 5.0, sd, n_ctl), "MD")
    one = estimate(share, "MD")
    assert isinstance(one, Estimate)
    assert isinstance(whole, Estimate)
    assert one.vi / parts == pytest.approx(whole.vi, rel=1e-9)


def test_unknown_sizes_cannot_be_divided() -> None:
    assert divided(Given(-1.0, 0.4, None, 20.0), 2) is None


def test_turning() -> None:
    assert turned(Counts(5, 20, 9, 22), "RR") == Counts(15, 20, 13, 22)
    assert turned(Given(0.3, 0.1, None, None), "OR") == Given(-0.3, 0.1, None, None)
    assert turned(Given(0.3, 0.1, None, None), "RR") is None


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (Counts(0, 9, 0, 10), "double-zero"),
        (Counts(9, 9, 10, 10), "everybody"),
    ],
)
def test_tables_that_say_nothing_about_a_ratio(table: Counts, words: str) -> None:
    for measure in ("RR", "OR"):
        assert words in str(estimate(table, measure))
