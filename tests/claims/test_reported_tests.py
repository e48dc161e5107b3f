"""p recomputed from statistic and freedom, with what rounding allows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.claims.reported_p import (
    decides_otherwise,
    p_check,
    recomputed,
    reported_tests,
)

CASES = (
    ("t(28) = 2.20, p = .036", "agrees"),
    ("t(28) = 2.20, p = .06", "disagrees"),
    ("F(2, 40) = 3.23, p = .05", "agrees"),
    ("r(48) = .30, p < .05", "agrees"),
    ("chi2(1, N = 90) = 3.84, p = .05", "agrees"),
    ("\u03c72(2) = 14.14, p < .001", "agrees"),
    ("z = \u22121.96, p = .05", "agrees"),
    ("Q(4) = 1.2, p < .01", "disagrees"),
    ("Z = 2.0, p = .000", "disagrees"),
    ("F(1, 30) = 0.5, ns", "agrees"),
    ("F(1, 30) = 9.5, ns", "disagrees"),
    ("t(261.38) \x01= -\x072.27, p \x01= .024", "agrees"),
)


@pytest.mark.parametrize(("text", "verdict"), CASES)
def test_the_printed_p_is_held_against_the_statistic(text: str, verdict: str) -> None:
    (found,) = reported_tests(text)
    assert p_check(found).verdict == verdict


def test_a_one_tailed_p_is_allowed_where_the_text_speaks_of_it() -> None:
    (found,) = reported_tests("t(14) = 2.00, p = .033")
    assert p_check(found).verdict == "disagrees"
    assert p_check(found, one_tailed=True).verdict == "agrees"


def test_an_error_that_changes_the_decision_is_named() -> None:
    wrong, small = reported_tests("t(28) = 1.20, p = .03; t(28) = 2.20, p = .03")
    assert (decides_otherwise(wrong), decides_otherwise(small)) == (True, False)


@pytest.mark.parametrize("text", ["grade 3 t = 2, p = .03", "p = .03", "M = 2.1, p = .2"])
def test_what_is_no_test_is_not_read(text: str) -> None:
    assert not list(reported_tests(text))


@given(st.floats(0, 8), st.integers(1, 500))
def test_a_p_printed_as_computed_agrees(value: float, df: int) -> None:
    (found,) = reported_tests(f"t({df}) = {value:.2f}, p < .5")
    limits = recomputed(found)
    assert limits
    (again,) = reported_tests(f"t({df}) = {value:.2f}, p = {min(limits[1], 0.999):.4f}")
    assert p_check(again).verdict == "agrees" or limits[1] < 1e-4


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    assert all(text[t.start : t.end] for t in reported_tests(text))
