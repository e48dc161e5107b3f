"""Names of rating scales, and those that only look like one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.text.rating_scales import rating_scale


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("PHQ-9 at week 6", "PHQ-9"),
        ("Beck Depression Inventory", "BDI-II"),
        ("Mini-Mental State (0-30)", "MMSE"),
        ("HADS-D", "HADS subscale"),
        ("PANSS total", "PANSS"),
        ("PANSS positive", None),
        ("PHQ-9, GAD-7", None),
        ("AUDITORY score", None),
        ("Age", None),
    ],
)
def test_a_label(label: str, name: str | None) -> None:
    found = rating_scale(label)
    assert (found.name if found else None) == name


def test_a_scale_has_a_range_that_its_items_can_fill() -> None:
    found = rating_scale("K10")
    assert found is not None
    assert found.low < found.high
    assert found.high % found.items == 0


@settings(max_examples=100)
@given(st.text(max_size=60))
def test_any_label_is_taken(label: str) -> None:
    found = rating_scale(label)
    assert found is None or found.low < found.high
