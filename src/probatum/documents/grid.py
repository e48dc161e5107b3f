"""The place of table cells: rows and columns from cells that span several of them."""

from __future__ import annotations

_WIDEST = 100
_LONGEST = 1000


class Grid:
    """Column of each cell, row by row, as the HTML table model places them.

    Spans are bounded (100 columns, 1,000 rows), for hostile tables.

    >>> grid = Grid()
    >>> grid.row(); grid.place(2, 1), grid.place(1, 1)
    ((0, 0), (0, 1))
    >>> grid.row(); grid.place(1, 1)
    (1, 1)
    """

    __slots__ = ("_column", "_row", "_until")

    def __init__(self) -> None:
        self._row = -1
        self._column = 0
        self._until: list[int] = []  # by column: the first row that is free again

    def row(self) -> None:
        """Begin the next row."""
        self._row += 1
        self._column = 0

    def place(self, row_span: int, column_span: int) -> tuple[int, int]:
        """Place a cell; give its (row, column), both from 0."""
        column, until, row = self._column, self._until, self._row
        held = len(until)
        while column < held and until[column] > row:
            column += 1
        self._column = column + column_span
        if row_span == 1 and (column_span == 1 or column >= held):  # nothing below is taken
            return row, column
        until.extend([0] * max(self._column - held, 0))
        until[column : self._column] = [row + row_span] * column_span
        return row, column


def span_of(value: str | None, *, rows: bool) -> int:
    """Read a rowspan or colspan; 1 for what is no such number.

    >>> span_of("3", rows=True), span_of("x", rows=True), span_of("9999999", rows=False)
    (3, 1, 100)
    """
    if value is None or value == "1":
        return 1
    if not value.strip().isdecimal():
        return 1
    return min(max(int(value.strip()[:6]), 1), _LONGEST if rows else _WIDEST)
