"""Effects for 1000 people."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.effects.absolute import absolute
from probatum.effects.synthesize import synthesize
from probatum.model.answer import Absolute


def found(question: Any, rows: list[Any]) -> Absolute | None:
    return absolute(question, rows, synthesize(question, rows))


def table(make_row: Any, name: str, a: float, c: float, n: float = 100.0, **known: Any) -> Any:
    return make_row(name, events_exp=a, n_exp=n, events_ctl=c, n_ctl=n, **known)


@pytest.mark.parametrize(("measure", "treated"), [("RR", 400.0), ("OR", 400.0), ("RD", 400.0)])
def test_one_study_gives_back_its_own_risk(
    measure: str, treated: float, make_row: Any, make_question: Any
) -> None:
    one = found(make_question(measure=measure), [table(make_row, "A", 40, 20)])
    assert one is not None
    assert one.control == pytest.approx(200)
    assert one.treated == pytest.approx(treated)
    assert one.difference == pytest.approx(200)
    assert one.rows == ("A",)


def test_a_printed_odds_ratio_with_control_percentages(make_row: Any, make_question: Any) -> None:
    # A published summary of findings: 8.8 % and an odds ratio of 3.94 make 27.5 %.
    row = make_row("A", measure="OR", contrast=3.94, contrast_low=1.54, contrast_high=10.1,
                   ci_level=95.0, pct_ctl=8.8)  # fmt: skip
    one = found(make_question(measure="OR"), [row])
    assert one is not None
    assert [one.control, one.treated] == pytest.approx([88, 275.4], abs=0.1)
    assert one.text.startswith(
        "per 1000 people 88 with the comparison and 275 (129 to 493) with the treatment: 187 more"
    )


def test_the_control_risk_is_the_median_of_the_studies(make_row: Any, make_question: Any) -> None:
    rows = [table(make_row, name, c, c) for name, c in (("A", 10), ("B", 20), ("C", 60))]
    one = found(make_question(measure="RR"), rows)
    assert one is not None
    assert one.control == pytest.approx(200)
    assert "no difference" in one.text


def test_a_turned_row_counts_the_other_end(make_row: Any, make_question: Any) -> None:
    row = table(make_row, "A", 80, 60, benefit="higher")
    one = found(make_question(measure="RR", benefit="lower"), [row])
    assert one is not None
    assert [one.control, one.treated] == pytest.approx([400, 200])


def test_means_and_empty_pools_have_none(make_row: Any, make_question: Any) -> None:
    row = make_row("A", measure="MD", contrast=1.0, contrast_se=1.0)
    assert found(make_question(measure="MD"), [row]) is None
    assert found(make_question(measure="RR"), []) is None


def test_a_ratio_says_nothing_about_a_control_risk_of_none(
    make_row: Any, make_question: Any
) -> None:
    assert found(make_question(measure="RR"), [table(make_row, "A", 5, 0)]) is None
    assert found(make_question(measure="RD"), [table(make_row, "A", 5, 0)]) is not None


@settings(max_examples=30)
@given(
    tables=st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=1, max_size=4),
    measure=st.sampled_from(["RR", "OR", "RD"]),
)
def test_people_of_a_thousand(
    tables: list[tuple[int, int]], measure: str, make_row: Any, make_question: Any
) -> None:
    rows = [table(make_row, f"S{i}", float(a), float(c), 50.0) for i, (a, c) in enumerate(tables)]
    one = found(make_question(measure=measure), rows)
    if one is not None:
        assert 0 <= one.treated_low <= one.treated <= one.treated_high <= 1000
        assert 0 <= one.control <= 1000
