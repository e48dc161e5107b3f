"""JATS tables: cells with their place in the grid and their span in the text."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from probatum.documents.formats.jats_inline import citations
from probatum.documents.formats.jats_text import ArticleText
from probatum.documents.grid import Grid, span_of
from probatum.documents.markup import plain, spoken, squeezed
from probatum.model.document import Cell, InTextCitation, Table
from probatum.model.quick import maker

_GROUPS = frozenset({"thead", "tbody", "tfoot"})
_CELLS = frozenset({"td", "th"})
_BARE = frozenset({"bold", "italic", "hr"})  # they change nothing in the text
_SINGLE = frozenset({None, "1"})
_cell = maker(Cell)


def table_wrap(text: ArticleText, element: etree._Element, label: str, caption: str) -> None:
    """Write the tables of a table-wrap: cells divided by tabs, rows by line feeds."""
    for table in _tables(element):
        key = element.get("id") or f"table{len(text.tables) + 1}"
        cells = _written(text, table)
        text.tables.append(Table(key, label or None, caption or None, cells))


def _tables(element: etree._Element) -> Iterator[etree._Element]:
    for child in element:
        if child.tag == "table":
            yield child
        elif child.tag in {"alternatives", "oasis"}:
            yield from child.iterchildren("table")


def _rows(table: etree._Element) -> Iterator[tuple[etree._Element, bool]]:
    """Rows with whether they stand in the head; rows of tables within cells are not met."""
    for child in table:
        if child.tag == "tr":
            yield child, False
        elif child.tag in _GROUPS:
            for row in child.iterchildren("tr"):
                yield row, child.tag == "thead"


def _written(text: ArticleText, table: etree._Element) -> tuple[Cell, ...]:
    grid = Grid()
    lines: list[str] = []
    cells: list[Cell] = []
    found: list[InTextCitation] = []
    at = text.builder.next_start
    for row, head in _rows(table):
        grid.row()
        line: list[str] = []
        for element in row:
            tag = element.tag
            if tag not in _CELLS:
                continue
            words = _words(text, element, at, found) if len(element) else plain(element.text)
            line.append(words)
            end = at + len(words)
            rows, columns = element.get("rowspan"), element.get("colspan")
            height = 1 if rows in _SINGLE else span_of(rows, rows=True)
            width = 1 if columns in _SINGLE else span_of(columns, rows=False)
            down, right = grid.place(height, width)
            cells.append(_cell(down, right, height, width, head or tag == "th", at, end))
            at = end + 1  # a tab or a line feed
        if line:
            lines.append("\t".join(line))
    start, end = text.builder.block("\n".join(lines), "table", text.path, text.role)
    if start == end:
        return ()
    text.citations.extend(found)
    return tuple(cells)


def _words(
    text: ArticleText, element: etree._Element, at: int, found: list[InTextCitation]
) -> str:
    if len(element) == 1 and not len(element[0]) and element[0].tag in _BARE:
        return squeezed(spoken(element)).strip(" ")  # a third of the cost of a walk
    text.cells.walk(element)
    words, marks = text.cells.take()
    if marks:
        found.extend(citations(words, at, marks, text.keys))
    return words
