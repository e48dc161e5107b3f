"""Abbreviations of a document, what a claim is set against, and claims that say the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.growth import in_proportion

from probatum.claims.extract import extract
from probatum.claims.grouping import grouped
from probatum.model.claim import Claim
from probatum.model.document import Document, Metadata, Reference
from probatum.model.pack import Vocabulary

Make = Callable[..., Document]


def _claims(document: Document, vocabulary: Vocabulary) -> tuple[Claim, ...]:
    return extract(document, vocabulary).claims


def test_a_short_form_of_the_document_stands_for_its_term(
    make: Make, vocabulary: Vocabulary
) -> None:
    text = "Painful neuropathy (PN) is common. Drug X improved PN in adults."
    (claim,) = _claims(make(text), vocabulary)
    assert (claim.condition, claim.quote) == ("pain", "Drug X improved PN in adults.")


def test_what_a_drug_is_set_against_is_the_comparator(make: Make, vocabulary: Vocabulary) -> None:
    for text, name in (
        ("Drug X reduced pain more than placebo.", "placebo"),
        ("Drug X reduced pain compared with drug Y.", "y"),
        ("Drug X reduced pain.", None),
    ):
        assert _claims(make(text), vocabulary)[0].comparator == name


@pytest.mark.parametrize(
    "text",
    [
        "We aimed to find whether drug X reduces pain.",
        "The aim of this study was to see whether drug X improves depression.",
        "Further studies are needed to show that drug X reduces pain.",
        "It remains unclear whether drug X reduces pain.",
    ],
)
def test_an_aim_or_an_open_question_is_no_claim(
    text: str, make: Make, vocabulary: Vocabulary
) -> None:
    assert not _claims(make(text), vocabulary)


def test_claims_are_never_grouped_across_direction_time_or_drug(
    make: Make, vocabulary: Vocabulary
) -> None:
    text = (
        "Drug X reduced pain. Pain was lowered by drug X. Drug X worsened pain. "
        "Drug Y reduced pain. Drug X reduced pain within 2 weeks."
    )
    sizes = [len(group) for group in grouped(_claims(make(text), vocabulary))]
    assert sizes == [2, 1, 1, 1]
    apart = (
        "Drug X reduced pain within 24 hours. Within 1 day, drug X decreased pain."
        " Drug X reduced pain in children within 24 hours."
    )
    assert [len(group) for group in grouped(_claims(make(apart), vocabulary))] == [2, 1]


def test_a_long_paragraph_costs_in_proportion(make: Make, vocabulary: Vocabulary) -> None:
    one = "Drug X reduced pain (p < 0.01) in 14 of 20 patients (70%), and nausea rose. "

    def read(size: int) -> None:
        found = extract(make(one * (size // len(one))), vocabulary)
        assert found.claims
        assert found.results

    in_proportion(read, 15_000)


def test_two_thousand_references_and_another_language_are_defined(
    make: Make, vocabulary: Vocabulary
) -> None:
    references = tuple(Reference(str(i), str(i)) for i in range(2_000))
    text = " ".join(f"Drug X reduced pain [{i}]." for i in range(2_000))
    cited = tuple((f"[{i}]", (str(i),)) for i in range(2_000))
    found = extract(make(text, cited=cited, references=references), vocabulary)
    assert len(found.statements) == 2_000
    german = make("Drug X reduced pain.", metadata=Metadata(language="de"))
    assert extract(german, vocabulary).claims == ()
