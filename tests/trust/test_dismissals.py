"""Dangers that pages dismiss: what they are, what takes it back, what stands beside."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.flow.packs import load_pack
from probatum.model.pack import Pack
from probatum.text.hazards import named_hazards
from probatum.trust.appraise import appraise
from probatum.trust.dismissals import ANY, dismissed

CASES = tomllib.loads(
    (Path(__file__).parent.parent / "cases/trust/dismissed.toml").read_text(encoding="utf-8")
)
BEFORE = "Ketamine is offered in our town by several clinics."


@pytest.fixture(scope="module")
def shipped() -> Pack:
    """The pack that ships."""
    return load_pack("ketamine")


@pytest.mark.parametrize("kind", sorted(CASES))
def test_hits_and_near_misses(kind: str, page, shipped: Pack) -> None:
    def flagged(text: str) -> bool:
        flags = appraise(page(f"{BEFORE} {text}"), shipped).flags
        return kind in {flag.kind for flag in flags}

    assert [text for text in CASES[kind]["hits"] if not flagged(text)] == []
    assert [text for text in CASES[kind]["misses"] if flagged(text)] == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("You are free to leave the moment the drip is out.", "supervision"),
        ("It is as addictive as a cup of tea.", "abuse"),
        ("A beer beforehand is fine.", "sedatives"),
        ("Epilepsy aside, there are no contraindications.", ANY),
        ("The cuff is for show.", "supervision"),
        ("It is fine while you are breastfeeding.", "breastfeeding"),
    ],
)
def test_a_danger_is_named(text: str, name: str) -> None:
    assert name in {found.name for found in dismissed(text)}


@pytest.mark.parametrize(
    "text",
    [
        "A beer beforehand is not fine.",
        "Is a beer beforehand fine?",
        "The site says that a beer beforehand is fine.",
        "A beer is fine once you have slept.",
        "The beer was fine.",
        "It is a myth that the drug never harms the bladder.",
    ],
)
def test_what_takes_it_back(text: str) -> None:
    assert not list(dismissed(text))


@pytest.mark.parametrize("text", ["We keep bees.", "Feel free to ask us anything."])
def test_leave_without_a_danger_is_none(text: str) -> None:
    assert not list(dismissed(text))


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    for found in dismissed(text):
        assert found.words
        assert found.words in text.lower().replace("\u2019", "'")


def test_the_warning_beside_a_dismissed_danger_is_on_that_danger(page, shipped: Pack) -> None:
    text = f"{BEFORE} Its makers laugh at the bladder scare."
    flags = appraise(page(text), shipped).flags
    (flag,) = (f for f in flags if f.kind == "safety_contradiction")
    statement = next(s for s in shipped.statements if flag.evidence.startswith(f"{s.id} "))
    assert "bladder" in named_hazards(statement.text)


@pytest.mark.parametrize(
    "text",
    [
        "Aspirin came later. You can drink wine with it.",
        "Sertraline is another choice. No monitoring is needed with it.",
    ],
)
def test_what_is_said_of_another_medicine_is_not_said_of_the_drug(
    text: str, page, shipped: Pack
) -> None:
    flags = appraise(page(f"{BEFORE} {text}"), shipped).flags
    assert "dismisses" not in " ".join(f.explanation for f in flags)
