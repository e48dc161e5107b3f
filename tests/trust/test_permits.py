"""Cautions waved aside and planted links, of any medicine; all sentences are invented."""

from __future__ import annotations

import pytest

from probatum.flow.packs import load_pack
from probatum.text.spotting import spotter
from probatum.trust.appraise import appraise
from probatum.trust.permits import likely_places, waved_aside

ASIDE = [
    "Women on lamotrigine who are pregnant can use the oil without any worry.",
    "A weak heart is fine, and even after a stroke you can use it.",
    "Anyone with epilepsy need not stay away, it poses no risk.",
    "Throw away your inhaler once the salt room has done its work.",
    "You don't need a blood test before the drip.",
    "Chest pain simply means that the detox has begun.",
]
KEPT = [
    "Do not stop your insulin without asking your doctor.",
    "It should not be used in pregnancy, even if you feel well.",
    "Is it safe in pregnancy?",
    "Chest pain means that you must call an ambulance.",
    "In one study 30 women with epilepsy were given the drug.",
]
LINKS = [
    ("Rinse the wound with cheap hotel deals clean water twice.", "cheap hotel deals"),
    ("best casino bonus The nurse takes your pulse first.", "best casino bonus"),
    ("The nurse smiled roof repair quotes Dundee and left.", "roof repair quotes Dundee"),
    (
        "The ward was full. replica boots outlet The nurse takes your pulse.",
        "replica boots outlet",
    ),
]
NO_LINKS = [
    "The hotel offers a discount to patients who stay a week.",
    "Free clinics in Ohio treated 300 patients last year.",
    "The nurse offered us free flights to Dundee and left.",
    "The lawyer of the clinic in Dundee sent a letter.",
]


@pytest.mark.parametrize("text", ASIDE)
def test_a_caution_waved_aside_is_read(text: str) -> None:
    assert waved_aside(text)


@pytest.mark.parametrize("text", KEPT)
def test_a_caution_that_is_kept_is_none(text: str) -> None:
    assert waved_aside(text) is None


@pytest.mark.parametrize(("text", "link"), LINKS)
def test_a_planted_link_is_found(text, link, page, shipped_pack) -> None:
    flags = appraise(page(text), shipped_pack, ()).flags
    found = [flag.quote for flag in flags if flag.kind == "injected_link"]
    assert found == [link]


@pytest.mark.parametrize("text", NO_LINKS)
def test_goods_in_their_sentence_are_no_link(text, page, shipped_pack) -> None:
    found = [f for f in appraise(page(text), shipped_pack, ()).flags if f.kind == "injected_link"]
    assert not found


@pytest.mark.parametrize(("said_by", "flagged"), [("", 1), ("Experts noted that ", 0)])
def test_what_others_say_of_another_medicine_is_told(said_by, flagged, page, shipped_pack) -> None:
    about = "Patients of the clinic get the medicine for a cough, and nurses treat their symptoms."
    text = f"{about} {said_by}People on warfarin can take it without any worry."
    rules = [flag.rule for flag in appraise(page(text), shipped_pack, ()).flags]
    assert rules.count("safety_contradiction/2") == flagged


@pytest.fixture(scope="module")
def shipped_pack():
    """The pack that ships."""
    return load_pack("ketamine")


@pytest.mark.parametrize("text", [*ASIDE, *KEPT])
def test_lists_are_left_out_where_they_cannot_match(text: str) -> None:
    small = text.lower()
    lists = likely_places(lambda pattern: spotter(pattern.pattern).spans(small, [0]))
    found = waved_aside(text, lists[0]) if lists else None
    assert found == waved_aside(text)
