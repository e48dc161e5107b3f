"""Risk of bias as people judged it: steps, numbers, and the ceiling it lifts."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.certainty.grade import LEVELS, grade
from probatum.effects.synthesize import synthesize
from probatum.model.answer import Certainty, RiskOfBias, Step

JUDGEMENTS = ("low", "some concerns", "high", None)


def graded(make_row: Any, make_question: Any, judgements: list[str | None]) -> Certainty:
    """Four equal, large, agreeing studies, judged as given."""
    rows = [
        make_row(f"S{i}", mean_exp=4.0, sd_exp=4.0, n_exp=200.0, mean_ctl=6.0, sd_ctl=4.0,
                 n_ctl=200.0)
        for i in range(4)
    ]  # fmt: skip
    question = make_question(measure="MD")
    risk = [RiskOfBias(f"S{i}", one) for i, one in enumerate(judgements)]
    return grade(question, synthesize(question, rows), rows, None, risk=risk)


def first(found: Certainty) -> Step:
    return found.steps[0]


@pytest.mark.parametrize(
    ("judgements", "level", "change"),
    [
        ([], "moderate", 0),
        (["low"] * 4, "high", 0),
        (["low"] * 3, "moderate", 0),
        (["low", "low", "low", "high"], "high", 0),
        (["low", "low", "high", "high"], "moderate", -1),
        (["low", "some concerns", "some concerns", "high"], "moderate", -1),
        (["high"] * 4, "low", -2),
    ],
)
def test_levels(
    judgements: list[str | None], level: str, change: int, make_row: Any, make_question: Any
) -> None:
    found = graded(make_row, make_question, judgements)
    assert (found.level, first(found).change) == (level, change)


def test_the_step_shows_its_numbers(make_row: Any, make_question: Any) -> None:
    step = first(graded(make_row, make_question, ["low", "high", "some concerns", None]))
    assert dict(step.numbers) == {
        "share not randomised": 0.0,
        "share at high risk": 0.25,
        "share with some concerns": 0.25,
        "share not assessed": 0.25,
    }
    assert "25% of the weight is not assessed: the certainty is at most moderate" in step.reason


def test_nobody_judged(make_row: Any, make_question: Any) -> None:
    assert "not assessed" in first(graded(make_row, make_question, [])).reason


@settings(max_examples=40)
@given(
    judgements=st.lists(st.sampled_from(JUDGEMENTS), min_size=4, max_size=4), at=st.integers(0, 3)
)
def test_a_graver_judgement_never_raises_certainty(
    judgements: list[str | None], at: int, make_row: Any, make_question: Any
) -> None:
    worse = [*judgements[:at], "high", *judgements[at + 1 :]]
    if judgements[at] is None:
        return
    before = graded(make_row, make_question, judgements)
    after = graded(make_row, make_question, worse)
    assert LEVELS.index(after.level) <= LEVELS.index(before.level)
