"""Hazards: held, denied, or neither."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.text.hazards import hazards
from probatum.text.terms import matcher

WORDS = matcher([("drug", "x", "drug X")])


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Drug X is addictive.", [("abuse", True)]),
        ("Drug X is not addictive.", [("abuse", False)]),
        ("Do not drive after drug X.", [("driving", True)]),
        ("You may drive after drug X.", [("driving", False)]),
        ("Drug X should be avoided during pregnancy.", [("pregnancy", True)]),
        ("Is drug X safe during pregnancy?", []),
        ("No stroke was observed with drug X in this trial.", []),
        ("Drug X at home without supervision is safe.", [("unsupervised", False)]),
    ],
)
def test_reading(sentence: str, expected: list[tuple[str, bool]]) -> None:
    found = [(h.name, h.holds) for h in hazards(sentence, WORDS) if h.name != "supervision"]
    assert found == expected


def test_a_statement_of_a_source_of_warnings_names_what_it_warns_of() -> None:
    found = hazards("Bladder symptoms in chronic use.", WORDS, rule=True)
    assert {(h.name, h.holds) for h in found} == {("bladder", True), ("excess", True)}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("You may double the dose of drug X whenever you like.", [("excess", False)]),
        ("Do not double the dose of drug X.", [("excess", True)]),
        ("Some people double the dose of drug X.", []),
        ("You may take the extra dose of drug X if you feel flat.", [("excess", False)]),
        ("No, drug X raises blood pressure.", [("blood-pressure", True)]),
        ("Drug X may be offered to adults with depression without psychosis.", []),
        ("You may drive after drug X once you have slept.", []),
        ("Guests with heart failure are welcome, drug X is mild.", [("heart", False)]),
        ("Angina is no obstacle to drug X.", [("heart", False)]),
        ("Drug X can be given to children for surgery.", []),
        ("It is a myth that drug X cannot cause dependence.", [("abuse", True)]),
        ("That drug X is bad for the bladder is a myth.", [("bladder", False)]),
        ("Drug X is kind to your bladder.", [("bladder", False)]),
        ("Nobody gets hooked on drug X.", [("abuse", False)]),
        ("There is no upper limit to drug X.", [("limit", False)]),
    ],
)
def test_leave_and_its_conditions(sentence: str, expected: list[tuple[str, bool]]) -> None:
    assert [(h.name, h.holds) for h in hazards(sentence, WORDS)] == expected


@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    assert all(0 <= h.start <= h.end <= len(text) for h in hazards(text, WORDS))
