"""Statements of a citation page: labels as printed, twins, the page's own work as target."""

from __future__ import annotations

from dataclasses import replace

from probatum.claims.extract import extract
from probatum.model.document import CitationItem, CitationPage, Identifiers, Metadata
from probatum.model.pack import Vocabulary


def test_items_become_statements(make, vocabulary: Vocabulary) -> None:
    text = "First quotation here. First quotation there. Third one."
    items = (
        CitationItem(text[:21], "Discussion", "Supporting", 0.91, 1, None, 0, 21),
        CitationItem(text[22:44], "Results", "mentioning", 0.5, 0, 0, 22, 44),
        CitationItem(text[45:], None, None, None, 0, None, 45, len(text)),
    )
    metadata = Metadata(title="The cited work", identifiers=Identifiers(doi="10.5555/w"))
    page = replace(
        make(text, kind="citation-page", metadata=metadata),
        citation_page=CitationPage(items=items),
    )
    first, second, third = extract(page, vocabulary).statements
    assert (first.stance, first.confidence, first.section) == ("supporting", 0.91, "Discussion")
    assert first.label_origin == "printed"
    assert first.targets[0].identifiers.doi == "10.5555/w"
    assert second.twin_of == first.id
    assert (third.stance, third.abstained) == ("mentioning", True)
    assert all(text[s.start : s.end] == s.quote for s in (first, second, third))
