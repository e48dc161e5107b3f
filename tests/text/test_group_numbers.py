"""Numbers of one group in a sentence: what they are, what they are not, any text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.text.group_numbers import GroupNumber, group_numbers, stated_spread, usual_spread


def _read(number: GroupNumber) -> tuple[object, ...]:
    printed = (number.first, number.second, number.low, number.high, number.percent)
    return (number.statistic, number.spread, *(one.value if one else None for one in printed))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Pain was 3.1 ± 1.2 points.", ("mean", "sd", 3.1, 1.2, None, None, None)),
        ("The mean (SEM) was 3.1 (0.2).", ("mean", "se", 3.1, 0.2, None, None, None)),
        ("The mean was 1,234.5 (SD = 10).", ("mean", "sd", 1234.5, 10, None, None, None)),
        ("The change was \u22123.1 (SD 1.2).", ("mean", "sd", -3.1, 1.2, None, None, None)),
        ("It was \u2212\u20093.1 (SD 1.2).", ("mean", "sd", -3.1, 1.2, None, None, None)),
        ("The median was 3 (IQR 2-5) days.", ("median", "iqr", 3, None, 2, 5, None)),
        ("The median (range) was 3 [2 to 5].", ("median", "range", 3, None, 2, 5, None)),
        ("The mean was 3.1 (95% CI 2.0 to 4.2).", ("mean", "ci", 3.1, None, 2, 4.2, None)),
        ("5 of 20 patients (25%) slept.", ("count", None, 5, None, None, None, 25)),
        ("25% (5/20) slept.", ("count", None, 5, None, None, None, 25)),
        ("5 (25%) slept.", ("count", None, 5, None, None, None, 25)),
        ("25% slept.", ("count", None, None, None, None, None, 25)),
        ("25% (n = 20) slept.", ("count", None, None, None, None, None, 25)),
        ("25% (95% CI 20% to 30%) slept.", ("count", "ci", None, None, 20, 30, 25)),
    ],
)
def test_one_number(text: str, told: tuple[object, ...]) -> None:
    (found,) = group_numbers(text, "sd")
    assert _read(found) == told


@pytest.mark.parametrize(
    "text",
    [
        "The odds ratio was 3.1 (95% CI 2.0 to 4.2).",
        "The mean difference was 3.1 (SD 1.2).",
        "Those with more than 70% were kept, at least 80% and \u2265 90%.",
        "It rose by +25% after grade 2/3.",
        "People aged 30 slept.",
        "25 of 20 slept.",
    ],
)
def test_what_is_no_number_of_a_group(text: str) -> None:
    assert not group_numbers(text)


def test_two_numbers_against_each_other_are_what_is_said_before() -> None:
    found = group_numbers("The mean time was shorter (10.5 vs 12.1 min; 5 vs 9 patients).")
    assert [(n.statistic, n.first and n.first.value) for n in found] == [
        ("mean", 10.5),
        ("mean", 12.1),
        ("count", 5),
        ("count", 9),
    ]


@pytest.mark.parametrize(
    ("text", "usual", "stated"),
    [
        ("Pain was 3 ± 1.", "sd", None),
        ("The SE was small. Pain was 3 ± 1.", None, None),
        ("Data are presented as mean ± SEM.", "se", "se"),
        ("Values are expressed as mean (SD).", "sd", "sd"),
    ],
)
def test_what_a_document_means_by_its_spreads(
    text: str, usual: str | None, stated: str | None
) -> None:
    assert (usual_spread(text), stated_spread(text)) == (usual, stated)


@settings(max_examples=200)
@given(st.text("0123456789 .,()/%±[]-+meanmdiSDIQRvsof=<\u2212\u2013\u2009\u00b7", max_size=120))
def test_any_text_gives_numbers_that_lie_apart(text: str) -> None:
    found = group_numbers(text, "sd")
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    counted = [one for one in found if one.total is not None and one.first is not None]
    assert all(one.first.value <= one.total for one in counted)


def test_time_grows_with_the_text() -> None:
    """A sentence is read up to a length; what one costs must not grow faster than it does."""
    assert len(group_numbers("Pain was 3.1 ± 1.2. " * 60)) == 60
