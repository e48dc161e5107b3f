"""Numbers of people over a document as results: both places quoted, spans that re-find."""

from __future__ import annotations

from probatum.claims.document_flow import flow_results
from probatum.claims.passages import passages
from probatum.model.document import Block, Cell, Document, Metadata, Table
from probatum.model.source import SourceRef

_ABSTRACT = "Sixty patients were randomised to drug X or placebo."
_RESULTS = "In all, 62 patients were randomised to drug X or placebo."
_CELLS = ("Outcome", "Drug X (n = 32)", "Placebo (n = 30)", "Pain", "2.1", "2.4")


def _article(kind: str = "article") -> Document:
    text = "\n\n".join((_ABSTRACT, _RESULTS, *_CELLS))
    cut = len(_ABSTRACT) + 2
    blocks = (
        Block("paragraph", 0, len(_ABSTRACT), ("Abstract",), "abstract"),
        Block("paragraph", cut, cut + len(_RESULTS), ("Results",), "results"),
    )
    places = [text.index(cell) for cell in _CELLS]
    cells = tuple(
        Cell(at // 3, at % 3, 1, 1, at < 3, place, place + len(_CELLS[at]))
        for at, place in enumerate(places)
    )
    source = SourceRef("made.xml", "0" * 64, 0, len(text))
    table = Table("t1", "Table 1", "Pain", cells)
    return Document("d" * 16, 0, kind, source, Metadata(), text, blocks, tables=(table,))  # type: ignore[arg-type]


def test_both_places_are_quoted_and_found_again() -> None:
    document = _article()
    found = flow_results(document, passages(document))
    assert [(r.checks[0].rule, r.checks[0].verdict) for r in found] == [
        ("randomised-said-twice", "disagrees"),
        ("columns-of-randomised", "disagrees"),
    ]
    for result in found:
        assert document.text[result.start : result.end] == result.quote
        assert "60 in 'Sixty patients were randomised' [0:30]" in result.checks[0].expected
    assert document.text[0:30] == "Sixty patients were randomised"
    assert found[1].quote == "Drug X (n = 32)\n\nPlacebo (n = 30)"
    assert len({result.id for result in found}) == 2


def test_a_page_may_speak_of_several_trials() -> None:
    document = _article("web-page")
    assert flow_results(document, passages(document)) == []
