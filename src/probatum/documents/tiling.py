"""The accounting invariant: the chunks of a source tile it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from probatum.model.document import Chunk
from probatum.model.source import Problem


def tiling_fault(chunks: Iterable[Chunk], size: int) -> str | None:
    """Say where chunks fail to tile ``size`` bytes, or None when they do.

    Chunks must follow each other without gap or overlap. A problem's offset lies inside its
    chunk; a document begins in its chunk (later chunks may carry on with it, so that a script in
    a page can be ignored), and its problems lie inside the document.

    >>> tiling_fault([Chunk(0, 4, "parsed"), Chunk(5, 1, "ignored")], 6)
    'gap or overlap: byte 4 expected, chunk begins at 5'
    """
    at = 0
    for chunk in chunks:
        if chunk.offset != at or chunk.length < 0:
            return f"gap or overlap: byte {at} expected, chunk begins at {chunk.offset}"
        at += chunk.length
        if fault := _outside(chunk.problems, chunk.offset, at) or _document_fault(chunk, size):
            return fault
    return None if at == size else f"chunks end at byte {at} of {size}"


def _outside(problems: Iterable[Problem], start: int, end: int) -> str | None:
    for problem in problems:
        if problem.offset is not None and not start <= problem.offset <= end:
            return f"problem {problem.code} at {problem.offset} outside {start}..{end}"
    return None


def _document_fault(chunk: Chunk, size: int) -> str | None:
    document = chunk.document
    if document is None:
        return None
    start, end = document.source.offset, document.source.offset + document.source.length
    if not chunk.offset <= start <= chunk.offset + chunk.length or not start <= end <= size:
        return f"document {document.id} outside its chunk"
    return _outside(document.problems, start, end)


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
