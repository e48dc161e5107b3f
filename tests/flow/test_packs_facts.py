"""What statements hold, coded by a person: every bad line is located."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.flow.packs.facts import COLUMNS, parse_facts
from probatum.model.pack import PackStatement, Term, Vocabulary

WORDS = Vocabulary(
    drugs=(Term("x", "drug X"),),
    indications=(Term("pain", "pain"),),
    comparators=(Term("placebo", "placebo"),),
    harms=(Term("nausea", "nausea"),),
    routes=(Term("oral", "Oral"),),
)
STATEMENTS = (PackStatement("S1", "efficacy", "pain", "Helps.", (), "label", "high"),)
HEADER = ",".join(COLUMNS) + "\n"


def test_a_fact_is_read_with_its_ids() -> None:
    data = f"{HEADER}S1,x,improves,,pain,placebo,low\nS1,,interacts,beer/wine,,,high\n"
    (effect, mixing), problems = parse_facts(data.encode(), WORDS, STATEMENTS)
    assert problems == []
    assert (effect.relation, effect.drug, effect.condition, effect.certainty) == (
        "improves", "x", "pain", "low",
    )  # fmt: skip
    assert {effect.statement, mixing.statement} == {"S1"}
    assert (mixing.words, mixing.thing, mixing.drug) == (("beer", "wine"), None, None)


def test_each_bad_line_is_a_problem_with_its_line() -> None:
    lines = (
        "S9,x,improves,,pain,,low",
        "S1,y,improves,,pain,,low",
        "S1,x,helps,,pain,,low",
        "S1,x,improves,,,,low",
        "S1,x,interacts,,,,low",
        "S1,x,improves,,pain,,sure",
    )
    facts, problems = parse_facts((HEADER + "\n".join(lines)).encode(), WORDS, STATEMENTS)
    assert facts == ()
    assert [problem.line for problem in problems] == [2, 3, 4, 5, 6, 7]
    assert all("facts.csv" in problem.reason for problem in problems)


def test_a_fact_may_name_the_route_that_it_was_tried_by() -> None:
    head = HEADER.replace("\n", ",route\n")
    lines = (
        "S1,x,improves,,pain,,low,oral",
        "S1,x,improves,,pain,,low,",
        "S1,x,rapid,,pain,,low,up",
    )
    facts, (problem,) = parse_facts((head + "\n".join(lines)).encode(), WORDS, STATEMENTS)
    assert [fact.route for fact in facts] == ["oral", None]
    assert "route 'up' is not known; allowed are oral" in problem.reason


def test_unknown_columns_are_named() -> None:
    _, (problem,) = parse_facts(b"statement,mood\nS1,good\n", WORDS, STATEMENTS)
    assert "columns must be" in problem.reason


@settings(max_examples=60)
@given(st.binary(max_size=200))
def test_any_bytes_are_read(data: bytes) -> None:
    facts, _ = parse_facts(HEADER.encode() + data, WORDS, STATEMENTS)
    assert all(fact.statement == "S1" for fact in facts)
