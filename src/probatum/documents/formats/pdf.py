"""PDF, told by its first bytes."""

from __future__ import annotations

from collections.abc import Iterator

from probatum.documents.format import Buffer, Format, ReadOptions
from probatum.model.document import Chunk
from probatum.model.source import Source

_MAGIC = b"%PDF-"


def sniff(head: bytes, name: str) -> float:
    """Tell how sure it is that this is PDF: by the mark within the first 1,024 bytes."""
    return 0.97 if head.startswith(_MAGIC) else 0.8 if _MAGIC in head[:1024] else 0.0


def read(data: Buffer, source: Source, options: ReadOptions) -> Iterator[Chunk]:
    """Read the whole file as one article, or say why not."""
    # What reads it takes 1 MB, and every file is asked whether it is one.
    from probatum.documents.pdf_article import read_pdf  # noqa: PLC0415

    yield from read_pdf(data, source, options)


FORMAT = Format(sniff, read, binary=True)
