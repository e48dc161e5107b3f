"""Positions on approval, harm, monitoring and contraindication, and what opposes them."""

from __future__ import annotations

import pytest

from probatum.text.positions import agreed, opposed, positions
from probatum.text.terms import matcher

WORDS = matcher(
    [
        ("drug", "x", "drug X"),
        ("drug", "y", "drug Y"),
        ("indication", "pain", "pain"),
        ("indication", "gout", "gout"),
        ("harm", "nausea", "nausea"),
    ]
)
FACTS = [
    position
    for text in (
        "Drug X is approved for pain; not approved for any other condition.",
        "After drug X: supervise at least 2 h.",
        "Drug X causes nausea.",
        "Drug X: contraindicated in gout.",
    )
    for position in positions(text, WORDS)
]


@pytest.mark.parametrize(
    ("text", "against", "same"),
    [
        ("Drug X is approved for gout.", True, False),
        ("Drug X is approved for pain.", False, True),
        ("Drug X is not approved for pain.", True, False),
        ("Drug Y is approved for gout.", False, False),
        ("Drug X is approved.", False, False),
        ("No monitoring is needed after drug X.", True, False),
        ("Nobody needs to be monitored after drug X.", True, False),
        ("Monitoring is required after drug X.", False, True),
        ("Drug X does not cause nausea.", True, False),
        ("No nausea was reported with drug X.", False, False),
        ("Drug X is safe for people with gout.", True, False),
    ],
)
def test_conflicts(text: str, against: bool, same: bool) -> None:
    said = positions(text, WORDS)
    assert any(opposed(p, FACTS) for p in said) is against
    assert any(agreed(p, FACTS) for p in said) is same


def test_a_kind_of_a_condition_counts_as_the_condition() -> None:
    (said,) = positions("Drug X is not approved for gout.", WORDS)
    approved = positions("Drug X is approved for pain.", WORDS)
    assert not opposed(said, approved)
    assert opposed(said, approved, [frozenset({"pain", "gout"})])
