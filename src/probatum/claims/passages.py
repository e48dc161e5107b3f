"""The sentences of a document, each with its block: what every extractor reads."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from probatum.model.document import Block, Document
from probatum.text.sentences import segment

_READ = frozenset({"title", "heading", "paragraph", "list-item", "caption", "other"})
_PROSE = frozenset({"paragraph", "list-item", "caption", "other"})


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence: code points [start, end) of the document's text, and the block it is in."""

    start: int
    end: int
    text: str
    block: Block
    index: int

    @property
    def is_prose(self) -> bool:
        """Whether the block holds sentences rather than a title or a heading."""
        return self.block.kind in _PROSE


def passages(document: Document) -> list[Passage]:
    """Split a document into sentences in text order; reference lists and tables are left out."""
    return _split(document, [block for block in document.blocks if block.kind in _READ])


def cited_passages(document: Document) -> list[Passage]:
    """Split only the blocks in which something is cited, which is all that statements need.

    These are two fifths of the text of an article; a block without a citation gives none.
    """
    starts = sorted(citation.start for citation in document.citations)
    read = (block for block in document.blocks if block.kind in _READ)
    return _split(
        document,
        [b for b in read if bisect_left(starts, b.start) < bisect_left(starts, b.end)],
    )


def _split(document: Document, blocks: list[Block]) -> list[Passage]:
    spans = [(block.start, block.end) for block in blocks]
    protected = sorted((c.start, c.end) for c in document.citations)
    text = document.text
    return [
        Passage(start, end, text[start:end], blocks[at], at)
        for start, end, at in segment(text, spans, protected)
    ]


def section_name(block: Block) -> str | None:
    """Name the section as pages show it: its role, else its first heading, else None.

    >>> section_name(Block("paragraph", 0, 5, ("4. Discussion",), "discussion"))
    'Discussion'
    """
    if block.role != "other":
        return block.role.capitalize()
    return block.section[0] if block.section else None
