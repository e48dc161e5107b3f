"""What a document as a whole leaves out or rests on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from probatum.model.document import Author, CitationItem, CitationPage, Metadata, Reference
from probatum.model.pack import Pack
from probatum.trust.appraise import appraise

FILLER = "Drug X is a drug that is given to the people of the town and to others there. " * 12
STOCK = (
    "Drug X holds promise and plays a crucial role in care. It is a valuable tool and paves the "
    "way for hope. It is important to note that this warrants further study at the forefront. "
)


def kinds(document, pack: Pack) -> list[str]:
    return [flag.kind for flag in appraise(document, pack, ()).flags]


def test_statements_of_one_source_and_no_support(page, pack: Pack) -> None:
    items = (
        CitationItem("One.", None, "mentioning", 0.99, 1, None, 0, 4),
        CitationItem("Two.", None, "mentioning", 0.99, 0, None, 5, 9),
    )
    counts = CitationPage(supporting=0, mentioning=2, contrasting=0, items=items)
    document = replace(page("One. Two.", kind="citation-page"), citation_page=counts)
    assert kinds(document, pack).count("same_source") == 1
    assert "no_independent_support" in kinds(document, pack)
    supported = replace(document, citation_page=replace(counts, supporting=1))
    assert "no_independent_support" not in kinds(supported, pack)


@pytest.mark.parametrize(("family", "expected"), [("Green", True), ("Brown", False)])
def test_sources_that_are_all_ones_own(family: str, expected: bool, page, pack: Pack) -> None:
    own = Metadata(authors=(Author("Green", "Ann"),))
    references = tuple(
        Reference(str(n), authors=(Author(family, "A."), Author("White", "B."))) for n in range(3)
    )
    document = page("A text.", metadata=own, references=references)
    assert ("no_independent_support" in kinds(document, pack)) is expected


def test_no_other_treatment_is_named(page, pack: Pack) -> None:
    assert "no_alternatives" in kinds(page(FILLER), pack)
    assert "no_alternatives" not in kinds(page(FILLER + "Other treatments exist."), pack)
    assert "no_alternatives" not in kinds(page("A text of a few words on drug X."), pack)


def test_stock_phrases_without_content(page, pack: Pack) -> None:
    assert "generic_prose" in kinds(page(STOCK + FILLER), pack)
    facts = "Of 40 patients 12 (30%) improved on 5 mg. "
    assert "generic_prose" not in kinds(page(STOCK + facts + FILLER), pack)
    assert "generic_prose" not in kinds(page(FILLER), pack)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The trial was retrospectively registered.", True),
        ("Patients were recruited between May 2012 and 2014. It was registered in 2015.", True),
        ("Patients were recruited between May 2016 and 2017. It was registered in 2015.", False),
    ],
)
def test_registration(text: str, expected: bool, page, pack: Pack) -> None:
    assert ("registration_mismatch" in kinds(page(text, kind="article"), pack)) is expected
