"""Items of lists under a heading or a lead-in that names the relation."""

from __future__ import annotations

import pytest

from probatum.claims.extract import extract
from probatum.model.document import Block, Document, Metadata
from probatum.model.pack import Vocabulary
from probatum.model.source import SourceRef


def page(head: str, *items: str, heading: bool = True) -> Document:
    """A page of one list, under a heading or a lead-in."""
    under = (head,) if heading else ()
    text, blocks = "", []
    for kind, printed in (
        ("heading" if heading else "paragraph", head),
        *(("list-item", i) for i in items),
    ):
        blocks.append(Block(kind, len(text), len(text) + len(printed), under))
        text += printed + "\n"
    source = SourceRef("invented", "0" * 64, 0, len(text))
    return Document("d" * 16, 0, "web-page", source, Metadata(), text, tuple(blocks))


@pytest.mark.parametrize(
    ("head", "item", "expected"),
    [
        ("Contraindications of drug X", "Nausea", ("contraindicated", None, "nausea")),
        ("Who should not take drug X?", "Depression", ("contraindicated", "depression", None)),
        ("Side effects of drug X", "Nausea", ("causes", None, "nausea")),
        ("What drug X is used for", "Depression", ("treats", "depression", None)),
    ],
)
def test_the_heading_names_the_relation(
    head: str, item: str, expected: tuple[object, ...], vocabulary: Vocabulary
) -> None:
    (claim,) = extract(page(head, item), vocabulary).claims
    assert (claim.direction, claim.condition, claim.outcome) == expected
    assert (claim.intervention, claim.quote) == ("x", item)


def test_a_lead_in_counts_as_a_heading(vocabulary: Vocabulary) -> None:
    document = page("Side effects of drug X include:", "Nausea", "Warmth", heading=False)
    claims = extract(document, vocabulary).claims
    assert [(c.direction, c.outcome, c.quote) for c in claims] == [("causes", "nausea", "Nausea")]


def test_without_a_drug_or_a_relation_an_item_says_nothing(vocabulary: Vocabulary) -> None:
    assert not extract(page("Side effects", "Nausea"), vocabulary).claims
    assert not extract(page("Drug X", "Nausea"), vocabulary).claims
