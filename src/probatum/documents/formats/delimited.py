"""Tables of records as delimited text: CSV, TSV, semicolons, bars."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass

from probatum.documents.assemble import record_document, source_ref
from probatum.documents.cells import fill
from probatum.documents.columns import KNOWN, is_record_table, missing, recognise
from probatum.documents.draft import Draft
from probatum.documents.encoding import Encoding, Line, detect_encoding, lines, lost
from probatum.documents.format import Buffer, Format, ReadOptions
from probatum.documents.rows import Row, rows
from probatum.model.document import Chunk
from probatum.model.source import Problem, Source

_DELIMITERS = (",", ";", "\t", "|")
_SEEN = 5


@dataclass(frozen=True, slots=True)
class _Table:
    """What is known of a table when its heading was read."""

    source: Source
    encoding: Encoding
    headings: tuple[str, ...]
    columns: dict[str, list[int]]


def sniff(head: bytes, name: str) -> float:
    """Tell how sure it is that this is a table: by known headings, else by lines of one width."""
    if head.lstrip()[:1] in {b"<", b"{", b"@", b"["} or head.startswith(b"%PDF"):
        return 0.0
    begin = _beginning(head)
    if not begin or "\0" in begin[0].text:
        return 0.0
    delimiter = _delimiter(begin, None)
    widths = [len(_split(line.text, delimiter)) for line in begin[:_SEEN]]
    columns = recognise(_split(begin[0].text, delimiter))
    if is_record_table(columns, widths[0]) and (len(columns) > 2 or _even(widths)):
        return 0.9
    return _sure_of_shape(widths, name)


def _sure_of_shape(widths: list[int], name: str) -> float:
    """Little unless the name agrees: prose may have commas, and numbers need another reader."""
    if name.lower().endswith((".csv", ".tsv")) and widths[0] > 1:
        return 0.5
    return 0.2 if len(widths) > 2 and widths[0] > 3 and _even(widths) else 0.0


def _even(widths: list[int]) -> bool:
    return len(set(widths)) == 1 and widths[0] > 1


def _beginning(data: Buffer) -> list[Line]:
    """The first lines that are not empty; the last one may be cut."""
    found = []
    for line in lines(data, detect_encoding(data)):
        if line.text.strip() and not line.text.lower().startswith("sep="):
            found.append(line)
        if len(found) > _SEEN:
            break
    return found


def _split(text: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([text[:100_000]], delimiter=delimiter), [])
    except csv.Error:
        return []


def _delimiter(begin: list[Line], options: ReadOptions | None) -> str:
    """The delimiter under which the heading has the most known columns, then the most columns."""
    chosen = options.columns if options else None

    def told(delimiter: str) -> tuple[int, int]:
        headings = _split(begin[0].text, delimiter)
        return len(recognise(headings, chosen)), len(headings)

    return max(_DELIMITERS, key=told)


def read(data: Buffer, source: Source, options: ReadOptions) -> Iterator[Chunk]:
    """Read row by row; a table without known columns is one Problem that names them."""
    encoding = detect_encoding(data)
    begin = _beginning(data)
    if not begin:
        reason = "The table is empty; export it again."
        problem = Problem("empty-table", reason, 0)
        yield Chunk(0, source.size, "rejected", None, (problem,), reason)
        return
    start = begin[0].offset
    if start:
        yield Chunk(0, start, "ignored", reason="marks and empty lines before the heading")
    following = (line for line in lines(data, encoding) if line.offset >= start)
    found = rows(following, _delimiter(begin, options))
    first = next(found)
    table = _Table(source, encoding, tuple(first.cells), recognise(first.cells, options.columns))
    if wrong := _wrong_columns(table, options, start):
        yield Chunk(start, source.size - start, "rejected", None, (wrong,), wrong.reason)
        return
    yield Chunk(start, first.end - start, "parsed", reason="the heading")
    yield from _chunks(data, found, table, first.end)


def _wrong_columns(table: _Table, options: ReadOptions, start: int) -> Problem | None:
    absent = missing(table.headings, options.columns)
    if not absent and is_record_table(table.columns, len(table.headings)):
        return None
    told = f"no such column or field: {', '.join(absent)}" if absent else "no column of titles"
    headings = ", ".join(name.strip()[:40] for name in table.headings[:12])
    reason = (
        f"The table has {told}; its columns are: {headings}. Name them with --columns, for "
        f"example --columns title=TI,year=PY; fields: {', '.join(KNOWN)}."
    )
    return Problem("unknown-columns", reason, start)


def _chunks(data: Buffer, found: Iterator[Row], table: _Table, at: int) -> Iterator[Chunk]:
    ordinal = 0
    for row in found:
        if row.start > at:
            yield Chunk(at, row.start - at, "ignored", reason="empty lines")
        at = row.end
        if row.whole and not any(cell.strip() for cell in row.cells):
            yield Chunk(row.start, row.end - row.start, "ignored", reason="empty row")
            continue
        chunk = _chunk(data[row.start : row.end], row, table, ordinal)
        ordinal += chunk.document is not None
        yield chunk
    if at < table.source.size:
        yield Chunk(at, table.source.size - at, "ignored", reason="empty lines")


def _chunk(raw: bytes, row: Row, table: _Table, ordinal: int) -> Chunk:
    problems = [*_problems(row, table), *lost(raw, table.encoding, row.start)]
    draft = Draft()
    cells = {
        field: [(table.headings[place], row.cells[place]) for place in places if place < row.width]
        for field, places in table.columns.items()
    }
    fill(draft, cells)
    if not row.whole or not draft.says_something:
        reason = row.problem.reason if row.problem else _NOTHING
        if not row.problem:
            problems.append(Problem("empty-record", reason, row.start))
        return Chunk(row.start, len(raw), "rejected", None, tuple(problems), reason)
    key = next((value for _, value in cells.get("record", ()) if value.strip()), None)
    ref = source_ref(table.source, row.start, len(raw), key)
    document = record_document(ordinal, ref, draft.metadata("a column"), problems=problems)
    return Chunk(row.start, len(raw), "parsed", document)


_NOTHING = "The row has no title, abstract or identifier; look at its quotes and columns."


def _problems(row: Row, table: _Table) -> Iterator[Problem]:
    if row.problem:
        yield row.problem
        return
    width = len(table.headings)
    if row.width > width and any(cell.strip() for cell in row.cells[width:]):
        reason = f"The row has {row.width} cells under {width} headings; the rest was left out."
        yield Problem("extra-cells", reason, row.start)


FORMAT = Format(sniff, read, streaming=True)
