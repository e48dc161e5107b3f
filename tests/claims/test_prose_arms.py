"""Numbers of arms in prose: whose each number is, and where that is not told."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.claims.extract import extract
from probatum.model.pack import Vocabulary

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parents[1] / "cases/claims/prose_arms.toml").read_text("utf-8")
)["case"]


@pytest.mark.parametrize("case", CASES, ids=[f"{at:02}" for at in range(len(CASES))])
def test_whose_a_number_is(case: dict[str, Any], make, vocabulary: Vocabulary) -> None:
    """Each result is written as its arms: label, then the numbers that it has."""
    document = make(case["text"], role="results")
    found = [r for r in extract(document, vocabulary).results if len(r.arms) > 1]
    told = [[_shown(arm) for arm in result.arms] for result in found]
    assert told == case["arms"], case.get("why")
    for result in found:
        assert document.text[result.start : result.end] == result.quote
    for key in ("intervention", "comparator", "outcome", "p", "time_point"):
        if key in case:
            assert [getattr(result, key) for result in found] == case[key]


def _shown(arm: Any) -> str:
    names = ("n", "events", "percent", "mean", "sd", "se", "median", "low", "high")
    numbers = ((name, getattr(arm, name)) for name in names)
    return " ".join([arm.label, *(f"{name}={x:g}" for name, x in numbers if x is not None)])


def test_counts_keep_their_checks_beside_the_other_arm(make, vocabulary: Vocabulary) -> None:
    text = "Nausea occurred in 5 of 20 (25.2%) on drug X and in 10 of 25 (40%) on placebo."
    (found,) = extract(make(text, role="results"), vocabulary).results
    assert [arm.events for arm in found.arms] == [5, 10]
    shares = [check.verdict for check in found.checks if check.rule == "percentage-of-counts"]
    assert shares == ["disagrees", "agrees"]


def test_tests_and_needs_hold_their_numbers(make, vocabulary: Vocabulary) -> None:
    text = "Scores fell (t(28) = 2.20, p = .036). The NNT was 4."
    one, two = extract(make(text, role="results"), vocabulary).results
    assert one.test
    assert (one.test.kind, one.test.df1, one.test.value, one.p) == ("t", 28, 2.2, "= .036")
    assert two.effect
    assert (two.effect.measure, two.effect.value) == ("NNT", 4)


@settings(max_examples=100)
@given(
    st.lists(
        st.sampled_from(
            ["drug X", "placebo", "in the", "group", "group A", "3.1 ± 1.2", "4/20 (20%)", "30%",
             "vs", "and", "respectively", ",", ";", "compared with", "(", ")", "controls"]
        ),
        max_size=30,
    )
)  # fmt: skip
def test_any_words_give_results_within_them(make, vocabulary: Vocabulary, words) -> None:
    document = make(" ".join(words) + ".", role="results")
    for result in extract(document, vocabulary).results:
        assert document.text[result.start : result.end] == result.quote
