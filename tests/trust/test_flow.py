"""Numbers of people that another place contradicts are flagged, each place once."""

from __future__ import annotations

import pytest

from probatum.model.document import Block, Document, Metadata
from probatum.model.pack import Pack
from probatum.model.source import SourceRef
from probatum.trust.checks.flow import flow_numbers
from probatum.trust.checks.numbers import inconsistent_number
from probatum.trust.subject import subject


def _article(abstract: str, body: str, kind: str = "article") -> Document:
    text = f"{abstract}\n\n{body}"
    cut = len(abstract)
    blocks = (
        Block("paragraph", 0, cut, ("Abstract",), "abstract"),
        Block("paragraph", cut + 2, len(text), ("Results",), "results"),
    )
    source = SourceRef("made.xml", "0" * 64, 0, len(text))
    return Document("d" * 16, 0, kind, source, Metadata(), text, blocks)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("body", "marked"),
    [
        ("In all, 62 adults were randomised.", ["62 adults were randomised"]),
        ("In all, 60 adults were randomised.", []),
        ("In all, 62 adults were randomised; two withdrew.", []),
        ("Sixty-one adults were analysed.", ["Sixty-one adults were analysed"]),
    ],
)
def test_a_number_that_another_place_contradicts(body: str, marked: list[str], pack: Pack) -> None:
    document = _article("Sixty adults were randomised.", body)
    given = subject(document, pack, ())
    assert [document.text[s.start : s.end] for s in flow_numbers(given)] == marked
    assert [s.evidence for s in inconsistent_number(given)] == [
        s.evidence for s in flow_numbers(given)
    ]


def test_the_evidence_quotes_both(pack: Pack) -> None:
    document = _article("Sixty adults were randomised.", "62 adults were randomised.")
    (sign,) = flow_numbers(subject(document, pack, ()))
    assert "'Sixty adults were randomised' [0:28]" in sign.evidence
    assert "'62 adults were randomised' [31:56]" in sign.evidence


def test_a_page_may_speak_of_several_trials(pack: Pack) -> None:
    document = _article("60 adults were randomised.", "62 adults were randomised.", "web-page")
    assert list(flow_numbers(subject(document, pack, ()))) == []
