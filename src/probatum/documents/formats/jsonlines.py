"""JSON Lines: one record a line, in flat memory."""

from __future__ import annotations

import json
from collections.abc import Iterator

from probatum.documents.assemble import record_document, source_ref
from probatum.documents.encoding import Line, detect_encoding, lines, lost
from probatum.documents.format import Buffer, Format, ReadOptions
from probatum.documents.json_sources import read_object
from probatum.model.document import Chunk
from probatum.model.source import Problem, Source


def sniff(head: bytes, name: str) -> float:
    """Tell how sure it is that these are JSON Lines: the first lines are whole objects."""
    text = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    first = [line.strip() for line in text.split(b"\n", 4)[:3] if line.strip()]
    if len(first) < 2 or not all(line.startswith(b"{") for line in first):
        return 0.0
    try:
        value = json.loads(first[0])
    except (ValueError, RecursionError):
        return 0.0
    return 0.8 if read_object(value) is not None else 0.35


def read(data: Buffer, source: Source, options: ReadOptions) -> Iterator[Chunk]:
    """Read line by line; a broken line costs one record."""
    encoding = detect_encoding(data)
    if encoding.bom:
        yield Chunk(0, encoding.bom, "ignored", reason="byte order mark")
    ordinal = 0
    for line in lines(data, encoding):
        length = line.end - line.offset
        if not line.text.strip():
            yield Chunk(line.offset, length, "ignored", reason="empty line")
            continue
        problems = lost(data[line.offset : line.end], encoding, line.offset)
        chunk = _chunk(line, source, ordinal, problems)
        ordinal += chunk.document is not None
        yield chunk


def _chunk(line: Line, source: Source, ordinal: int, problems: tuple[Problem, ...]) -> Chunk:
    length = line.end - line.offset
    try:
        value = json.loads(line.text)
    except (ValueError, RecursionError) as error:
        reason = f"This line is not JSON ({str(error)[:120]}); export it again."
        return _rejected(line, (*problems, Problem("broken-json", reason, line.offset)))
    found = read_object(value)
    if found is None:
        reason = "The line has no known field of a record, such as title, doi or pmid."
        return _rejected(line, (*problems, Problem("no-record", reason, line.offset)))
    if not found.draft.says_something:
        reason = "The record has no title, abstract or identifier; look at it or remove it."
        return _rejected(line, (*problems, Problem("empty-record", reason, line.offset)))
    ref = source_ref(source, line.offset, length, found.key)
    metadata = found.draft.metadata(found.service)
    document = record_document(
        ordinal, ref, metadata, problems=problems, references=found.references
    )
    return Chunk(line.offset, length, "parsed", document)


def _rejected(line: Line, problems: tuple[Problem, ...]) -> Chunk:
    reason = problems[-1].reason
    return Chunk(line.offset, line.end - line.offset, "rejected", None, problems, reason)


FORMAT = Format(sniff, read, streaming=True)
