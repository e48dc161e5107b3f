"""Dose, time and growth: what is fitted, what is tested, what is said."""

from __future__ import annotations

import math

import numpy as np
import pytest

from probatum import stats
from probatum.effects.course import time_course
from probatum.effects.course_words import span
from probatum.effects.dose import dose_response
from probatum.effects.monitoring import monitoring
from probatum.effects.synthesize import synthesize


def dose_row(make_row, study, dose, value, **more):
    """A contrast of one dose group with the control of its study."""
    row_id = f"{study}-{dose:g}"
    return make_row(
        row_id, study=study, contrast=value, contrast_se=1.5, measure="MD", benefit="lower",
        n_exp=40.0, n_ctl=40.0, dose_value=dose, dose_unit="mg", dose_printed=f"{dose:g} mg",
        shared_control=study, scale="us", **more,
    )  # fmt: skip


@pytest.fixture(scope="module")
def asked(make_question):
    return make_question(measure="MD", scale="us", benefit="lower")


def rising(make_row, values):
    doses = (10.0, 20.0, 40.0)
    return [
        dose_row(make_row, study, dose, value)
        for study in ("One", "Two")
        for dose, value in zip(doses, values, strict=True)
    ]


def test_arms_that_share_a_control_covary_by_half(make_row, asked):
    found = dose_response(asked, rising(make_row, (-2.0, -4.0, -8.0)))
    (only,) = found.sets
    v = np.full((3, 3), 1.5**2 / 2) + np.eye(3) * 1.5**2 / 2
    expected = math.sqrt(v[0, 0] / 2)
    by_dose = only.by_dose[0]
    assert by_dose.estimate == pytest.approx(-2.0)
    assert by_dose.high - by_dose.estimate == pytest.approx(1.959964 * expected, rel=1e-5)
    step = only.steps[1]
    assert (step.x, step.estimate) == (20.0, pytest.approx(-2.0))
    linear = next(fit for fit in only.fits if fit.shape == "linear")
    assert linear.terms[0][1] == pytest.approx(-0.2, abs=1e-6)


def test_a_straight_rise_has_no_turn(make_row, asked):
    (only,) = dose_response(asked, rising(make_row, (-2.0, -4.0, -8.0))).sets
    assert only.turn == "no turn between the doses given"
    assert only.monotone_p == 1.0
    assert only.equal_p < 0.05
    assert "is shown" in only.text


def test_a_benefit_that_falls_again_is_an_inverted_u(make_row, asked):
    (only,) = dose_response(asked, rising(make_row, (-6.0, -12.0, 6.0))).sets
    assert only.turn == "benefit rises, then falls"
    assert only.turn_p < 0.05
    assert 10 < only.peak < 40
    assert only.monotone_p < 0.05
    assert "speaks against" in only.text


def test_flagged_doses_stand_beside(make_row, asked):
    rows = rising(make_row, (-2.0, -4.0, -8.0))
    odd = [dose_row(make_row, "Odd", d, -3.0, flag_kind="source-inconsistency",
                    quality_flag="odd") for d in (10.0, 80.0)]  # fmt: skip
    found = dose_response(asked, [*rows, *odd])
    assert [one.flagged for one in found.sets] == ["out", "in"]
    assert [one.doses[-1] for one in found.sets] == [40.0, 80.0]
    assert sum(point.flagged for point in found.points) == 2
    assert "above 40 mg" in found.limits


@pytest.mark.parametrize("doses", [(10.0,), ()])
def test_one_dose_is_no_curve(make_row, asked, doses):
    assert dose_response(asked, [dose_row(make_row, "One", d, -1.0) for d in doses]) is None


def test_two_studies_of_one_dose_each_are_no_curve(make_row, asked):
    rows = [dose_row(make_row, "One", 10.0, -1.0), dose_row(make_row, "Two", 20.0, -2.0)]
    assert dose_response(asked, rows) is None


def timed(make_row, study, day, value, **more):
    return make_row(
        f"{study}-{day:g}", study=study, contrast=value, contrast_se=1.0, measure="MD",
        benefit="lower", n_exp=30.0, n_ctl=30.0, scale="us", time_days=day, **more,
    )  # fmt: skip


def test_times_of_one_study_are_not_independent(make_row, asked):
    rows = [timed(make_row, "One", day, -4.0) for day in (1.0, 2.0, 3.0, 4.0)]
    found = time_course(asked, rows)
    level = next(fit for fit in found.fits if fit.shape == "constant")
    apart = 1.0 / math.sqrt(4)
    assert level.terms[0][2] > 1.5 * apart
    fit = stats.time_course([-4.0] * 4, [1.0] * 4, [1, 2, 3, 4], ["One"] * 4, curve="constant",
                            phi=found.phi, between="none")  # fmt: skip
    assert level.terms[0][2] == pytest.approx(float(fit.se[0]))
    assert found.phi == pytest.approx(0.8)
    assert len(found.others) == 2


def test_an_effect_that_fades(make_row, asked):
    rows = [
        timed(make_row, study, day, -10 * math.exp(-day / 5))
        for study in ("One", "Two", "Three")
        for day in (1.0, 3.0, 7.0, 14.0, 28.0)
    ]
    found = time_course(asked, rows, ("q1", "q2"))
    assert found.best == "decay"
    decay = next(fit for fit in found.fits if fit.shape == "decay")
    theta = {name: value for name, value, _ in decay.terms}["time constant"]
    assert theta == pytest.approx(5.0, rel=0.02)
    assert found.questions == ("q1", "q2")
    assert "fades" in found.text


def test_without_a_repeated_study_there_is_no_course(make_row, asked):
    rows = [timed(make_row, f"S{day:g}", day, -4.0) for day in (1.0, 2.0, 3.0)]
    assert time_course(asked, rows) is None


@pytest.mark.parametrize(
    ("days", "told"),
    [(1 / 24, "1 hour"), (0.5, "12 hours"), (1.5, "1.5 days"), (0.0, "0 minutes")],
)
def test_spans(days, told):
    assert span(days) == told


def grown(make_row, asked, values, bounds=(-3.0, 3.0)):
    rows = [
        make_row(f"S{i}", study=f"S{i}", year=2000 + i, contrast=value, contrast_se=1.0,
                 measure="MD", benefit="lower", n_exp=50.0, n_ctl=50.0, scale="us")
        for i, value in enumerate(values)
    ]  # fmt: skip
    return monitoring(asked, rows, synthesize(asked, rows), bounds)


def test_growth_by_year_and_the_last_look_is_the_pool(make_row, asked):
    found = grown(make_row, asked, (-4.0, -5.0, -3.0))
    assert [look.year for look in found.looks] == [2000, 2001, 2002]
    assert found.looks[-1].estimate == pytest.approx(-4.0)
    required = ((1.959964 + 1.281552) / 3) ** 2 / (1 - found.diversity)
    assert found.looks[0].fraction == pytest.approx(1 / required, rel=1e-5)
    assert found.people == 300
    assert found.reached is not None


def test_what_is_still_needed_is_said(make_row, asked):
    found = grown(make_row, asked, (-0.1, 0.2), bounds=(-0.5, 0.5))
    assert found.needed > 0
    assert found.needed == pytest.approx(found.required_people - 200)
    assert "more people are needed" in found.text
    assert found.reached is None


def test_without_an_important_difference_only_the_growth_is_given(make_row, asked):
    found = grown(make_row, asked, (-4.0, -5.0), bounds=None)
    assert found.delta is None
    assert all(look.fraction is None for look in found.looks)
    assert "cannot be said" in found.text


def test_one_study_has_not_grown(make_row, asked):
    assert grown(make_row, asked, (-4.0,)) is None
