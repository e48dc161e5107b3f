"""Numbers kept by word are those that the function gives, however many words there were."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from probatum.text.kept import Kept


@given(st.lists(st.lists(st.text(max_size=3), max_size=9), max_size=9))
def test_kept_numbers_are_those_of_the_function(rows: list[list[str]]) -> None:
    kept = Kept(len, most=4)
    assert [kept.each(row) for row in rows] == [list(map(len, row)) for row in rows]


def test_a_number_is_made_once() -> None:
    asked = []
    kept = Kept(lambda word: asked.append(word) or len(word), most=9)
    assert kept.each(["a", "bb", "a"]) == kept.each(["a", "bb", "a"]) == [1, 2, 1]
    assert asked == ["a", "bb"]
