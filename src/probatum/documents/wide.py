"""XML in UTF-16 for readers that look for bytes: read as UTF-8, told in bytes of the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from probatum.documents.decoded import Decoded, decode
from probatum.documents.encoding import detect_encoding
from probatum.documents.format import Buffer, ReadOptions
from probatum.model.document import Chunk
from probatum.model.source import Problem, Source

Read = Callable[[Buffer, Source, ReadOptions], Iterator[Chunk]]
_STEP = 32_768


def is_wide(data: Buffer) -> bool:
    """Tell whether bytes are UTF-16.

    >>> is_wide("<a>b</a>".encode("utf-16")), is_wide(b"<a>b</a>")
    (True, False)
    """
    head = data[:64]
    return (b"\0" in head or head[:2] in {b"\xff\xfe", b"\xfe\xff"}) and detect_encoding(
        head[: len(head) // 2 * 2]
    ).name.startswith("utf-16")


def read_wide(reader: Read, data: Buffer, source: Source, options: ReadOptions) -> Iterator[Chunk]:
    """Read UTF-16 with a reader of UTF-8; the text is held in memory, so its size is bounded."""
    if source.size > options.max_source_mb * 1_000_000:
        reason = (
            "A UTF-16 file of this size is too large; save it as UTF-8 or raise max_source_mb."
        )
        problem = Problem("source-too-large", reason, 0)
        yield Chunk(0, source.size, "rejected", problems=(problem,), reason=reason)
        return
    decoded = decode(data)
    raw = decoded.text.encode()
    places = _Places(raw, decoded)
    problems = decoded.problems
    for chunk in reader(raw, Source(source.name, source.sha256, len(raw)), options):
        moved = _moved(chunk, places)
        inside = [p for p in problems if moved.offset <= (p.offset or 0) <= _end(moved)]
        problems = tuple(p for p in problems if p not in inside)
        yield replace(moved, problems=(*moved.problems, *inside))


def _end(chunk: Chunk) -> int:
    return chunk.offset + chunk.length


class _Places:
    """The byte of the file at which a byte of the UTF-8 copy stands."""

    def __init__(self, raw: bytes, decoded: Decoded) -> None:
        self._raw, self._decoded = raw, decoded
        self._marks = [0]
        for start in range(0, len(raw), _STEP):
            self._marks.append(self._marks[-1] + _characters(raw[start : start + _STEP]))

    def end(self, at: int) -> int:
        """Where a run that ends at this byte of the copy ends; all of the file at its end."""
        return self._decoded.size if at >= len(self._raw) else self(at)

    def __call__(self, at: int) -> int:
        if at <= 0:
            return 0
        if at >= len(self._raw):
            return self._decoded.size
        begin = at // _STEP
        index = self._marks[begin] + _characters(self._raw[begin * _STEP : at])
        return self._decoded.offset(index)


def _characters(raw: bytes) -> int:
    """Count the characters that begin in a piece of UTF-8."""
    return len(raw) - sum(map(raw.count, _CONTINUING))


_CONTINUING = [bytes([byte]) for byte in range(0x80, 0xC0)]


def _moved(chunk: Chunk, places: _Places) -> Chunk:
    start, end = places(chunk.offset), places.end(chunk.offset + chunk.length)
    document = chunk.document
    if document is not None:
        ref = document.source
        begin, stop = places(ref.offset), places(ref.offset + ref.length)
        document = replace(
            document,
            source=replace(ref, offset=begin, length=stop - begin),
            problems=_places_of(document.problems, places),
        )
    return replace(
        chunk,
        offset=start,
        length=end - start,
        document=document,
        problems=_places_of(chunk.problems, places),
    )


def _places_of(problems: tuple[Problem, ...], places: _Places) -> tuple[Problem, ...]:
    return tuple(
        replace(p, offset=None if p.offset is None else places(p.offset)) for p in problems
    )
