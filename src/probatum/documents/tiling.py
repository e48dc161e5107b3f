"""The accounting invariant: the chunks of a source tile it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from probatum.model.document import Chunk
from probatum.model.source import Problem, SourceRef


def tiling_fault(chunks: Iterable[Chunk], size: int) -> str | None:
    """Say where chunks fail to tile ``size`` bytes, or None when they do.

    Chunks must follow each other without gap or overlap, and a problem's or a document's offset
    must lie inside its chunk.

    >>> tiling_fault([Chunk(0, 4, "parsed"), Chunk(5, 1, "ignored")], 6)
    'gap or overlap: byte 4 expected, chunk begins at 5'
    """
    at = 0
    for chunk in chunks:
        if chunk.offset != at:
            return f"gap or overlap: byte {at} expected, chunk begins at {chunk.offset}"
        at += chunk.length
        if fault := _inner_fault(chunk):
            return fault
    return None if at == size else f"chunks end at byte {at} of {size}"


def _inner_fault(chunk: Chunk) -> str | None:
    end = chunk.offset + chunk.length
    document = chunk.document
    problems = chunk.problems + (document.problems if document else ())
    for problem in problems:
        if problem.offset is not None and not chunk.offset <= problem.offset <= end:
            return f"problem {problem.code} at {problem.offset} outside its chunk"
    if document and not _within(document.source, chunk.offset, end):
        return f"document {document.id} outside its chunk"
    return f"negative length at {chunk.offset}" if chunk.length < 0 else None


def _within(part: SourceRef, start: int, end: int) -> bool:
    return part.length >= 0 and start <= part.offset and part.offset + part.length <= end


def tiled(chunks: Iterable[Chunk], size: int) -> Iterator[Chunk]:
    """Pass chunks on; a gap that a reader (a plugin's, say) left is rejected, never lost."""
    at = 0
    for chunk in chunks:
        if chunk.offset > at:
            yield _unaccounted(at, chunk.offset - at)
        at = max(at, chunk.offset + chunk.length)
        yield chunk
    if at < size:
        yield _unaccounted(at, size - at)


def _unaccounted(offset: int, length: int) -> Chunk:
    reason = "The reader did not say what became of these bytes; report this file as a fault."
    problem = Problem("unaccounted-bytes", reason, offset)
    return Chunk(offset, length, "rejected", problems=(problem,), reason=reason)
