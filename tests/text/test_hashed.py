"""Runs of words hashed over spans of a pool are those of each text hashed by itself."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from probatum.text.hashed import letter_hashes, runs, span_runs, word_hash, word_hashes

_TEXTS = st.lists(st.lists(st.sampled_from("abcd"), max_size=6), min_size=1, max_size=5)


@given(_TEXTS, st.integers(1, 3))
def test_spans_of_a_pool_give_the_runs_of_each_text(texts: list[list[str]], size: int) -> None:
    pool = word_hashes([word for text in texts for word in text])
    lengths = np.array([len(text) for text in texts], dtype=np.int64)
    spans = (np.cumsum(lengths) - lengths, lengths, np.arange(len(texts)))
    salts = np.full((3, len(texts)), word_hash(f"s{size}"), dtype=np.uint64)
    wanted = np.zeros((3, len(texts)), dtype=np.bool_)
    wanted[size - 1] = True
    owners, found = span_runs(pool, spans, salts, wanted, 18)
    rows = np.repeat(np.arange(len(texts)), lengths)
    expected, expected_rows = runs(pool, rows, size, "s", 18)
    assert found.tolist() == expected.tolist()
    assert owners.tolist() == expected_rows.tolist()


def test_a_text_of_two_spans_has_runs_across_them() -> None:
    pool = word_hashes(["b", "a"])
    spans = (np.array([1, 0]), np.array([1, 1]), np.array([0, 0]))
    salts = np.full((3, 1), word_hash("s2"), dtype=np.uint64)
    wanted = np.array([[False], [True], [False]])
    _, found = span_runs(pool, spans, salts, wanted, 18)
    ordered = word_hashes(["a", "b"])
    assert found.tolist() == runs(ordered, np.zeros(2, dtype=np.int64), 2, "s", 18)[0].tolist()


@given(st.lists(st.text(st.characters(max_codepoint=127), max_size=8), max_size=6))
def test_runs_of_letters_are_hashed_as_they_are_one_by_one(texts: list[str]) -> None:
    found, of = letter_hashes(texts, (2, 3), "#")
    expected = [
        (at, word_hash(f"#{text[start : start + size]}"))
        for at, text in enumerate(texts)
        for size in (2, 3)
        for start in range(len(text) - size + 1)
    ]
    assert sorted(zip(of.tolist(), found.tolist(), strict=True)) == sorted(expected)
    assert of.tolist() == sorted(of.tolist())
