"""Files of tagged lines (RIS, MEDLINE): lines to records, in flat memory, nothing lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from probatum.documents.assemble import record_document, source_ref
from probatum.documents.draft import Draft
from probatum.documents.encoding import Encoding, Line, lost
from probatum.documents.format import Buffer
from probatum.model.document import Chunk
from probatum.model.source import Problem, Source

#: A record larger than this is cut: some file that only looks like records must not fill memory.
LARGEST_RECORD = 4_000_000
Tagged = tuple[str, str]


@dataclass(slots=True)
class Entry:
    """One record while it is read: its bytes and its (tag, value) pairs in order."""

    start: int
    end: int
    pairs: list[tuple[str, list[str]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    paused: bool = False

    def tagged(self) -> list[Tagged]:
        """Tags with their values, continuation lines joined by one space."""
        return [(tag, " ".join(parts)) for tag, parts in self.pairs]


@dataclass(frozen=True, slots=True)
class Dialect:
    """How lines are records: ``line`` gives tag and value, ``begins`` and ``ends`` are tags.

    With ``blank_ends`` an empty line ends a record; else the tag ``ends`` does, and a record
    that begins before that has the problem ``unclosed``; one that begins otherwise ``unopened``.
    With neither, a tag behind an empty line begins the next record, and so does a second
    ``begins``. Under the tags of ``listed`` each continuation line is a value of its own; those
    of ``outside`` belong to the file and begin no record.
    """

    line: re.Pattern[str]
    begins: str
    ends: str | None
    blank_ends: bool
    unclosed: Problem | None = None
    unopened: Problem | None = None
    listed: frozenset[str] = frozenset()
    outside: frozenset[str] = frozenset()


def grouped(pairs: Iterable[Tagged]) -> dict[str, list[str]]:
    """Give the values of each tag in order, empty ones left out.

    >>> grouped([("AU", "Roe"), ("AU", "Poe"), ("TI", "")])
    {'AU': ['Roe', 'Poe']}
    """
    values: dict[str, list[str]] = {}
    for tag, value in pairs:
        if value:
            values.setdefault(tag, []).append(value)
    return values


def entries(lines: Iterator[Line], dialect: Dialect) -> Iterator[Entry | Line]:
    """Yield records, and lines that belong to none; together they are all lines in order."""
    now: Entry | None = None
    for line in lines:
        found = dialect.line.match(line.text)
        if now is not None and _closes(now, found, line, dialect):
            yield _unclosed(now, dialect)
            now = None
        if now is None:
            if found is None or found[1] == dialect.ends or found[1] in dialect.outside:
                yield line
                continue
            now = Entry(line.offset, line.end)
        now.end = line.end
        if found is not None and found[1] == dialect.ends:
            yield now
            now = None
        else:
            _take(now, found, line.text, dialect)
    if now is not None:
        yield _unclosed(now, dialect)


def _closes(now: Entry, found: re.Match[str] | None, line: Line, dialect: Dialect) -> bool:
    loose = dialect.ends is None and not dialect.blank_ends
    if found is not None and loose:
        twice = found[1] == dialect.begins and any(tag == found[1] for tag, _ in now.pairs)
        return now.paused or twice
    if found is not None and found[1] == dialect.begins:
        return True
    if line.end - now.start > LARGEST_RECORD:
        return True
    return dialect.blank_ends and not line.text.strip()


def _unclosed(entry: Entry, dialect: Dialect) -> Entry:
    if dialect.unclosed is not None:
        entry.problems.append(replace(dialect.unclosed, offset=entry.start))
    return entry


def _take(entry: Entry, found: re.Match[str] | None, text: str, dialect: Dialect) -> None:
    more = text.strip()
    entry.paused = not more
    if found is not None:
        entry.pairs.append((found[1].strip(), [(found[2] or "").strip()]))
    elif entry.pairs and more:
        tag = entry.pairs[-1][0]
        if tag in dialect.listed:
            entry.pairs.append((tag, [more]))
        else:
            entry.pairs[-1][1].append(more)


_BEHIND = "tagged lines behind the end of a record"
Fill = Callable[[list[Tagged]], tuple[Draft, str | None]]


@dataclass(frozen=True, slots=True)
class Reader:
    """What makes documents of records: the format's name, its dialect, and how fields are read."""

    name: str
    dialect: Dialect
    fill: Fill


def read_tagged(
    data: Buffer, source: Source, lines: Iterator[Line], encoding: Encoding, reader: Reader
) -> Iterator[Chunk]:
    """Read a file of tagged records; lines outside of records are ignored, with the reason."""
    at = ordinal = 0
    for item in entries(lines, reader.dialect):
        if isinstance(item, Line):
            continue
        if item.start > at:
            yield _between(data, at, item.start)
        chunk = _chunk(data[item.start : item.end], item, source, ordinal, (encoding, reader))
        ordinal += chunk.document is not None
        yield chunk
        at = item.end
    if at < source.size:
        yield _between(data, at, source.size)


def _between(data: Buffer, start: int, end: int) -> Chunk:
    blank = end - start < 4096 and not data[start:end].strip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")
    reason = "empty lines between records" if blank else "text that belongs to no record"
    return Chunk(start, end - start, "ignored", reason=reason)


def _chunk(
    raw: bytes, entry: Entry, source: Source, ordinal: int, how: tuple[Encoding, Reader]
) -> Chunk:
    encoding, reader = how
    draft, key = reader.fill(entry.tagged())
    problems = (*entry.problems, *lost(raw, encoding, entry.start))
    unopened = reader.dialect.unopened
    if unopened is not None and entry.pairs[0][0] != reader.dialect.begins:
        if not draft.says_something:  # Ovid writes lines of its own behind the end of a record
            return Chunk(entry.start, len(raw), "ignored", reason=_BEHIND)
        problems = (*problems, replace(unopened, offset=entry.start))
    if not draft.says_something:
        reason = "The record has no title, abstract or identifier; look at it or remove it."
        problem = Problem("empty-record", reason, entry.start)
        return Chunk(entry.start, len(raw), "rejected", None, (*problems, problem), reason)
    ref = source_ref(source, entry.start, len(raw), key)
    document = record_document(ordinal, ref, draft.metadata(reader.name), problems=problems)
    return Chunk(entry.start, len(raw), "parsed", document)
