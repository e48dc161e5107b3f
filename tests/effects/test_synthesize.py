"""Models side by side, rows in and out, and what is said about a pool."""

from __future__ import annotations

import math
from typing import Any

import pytest

from probatum.effects.sensitivity import analyses
from probatum.effects.synthesize import synthesize
from probatum.errors import UsageError
from probatum.model.pack import StudyRow


@pytest.fixture(scope="module")
def rows(make_row: Any) -> list[StudyRow]:
    means = ((4.0, 5.0), (3.0, 5.5), (5.1, 5.0), (4.4, 4.9))
    return [
        make_row(
            f"R{i}", study=f"S{i}", year=2000 + i, mean_exp=exp, sd_exp=2.0, n_exp=40.0,
            mean_ctl=ctl, sd_ctl=2.0, n_ctl=40.0,
        )
        for i, (exp, ctl) in enumerate(means)
    ]  # fmt: skip


@pytest.fixture(scope="module")
def flagged(make_row: Any) -> StudyRow:
    return make_row(
        "F", study="F", year=2010, mean_exp=1.0, sd_exp=2.0, n_exp=40.0, mean_ctl=5.0,
        sd_ctl=2.0, n_ctl=40.0, flag_kind="source-inconsistency", quality_flag="sign lost",
    )  # fmt: skip


def test_models_side_by_side(rows: list[StudyRow], make_question: Any) -> None:
    pooled = synthesize(make_question(measure="MD"), rows)
    assert [(m.method, m.test, m.flagged) for m in pooled.models] == [
        ("REML", "knha", "out"),
        ("DL", "z", "out"),
        ("EE", "z", "out"),
    ]
    first = pooled.models[0]
    assert (first.estimate, first.ci_low) == (pooled.estimate, pooled.ci_low)
    assert pooled.model == "REML with Hartung-Knapp"
    assert pooled.converged
    assert pooled.pi_low is not None
    assert pooled.pi_low <= (pooled.ci_low or 0)


def test_flagged_rows_both_ways(
    rows: list[StudyRow], flagged: StudyRow, make_question: Any
) -> None:
    question = make_question(measure="MD")
    out, inside = (
        synthesize(question, [*rows, flagged]),
        synthesize(question, [*rows, flagged], flagged_in=True),
    )
    assert (out.k, inside.k) == (4, 5)
    assert (out.models[-1].flagged, inside.models[-1].flagged) == ("in", "out")
    assert out.models[-1].estimate == inside.estimate
    assert inside.models[-1].estimate == out.estimate
    shown = next(e for e in out.effects if e.row_id == "F")
    assert (shown.weight, shown.left_out) == (0.0, "the source contradicts itself: sign lost")
    assert any("contradicts itself" in e.note for e in inside.effects)
    alone = synthesize(question, [flagged])
    assert (alone.k, [m.flagged for m in alone.models]) == (0, ["in"])


def test_one_study_is_itself(rows: list[StudyRow], make_question: Any) -> None:
    pooled = synthesize(make_question(measure="MD"), rows[:1])
    assert (pooled.k, pooled.model, pooled.tau2, pooled.pi_low) == (1, "single study", None, None)
    effect = pooled.effects[0]
    assert (pooled.estimate, pooled.ci_low) == pytest.approx((effect.value, effect.low))
    assert effect.weight == pytest.approx(100)


def test_no_study(make_question: Any, make_row: Any) -> None:
    pooled = synthesize(make_question(measure="MD"), [make_row("A", result_type="narrative")])
    assert (pooled.k, pooled.estimate, pooled.model) == (0, None, "none")
    assert pooled.excluded[0].reason.startswith("told in words")


def test_two_studies_are_warned_about(rows: list[StudyRow], make_question: Any) -> None:
    pooled = synthesize(make_question(measure="MD"), rows[:2])
    assert any("1 degree of freedom" in note for note in pooled.notes)
    assert pooled.pi_low is None


def test_ratios_are_read_back(make_row: Any, make_question: Any) -> None:
    rows = [
        make_row(f"R{i}", study=f"S{i}", events_exp=10.0 + i, n_exp=50.0, events_ctl=20.0,
                 n_ctl=50.0)
        for i in range(3)
    ]  # fmt: skip
    pooled = synthesize(make_question(measure="RR"), rows)
    assert pooled.estimate == pytest.approx(0.55, abs=0.02)
    assert pooled.effects[0].value == pytest.approx(0.5)
    assert pooled.effects[0].yi == pytest.approx(math.log(0.5))


def test_people_are_counted_where_they_are_known(
    rows: list[StudyRow], make_row: Any, make_question: Any
) -> None:
    unknown = make_row("U", study="U", measure="MD", contrast=-1.0, contrast_se=0.5)
    pooled = synthesize(make_question(measure="MD"), [*rows[:2], unknown])
    assert (pooled.n, pooled.n_known) == (160, False)


def test_a_row_id_that_stands_twice(rows: list[StudyRow], make_question: Any) -> None:
    with pytest.raises(UsageError, match="stand twice: R0"):
        synthesize(make_question(), [rows[0], rows[0]])


def test_leaving_out_each_study(rows: list[StudyRow], make_question: Any) -> None:
    question = make_question(measure="MD")
    found = analyses(question, rows)
    assert [o.study for o in found.leave_one_out] == ["S0", "S1", "S2", "S3"]
    for omission in found.leave_one_out:
        other = synthesize(question, rows, without=[omission.study])
        wanted = [other.estimate, other.ci_low, other.ci_high, other.tau2]
        found_here = [omission.estimate, omission.ci_low, omission.ci_high, omission.tau2]
        assert found_here == pytest.approx(wanted, rel=1e-8, abs=1e-8)
    assert "without S1" in found.note
    assert analyses(question, rows[:2]).leave_one_out == ()
