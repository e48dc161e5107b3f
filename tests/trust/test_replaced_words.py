"""Words put for others: the row of words, what stands round them, odds, what is marked."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.text.ngrams import word_key
from probatum.trust.context import company, fit
from probatum.trust.expectation import vocabulary_keys
from probatum.trust.marking import chances, places_to_mark
from probatum.trust.tokens import EDGE, numbers, tokens
from probatum.trust.wording import places

SPUN = (
    "The scientists gauged the blood stress of the sufferers and allotted them haphazardly to the "
    "remedy crowd. Unfavorable happenings were rare in the command crowd. "
)


def fits(word: str, text: str) -> float:
    """How well a word fits the place of the last word of a text."""
    row = tokens([(0, text)])
    number = numbers(np.array([word_key(word)], dtype=np.uint32))
    return float(fit(number, company(row, np.array([len(row.keys) - 1])))[0])


def test_the_usual_word_fits_better_than_a_near_one() -> None:
    assert fits("events", "There were no serious adverse events") > fits(
        "happenings", "There were no serious adverse events"
    )
    assert fits("group", "assigned to the placebo group") > fits(
        "crowd", "assigned to the placebo group"
    )


def test_sentences_are_parted_by_an_edge() -> None:
    row = tokens([(0, "It fell."), (9, "It rose, they said.")])
    assert row.sentence.tolist() == [0, 0, 1, 1, 1, 1]
    edge = len(vocabulary_keys()) + EDGE
    assert row.row[row.place[1] + 1] == edge == row.row[row.place[0] - 1]
    assert row.around[1].tolist()[2] == 0
    assert row.around[1].tolist()[4] == 0


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(max_size=60), max_size=4))
def test_every_word_stands_in_its_place(texts: list[str]) -> None:
    row = tokens([(100 * i, text) for i, text in enumerate(texts)])
    assert (row.row[row.place] == row.number).all()
    assert (np.diff(row.place) > 0).all()


def test_more_is_marked_where_more_was_replaced() -> None:
    found = places([(0, SPUN)])
    likely = chances(found)
    assert ((likely >= 0) & (likely <= 1)).all()
    order = np.argsort(found.odds)
    assert (np.diff(likely[order]) >= 0).all()
    marked = {SPUN[found.start[a] : found.end[b]] for a, b in places_to_mark(found, SPUN)}
    assert any("happenings" in words for words in marked)
    assert not any("group" in words for words in marked)
