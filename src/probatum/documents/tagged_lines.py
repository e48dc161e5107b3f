"""Tagged records line by line: what any line means, in any state of a record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from probatum.documents.encoding import Line
from probatum.documents.regular import Regular, Tagged
from probatum.model.source import Problem

#: A record larger than this is cut: some file that only looks like records must not fill memory.
LARGEST_RECORD = 4_000_000


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
    of ``outside`` belong to the file and begin no record. ``regular`` says how most records look.
    """

    line: re.Pattern[str]
    begins: str
    ends: str | None
    blank_ends: bool
    regular: Regular
    unclosed: Problem | None = None
    unopened: Problem | None = None
    listed: frozenset[str] = frozenset()
    outside: frozenset[str] = frozenset()


def entries(lines: Iterator[Line], dialect: Dialect) -> Iterator[Entry]:
    """Yield the records that the lines hold; the lines between them belong to none."""
    now: Entry | None = None
    for line in lines:
        found = dialect.line.match(line.text)
        if now is not None and _closes(now, found, line, dialect):
            yield _unclosed(now, dialect)
            now = None
        if now is None:
            if found is None or found[1] == dialect.ends or found[1] in dialect.outside:
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
