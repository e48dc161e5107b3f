"""Counts of a row, looked up once, against counts looked up one by one."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.trust.counted import counted, triples_where
from probatum.trust.expectation import pair_count, triple_count, usual
from probatum.trust.tokens import tokens

WORDS = st.sampled_from(
    ["the", "patients", "were", "treated", "with", "a", "drug", "zorbled", "in", "of", ",", "-"]
)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(WORDS, max_size=12), max_size=4))
def test_counts_are_those_of_each_word_with_the_words_before_it(rows: list[list[str]]) -> None:
    row = tokens([(100 * at, " ".join(words)) for at, words in enumerate(rows)])
    made, number = counted(row), len(row.keys)
    two_before, before = row.around[0], row.around[1]
    pairs = np.where(before == 0, 0, pair_count(before, row.keys))
    last = np.concatenate([[0.0], pairs])[:-1]
    triples = triple_count(two_before, before, row.keys)
    assert np.array_equal(made.pairs[:number], pairs)
    held = (two_before != 0) & (pairs > 0) & (last > 0)
    assert np.array_equal(made.triples[:number], np.where(held, triples, 0))
    assert np.array_equal(made.words, usual(row.keys)[1])
    assert not made.pairs[number:].any()
    assert not made.triples[number:].any()


def test_what_is_seen_around_a_word() -> None:
    row = tokens([(0, "Patients were treated with the drug. Zorbled.")])
    assert counted(row).seen(np.arange(len(row.keys))).tolist()[-1] == 0
    assert counted(row).seen(np.array([2])).tolist() == [5]


def test_only_triples_of_known_pairs_are_looked_up() -> None:
    keys = tokens([(0, "patients were treated")]).keys
    one = tuple(keys[at : at + 1] for at in range(3))
    (found,) = triples_where((np.array([True]),), (one,))
    (left_out,) = triples_where((np.array([False]),), (one,))
    assert found[0] == triple_count(*one)[0] > 0
    assert left_out.tolist() == [0.0]
