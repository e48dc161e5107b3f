"""Files of tagged lines (RIS, MEDLINE): lines to records, in flat memory, nothing lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from probatum.documents.assemble import record_document, source_ref
from probatum.documents.draft import Draft
from probatum.documents.encoding import Encoding, detect_encoding, lines, lost
from probatum.documents.format import Buffer
from probatum.documents.regular import PLAIN, Record, RegularRecords, Tagged
from probatum.documents.tagged_lines import LARGEST_RECORD, Dialect, Entry, entries
from probatum.model.document import Chunk
from probatum.model.quick import maker
from probatum.model.source import Problem, Source

Fill = Callable[[list[Tagged]], tuple[Draft, str | None]]
_EMPTY = "empty lines between records"
_LINE_ENDS = frozenset({b"\n", b"\r\n", b"\n\n"})
_chunk_of = maker(Chunk)
_BEHIND = "tagged lines behind the end of a record"


@dataclass(frozen=True, slots=True)
class Reader:
    """What makes documents of records: the format's name, its dialect, and how fields are read.

    White space may still be around the values that ``fill`` gets; :func:`grouped` takes it off.
    """

    name: str
    dialect: Dialect
    fill: Fill


def grouped(pairs: Iterable[Tagged]) -> dict[str, list[str]]:
    """Give the values of each tag in order, trimmed, empty ones left out.

    >>> grouped([("AU", "Roe "), ("AU", "Poe"), ("TI", " ")])
    {'AU': ['Roe', 'Poe']}
    """
    values: dict[str, list[str]] = {}
    for tag, text in pairs:
        if value := text.strip():
            if tag in values:
                values[tag].append(value)
            else:
                values[tag] = [value]
    return values


def records(data: Buffer, encoding: Encoding, dialect: Dialect) -> Iterator[Record]:
    """Yield the records of a source: whole where they are regular, else line by line."""
    if encoding.name not in PLAIN:
        for entry in entries(lines(data, encoding), dialect):
            yield _by_line(data, encoding, entry)
        return
    regular = RegularRecords(data, encoding, dialect.regular, LARGEST_RECORD)
    at = encoding.bom
    while True:
        found = regular.at(at)
        if found is None:
            following = next(entries(lines(data, encoding, at), dialect), None)
            if following is None:
                return
            found = _by_line(data, encoding, following)
        yield found
        at = found.end


def _by_line(data: Buffer, encoding: Encoding, entry: Entry) -> Record:
    problems = lost(data[entry.start : entry.end], encoding, entry.start)
    return Record(entry.start, entry.end, entry.tagged(), (*entry.problems, *problems))


def read_tagged(data: Buffer, source: Source, reader: Reader) -> Iterator[Chunk]:
    """Read a file of tagged records; lines outside of records are ignored, with the reason."""
    at = ordinal = 0
    for record in records(data, detect_encoding(data), reader.dialect):
        if record.start > at:
            yield _between(data, at, record.start)
        chunk = _chunk(record, source, ordinal, reader)
        ordinal += chunk.document is not None
        yield chunk
        at = record.end
    if at < source.size:
        yield _between(data, at, source.size)


def _between(data: Buffer, start: int, end: int) -> Chunk:
    if end - start < 3 and data[start:end] in _LINE_ENDS:
        return _chunk_of(start, end - start, "ignored", None, (), _EMPTY)
    blank = end - start < 4096 and not data[start:end].strip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")
    reason = _EMPTY if blank else "text that belongs to no record"
    return Chunk(start, end - start, "ignored", None, (), reason)


def _chunk(record: Record, source: Source, ordinal: int, reader: Reader) -> Chunk:
    start, length = record.start, record.end - record.start
    draft, key = reader.fill(record.pairs)
    problems = record.problems
    unopened = reader.dialect.unopened
    if unopened is not None and record.pairs[0][0] != reader.dialect.begins:
        if not draft.says_something:  # Ovid writes lines of its own behind the end of a record
            return Chunk(start, length, "ignored", reason=_BEHIND)
        problems = (*problems, replace(unopened, offset=start))
    if not draft.says_something:
        reason = "The record has no title, abstract or identifier; look at it or remove it."
        problem = Problem("empty-record", reason, start)
        return Chunk(start, length, "rejected", None, (*problems, problem), reason)
    ref = source_ref(source, start, length, key)
    document = record_document(ordinal, ref, draft.metadata(reader.name), problems=problems)
    return _chunk_of(start, length, "parsed", document)
