"""An invented vocabulary, and documents made of a few words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from probatum.model.document import (
    Block,
    Document,
    DocumentKind,
    InTextCitation,
    Metadata,
    Reference,
    SectionRole,
)
from probatum.model.pack import Scale, Term, Vocabulary
from probatum.model.source import SourceRef

MakeDocument = Callable[..., Document]


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    """A therapy of two drugs, invented."""
    return Vocabulary(
        drugs=(Term("x", "drug X"), Term("y", "drug Y")),
        routes=(Term("iv", "IV", ("intravenous",)),),
        indications=(
            Term("pain", "pain", ("painful neuropathy",)),
            Term("depression", "depression", ("depressive symptoms",)),
        ),
        aspects=tuple(
            Term(name, name) for name in ("efficacy", "safety", "mechanism", "monitoring")
        ),
        outcomes=(Term("response", "response"), Term("pain-score", "pain score")),
        scales=(Scale("vas", "VAS", outcome="pain-score"),),
        comparators=(Term("placebo", "placebo"),),
        mechanisms=(Term("gaba", "GABA release"),),
        harms=(Term("nausea", "nausea"),),
    )


@pytest.fixture(scope="session")
def make() -> MakeDocument:
    """A document of one block; citations are given as (marker, reference keys)."""

    def document(
        text: str,
        *,
        role: SectionRole = "discussion",
        kind: DocumentKind = "article",
        cited: tuple[tuple[str, tuple[str, ...]], ...] = (),
        references: tuple[Reference, ...] = (),
        metadata: Metadata | None = None,
    ) -> Document:
        at, citations = 0, []
        for marker, keys in cited:
            at = text.index(marker, at)
            citations.append(InTextCitation(at, at + len(marker), keys))
            at += len(marker)
        return Document(
            "d" * 16,
            0,
            kind,
            SourceRef("made.txt", "0" * 64, 0, len(text)),
            metadata or Metadata(),
            text,
            (Block("paragraph", 0, len(text), (), role),) if text else (),
            tuple(citations),
            references,
        )

    return document
