"""What holds for any rows: order, direction, unit of the scale, and rows hardly known."""

from __future__ import annotations

import math
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.effects.absolute import absolute
from probatum.effects.robustness import examine
from probatum.effects.sensitivity import analyses
from probatum.effects.series import series
from probatum.effects.synthesize import synthesize
from probatum.model.effect import Pooled
from probatum.model.pack import Scale, StudyRow

SIZES = st.integers(5, 200).map(float)
MEANS = st.floats(-50, 50).map(lambda x: round(x, 3))
SDS = st.floats(1, 30).map(lambda x: round(x, 3))
ARMS = st.fixed_dictionaries(
    {"mean_exp": MEANS, "sd_exp": SDS, "n_exp": SIZES, "mean_ctl": MEANS, "sd_ctl": SDS,
     "n_ctl": SIZES}
)  # fmt: skip
COUNTS = st.tuples(SIZES, SIZES).flatmap(
    lambda n: st.fixed_dictionaries(
        {"events_exp": st.integers(0, int(n[0])).map(float), "n_exp": st.just(n[0]),
         "events_ctl": st.integers(0, int(n[1])).map(float), "n_ctl": st.just(n[1])}
    )
)  # fmt: skip
SOME = settings(max_examples=20)


def rows_of(make_row: Any, several: list[dict[str, float]]) -> list[StudyRow]:
    return [make_row(f"R{i}", **known) for i, known in enumerate(several)]


def swapped(row: StudyRow) -> StudyRow:
    """The same row with its two groups exchanged."""
    turned: dict[str, Any] = {}
    for name in ("n", "events", "mean", "sd", "pct"):
        turned[f"{name}_exp"] = getattr(row, f"{name}_ctl")
        turned[f"{name}_ctl"] = getattr(row, f"{name}_exp")
    return replace(row, **turned)


def numbers(pooled: Pooled) -> list[float | None]:
    return [pooled.estimate, pooled.ci_low, pooled.ci_high]


@SOME
@given(several=st.lists(ARMS, min_size=1, max_size=4), data=st.data())
def test_order_of_rows_changes_nothing(
    several: list[dict[str, float]], data: st.DataObject, make_row: Any, make_question: Any
) -> None:
    rows, question = rows_of(make_row, several), make_question(measure="MD")
    shuffled = data.draw(st.permutations(rows))
    assert synthesize(question, rows) == synthesize(question, shuffled)


@SOME
@given(several=st.lists(ARMS, min_size=1, max_size=4), measure=st.sampled_from(["MD", "SMD"]))
def test_exchanging_groups_turns_a_difference(
    several: list[dict[str, float]], measure: str, make_row: Any, make_question: Any
) -> None:
    rows, question = rows_of(make_row, several), make_question(measure=measure)
    there = synthesize(question, rows)
    back = synthesize(question, [swapped(row) for row in rows])
    assert back.estimate == pytest.approx(-(there.estimate or 0), rel=1e-6, abs=1e-6)
    assert back.ci_low == pytest.approx(-(there.ci_high or 0), rel=1e-6, abs=1e-6)


@SOME
@given(several=st.lists(COUNTS, min_size=1, max_size=4), measure=st.sampled_from(["RR", "OR"]))
def test_exchanging_groups_inverts_a_ratio(
    several: list[dict[str, float]], measure: str, make_row: Any, make_question: Any
) -> None:
    rows, question = rows_of(make_row, several), make_question(measure=measure)
    there = synthesize(question, rows)
    back = synthesize(question, [swapped(row) for row in rows])
    assert there.k == back.k
    if there.estimate is not None and there.ci_high is not None:
        assert back.estimate == pytest.approx(1 / there.estimate, rel=1e-6)
        assert math.log(back.ci_low or 0) == pytest.approx(-math.log(there.ci_high), abs=1e-5)


@SOME
@given(several=st.lists(ARMS, min_size=1, max_size=4), factor=st.floats(0.1, 10))
def test_unit_of_the_scale(
    several: list[dict[str, float]], factor: float, make_row: Any, make_question: Any
) -> None:
    scaled = [
        {k: v if k.startswith("n") else v * factor for k, v in known.items()} for known in several
    ]
    rows, other = rows_of(make_row, several), rows_of(make_row, scaled)
    for measure, by in (("MD", factor), ("SMD", 1.0)):
        question = make_question(measure=measure)
        one, two = synthesize(question, rows), synthesize(question, other)
        wanted = [by * (value or 0) for value in numbers(one)]
        assert numbers(two) == pytest.approx(wanted, rel=1e-5, abs=1e-5)


@SOME
@given(several=st.lists(ARMS, min_size=2, max_size=4), data=st.data())
def test_without_is_the_same_as_not_having(
    several: list[dict[str, float]], data: st.DataObject, make_row: Any, make_question: Any
) -> None:
    rows, question = rows_of(make_row, several), make_question(measure="MD")
    gone = data.draw(st.sampled_from(rows))
    left = synthesize(question, rows, without=[gone.study])
    never = synthesize(question, [row for row in rows if row is not gone])
    assert numbers(left) == numbers(never)
    assert (left.models, left.k, left.n) == (never.models, never.k, never.n)
    assert left == synthesize(question, rows, without=[gone.row_id])


@SOME
@given(several=st.lists(ARMS, min_size=1, max_size=5))
def test_weights_add_up(
    several: list[dict[str, float]], make_row: Any, make_question: Any
) -> None:
    pooled = synthesize(make_question(measure="MD"), rows_of(make_row, several))
    assert math.fsum(e.weight for e in pooled.effects) == pytest.approx(100)


ODD = st.none() | st.floats() | st.sampled_from([0.0, 1.0, 5.0, 95.0, 100.0, -1.0, 1e200])
FLAGS = ["not-estimable", "design", "source-inconsistency"]
KINDS = ["binary %", "continuous", "effect", "proportion", "pre-post", "narrative"]
HOLES: dict[str, st.SearchStrategy[Any]] = {
    "float | None": ODD,
    "str": st.sampled_from(["", "x", "Dunnett"]),
    "str | None": st.sampled_from([None, "", "x", "Dunnett"]),
    "bool": st.booleans(),
    "tuple[str, ...]": st.lists(st.sampled_from(["R0", "R1", "R2"]), max_size=2).map(tuple),
    "Benefit | None": st.sampled_from([None, "lower", "higher"]),
    "FlagKind | None": st.sampled_from([None, *FLAGS]),
    "ResultType": st.sampled_from(KINDS),
    "int | None": st.none() | st.integers(1990, 2030),
}
WHOLE: dict[str, Any] = {
    "n_exp": 20.0, "n_ctl": 22.0, "events_exp": 5.0, "events_ctl": 9.0, "pct_exp": 25.0,
    "pct_ctl": 41.0, "mean_exp": 4.0, "sd_exp": 2.0, "mean_ctl": 5.0, "sd_ctl": 2.0,
    "contrast": 0.6, "contrast_low": 0.4, "contrast_high": 0.9, "ci_level": 95.0,
}  # fmt: skip
# The scale that rows name at random, and one that converts into it.
KNOWN = (Scale("x", "X", low=0, high=100, mid=10), Scale("Dunnett", "D", low=0, high=10,
         linear_to="x"))  # fmt: skip
MEASURES = [None, "MD", "SMD", "RR", "OR", "RD", "HR", "IRR", "other"]
# A whole row with holes: purely random rows hardly ever have an effect.
HOLED = st.fixed_dictionaries(
    {},
    optional={
        f.name: HOLES[str(f.type)]
        for f in fields(StudyRow)
        if str(f.type) in HOLES and f.name != "row_id"
    }
    | {"measure": st.sampled_from(MEASURES)},
)


@settings(max_examples=60)
@given(
    several=st.lists(st.none() | HOLED, max_size=3),
    measure=st.sampled_from(MEASURES),
    flagged=st.booleans(),
)
def test_nothing_about_a_row_raises(
    several: list[dict[str, Any] | None],
    measure: Any,
    flagged: bool,
    make_row: Any,
    make_question: Any,
) -> None:
    rows = [
        make_row(f"R{i}", **{**WHOLE, "measure": measure, **(holes or {})})
        for i, holes in enumerate(several)
    ]
    question = make_question(measure=measure)
    pooled = synthesize(question, rows, flagged_in=flagged)
    seen = [e.row_id for e in pooled.effects] + [e.row_id for e in pooled.excluded]
    assert sorted(seen) == sorted(row.row_id for row in rows)
    assert all(e.reason for e in pooled.excluded)
    assert (pooled.k == 0) == (pooled.estimate is None)
    assert pooled.estimate is None or math.isfinite(pooled.estimate)
    assert analyses(question, rows, flagged_in=flagged).note
    around = examine(question, rows, synthesize(question, rows, scales=KNOWN), scales=KNOWN)
    assert around.conclusion
    assert len(series(rows)) == sum(r.result_type in {"pre-post", "proportion"} for r in rows)
    people = absolute(question, rows, pooled)
    assert people is None or 0 <= people.treated_low <= people.treated_high <= 1000
