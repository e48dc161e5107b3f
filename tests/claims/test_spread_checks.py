"""Means and spreads made from numbers agree; one of them altered does not."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from probatum.claims.printed_rows import PrintedArm, PrintedRow
from probatum.claims.row_checks import row_checks
from probatum.claims.spread_checks import (
    bounds_check,
    scale_checks,
    spread_check,
    standard_error_check,
    whole_number_checks,
)
from probatum.model.pack import Scale
from probatum.text.numbers import Printed

_SCORES = st.lists(st.integers(0, 30), min_size=3, max_size=40)
_SCALE = Scale("s", "Scale S", low=0, high=30, whole=True)


@settings(max_examples=150)
@given(_SCORES, st.integers(0, 3))
def test_what_scores_give_never_disagrees(scores: list[int], digits: int) -> None:
    n, mean, sd = len(scores), statistics.fmean(scores), statistics.stdev(scores)
    arm = PrintedArm(str(n), mean=f"{mean:.{digits}f}", sd=f"{sd:.{digits}f}")
    assert all(c.verdict == "agrees" for c in scale_checks(_SCALE, arm))
    error = standard_error_check(Printed(arm.sd), Printed(f"{sd / math.sqrt(n):.{digits}f}"), n)
    assert error.verdict == "agrees"


@settings(max_examples=150)
@given(_SCORES)
def test_a_mean_that_no_scores_give_disagrees(scores: list[int]) -> None:
    n = len(scores)
    near = {round(total / size, 2) for size in range(1, n + 1) for total in range(30 * size + 1)}
    odd = next((x / 100 for x in range(1, 100) if x / 100 not in near), None)
    assume(odd is not None)
    (found,) = whole_number_checks(Printed(f"{odd:.2f}"), None, n)
    assert found.verdict == "disagrees"


@settings(max_examples=150)
@given(st.integers(25, 400), st.floats(5, 50), st.floats(0.75, 1.3))
def test_a_standard_error_for_an_sd(n: int, sd: float, ratio: float) -> None:
    other = (Printed(f"{sd:.2f}"), n)
    assert spread_check((Printed(f"{sd * ratio:.2f}"), n), other) is None
    found = spread_check((Printed(f"{sd / math.sqrt(n):.2f}"), n), other)
    assert found is not None
    assert found.verdict == "disagrees"
    assert standard_error_check(
        other[0], Printed(f"{sd / math.sqrt(n) * 1.5:.2f}"), n
    ).verdict == ("disagrees")


@pytest.mark.parametrize(
    ("call", "verdict"),
    [
        (lambda: bounds_check(Printed("2.0"), Printed("9.0"), 20, 0, 10), "disagrees"),
        (lambda: bounds_check(Printed("-4.0"), Printed("2.0"), 20, 0, 10), "cannot_tell"),
        (lambda: bounds_check(Printed("0.0"), Printed("0.0"), 20, 0, 10), "agrees"),
    ],
)
def test_an_sd_that_the_scale_cannot_bear(call: Callable, verdict: str) -> None:
    assert call().verdict == verdict


def test_fewer_than_the_arm_may_have_been_measured() -> None:
    found = {c.rule: c.verdict for c in whole_number_checks(Printed("5.19"), None, 28)}
    assert found == {"grim": "cannot_tell"}  # 145.3 of 28, but 140 of 27
    assert not list(whole_number_checks(Printed("5.2"), Printed("1.1"), 28))


def test_a_row_names_the_standard_error_and_the_number_needed_to_treat() -> None:
    left, right = (
        PrintedArm("40", mean="5.1", sd="1.2", se="0.4"),
        PrintedArm("40", mean="5.3", sd="7.6"),
    )
    found = {c.rule: c.verdict for c in row_checks(PrintedRow(left, right))}
    assert found == {"se-of-sd": "disagrees", "sd-or-se": "disagrees"}
    counts = PrintedRow(PrintedArm("40", "20"), PrintedArm("40", "10"), "NNT", "4")
    assert [(c.rule, c.verdict) for c in row_checks(counts)] == [("needed-to-treat", "agrees")]


def test_digits_that_were_cut_off_are_no_error() -> None:
    (found,) = whole_number_checks(Printed("5.04"), None, 21)
    assert found.verdict == "cannot_tell"  # 106 of 21 is 5.0476


def test_a_mean_of_items_is_no_error() -> None:
    (total,) = whole_number_checks(Printed("1.23"), None, 9)
    assert total.verdict == "disagrees"  # 11.07 of 9, and of 8 it would be 9.84
    (of_items,) = whole_number_checks(Printed("1.23"), None, 9, items=10)
    assert of_items.verdict == "cannot_tell"
    assert of_items.expected == "possible as a mean of 10 items"
