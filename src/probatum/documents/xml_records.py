"""Files of XML records: one at a time in flat memory, so that a broken one costs one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from probatum.documents.format import Buffer, ReadOptions
from probatum.documents.slices import slices
from probatum.documents.wide import is_wide, read_wide
from probatum.model.document import Chunk
from probatum.model.source import Problem, Source

_AROUND = "markup around the records"


@dataclass(frozen=True, slots=True)
class RecordFile:
    """How records stand in a file: their tags, what makes a chunk of one, what none at all means.

    ``chunk`` gets the bytes of a record, the source, the number of the next document and the byte
    at which the record begins. ``problem`` is that of a file without records, which is ignored, or
    rejected if ``rejected``.
    """

    begin: re.Pattern[bytes]
    end: re.Pattern[bytes]
    chunk: Callable[[bytes, Source, int, int], Chunk]
    problem: Problem
    rejected: bool = False


def read_records(
    data: Buffer, source: Source, options: ReadOptions, form: RecordFile
) -> Iterator[Chunk]:
    """Read record by record, each parsed alone; UTF-16 is read as UTF-8."""
    if not is_wide(data):
        yield from _chunks(data, source, form)
        return

    def narrow(data: Buffer, source: Source, _: ReadOptions) -> Iterator[Chunk]:
        return _chunks(data, source, form)

    yield from read_wide(narrow, data, source, options)


def _chunks(data: Buffer, source: Source, form: RecordFile) -> Iterator[Chunk]:
    at = ordinal = 0
    for start, end in slices(data, form.begin, form.end):
        if start > at:
            yield Chunk(at, start - at, "ignored", reason=_AROUND)
        chunk = form.chunk(data[start:end], source, ordinal, start)
        ordinal += chunk.document is not None
        yield chunk
        at = end
    if at == 0 and form.rejected:
        yield Chunk(0, source.size, "rejected", None, (form.problem,), form.problem.reason)
    elif at == 0:
        yield Chunk(0, source.size, "ignored", None, (form.problem,), _AROUND)
    elif at < source.size:
        yield Chunk(at, source.size - at, "ignored", reason=_AROUND)
