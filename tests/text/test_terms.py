"""The vocabulary matcher: longest match, exact offsets, case rules."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.text.terms import held, matcher

FORMS = [
    ("condition", "pain", "pain"),
    ("condition", "neuropathic", "neuropathic pain"),
    ("drug", "s-form", "S-drug"),
    ("drug", "drug", "drug"),
    ("drug", "s-form", "S(+)-drug"),
    ("route", "iv", "IV"),
    ("target", "nmda", "N-methyl-D-aspartate"),
    ("harm", "oedema", "œdème"),
]
WORDS = matcher(FORMS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("neuropathic pain", ["neuropathic"]),
        ("neuropathic-pain and pains", ["neuropathic", "pain"]),
        ("the S-drug, s-drug", ["s-form", "drug"]),
        ("the patient's drug", ["drug"]),
        ("(S)-drug and S(+)-drug", ["s-form", "s-form"]),
        ("IV but not iv or ivory", ["iv"]),
        ("i.v. infusion", []),
        ("N-methyl-d-aspartate", ["nmda"]),
        ("painful", []),
        ("neuropathic. Pain", ["pain"]),
    ],
)
def test_match(text: str, expected: list[str]) -> None:
    assert [name for match in WORDS.find(text) for _, name in match.terms] == expected


@settings(max_examples=200)
@given(st.text(alphabet="pain neurothcIV-SdugsÉß.", max_size=80))
def test_matches_are_ordered_and_inside(text: str) -> None:
    found = WORDS.find(text)
    assert all(0 <= m.start < m.end <= len(text) for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_one_place_may_hold_several_kinds() -> None:
    words = matcher([("condition", "pain", "pain"), ("outcome", "pain-score", "pain")])
    assert words.find("pain")[0].terms == (("condition", "pain"), ("outcome", "pain-score"))


def test_range_of_text() -> None:
    assert [(m.start, m.end) for m in WORDS.find("pain pain pain", 5, 9)] == [(5, 9)]


@given(st.text(alphabet="aAbX\u0131\u0130 -.é", max_size=25))
def test_a_text_that_may_hold_no_term_holds_none(text: str) -> None:
    words = matcher([("drug", "x", "a b"), ("drug", "y", "XA"), ("drug", "z", "bé")])
    assert words.may_match(held(text)) or not words.find(text)
