"""One group only: shown apart with the reason, never in a pool."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.effects.series import series, wilson
from probatum.effects.synthesize import synthesize


def test_before_and_after(make_row: Any, make_question: Any) -> None:
    row = make_row("A", result_type="pre-post", n_exp=117.0, mean_exp=29.42, sd_exp=16.5,
                   mean_ctl=52.39, sd_ctl=16.0, n_ctl=117.0)  # fmt: skip
    (one,) = series([row])
    assert one.change == pytest.approx(-22.97)
    assert one.text == "117 people: from 52.4 to 29.4, a change of −23"
    assert "no controlled effect" in one.why
    pooled = synthesize(make_question(measure="MD"), [row])
    assert pooled.k == 0
    assert "before and after in one group" in pooled.excluded[0].reason


def test_a_share_of_one_group(make_row: Any) -> None:
    row = make_row("A", result_type="proportion", n_exp=42.0, events_exp=27.0, pct_exp=64.0,
                   set_aside="one group only: no comparison")  # fmt: skip
    (one,) = series([row])
    assert one.percent == pytest.approx(64.29, abs=0.01)
    assert one.text.startswith("42 people: 64.3 % (49.2 to 77")
    assert one.why.endswith("(one group only: no comparison)")


def test_controlled_rows_are_none_and_unknown_numbers_are_said(make_row: Any) -> None:
    assert series([make_row("A", measure="MD", contrast=1.0)]) == ()
    one, other = series([make_row("A", result_type="pre-post"),
                         make_row("B", result_type="proportion", pct_exp=170.0)])  # fmt: skip
    assert one.text == "number of people not known: its means before and after are not both known"
    assert other.text == "number of people not known: its share is not known"


@given(n=st.integers(1, 10_000).map(float), share=st.floats(0, 1))
def test_wilson_holds_its_share(n: float, share: float) -> None:
    low, high = wilson(share, n)
    assert 0 <= low <= share + 1e-12
    assert share - 1e-12 <= high <= 1
