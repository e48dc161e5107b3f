"""The signs of dangers: what is named, how it is spoken of, what a negation turns."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.trust.dangers import signs, width
from probatum.trust.remark_features import plain_words
from probatum.trust.remarks import SIGNED, remarks, shipped

_SOME = (
    "you can not drive n't home alone never a lift is needed ; but harm safe <0> over <0> ? "
    "addictive no one don't"
)
WORDS = st.lists(st.sampled_from(_SOME.split()), max_size=120)


def _same(one: str, other: str) -> bool:
    return bool((signs(plain_words(one)) == signs(plain_words(other))).all())


@given(WORDS)
def test_any_words_give_as_many_signs_and_the_same_ones_again(words: list[str]) -> None:
    found = signs(words)
    assert found.shape == (width(),)
    assert (found == signs(words)).all()


@given(st.text(max_size=300))
def test_any_text_has_signs(text: str) -> None:
    assert signs(plain_words(text)).any() or text.strip()


def test_only_the_first_words_of_a_long_sentence_are_read() -> None:
    many = ["plain"] * 80
    assert (signs([*many, "addictive", "safe"]) == signs(many)).all()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("You can drive.", "You cannot drive."),
        ("You can drive.", "You can swallow."),
        ("It harms the bladder.", "It does not harm the bladder."),
        ("It is not safe to drive.", "It is safe to drive."),
        ("It is safe, and do not worry.", "It is not safe, and do worry."),
        ("No nurse is needed.", "A nurse is needed."),
        ("He drove with no lift.", "He drove with a lift."),
        ("Is it safe?", "It is safe."),
    ],
)
def test_what_differs_in_sense_differs_in_signs(one: str, other: str) -> None:
    assert not _same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("You can drive the car.", "You may drive the van's car."),  # one list, the same places
        ("No beer was seen.", "No wine was seen."),
        ("A history of cocaine.", "A history of heavy cocaine."),  # one word may stand between
    ],
)
def test_words_of_one_list_give_the_same_signs(one: str, other: str) -> None:
    assert np.mean(signs(plain_words(one)) != signs(plain_words(other))) < 0.02


def test_what_was_asked_before_is_a_sign() -> None:
    answer = plain_words("Yes, at once.")
    asked, other = plain_words("Can I drive home?"), plain_words("Can I have a form?")
    assert (signs(answer, asked) != signs(answer, other)).any()
    assert (signs(answer, asked) != signs(answer)).any()
    assert (signs(answer, ["really", "?"]) != signs(answer, ["really", "."])).any()


def test_a_negation_reaches_no_other_clause() -> None:
    within = signs(plain_words("It does not harm the bladder."))
    beyond = signs(plain_words("It does not; harm the bladder."))
    assert (within != beyond).any()


def test_what_ships_has_a_weight_for_each_sign() -> None:
    assert shipped().signs.shape == (width(), len(SIGNED))
    assert np.isfinite(shipped().signs).all()
    assert np.abs(shipped().signs).max() > 0


def test_signs_move_the_chance_of_their_kind_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    sentence = ["You can drive home alone right after ketamine, no lift is needed."]
    at = [shipped().kinds.index(kind) for kind in SIGNED]
    found = remarks(sentence).chances[0]
    without = replace(shipped(), signs=shipped().signs * 0)
    monkeypatch.setattr("probatum.trust.remarks.shipped", lambda: without)
    bare = remarks(sentence).chances[0]
    assert (found[at] > bare[at]).all()
    assert (np.delete(found, at) == np.delete(bare, at)).all()
