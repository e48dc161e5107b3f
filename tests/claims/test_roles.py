"""Roles of sentences: bounds on any text, a held-out floor, and what extraction does with them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from validation.role_quality import figures

from probatum.claims.extract import extract
from probatum.claims.roles import ROLES, roles
from probatum.model.document import Block
from probatum.model.pack import Vocabulary

FLOORS = Path(__file__).parents[2] / "validation/floors.json"


@settings(max_examples=60)
@given(st.lists(st.text(max_size=60), max_size=12))
def test_any_sentences_get_a_role_each(sentences: list[str]) -> None:
    found = roles(sentences)
    assert len(found) == len(sentences)
    assert set(found) <= set(ROLES)


def test_a_long_abstract_is_read_in_part() -> None:
    assert len(roles(["Pain fell."] * 300)) == 200


def test_plans_of_an_undivided_abstract_are_no_claims(make, vocabulary: Vocabulary) -> None:
    text = (
        "We aimed to test whether drug X reduces pain. Forty adults were randomised to drug X or "
        "placebo for pain. Drug X reduced pain more than placebo (p < 0.01). Drug X helps in pain."
    )
    document = make(text, role="abstract")
    document = replace(document, blocks=(Block("paragraph", 0, len(text), (), "abstract"),))
    quotes = [claim.quote for claim in extract(document, vocabulary).claims]
    assert any(quote.startswith("Drug X reduced") for quote in quotes)
    assert not any("aimed" in quote for quote in quotes)


def test_floors(shared_data: Path) -> None:
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    for figure in figures(shared_data / "claims/sentence_roles.json.gz"):
        assert figure.value == pytest.approx(floors[figure.name]["value"], abs=2e-4), figure.name
