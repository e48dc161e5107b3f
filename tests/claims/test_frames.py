"""Claims: frames read from sentences, where they are read, and any text."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.claims.extract import extract
from probatum.model.document import Block, Document, Metadata
from probatum.model.pack import Term, Vocabulary
from probatum.model.source import SourceRef

CASES = tomllib.loads(
    (Path(__file__).parent.parent / "cases/claims/frames.toml").read_text(encoding="utf-8")
)["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_case(case: dict[str, object], make, vocabulary: Vocabulary) -> None:
    found = [
        [c.intervention, c.condition or "", c.outcome or "", c.direction, c.negated, c.hedge or "",
         c.strength]
        for c in extract(make(str(case["text"])), vocabulary).claims
    ]  # fmt: skip
    assert found == case["expected"]


def test_dose_route_and_time_as_printed(make, vocabulary: Vocabulary) -> None:
    text = "Intravenous drug X 0.5 mg/kg reduced pain within 24 hours."
    (claim,) = extract(make(text), vocabulary).claims
    assert (claim.dose, claim.route, claim.time_point) == ("0.5 mg/kg", "iv", "24 hours")
    assert claim.quote == text[claim.start : claim.end]
    assert claim.aspect == "efficacy"


def test_a_pronoun_stands_for_the_drug_last_named(make, vocabulary: Vocabulary) -> None:
    text = "Drug Y was given. It reduced pain."
    (claim,) = extract(make(text), vocabulary).claims
    assert claim.intervention == "y"


def test_introductions_and_methods_of_articles_are_not_read(make, vocabulary: Vocabulary) -> None:
    text = "Drug X reduced pain."
    assert not extract(make(text, role="introduction"), vocabulary).claims
    assert not extract(make(text, role="methods"), vocabulary).claims
    assert extract(make(text, role="methods", kind="web-page"), vocabulary).claims


def test_another_language_is_said_and_not_guessed(make, vocabulary: Vocabulary) -> None:
    document = make("Drug X reduced pain.", metadata=Metadata(language="de"))
    assert not extract(document, vocabulary).claims


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            [
                "Drug",
                "X",
                "pain",
                "may",
                "not",
                "reduced",
                "nausea",
                ".",
                "increased",
                "response",
                "IV",
                "5",
                "mg",
            ]
        ),
        max_size=40,
    ).map(" ".join)
)
def test_every_claim_refinds_its_quote(text: str) -> None:
    vocabulary = Vocabulary(
        drugs=(Term("x", "Drug X"),),
        indications=(Term("pain", "pain"),),
        harms=(Term("n", "nausea"),),
    )
    document = Document(
        "d", 0, "web-page", SourceRef("n", "0", 0, 0), Metadata(), text,
        (Block("paragraph", 0, len(text)),),
    )  # fmt: skip
    found = extract(document, vocabulary).claims
    assert all(text[c.start : c.end] == c.quote for c in found)
    assert len({c.id for c in found}) == len(found)
