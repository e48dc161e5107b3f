"""The network of roles: chances that are chances, by every chain; words and places numbered."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.claims.role_features import role_words
from probatum.claims.role_network import (
    EDGE,
    KNOWN,
    PLACES,
    STATE_ROLES,
    UNKNOWN,
    beside,
    chances,
    numbered,
    places,
    unfolded,
)
from probatum.claims.roles import ROLES, role_chances, roles, shipped

STATES = len(STATE_ROLES)


@settings(max_examples=60)
@given(st.lists(st.text(max_size=80), max_size=12))
def test_any_text_has_chances_that_sum_to_one_and_are_the_same_again(sentences: list[str]) -> None:
    found = role_chances(sentences)
    assert found.shape == (len(sentences), len(ROLES))
    assert np.isfinite(found).all()
    assert found.sum(axis=1) == pytest.approx(np.ones(len(sentences)))
    assert role_chances(sentences).tobytes() == found.tobytes()
    assert roles(sentences) == tuple(ROLES[k] for k in found.argmax(axis=1))


@settings(max_examples=8, deadline=None)
@given(st.integers(1, 3), st.integers(0, 1000))
def test_chances_are_those_of_all_chains_counted_one_by_one(count: int, seed: int) -> None:
    net = shipped().networks[0]
    linked = net.chain
    scores = np.random.default_rng(seed).normal(size=(count, STATES)).astype(np.float32)
    found = np.zeros((count, len(ROLES)))
    for chain in product(range(STATES), repeat=count):
        score = linked.start[chain[0]] + linked.end[chain[-1]]
        score += sum(float(scores[at, state]) for at, state in enumerate(chain))
        score += sum(float(linked.step[pair]) for pair in pairwise(chain))
        found[np.arange(count), STATE_ROLES[list(chain)]] += np.exp(score)
    found /= found.sum(axis=1, keepdims=True)
    assert chances(scores, net) == pytest.approx(found, abs=1e-6)


@given(st.lists(st.lists(st.sampled_from(["pain", "fell", "zzqx"]), max_size=6), min_size=1))
def test_every_word_has_its_number_and_every_sentence_its_edge(sentences: list[list[str]]) -> None:
    words = shipped().words
    numbers, starts = numbered(sentences, words)
    assert len(numbers) == sum(map(len, sentences)) + len(sentences) + 1
    assert (numbers[starts] == EDGE).all()
    for sentence, start in zip(sentences, starts.tolist(), strict=True):
        here = numbers[start + 1 : start + 1 + len(sentence)]
        assert [number == UNKNOWN for number in here] == [word == "zzqx" for word in sentence]
        assert ((here == UNKNOWN) | (here >= KNOWN)).all()


def test_an_unread_rest_of_a_sentence_changes_nothing() -> None:
    words = shipped().words
    long, cut = (numbered([["pain"] * 80 + rest], words) for rest in (["fell"] * 5, []))
    assert long[0].tolist() == cut[0].tolist()


def test_neighbours_stand_beside_and_nothing_beyond_the_edge() -> None:
    rows = np.array([[1.0], [2.0], [3.0]], dtype=np.float32)
    assert unfolded(rows).tolist() == [[0, 1, 2], [1, 2, 3], [2, 3, 0]]
    joined = np.array([True, False])
    assert beside(rows, joined).tolist() == [[0, 1, 2], [1, 2, 0], [0, 3, 0]]


@given(st.integers(1, 200))
def test_places_are_bounded_but_for_the_length(count: int) -> None:
    found = places(count)
    assert found.shape == (count, PLACES)
    assert found[:, 2] == pytest.approx(np.full(count, count / 16))
    assert (np.delete(found, 2, axis=1) >= 0).all()
    assert (np.delete(found, 2, axis=1) <= 1).all()


def test_numbers_are_one_word() -> None:
    assert role_words(["12 of 40 fell", ""]) == [["0", "of", "0", "fell"], []]
