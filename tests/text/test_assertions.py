"""Direction, negation, hedge and strength on cases; properties on any text."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.text.assertions import assertions, clauses

CASES = tomllib.loads(
    (Path(__file__).parent.parent / "cases/text/assertions.toml").read_text(encoding="utf-8")
)["case"]
WORDS = [
    "it",
    "may",
    "not",
    "reduce",
    "pain",
    "but",
    "improves",
    "sleep",
    ";",
    "no",
    "difference",
    "was",
    "caused",
    "by",
]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_case(case: dict[str, object]) -> None:
    found = assertions(str(case["text"]))
    assert [[a.direction, a.negated, a.hedge or "", a.strength] for a in found] == case["expected"]


@settings(max_examples=100)
@given(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join))
def test_clauses_tile_and_assertions_lie_inside(text: str) -> None:
    parts = clauses(text)
    assert "".join(text[a:b] for a, b in parts) == text
    for found in assertions(text):
        assert 0 <= found.start < found.end <= len(text)
        assert found.clause[0] <= found.start < found.clause[1]
