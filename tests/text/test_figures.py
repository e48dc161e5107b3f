"""Quantities in print and in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.text.figures import quantities
from probatum.text.stems import stem


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("about 12% of uses", "one in eight"),
        ("30 (51%) of one series", "half of them"),
        ("gone by 120 min", "gone within about two hours"),
        ("in 48-61%", "55 per cent"),
        ("responded in 76%", "more than 70%"),
        ("start 28 mg", "28 mg at first"),
    ],
)
def test_what_is_one_number_agrees(one: str, other: str) -> None:
    (first,), (second,) = quantities(one), quantities(other)
    assert first.kind == second.kind
    assert first.agrees(second)
    assert second.agrees(first)


@pytest.mark.parametrize(
    ("one", "other"), [("30%", "90%"), ("40 min", "three hours"), ("one in ten", "over half")]
)
def test_what_is_another_number_does_not(one: str, other: str) -> None:
    (first,), (second,) = quantities(one), quantities(other)
    assert first.kind == second.kind
    assert not first.agrees(second)


@given(st.text(max_size=200))
def test_any_text_gives_ranges(text: str) -> None:
    assert all(one.low <= one.high for one in quantities(text))


@given(st.from_regex(r"[a-z]{1,20}", fullmatch=True))
def test_a_stem_is_a_beginning_of_its_word(word: str) -> None:
    assert word.startswith(stem(word))
    assert len(stem(word)) >= min(4, len(word))
