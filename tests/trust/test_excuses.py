"""What a sentence is about, and what takes a learned remark on it back."""

from __future__ import annotations

import pytest

from probatum.flow.packs import load_pack
from probatum.trust.appraise import appraise
from probatum.trust.excuses import is_bare_status, is_excused
from probatum.trust.facts import facts
from probatum.trust.learned import against_remark
from probatum.trust.meant import claims_what_is_approved, meant
from probatum.trust.sentence import Sentence
from probatum.trust.subject import Subject, subject


def _last(text: str, page) -> tuple[Subject, Sentence]:
    given = subject(page(text), load_pack("ketamine"), ())
    return given, given.sentences[-1]


@pytest.mark.parametrize(
    ("between", "drugs"),
    [
        ("Birds sing outside. The chairs are blue.", {"ketamine"}),
        ("A massage is included. The chairs are blue.", {"ketamine"}),
        ("Diazepam is sold next door. The chairs are blue.", set()),
    ],
)
def test_a_page_goes_on_about_its_drug_until_another_is_named(
    between: str, drugs: set[str], page
) -> None:
    given, sentence = _last(f"Ketamine is given here. {between} Champagne is served.", page)
    assert meant(given, sentence, facts(given.pack)) == drugs


@pytest.mark.parametrize(
    ("text", "excused"),
    [
        ("Our nurses are licensed to give ketamine in all fifty states.", True),
        ("Selling ketamine without a prescription is illegal in every state.", True),
        ("Esketamine is approved for treatment-resistant depression.", True),
        ("Ketamine is not approved for depression.", True),
        ("We sell ketamine. Sertraline is approved by the FDA for panic disorder.", True),
        ("Ketamine has FDA clearance for depression, which ends the off-label era.", False),
        ("Ketamine is approved by the FDA for depression and for anxiety.", False),
    ],
)
def test_a_true_status_is_no_misstatement(text: str, excused: bool, page) -> None:
    given, sentence = _last(text, page)
    assert is_excused(given, sentence, "regulatory_misstatement") is excused


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("The EMA authorised Spravato in December 2019.", True),
        ("The EMA authorised Spravato for grief in December 2019.", False),
        ("The EMA authorised ketamine lozenges in December 2019.", False),
        ("Ketamine is fully authorised in the EU.", False),
    ],
)
def test_a_status_without_a_use_is_bare(text: str, bare: bool, page) -> None:
    assert is_bare_status(*_last(text, page)) is bare


@pytest.mark.parametrize(
    ("text", "true"),
    [
        ("Esketamine is approved for treatment-resistant depression.", True),
        ("Ketamine is approved as an anaesthetic and for anxiety.", False),
        ("Esketamine is approved.", False),
    ],
)
def test_every_use_named_must_be_listed(text: str, true: bool, page) -> None:
    given, sentence = _last(text, page)
    assert claims_what_is_approved(given, sentence, facts(given.pack)) is true


@pytest.mark.parametrize(
    ("text", "excused"),
    [
        ("After ketamine you can park beside the library.", True),
        ("Whether ketamine is safe in pregnancy is unknown.", True),
        ("If you are pregnant, simply come for your ketamine as usual.", False),
        ("A friend has to stay with you after ketamine.", True),
        ("Nobody has to stay with you after ketamine.", False),
        ("You may drive again the day after ketamine.", True),
        ("You may drive again the hour after ketamine.", False),
    ],
)
def test_what_is_left_open_sets_no_warning_aside(text: str, excused: bool, page) -> None:
    given, sentence = _last(text, page)
    assert is_excused(given, sentence, "safety_contradiction") is excused


def test_on_a_drug_of_the_pack_the_plain_threshold_holds(page) -> None:
    def flagged(text: str) -> bool:
        flags = appraise(page(text), load_pack("ketamine")).flags
        return "safety_contradiction" in {flag.kind for flag in flags}

    assert flagged("We offer ketamine. Have another one whenever the mood takes you.")
    assert not flagged("We offer vitamins. Have another one whenever the mood takes you.")


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        ("After ketamine you are perfectly fit to take your car back to the office.", "driv"),
        ("If you are pregnant, simply come for your ketamine as usual.", "pregnan"),
    ],
)
def test_the_warning_on_the_same_hazard_stands_beside_a_remark(
    text: str, warned: str, page
) -> None:
    given, sentence = _last(text, page)
    against = against_remark(given, sentence, "safety_contradiction")
    assert against is not None
    assert warned in against.text.lower()
