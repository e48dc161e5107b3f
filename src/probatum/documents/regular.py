"""Records of tagged lines taken whole: one search for the end, one for all tags and values.

Most records of real files are as their format says. Such a one costs a tenth of what it costs to
look at each of its lines; what differs in anything is left to the reader of lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from probatum.documents.encoding import Encoding
from probatum.documents.format import Buffer
from probatum.model.source import Problem

#: Encodings in which a byte of a line end is nothing else.
PLAIN = frozenset({"utf-8", "utf-8-sig", "windows-1252"})
Tagged = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Regular:
    """How a record looks that is as the format says.

    ``begin`` matches line ends and looks ahead to the first line; ``stop`` is searched and matches
    from the line end before what ends the record to the first byte that is not of it; ``pair``
    finds each tag and its value, with continuation lines in it if it knows any. ``again``, a line
    end and the tag that begins a record, must not stand within one. Under the tags of ``listed``
    each continuation line is a value of its own.
    """

    begin: re.Pattern[bytes]
    stop: re.Pattern[bytes]
    pair: re.Pattern[str]
    again: str
    listed: frozenset[str] = frozenset()


@dataclass(slots=True)
class Record:
    """A record: bytes [start, end), its tags with values, and what could not be taken.

    White space may still be around the values.
    """

    start: int
    end: int
    pairs: list[Tagged]
    problems: tuple[Problem, ...] = ()


class RegularRecords:
    """The regular records of a source, each asked for by the place where it may begin."""

    __slots__ = ("_codec", "_data", "_largest", "_regular", "_stop")

    def __init__(self, data: Buffer, encoding: Encoding, regular: Regular, largest: int) -> None:
        self._data, self._codec, self._regular = data, encoding.codec, regular
        self._largest = largest
        self._stop: re.Match[bytes] | None = regular.stop.search(data, encoding.bom)

    def at(self, place: int) -> Record | None:
        """Give the record that begins at a line, or behind empty ones; None when it is irregular.

        Places must not descend; all of them together cost one pass over the source.
        """
        found = self._regular.begin.match(self._data, place)
        start = found.end() if found else len(self._data)
        while self._stop is not None and self._stop.start() < start:
            self._stop = self._regular.stop.search(self._data, start)
        stop = self._stop
        if found is None or stop is None or stop.end() - start > self._largest:
            return None
        pairs = self._pairs(self._data[start : stop.start()])
        return Record(start, stop.end(), pairs) if pairs else None

    def _pairs(self, raw: bytes) -> list[Tagged] | None:
        """Tags and values when they are all that the lines hold."""
        try:
            text = raw.decode(self._codec)
        except UnicodeDecodeError:
            return None
        if "\r" in text:
            text = text.removesuffix("\r").replace("\r\n", "\n")
        if "\r" in text or self._regular.again in text:
            return None
        pairs: list[Tagged] = self._regular.pair.findall(text)
        more = text.count("\n") + 1 - len(pairs)
        return _continued(pairs, more, self._regular.listed) if more else pairs


def _continued(pairs: list[Tagged], more: int, listed: frozenset[str]) -> list[Tagged] | None:
    """Join values that go on over lines; None when there are not as many lines ``more``."""
    whole: list[Tagged] = []
    for pair in pairs:
        tag, value = pair
        if "\n" not in value:
            whole.append(pair)
            continue
        lines = value.split("\n")
        more -= len(lines) - 1
        whole += (
            [(tag, v) for v in lines]
            if tag in listed
            else [(tag, " ".join(map(str.strip, lines)))]
        )
    return None if more else whole
