"""Means outside their scale: what is told, and that no text breaks the reading."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.text.scale_bounds import scale_checks, whole_checks


@given(st.text(alphabet="mean scoreofrangewas0127 .()-%", max_size=300))
def test_any_text_is_read(text: str) -> None:
    for start, end, _ in [*scale_checks(text, text), *whole_checks(text)]:
        assert 0 <= start < end <= len(text)


@given(st.integers(min_value=1, max_value=99), st.integers(min_value=0, max_value=120))
def test_a_mean_agrees_just_inside_its_scale(high: int, mean: int) -> None:
    text = f"On a scale of 0 to {high} the mean was {mean}.0 (SD 2)."
    expected = ["agrees" if mean <= high else "disagrees"] if high > 0 else []
    assert [c.verdict for *_, c in scale_checks(text)] == expected


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ("", "The mean was 12."),
        ("Sleep was scored on a scale of 0 to 10.", "Mean pain was 12."),
        ("", "A scale of 0 to 10 and a scale of 0 to 20: the mean was 12."),
        ("", "On a scale of 0 to 10, the mean age was 64."),
        ("", "On a scale of 0 to 10, the mean was 64 days."),
    ],
    ids=["no scale", "of another thing", "two scales", "age", "a unit"],
)
def test_nothing_is_told(before: str, said: str) -> None:
    assert not list(scale_checks(said, before))
