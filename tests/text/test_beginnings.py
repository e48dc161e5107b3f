"""Beginnings of words that a pattern cannot do without, against the pattern itself."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.text.beginnings import LETTERS, needed, plain_words


@pytest.mark.parametrize(
    ("pattern", "sets"),
    [
        (r"left out", [{"left"}, {"out"}]),
        (r"stud(?:y|ies) of", [{"stud"}, {"of"}]),
        (r"pa(?:y|id) for", [{"for"}]),
        (r"(?:our |the )?own data", [{"own"}, {"data"}]),
        (r"(?:no|without) (?:\w+ )?controls?", [{"no", "with"}, {"cont"}]),
        (r"non-?(?:responders)", []),
        (r"were\b[^.;]{0,20}\bcounted", [{"were"}, {"coun"}]),
        (r"lost(?: to follow-up)? (?!again)twice", [{"lost"}, {"twic"}]),
        (r"(?:men|wom[ae]n) who", [{"who"}]),
        (r"\w+ly rated", [{"rate"}]),
        (r"\d+ sites", [{"site"}]),
        (r"", []),
    ],
)
def test_what_a_pattern_needs(pattern: str, sets: list[set[str]]) -> None:
    assert [set(each) for each in needed(pattern)] == sets


PATTERNS = [
    r"(?:lost|missed) (?:\w+ )?(?:visits?|dose)\b[^.;]{0,4}?\b(?:were|was)(?: \w+)? (?:left|cut)",
    r"(?:pre-?)?specified (?:end-?points?|cut-?offs?) (?:is|are)",
    r"(?:our |the )*(?:in-house|own) (?:trial(?:s)?|test(?:s|ing)?) (?:shows?|don['\u2019]t)",
]


@pytest.mark.parametrize("pattern", PATTERNS, ids=["people", "hyphens", "own"])
@given(data=st.data())
def test_every_match_holds_what_is_needed(pattern: str, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(re.compile(pattern, re.ASCII), fullmatch=True))
    held = {word[:LETTERS] for word in plain_words(text).split()}
    assert all(held & each for each in needed(pattern))


@given(st.text())
def test_plain_words_keep_their_places(text: str) -> None:
    small = text.lower()
    plain = plain_words(small)
    assert len(plain) == len(small)
    assert all(a in {b, " "} for a, b in zip(plain, small, strict=True))
