"""The linear text of a web page: its main part as blocks, tables as cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from probatum.documents.assemble import TextBuilder
from probatum.documents.formats.html_main import main_part
from probatum.documents.grid import Grid, span_of
from probatum.documents.markup import flat, spoken
from probatum.documents.roles import role_of
from probatum.model.document import Block, BlockKind, Cell, SectionRole, Table

#: Elements that begin and end a paragraph.
BLOCKS = frozenset(
    {"p", "div", "section", "article", "main", "li", "dt", "dd", "ul"}
    | {"ol", "dl", "blockquote", "pre", "figure", "figcaption", "address", "header", "footer"}
    | {"aside", "details", "summary", "fieldset", "center", "body", "html", "hr", "h1"}
    | {"h2", "h3", "h4", "h5", "h6", "table", "tr", "td", "th"}
    | {"tbody", "thead", "tfoot", "caption"}
)
_KINDS: dict[str, BlockKind] = {"li": "list-item", "figcaption": "caption", "caption": "caption"}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SPACES = re.compile(r"[ \t\r\n\f]+")


@dataclass(frozen=True, slots=True)
class PageText:
    """Linear text of a page with its blocks and tables."""

    text: str
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...]


def page_text(root: etree._Element, title: str | None) -> PageText:
    """Read the main part of a page; navigation, forms, code and hidden parts are left out."""
    walk = _Walk(title)
    walk.element(main_part(root))
    walk.flush()
    return PageText(walk.builder.text(), tuple(walk.builder.blocks), tuple(walk.tables))


class _Walk:
    """State of the walk: the paragraph that grows and the headings above it."""

    def __init__(self, title: str | None) -> None:
        self.builder = TextBuilder()
        self.tables: list[Table] = []
        self._title = title
        self._parts: list[str] = []
        self._kind: BlockKind = "paragraph"
        self._path: list[tuple[int, str, SectionRole]] = []

    def element(self, element: etree._Element) -> None:
        """Read an element and all below it, its tail not."""
        tag = str(element.tag)
        if tag not in BLOCKS:
            self._inline(element, tag)
        elif tag in _HEADINGS:
            self.flush()
            self._heading(flat(element), _HEADINGS[tag])
        elif tag == "table" and _is_data(element):
            self.flush()
            self._table(element)
        else:
            self._block(element, _KINDS.get(tag))

    def _block(self, element: etree._Element, kind: BlockKind | None) -> None:
        self.flush()
        before = self._kind
        self._kind = kind or before
        self._children(element)
        self.flush()
        self._kind = before

    def _children(self, element: etree._Element) -> None:
        if element.text:
            self._parts.append(element.text)
        for child in element:
            self.element(child)
            if child.tail:
                self._parts.append(child.tail)

    def _inline(self, element: etree._Element, tag: str) -> None:
        if tag == "br":
            self._parts.append("\n")
            return
        marker = spoken(element).strip() if tag == "sup" else ""
        if marker.isdigit() and element.find(".//a[@href]") is not None:
            self._parts.append(f"[{marker}]")  # a raised reference number, not a power
            return
        self._children(element)

    def flush(self) -> None:
        """End the paragraph that grows."""
        if self._parts:
            text = _SPACES.sub(" ", "".join(self._parts)).strip()
            self._parts.clear()
            self.builder.block(text, self._kind, self._names(), self._role())

    def _names(self) -> tuple[str, ...]:
        return tuple(name for _, name, _ in self._path)

    def _role(self) -> SectionRole:
        return self._path[-1][2] if self._path else "other"

    def _heading(self, words: str, level: int) -> None:
        if not words:
            return
        if words == self._title:
            self._path.clear()
            self.builder.block(words, "title")
            return
        while self._path and self._path[-1][0] >= level:
            self._path.pop()
        own = role_of(words)
        self._path.append((level, words, own if own != "other" else self._role()))
        self.builder.block(words, "heading", self._names(), self._role())

    def _table(self, table: etree._Element) -> None:
        caption = flat(table.find("caption"))
        if caption:
            self.builder.block(caption, "caption", self._names(), self._role())
        base, at, grid = self.builder.next_start, 0, Grid()
        parts: list[str] = []
        cells: list[Cell] = []
        for row in _rows(table):
            grid.row()
            for place, cell in enumerate(row.iterchildren("td", "th")):
                divider = ("\t" if place else "\n") if cells else ""
                words = flat(cell)
                at += len(divider)
                cells.append(_cell(cell, grid, base + at, len(words)))
                parts += divider, words
                at += len(words)
        start, end = self.builder.block("".join(parts), "table", self._names(), self._role())
        if start < end:
            key = table.get("id") or f"table{len(self.tables) + 1}"
            self.tables.append(Table(key, None, caption or None, tuple(cells)))


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in {"thead", "tbody", "tfoot"}:
            yield from child.iterchildren("tr")


def _is_data(table: etree._Element) -> bool:
    """Tell a table of data from one that lays out a page."""
    if table.find(".//table") is not None or table.get("role") == "presentation":
        return False
    widths = [len(row) for row in _rows(table)]
    return len(widths) > 1 and max(widths) > 1


def _cell(element: etree._Element, grid: Grid, start: int, length: int) -> Cell:
    rows = span_of(element.get("rowspan"), rows=True)
    columns = span_of(element.get("colspan"), rows=False)
    row, column = grid.place(rows, columns)
    return Cell(row, column, rows, columns, element.tag == "th", start, start + length)
