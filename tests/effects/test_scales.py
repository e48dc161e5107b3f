"""Scales brought together: converted where they ask the same, standardised where they do not."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.effects.plan import plan
from probatum.effects.synthesize import synthesize
from probatum.model.pack import Scale

HUNDRED = Scale("p100", "Pain, 0 to 100", low=0, high=100, better="lower", mid=10)
TEN = Scale("p10", "Pain, 0 to 10", low=0, high=10, better="lower", linear_to="p100")
OTHER = Scale("other", "Other scale", low=0, high=60, better="lower")
SCALES = (HUNDRED, TEN, OTHER)
ARMS = {"mean_exp": 4.0, "sd_exp": 2.0, "n_exp": 40.0, "mean_ctl": 5.0, "sd_ctl": 2.0,
        "n_ctl": 40.0}  # fmt: skip
LARGE = {name: value * (1 if name.startswith("n") else 10) for name, value in ARMS.items()}


def test_one_unit_of_two_is_converted_and_marked(make_row: Any, make_question: Any) -> None:
    rows = [make_row("A", scale="p100", **LARGE), make_row("B", scale="p10", **ARMS)]
    pooled = synthesize(make_question(measure="MD"), rows, scales=SCALES)
    assert (pooled.measure, pooled.scale) == ("MD", "p10")
    rows.append(make_row("C", scale="p100", **LARGE))
    pooled = synthesize(make_question(measure="MD"), rows, scales=SCALES)
    assert (pooled.measure, pooled.scale, pooled.k) == ("MD", "p100", 3)
    assert pooled.estimate == pytest.approx(-10)
    assert [e.note for e in pooled.effects if e.row_id == "B"] == [
        "converted from p10 to p100 (times 10)"
    ]


def test_the_scale_that_is_asked_for_takes_its_other_unit(
    make_row: Any, make_question: Any
) -> None:
    row = make_row("B", scale="p10", measure="MD", contrast=-1.0, contrast_se=0.5)
    question = make_question(measure="MD", scale="p100")
    effect = synthesize(question, [row], scales=SCALES).effects[0]
    assert [effect.value, effect.vi] == pytest.approx([-10, 25])
    told = synthesize(question, [row], scales=(HUNDRED, replace(TEN, high=None))).excluded
    assert "another scale" in told[0].reason


def test_other_scales_stay_apart_even_with_ranges(make_row: Any, make_question: Any) -> None:
    rows = [make_row("A", scale="p100", **LARGE), make_row("B", scale="other", **ARMS)]
    pooled = synthesize(make_question(measure="MD"), rows, scales=SCALES)
    assert pooled.measure == "SMD"
    assert pooled.on_scale is not None
    # Both have a standard deviation; the one with a minimal important difference is better known.
    assert pooled.on_scale.scale == "p100"
    assert pooled.on_scale.sd == pytest.approx(20)
    assert pooled.on_scale.estimate == pytest.approx(20 * (pooled.estimate or math.nan))
    assert "times the minimal important difference of 10" in pooled.on_scale.text


def test_one_scale_makes_a_mean_difference_of_a_standardised_one(
    make_row: Any, make_question: Any
) -> None:
    rows = [make_row(name, scale="p100", **LARGE) for name in ("A", "B")]
    how = plan(make_question(measure="SMD"), rows, SCALES)
    assert (how.measure, how.scale) == ("MD", "p100")
    assert "every study reports p100" in how.notes[0]
    assert plan(make_question(measure="SMD"), rows).measure == "SMD"
    standardised = make_row("C", scale="p100", measure="SMD", contrast=-0.5, contrast_se=0.2)
    assert plan(make_question(measure="SMD"), [*rows, standardised], SCALES).measure == "SMD"


@pytest.mark.parametrize(
    ("contrast", "told"),
    [(-30.0, "the whole interval is important"), (-1.0, "the whole interval is unimportant"),
     (-10.0, "holds important and unimportant")],
)  # fmt: skip
def test_a_mean_difference_against_its_minimal_important_one(
    contrast: float, told: str, make_row: Any, make_question: Any
) -> None:
    row = make_row("A", scale="p100", measure="MD", contrast=contrast, contrast_se=2.0)
    found = synthesize(make_question(measure="MD", scale="p100"), [row], scales=SCALES).on_scale
    assert found is not None
    assert told in found.text
    assert (found.estimate, found.mid, found.sd) == (contrast, 10, None)


@settings(max_examples=25)
@given(mean=st.floats(-8, 8), sd=st.floats(0.5, 4), n=st.integers(5, 90).map(float))
def test_the_unit_does_not_change_the_answer(
    mean: float, sd: float, n: float, make_row: Any, make_question: Any
) -> None:
    arms = {"sd_exp": sd, "n_exp": n, "sd_ctl": sd, "n_ctl": n}
    small = make_row("A", scale="p10", mean_exp=mean, mean_ctl=0.0, **arms)
    tenfold = {**arms, "sd_exp": 10 * sd, "sd_ctl": 10 * sd}
    large = make_row("A", scale="p100", mean_exp=10 * mean, mean_ctl=0.0, **tenfold)
    question = make_question(measure="MD", scale="p100")
    one, other = (synthesize(question, [row], scales=SCALES) for row in (small, large))
    assert one.estimate == pytest.approx(other.estimate, rel=1e-9, abs=1e-12)
    assert one.ci_low == pytest.approx(other.ci_low, rel=1e-9, abs=1e-12)
