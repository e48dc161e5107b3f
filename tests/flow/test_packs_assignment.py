"""Which question a row belongs to, and which rows of a question pool."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.flow.packs.assignment import Ranks, assign
from probatum.flow.packs.choice import choose
from probatum.flow.packs.contribution import gap
from probatum.flow.packs.rows import parse_row
from probatum.model.pack import Question, Scale, StudyRow, Term, Vocabulary, Window

WORDS = Vocabulary(
    indications=(
        Term("pain", "Pain"),
        Term("knee-pain", "Knee pain", parent="pain"),
        Term("cough", "Cough"),
    ),
    outcomes=(Term("score", "Score"), Term("relief", "Relief")),
    comparators=(
        Term("inactive", "inactive"),
        Term("placebo", "placebo", parent="inactive"),
        Term("active", "active"),
    ),
    windows=(Window("week", "week", 4, 11, 7), Window("named", "named", 0, 0)),
)


def row(row_id: str = "R1", **cells: str) -> StudyRow:
    """A row of two groups with all that a mean difference needs, but for what is said."""
    base = {
        "study": row_id,
        "indication": "pain",
        "comparator": "placebo",
        "outcome": "score",
        "result_type": "continuous",
        "design_class": "randomised",
        "n_exp": "10",
        "n_ctl": "10",
        "mean_exp": "3",
        "sd_exp": "1",
        "mean_ctl": "4",
        "sd_ctl": "1",
    }
    read = parse_row({**base, "row_id": row_id, **cells}, 2)
    assert isinstance(read, StudyRow), read
    return read


def question(name: str = "q", **known: Any) -> Question:
    """A question about a score in pain, but for what is said."""
    base = {"indication": "pain", "aspect": "efficacy", "outcome": "score", "measure": "MD"}
    return Question(id=name, label=name, **{**base, **known})


def places(questions: list[Question], *rows: StudyRow) -> dict[str, str | None]:
    """The question of every row."""
    assignments, _ = assign(questions, rows, WORDS)
    return {found.row_id: found.question for found in assignments}


def reasons(asked: Question, *rows: StudyRow) -> dict[str, str | None]:
    """Why each row of a question does not pool."""
    windows = {window.id: window for window in WORDS.windows}
    return choose(asked, rows, windows.get(asked.window or ""))


def test_a_question_takes_the_rows_of_the_indications_below_it() -> None:
    rows = [row("A", indication="knee-pain"), row("B"), row("C", indication="cough")]
    assert places([question()], *rows) == {"A": "q", "B": "q", "C": None}


def test_the_nearest_question_wins() -> None:
    asked = [
        question("wide"),
        question("knee", indication="knee-pain"),
        question("knee-placebo", indication="knee-pain", comparator="placebo"),
        question("knee-inactive", indication="knee-pain", comparator="inactive"),
    ]
    assert places(asked, row("A", indication="knee-pain")) == {"A": "knee-placebo"}
    assert places(asked[:2], row("A", indication="knee-pain")) == {"A": "knee"}
    assert places(asked[:1] + asked[3:], row("A", indication="knee-pain")) == {
        "A": "knee-inactive"
    }


def test_the_first_of_equals_wins() -> None:
    assert places([question("a"), question("b")], row()) == {"R1": "a"}


def test_times_and_named_windows() -> None:
    asked = [question("week", window="week"), question("named", window="named")]
    rows = [
        row("A", time_days="7"),
        row("B", time_days="11"),
        row("C", window="named"),
        row("D", window="named", time_days="7"),
        row("E"),
    ]
    assert places(asked, *rows) == {"A": "week", "B": None, "C": "named", "D": "named", "E": None}


def test_other_designs_go_only_where_they_are_asked_for() -> None:
    asked = [question("rct"), question("other", design="non-randomised")]
    rows = [row("A"), row("B", design_class="non-randomised"), row("C", design_class="unclear")]
    assert places(asked, *rows) == {"A": "rct", "B": "other", "C": "rct"}
    assert places(asked, row("D", design_class="uncontrolled")) == {"D": None}


def test_a_row_in_no_question_has_its_reason() -> None:
    rows = [
        row("A", set_aside="baseline"),
        row("B", outcome="relief"),
        row("C", comparator="active"),
    ]
    assignments, _ = assign([question(comparator="placebo")], rows, WORDS)
    assert [found.question for found in assignments] == [None, None, None]
    told = [found.reason for found in assignments]
    assert told[0] == "baseline"
    assert told[1] == "no question asks for this outcome (Relief)"
    assert "Pain, active" in told[2]


def test_one_time_of_the_same_people_pools() -> None:
    asked = question(window="week")
    times = [row(f"A{day}", study="Ash", time_days=str(day)) for day in (5, 7, 10)]
    found = reasons(asked, *times)
    assert found["A7"] is None
    assert found["A5"] == "the same people as A7, whose time is nearer to the one asked"
    assert found["A10"] is not None


def test_a_consistent_source_goes_before_a_nearer_time() -> None:
    flagged = row("A7", study="Ash", time_days="7", flag_kind="source-inconsistency")
    found = reasons(question(window="week"), flagged, row("A5", study="Ash", time_days="5"))
    assert found == {"A5": None, "A7": "the same people as A5, whose source is consistent"}


def test_dose_groups_and_strata_pool_side_by_side() -> None:
    doses = [row(f"A{d}", study="Ash", dose_printed=d) for d in ("5 mg", "10 mg")]
    strata = [row(f"B{s}", study="Birch", stratum=s) for s in ("men", "women")]
    assert set(reasons(question(), *doses, *strata).values()) == {None}


def test_overlapping_rows_do_not_pool_side_by_side() -> None:
    found = reasons(question(), row("A"), row("B", overlaps="A"))
    assert found == {"A": None, "B": "holds some of the same people as A, which pools"}


@pytest.mark.parametrize(
    ("measure", "cells", "reason"),
    [
        ("MD", {}, None),
        ("MD", {"sd_exp": ""}, "means without"),
        ("RR", {}, "means without"),
        ("RR", {"events_exp": "1", "events_ctl": "2"}, None),
        ("RR", {"events_exp": "0", "events_ctl": "0"}, "no event in either"),
        ("RR", {"events_exp": "10", "events_ctl": "10"}, "in everyone"),
        ("RD", {"events_exp": "0", "events_ctl": "0"}, None),
        ("RR", {"result_type": "binary %", "n_exp": ""}, "never pooled"),
        ("RD", {"result_type": "binary %", "n_exp": "", "measure": "RD", "contrast": "0.1",
                "contrast_low": "0", "contrast_high": "0.2"}, "never pooled"),
        ("RR", {"result_type": "binary %"}, "rounded"),
        ("MD", {"result_type": "narrative"}, "words only"),
        ("MD", {"result_type": "proportion"}, "one group only"),
        ("MD", {"result_type": "pre-post"}, "before and after"),
        (None, {}, "pools none"),
        ("HR", {"measure": "HR", "contrast": "0.5", "contrast_se": "0.1"}, None),
        ("HR", {"measure": "HR", "contrast": "0.5", "contrast_low": "0.3"}, "without an interval"),
        ("HR", {"measure": "RR", "contrast": "0.5", "contrast_se": "0.1"}, "effect as RR"),
        ("RR", {"mean_exp": "", "events_exp": "1", "n_ctl": ""}, "counts without"),
        ("RR", {"mean_exp": ""}, "no numbers"),
        ("RR", {"pct_exp": "55", "n_exp": ""}, "never pooled"),
    ],
)  # fmt: skip
def test_what_a_row_can_give(
    measure: str | None, cells: dict[str, str], reason: str | None
) -> None:
    found = gap(measure, row(**cells))
    assert (found is None) == (reason is None)
    assert reason is None or reason in str(found)


ROWS = st.builds(
    row,
    row_id=st.uuids().map(str),
    study=st.sampled_from(["Ash", "Birch", "Cedar"]),
    indication=st.sampled_from(["pain", "knee-pain", "cough"]),
    comparator=st.sampled_from(["placebo", "active", ""]),
    outcome=st.sampled_from(["score", "relief"]),
    time_days=st.sampled_from(["", "5", "7", "30"]),
    dose_printed=st.sampled_from(["5 mg", "10 mg"]),
    flag_kind=st.sampled_from(["", "source-inconsistency"]),
    set_aside=st.sampled_from(["", "", "baseline"]),
    sd_exp=st.sampled_from(["1", ""]),
)
ASKED = [
    question("wide"),
    question("knee", indication="knee-pain"),
    question("week", window="week"),
    question("relief", outcome="relief", comparator="placebo"),
]


@settings(max_examples=40)
@given(st.lists(ROWS, max_size=12))
def test_every_row_is_in_one_place_and_no_people_count_twice(rows: list[StudyRow]) -> None:
    assignments, marked = assign(ASKED, rows, WORDS)
    assert [found.row_id for found in assignments] == [r.row_id for r in rows]
    pooled: set[tuple[object, ...]] = set()
    for found, mark, before in zip(assignments, marked, rows, strict=True):
        unchanged = [f.name for f in fields(StudyRow) if f.name != "not_pooled"]
        assert all(getattr(mark, name) == getattr(before, name) for name in unchanged)
        if found.question is None:
            assert found.reason
        elif mark.not_pooled is None:
            people = (found.question, mark.study, mark.dose_printed)
            assert people not in pooled
            pooled.add(people)


@settings(max_examples=20)
@given(st.lists(ROWS, max_size=8), st.randoms(use_true_random=False))
def test_the_place_of_a_row_does_not_hang_on_the_others(rows: list[StudyRow], random: Any) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert places(ASKED, *rows) == places(ASKED, *shuffled)


def test_a_question_takes_the_other_unit_of_its_scale() -> None:
    scales = (Scale("p100", "0 to 100"), Scale("p10", "0 to 10", linear_to="p100"))
    ranks = Ranks.of_scales(scales)
    assert (ranks.distance("p10", "p100"), ranks.distance("p100", "p10")) == (1, None)
