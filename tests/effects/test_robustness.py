"""Models beside a pool: what they leave out, why one is missing, whether the conclusion holds."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.effects.pooling import Units
from probatum.effects.robustness import examine, outliers, side
from probatum.effects.smallstudies import small_study_tests
from probatum.effects.synthesize import synthesize
from probatum.model.effect import Analyses
from probatum.model.pack import StudyRow


def contrast(make_row: Any, name: str, value: float, error: float = 1.0) -> StudyRow:
    row: StudyRow = make_row(name, measure="MD", contrast=value, contrast_se=error,
                             n_exp=20.0, n_ctl=20.0)  # fmt: skip
    return row


def examined(make_question: Any, rows: list[StudyRow], **known: Any) -> Analyses:
    question = make_question(measure="MD")
    return examine(question, rows, synthesize(question, rows), **known)


def test_the_conclusion_that_every_analysis_shares(make_row: Any, make_question: Any) -> None:
    rows = [contrast(make_row, f"S{i}", -10 - i / 10) for i in range(5)]
    found = examined(make_question, rows)
    assert found.survives is True
    assert found.conclusion == (
        "the conclusion (lower, no difference excluded) holds in all 8 other analyses"
    )
    assert found.small_study_note.startswith("5 studies: small-study effects cannot be tested")


def test_the_conclusion_that_hangs_on_one_study(make_row: Any, make_question: Any) -> None:
    values = (-4.0, -4.1, -3.9, -4.0, 30.0)
    rows = [contrast(make_row, f"S{i}", value) for i, value in enumerate(values)]
    found = examined(make_question, rows)
    assert found.survives is False
    assert found.outliers == ("S4",)
    assert "without S4" in found.conclusion
    variant = next(m for m in found.models if m.variant == "without outliers (S4)")
    assert variant.k == 4
    assert variant.estimate == pytest.approx(-4.0)


def test_high_risk_of_bias_is_left_out_where_it_was_assessed(
    make_row: Any, make_question: Any
) -> None:
    rows = [contrast(make_row, f"S{i}", float(-i)) for i in range(3)]
    assert examined(make_question, rows).not_run == (
        "without high risk of bias: risk of bias is not assessed",
    )
    assert examined(make_question, rows, high_risk=()).not_run == (
        "without high risk of bias: no study is at high risk",
    )
    model = examined(make_question, rows, high_risk={"S0"}).models[-1]
    assert (model.variant, model.k) == ("without high risk of bias", 2)
    assert model.estimate == pytest.approx(-1.5)
    told = examined(make_question, rows, high_risk={"S0", "S1", "S2"}).not_run
    assert told == ("without high risk of bias: no study is left",)


def test_other_correlations_stand_beside_the_assumed_one(
    make_row: Any, make_question: Any
) -> None:
    arms = {"mean_exp": 4.0, "sd_exp": 2.0, "n_exp": 16.0, "mean_ctl": 5.0, "sd_ctl": 2.0}
    rows = [make_row("A", **arms, n_ctl=16.0, crossover=True)]
    models = examined(make_question, rows).models
    assert [m.variant for m in models] == [
        "crossover correlation 0.25", "crossover correlation 0.75"
    ]  # fmt: skip
    assert [(m.se or 0) ** 2 for m in models] == pytest.approx([8 * 0.75 / 16, 8 * 0.25 / 16])


def test_one_study_has_nothing_to_hold_against(make_row: Any, make_question: Any) -> None:
    assert examined(make_question, [contrast(make_row, "A", 1.0)]).survives is None
    assert "nothing is pooled" in examined(make_question, []).conclusion


def test_ten_studies_are_tested() -> None:
    errors = np.linspace(0.1, 1.0, 12)
    data = Units(tuple(f"S{i}" for i in range(12)), 0.1 + 2 * errors, errors**2)
    tests, note = small_study_tests(data, "SMD")
    assert [test.name for test in tests[:2]] == [
        "regression on the standard error", "rank correlation"
    ]  # fmt: skip
    assert all(test.p < 0.01 for test in tests[:2])
    assert note.startswith("small-study effects are shown by regression")
    same = Units(data.studies, data.yi, np.full(12, 0.3))
    assert "all of one size" in small_study_tests(same, "MD")[1]


@settings(max_examples=25)
@given(values=st.lists(st.floats(-20, 20), min_size=1, max_size=8))
def test_the_line_agrees_with_the_analyses(
    values: list[float], make_row: Any, make_question: Any
) -> None:
    rows = [contrast(make_row, f"S{i}", value) for i, value in enumerate(values)]
    question = make_question(measure="MD")
    pooled = synthesize(question, rows)
    found = examine(question, rows, pooled)
    assert found == examine(question, rows[::-1], pooled)
    ends = [
        *((m.ci_low, m.ci_high) for m in (*pooled.models, *found.models)),
        *((o.ci_low, o.ci_high) for o in found.leave_one_out),
    ]
    same = len({side(low, high, 0.0) for low, high in ends}) == 1
    assert found.survives == (None if len(values) == 1 else same)


def test_outliers_need_others_to_be_far_from() -> None:
    assert outliers(Units(("A", "B", "C"), np.array([0.0, 0.0, 50.0]), np.ones(3))) == ()


def test_the_bayesian_model_stands_beside_with_its_prior(
    make_row: Any, make_question: Any
) -> None:
    # Two groups of 20 with standard error 1: a standard deviation of sqrt(10), half of it is 1.58.
    rows = [contrast(make_row, f"S{i}", value) for i, value in enumerate((-3.0, -2.0, -1.0))]
    model = examined(make_question, rows).models[0]
    assert (model.method, model.variant) == ("Bayes", "Bayes, tau half-normal(1.58)")
    assert model.estimate == pytest.approx(-2.0, abs=1e-6)
    # Wider than the common effect, 1.96 / sqrt(3), since tau is not known.
    assert model.ci_high - model.estimate > 1.959964 / 3**0.5


def test_why_there_is_no_bayesian_model(make_row: Any, make_question: Any) -> None:
    rows = [make_row(f"S{i}", measure="MD", contrast=1.0, contrast_se=1.0) for i in range(2)]
    assert examined(make_question, rows).not_run[0].startswith("Bayes: the sizes of the groups")
    rows = [make_row(f"S{i}", events_exp=3.0, n_exp=9.0, events_ctl=2.0, n_ctl=9.0)
            for i in range(2)]  # fmt: skip
    question = make_question(measure="RD")
    told = examine(question, rows, synthesize(question, rows)).not_run
    assert told[0] == "Bayes: no weakly informative prior of tau is agreed for a RD"
