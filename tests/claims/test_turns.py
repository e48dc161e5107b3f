"""What turns a claim's direction: a property of the outcome; what is measured of a condition."""

from __future__ import annotations

import pytest

from probatum.claims.turns import measured, of_property, turned
from probatum.model.pack import Term, Vocabulary
from probatum.text.concepts import Concept, concepts
from probatum.text.terms import matcher

WORDS = matcher(
    Vocabulary(
        indications=(Term("after-surgery", "Postoperative pain"),),
        outcomes=(Term("pain", "Pain", synonyms=("pain scores",)),),
    ).forms()
)


@pytest.mark.parametrize("direction", ["improves", "worsens", "increases", "decreases", "treats"])
def test_turning_twice_gives_the_direction_back(direction: str) -> None:
    assert turned(turned(direction)) == direction
    assert (turned(direction) == direction) == (direction == "treats")


@pytest.mark.parametrize(
    ("text", "good"),
    [("pain threshold rose", True), ("pain tolerance fell", True), ("pain scores rose", False)],
)
def test_more_of_a_property_may_be_less_of_the_outcome(text: str, good: bool) -> None:
    assert of_property(text, Concept(0, 4, "outcome", "pain")) is good
    assert not of_property(text, Concept(0, 4, "harm", "pain"))


def test_what_is_measured_of_a_condition_is_an_outcome_too() -> None:
    text = "It lowered postoperative pain scores"
    found = measured(concepts(WORDS, text), text, WORDS)
    assert {(one.kind, one.id) for one in found} == {
        ("indication", "after-surgery"),
        ("outcome", "pain"),
    }
    plain = "It lowered postoperative pain in scores of people"
    assert [one.kind for one in measured(concepts(WORDS, plain), plain, WORDS)] == ["indication"]
