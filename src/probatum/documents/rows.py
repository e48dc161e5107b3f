"""Rows of delimited text with the bytes that each of them came from."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from probatum.documents.encoding import Line
from probatum.model.source import Problem

#: A field longer than this has lost its closing quote (the longest abstracts have some 30,000).
LONGEST_FIELD = 1_000_000
#: Lines of a row; more of them mean a quote that was never closed.
MOST_LINES = 400
csv.field_size_limit(max(csv.field_size_limit(), LONGEST_FIELD))


@dataclass(frozen=True, slots=True)
class Row:
    """Cells of one row, bytes [start, end); not ``whole`` where the cells cannot be trusted."""

    start: int
    end: int
    cells: list[str]
    problem: Problem | None = None
    whole: bool = True

    @property
    def width(self) -> int:
        """Number of cells."""
        return len(self.cells)


class _Lines:
    """Lines for the csv module, remembering those of the row; some can be given back."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines = iter(lines)
        self._back: deque[Line] = deque()
        self.taken: list[Line] = []
        self.cut = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self.taken) >= MOST_LINES:
            self.cut = True
            raise StopIteration
        try:
            line = self._back.popleft() if self._back else next(self._lines)
        except StopIteration:
            self.cut = bool(self.taken)
            raise
        self.taken.append(line)
        return line.text.replace("\0", "\ufffd") + "\n"

    def give_back(self, kept: int) -> None:
        """Give back all lines of the row but the first ``kept``."""
        self._back.extendleft(reversed(self.taken[kept:]))
        del self.taken[kept:]
        self.cut = False


def rows(lines: Iterable[Line], delimiter: str) -> Iterator[Row]:
    r"""Yield rows with their bytes; a quote that is never closed costs its line only.

    >>> found = rows([Line(0, 4, 'a,"b'), Line(4, 7, 'c"'), Line(7, 8, "d")], ",")
    >>> [(row.start, row.end, row.cells) for row in found]
    [(0, 7, ['a', 'b\nc']), (7, 8, ['d'])]
    """
    feed, width = _Lines(lines), 0
    while True:
        feed.taken, feed.cut = [], False
        cells, broken = _next(csv.reader(feed, delimiter=delimiter, strict=True))
        if not feed.taken:
            return
        width = width or len(cells)
        if broken:
            yield _mended(feed, delimiter, width)
        else:
            yield Row(feed.taken[0].offset, feed.taken[-1].end, cells)


def _next(reader: Iterator[list[str]]) -> tuple[list[str], bool]:
    try:
        return next(reader, []), False
    except csv.Error:
        return [], True


def _mended(feed: _Lines, delimiter: str, width: int) -> Row:
    """A row that strict rules cannot read: its first line alone, else leniently over lines.

    Each is believed only when it gives as many cells as the heading has.
    """
    feed.give_back(1)
    text = feed.taken[0].text
    alone, _ = _next(csv.reader([text], delimiter=delimiter, strict=False))
    plain = [cell.strip('"') for cell in text.split(delimiter)]
    cells = next((found for found in (alone, plain) if len(found) == width), None)
    if cells is None:
        cells = _over_lines(feed, delimiter, width)
    first, last = feed.taken[0], feed.taken[-1]
    problem = Problem("broken-quotes", _BROKEN, first.offset)
    return Row(first.offset, last.end, cells or plain, problem, cells is not None)


def _over_lines(feed: _Lines, delimiter: str, width: int) -> list[str] | None:
    feed.give_back(0)
    cells, broken = _next(csv.reader(feed, delimiter=delimiter, strict=False))
    if broken or feed.cut or len(cells) != width:
        feed.give_back(1)
        return None
    return cells


_BROKEN = "A quote in this row is not closed or not doubled; put it right in the table."
