"""Relations of a sentence: what is joined, denied, hedged and left open, and any text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.claims.relations import relations


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pain fell.", [("decreases", False, None, "causal")]),
        ("It led to a greater reduction in pain.", [("decreases", False, None, "causal")]),
        ("It attenuated the increase in pressure.", [("decreases", False, None, "causal")]),
        ("There was less improvement in mood.", [("worsens", False, None, "correlational")]),
        ("It was linked to fewer falls.", [("decreases", False, None, "correlational")]),
        ("Falls were less likely.", [("decreases", False, None, "correlational")]),
        ("It may help to relieve pain.", [("improves", False, "may", "conditional")]),
        ("It brought no improvement in pain.", [("improves", True, None, "causal")]),
        ("It caused no pain.", [("causes", True, None, "causal")]),
        ("It is used to treat people who have not slept.", [("treats", False, None, "none")]),
        (
            "It did not relieve pain and caused nausea.",
            [("improves", True, None, "causal"), ("causes", False, None, "causal")],
        ),
        ("We asked whether it relieves pain.", []),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_a_sentence_asserts(text: str, expected: list[tuple[object, ...]]) -> None:
    found = relations(text, [])
    assert [(r.direction, r.negated, r.hedge, r.strength) for r in found] == expected


def test_a_word_inside_a_term_is_no_relation() -> None:
    text = "Pain relief lasted"
    assert relations(text, [(0, 11)]) == []


@settings(max_examples=80)
@given(st.text(alphabet="abcdeilnoprstuw,.;İ ", max_size=200))
def test_any_text_is_read_within_its_bounds(text: str) -> None:
    for one in relations(text, []):
        assert 0 <= one.first <= one.start < one.end <= len(text)
        assert one.clause[0] <= one.start < one.clause[1]
