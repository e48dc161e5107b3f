"""Excel workbooks, told by their first bytes."""

from __future__ import annotations

from collections.abc import Iterator

from probatum.documents.format import Buffer, Format, ReadOptions
from probatum.model.document import Chunk
from probatum.model.source import Source

# The mark of [MS-CFB], in which Excel 97 and encrypted workbooks are.
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def sniff(head: bytes, name: str) -> float:
    """Tell how sure it is that this is a workbook: by the parts that a zip names first."""
    if head.startswith(b"PK\x03\x04"):
        if b"xl/" in head and (b"[Content_Types].xml" in head or b"workbook" in head):
            return 0.96
        return 0.96 if name.lower().endswith((".xlsx", ".xlsm", ".xlsb")) else 0.0
    if not head.startswith(_OLD):
        return 0.0
    told = name.lower().endswith((".xls", ".xlsx"))
    wide = "Workbook".encode("utf-16-le") in head or "EncryptedPackage".encode("utf-16-le") in head
    return 0.9 if told or wide else 0.0


def read(data: Buffer, source: Source, options: ReadOptions) -> Iterator[Chunk]:
    """Read all sheets. Rows have no bytes of their own: each record refers to the whole file."""
    # What reads them takes 2 MB, and every file is asked whether it is one.
    from probatum.documents.workbook import read_workbook  # noqa: PLC0415

    yield from read_workbook(data, source, options)


FORMAT = Format(sniff, read, binary=True)
