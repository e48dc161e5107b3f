"""Ages in figures as groups of people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.claims.ages import aged
from probatum.claims.words import compiled
from probatum.flow.packs import load_pack
from probatum.text.terms import Matcher


@pytest.fixture(scope="module")
def words() -> Matcher:
    return compiled(load_pack("ketamine").vocabulary).people


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("children aged 6 to 12", ["children"]),
        ("children aged 6 months to 5 years", ["infants", "children"]),
        ("13-17 years of age", ["adolescents"]),
        ("aged 18 and over", ["adults"]),
        ("patients aged \u226565 years", ["older-adults"]),
        ("those over 70", ["older-adults"]),
        ("under the age of 18", ["children", "adolescents"]),
        ("a 72-year-old man", []),
        ("aged 43 \u00b1 12 years", []),
        ("patients over 5 years of treatment", []),
        ("people over 24 hours", []),
    ],
)
def test_ages(words: Matcher, text: str, expected: list[str]) -> None:
    assert [one.id for one in aged(words, text)] == expected


@given(st.text(alphabet="aged overunder 0123456789-toyearsmonths\u2265+", max_size=60))
def test_any_text_gives_places_inside_it(words: Matcher, text: str) -> None:
    for one in aged(words, f"aged {text}"):
        assert 0 <= one.start < one.end <= len(text) + 5
