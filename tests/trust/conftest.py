"""An invented pack, and pages made of a few paragraphs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from probatum.model.document import Block, BlockKind, Document, DocumentKind, Metadata, Reference
from probatum.model.pack import Pack, PackStatement, SourceLink, Term, Vocabulary
from probatum.model.source import SourceRef

MakePage = Callable[..., Document]


def _statement(name: str, aspect: str, text: str) -> PackStatement:
    source = SourceLink("https://example.org/label")
    return PackStatement(name, aspect, None, text, (source,), "label", "high")


@pytest.fixture(scope="session")
def pack() -> Pack:
    """A therapy of one drug, invented."""
    vocabulary = Vocabulary(
        drugs=(Term("x", "drug X"), Term("y", "drug Y")),
        indications=(Term("gout", "gout"), Term("asthma", "asthma"), Term("pain", "pain")),
        harms=(Term("nausea", "nausea"), Term("falls", "falls")),
    )
    statements = (
        _statement("F1", "regulatory", "Drug X is approved for gout; not approved for any other."),
        _statement("F2", "monitoring", "After drug X: supervise at least 2 h."),
        _statement("F3", "safety", "Drug X causes nausea."),
    )
    return Pack(
        "invented", "Invented", "1", "0" * 64, "2025-01-01", "invented", vocabulary, (), (), (),
        statements, (),
    )  # fmt: skip


@pytest.fixture(scope="session")
def page() -> MakePage:
    """A page whose paragraphs are divided by blank lines; "# " marks a heading."""

    def document(
        text: str,
        *,
        kind: DocumentKind = "web-page",
        metadata: Metadata | None = None,
        references: tuple[Reference, ...] = (),
    ) -> Document:
        blocks, at = [], 0
        for part in text.split("\n\n"):
            block: BlockKind = "heading" if part.startswith("# ") else "paragraph"
            if part:
                blocks.append(Block(block, at, at + len(part)))
            at += len(part) + 2
        return Document(
            "d" * 16,
            0,
            kind,
            SourceRef("made.txt", "0" * 64, 0, len(text)),
            metadata or Metadata(),
            text,
            tuple(blocks),
            (),
            references,
        )

    return document
