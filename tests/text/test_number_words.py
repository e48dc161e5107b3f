"""Words for whole numbers count what they say, and the readers built from them agree."""

from __future__ import annotations

from probatum.text.figures import in_digits
from probatum.text.head_counts import whole_number
from probatum.text.number_words import TEENS, TENS, UNITS, VALUES


def test_every_word_counts_once():
    assert sorted(VALUES.values()) == [*range(1, 20), *range(20, 100, 10)]


def test_both_readers_agree_on_every_number_below_a_hundred():
    for tens in TENS:
        for unit in UNITS:
            words = f"{tens}-{unit}"
            assert in_digits(words) == str(VALUES[tens] + VALUES[unit]) == str(whole_number(words))
    for word in TEENS:
        assert in_digits(word) == str(whole_number(word))
