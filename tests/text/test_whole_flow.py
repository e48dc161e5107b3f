"""Numbers of people over a document: invented articles, and any numbers at all."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.growth import in_proportion

from probatum.text.arm_sizes import HeaderCell
from probatum.text.whole_flow import FlowFinding, Said, whole_flow

CASES = tomllib.loads(
    (Path(__file__).parent.parent / "cases/text/flow.toml").read_text(encoding="utf-8")
)["cases"]


def _said(pairs: list[list[str]]) -> tuple[list[Said], int]:
    made, at = [], 0
    for role, text in pairs:
        made.append(Said(at, text, role))
        at += len(text) + 2
    return made, at


def _found(case: dict) -> list[FlowFinding]:
    said, at = _said(case["said"])
    cells = []
    for column, text in enumerate(case.get("columns", [])):
        cells.append(HeaderCell(0, column, at, text))
        at += len(text) + 1
    return list(whole_flow(said, [cells]))


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_case(case: dict) -> None:
    told = [f"{f.check.rule}: {f.check.verdict}" for f in _found(case)]
    odd = [one for one in told if not one.endswith("agrees") or one.endswith("disagrees")]
    assert ", ".join(odd) == case["expected"]


def test_a_check_quotes_both_places() -> None:
    said, _ = _said([["abstract", "Sixty adults were randomised."],
                     ["results", "62 adults were randomised."]])  # fmt: skip
    (found,) = whole_flow(said, [])
    assert found.check.expected == "60 in 'Sixty adults were randomised' [0:28]"
    assert found.check.found == "62 in '62 adults were randomised' [31:56]"


@settings(max_examples=100)
@given(st.integers(10, 900), st.integers(10, 900), st.integers(0, 9))
def test_a_true_flow_agrees_and_an_altered_one_does_not(n: int, m: int, gone: int) -> None:
    pairs = [
        ["methods", f"{n + m + 40} adults were screened."],
        ["abstract", f"In all, {n + m} adults were randomised."],
        ["results", f"They were randomised to drug X (n = {n}) or placebo (n = {m})."],
        ["results", f"{n + m - gone} adults completed the study."],
    ]
    cells = [HeaderCell(0, 1, 900, f"Drug X (n = {n})"), HeaderCell(0, 2, 950, f"Placebo (n={m})")]
    found = list(whole_flow(_said(pairs)[0], [cells]))
    assert len(found) == 6
    assert all(one.check.verdict == "agrees" for one in found)
    pairs[1][1] = f"In all, {n + m - 1} adults were randomised."
    pairs.pop()
    rules = {
        f.check.rule for f in whole_flow(_said(pairs)[0], [cells]) if f.check.verdict != "agrees"
    }
    assert rules == {"arms-of-randomised", "columns-of-randomised"}


def test_without_numbers_there_is_nothing() -> None:
    assert list(whole_flow([], [])) == []
    assert list(whole_flow([Said(0, "They were randomised.", "abstract")], [[]])) == []


def test_two_thousand_numbers_are_bounded() -> None:
    said = [Said(60 * at, f"{at + 9} adults were randomised.", "results") for at in range(2_000)]
    found = list(whole_flow(said, []))
    assert len(found) == 199
    arms = "They were randomised to X (n = 9) or Y (n = 8)."
    many = [Said(60 * at, arms, "results") for at in range(2_000)]
    assert len(list(whole_flow(many, []))) <= 400


def test_time_grows_with_the_text() -> None:
    text = "In 2011, 12 of 40 patients were randomised to X (n = 5), of whom 3 came, "
    in_proportion(lambda n: list(whole_flow([Said(0, text * n, "results")], [])), 150)
    said = "60 patients of the 80 who came were randomised to drug X (n = 30) or not (n = 30)."
    in_proportion(
        lambda n: list(whole_flow([Said(90 * at, said, "results") for at in range(n)], [])), 400
    )
