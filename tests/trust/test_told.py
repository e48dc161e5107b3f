"""What a page tells of others is no claim of its own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.flow.packs import load_pack
from probatum.trust.appraise import appraise
from probatum.trust.told import is_told, own_words


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Some clinics claim that it is harmless, but it is not.", "it is not."),
        ("Many people believe it cures all; it cures nobody.", "it cures nobody."),
        ("Someone wrote that you can drive, which is not so.", "is not so."),
        ('"It never does harm," the advert said; a court disagreed.', "a court disagreed."),
        ("It is harmless, but it tastes bad.", "It is harmless, but it tastes bad."),
        ("Some people drink, but they do not drive.", "Some people drink, but they do not drive."),
        ("Doctors say it is safe.", "Doctors say it is safe."),
    ],
)
def test_what_others_say_is_cut_where_the_sentence_turns(text: str, left: str) -> None:
    assert own_words(text).strip() == left


@given(st.text(max_size=400))
def test_no_text_grows(text: str) -> None:
    assert len(own_words(text)) <= len(text)
    assert is_told(text) in {True, False}


@pytest.mark.parametrize(
    "text",
    [
        "Some clinics claim that ketamine is not addictive, but it has abuse potential.",
        "Someone online wrote that ketamine cannot make you addicted, which is simply not so.",
        '"Ketamine never harms the bladder," the advert said; the regulator disagreed.',
        "Clinics often suggest that ketamine is approved for depression, which it is not.",
        "Some sellers say that ketamine needs no prescription, but it needs one everywhere.",
    ],
)
def test_what_is_told_and_denied_is_no_contradiction(text: str, page) -> None:
    kinds = {flag.kind for flag in appraise(page(text), load_pack("ketamine")).flags}
    assert not kinds & {"safety_contradiction", "regulatory_misstatement"}


@pytest.mark.parametrize(
    "text",
    [
        "Some say that ketamine is addictive, but it is not addictive at all.",
        "Some say that ketamine harms the bladder, but it does not harm the bladder at all.",
    ],
)
def test_what_the_page_says_itself_still_counts(text: str, page) -> None:
    assert "safety_contradiction" in {
        flag.kind for flag in appraise(page(text), load_pack("ketamine")).flags
    }
