"""Hashed counts: what is in a table is found, what is not is not."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from probatum.text.ngrams import Counts, level, pair_keys, triple_keys, word_key

WORDS = st.text(st.characters(codec="utf-8"), max_size=12)


@given(st.floats(0, 1e8))
def test_a_level_is_a_byte_that_stands_for_its_count(count: float) -> None:
    stored = level(count)
    assert 0 <= stored <= 255
    if 1.06 <= count <= 2e6:  # a single one is stored as 1.06, since 0 stands for none
        assert abs(2 ** (stored / 12) / count - 1) < 0.03


@given(WORDS, WORDS, WORDS)
def test_the_order_of_words_counts(a: str, b: str, c: str) -> None:
    keys = [np.array([word_key(w)], dtype=np.uint32) for w in (a, b, c)]
    assert pair_keys(keys[0], keys[1]).dtype == np.uint32
    if a != b:
        assert pair_keys(keys[0], keys[1]) != pair_keys(keys[1], keys[0])
    assert triple_keys(*keys) == triple_keys(*keys)


def test_every_key_of_a_shipped_table_is_found_and_others_are_not() -> None:
    table = Counts("probatum.trust", "data/wording/words")
    assert (table.of(table.keys) > 0).all()
    absent = np.setdiff1d(np.arange(0, 2**32, 77_777, dtype=np.uint32), table.keys)
    assert (table.of(absent) == 0).all()
    assert len(table.of(np.array([], dtype=np.uint32))) == 0
