"""Linear text with blocks and offsets, and documents made of it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from probatum.model.document import (
    Block,
    BlockKind,
    Document,
    Metadata,
    Reference,
    SectionRole,
)
from probatum.model.quick import maker
from probatum.model.source import Problem, Source, SourceRef

BLOCK_BREAK = "\n\n"
_block, _document, _reference_to = maker(Block), maker(Document), maker(SourceRef)


def document_id(sha256: str, ordinal: int) -> str:
    """Give the id of the document with this number (from 0) in a source.

    >>> document_id("00", 0)
    'c750635798dc7712'
    """
    return hashlib.sha256(f"{sha256}:{ordinal}".encode()).hexdigest()[:16]


def source_ref(source: Source, offset: int, length: int, record: str | None = None) -> SourceRef:
    """Name a part of a source: bytes [offset, offset + length)."""
    return _reference_to(source.name, source.sha256, offset, length, record)


class TextBuilder:
    r"""Linear text that grows block by block; blocks are divided by an empty line.

    >>> text = TextBuilder()
    >>> text.block("A title", "title")
    (0, 7)
    >>> text.block("Some words.", "paragraph", ("Methods",), "methods")
    (9, 20)
    >>> text.text()
    'A title\n\nSome words.'
    """

    __slots__ = ("_parts", "at", "blocks")

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.blocks: list[Block] = []
        self.at = 0

    @property
    def next_start(self) -> int:
        """Where the next block will begin."""
        return self.at + len(BLOCK_BREAK) if self._parts else self.at

    def gap(self) -> int:
        """Divide from what stands before; give the place where the next character goes."""
        if self._parts:
            self.write(BLOCK_BREAK)
        return self.at

    def write(self, text: str) -> None:
        """Append characters as they are."""
        self._parts.append(text)
        self.at += len(text)

    def block(
        self,
        text: str,
        kind: BlockKind,
        section: tuple[str, ...] = (),
        role: SectionRole = "other",
    ) -> tuple[int, int]:
        """Append a block and give its span; nothing is done for a blank text."""
        if not text or text.isspace():
            return self.at, self.at
        parts, start = self._parts, self.at
        if parts:
            parts.append(BLOCK_BREAK)
            start += len(BLOCK_BREAK)
        parts.append(text)
        self.at = end = start + len(text)
        self.blocks.append(_block(kind, start, end, section, role))
        return start, end

    def text(self) -> str:
        """Join all that was written."""
        return "".join(self._parts)


def record_document(
    ordinal: int,
    source: SourceRef,
    metadata: Metadata,
    *,
    problems: Sequence[Problem] = (),
    references: Sequence[Reference] = (),
) -> Document:
    """Make the document of a bibliographic record; its text is the title and the abstract.

    Labels of abstract sections become headings.
    """
    text, blocks = _record_text(metadata)
    return _document(
        document_id(source.sha256, ordinal),
        ordinal,
        "record",
        source,
        metadata,
        text,
        blocks,
        references=tuple(references),
        problems=tuple(problems),
    )


def _record_text(metadata: Metadata) -> tuple[str, tuple[Block, ...]]:
    title = metadata.title
    if title and not metadata.abstract and title.strip():
        return title, (_block("title", 0, len(title)),)
    builder = TextBuilder()
    if title:
        builder.block(title, "title")
    for part in metadata.abstract:
        if part.label:
            builder.block(part.label, "heading", (part.label,), "abstract")
        builder.block(part.text, "paragraph", (part.label,) if part.label else (), "abstract")
    return builder.text(), tuple(builder.blocks)
