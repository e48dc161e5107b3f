"""Literals that a pattern cannot do without, against the pattern itself."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.text.lexicon import load
from probatum.text.spotting import Spotter, spotter, threes

LISTS = {
    name: "|".join(patterns)
    for name, patterns in load("probatum.trust", "data/phrases.toml").items()
    if all(isinstance(p, str) for p in patterns)
}


@pytest.mark.parametrize(
    ("pattern", "literals"),
    [
        (r"dropped? ?-?outs?", ("droppe",)),
        (r"(?:no|zero) risks?", (" risk",)),
        (r"abc(?:de)?f", ("abc",)),
        (r"abc{0,2}", ("ab",)),
        (r"ab{0,2}", ()),
        (r"(?:un)?blinded", ("blinded",)),
        (r"(?!never)ever(?= after)", ("ever",)),
        ("\\u20acuro", ("uro",)),
        (r"[abc]def|ghi", ("def", "ghi")),
        (r"a\.bcd\|e", ("bcd",)),
        (r"so|certain", ("certain", "so")),
        (r"a|certain", ()),
    ],
)
def test_literals_are_those_that_every_match_holds(
    pattern: str, literals: tuple[str, ...]
) -> None:
    assert spotter(pattern).literals == literals


@given(st.sampled_from(sorted(LISTS)), st.data())
def test_what_matches_a_list_is_spotted(name: str, data: st.DataObject) -> None:
    pattern = LISTS[name]
    text = data.draw(st.from_regex(re.compile(pattern, re.IGNORECASE | re.ASCII)))
    small = text.lower().replace("\u017f", "s").replace("\u0131", "i")
    assert spotter(pattern).may_match(small)
    assert spotter(pattern).spans(small, [0]) == [0]


def test_only_spans_with_a_literal_are_looked_at() -> None:
    text = "no harm. it helps. much harm, great harm. none"
    assert spotter("harm").spans(text, [0, 9, 19, 42]) == [0, 2]
    assert spotter(r"\w").spans(text, [0, 9]) == [0, 1]


@given(st.text(alphabet="abc \u017f\ud800é", max_size=30), st.text(alphabet="abc é", min_size=3))
def test_the_table_of_runs_hides_no_place(text: str, literal: str) -> None:
    starts = range(0, len(text), 5)
    chosen = Spotter((literal, "abc")).spans(text, starts)
    assert Spotter((literal, "abc")).spans(text, starts, threes(text)) == chosen
