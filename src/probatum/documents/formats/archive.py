"""zip, tar and gzip, told by their first bytes."""

from __future__ import annotations

from collections.abc import Iterator

from probatum.documents.format import Buffer, Format, ReadOptions
from probatum.model.document import Chunk
from probatum.model.source import Source

_GZIP = b"\x1f\x8b\x08"


def sniff(head: bytes, name: str) -> float:
    """Tell how sure it is that this is an archive: by its magic bytes."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", _GZIP)):
        return 0.95
    return 0.95 if head[257:262] == b"ustar" else 0.0


def read(data: Buffer, source: Source, options: ReadOptions) -> Iterator[Chunk]:
    """Read each member as a source of its own."""
    # What reads them takes 1.5 MB, and every file is asked whether it is one.
    from probatum.documents.archived import read_archive  # noqa: PLC0415

    yield from read_archive(data, source, options)


FORMAT = Format(sniff, read, binary=True)
