"""Tables as grids: spans filled in, headers told from data, a label for every column and row."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from probatum.model.document import Cell, Document, Table
from probatum.text.cells import cell_value

_MOST_CELLS = 20_000
_WIDEST = 60
_LABEL = re.compile(r"Table\s?\w{1,4}\b\.?", re.IGNORECASE)
_MOST_NOTES = 8
_LONGEST_NOTE = 250
_LONGEST_ASIDE = 1_000


@dataclass(frozen=True, slots=True)
class Row:
    """A data row: its label with the headings above it, and its cells by column (None: empty)."""

    number: int
    label: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: the label of every column, and its data rows in order."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def grid(document: Document, table: Table) -> Grid:
    """Lay out a table; spans repeat their cell, a row with a label alone heads those below."""
    placed = _placed(table)
    if not placed:
        return Grid((), ())
    width = min(_WIDEST, max(column for _, column in placed) + 1)
    height = max(row for row, _ in placed) + 1
    lines = [tuple(placed.get((row, column)) for column in range(width)) for row in range(height)]
    first = _first_data_row(document, lines)
    columns = tuple(_column_label(document, lines[:first], at) for at in range(width))
    return Grid(columns, tuple(_rows(document, lines, first)))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a table: its label, its caption, and the notes below it."""

    label: str
    caption: str
    notes: str


def surroundings(document: Document, table: Table) -> Surroundings:
    """Give what a table says of itself; readers may keep captions and notes as blocks only."""
    start, end = min(c.start for c in table.cells), max(c.end for c in table.cells)
    starts = [block.start for block in document.blocks]
    above = document.blocks[max(0, bisect_left(starts, start) - 2) : bisect_left(starts, start)]
    texts = [(block.kind, document.text[block.start : block.end]) for block in above]
    captions = [text for kind, text in texts if kind == "caption"]
    labels = [text for _, text in texts if _LABEL.match(text)]
    notes = _notes(document, bisect_left(starts, end))
    caption = table.caption or (captions[-1] if captions else "")
    label = table.label or (labels[-1] if labels else table.key)
    return Surroundings(label[:40], caption, " ".join(notes))


def _notes(document: Document, first: int) -> list[str]:
    """Give the footnotes of a table: asides behind it, or short paragraphs."""
    notes: list[str] = []
    for block in document.blocks[first:][:_MOST_NOTES]:
        text = document.text[block.start : block.end]
        aside = block.kind == "other"
        short = block.kind == "paragraph" and len(text) <= _LONGEST_NOTE
        if not (aside or short) or _LABEL.fullmatch(text):
            break
        notes.append(text[:_LONGEST_ASIDE])
    return notes


def cell_text(document: Document, cell: Cell | None) -> str:
    """Give the words of a cell, white space folded."""
    return " ".join(document.text[cell.start : cell.end].split()) if cell else ""


def _placed(table: Table) -> dict[tuple[int, int], Cell]:
    placed: dict[tuple[int, int], Cell] = {}
    for cell in table.cells[:_MOST_CELLS]:
        for row in range(cell.row, cell.row + min(cell.row_span, 200)):
            for column in range(cell.column, min(cell.column + cell.column_span, _WIDEST)):
                placed.setdefault((row, column), cell)
    return placed


def _first_data_row(document: Document, lines: list[tuple[Cell | None, ...]]) -> int:
    """Find where data start: after the marked header rows, else at the first row with a value."""
    for number, line in enumerate(lines):
        cells = [cell for cell in line if cell is not None]
        if cells and all(cell.header for cell in cells):
            continue
        marked = any(cell.header for cell in lines[0] if cell is not None)
        values = [cell for cell in line[1:] if cell_value(cell_text(document, cell))]
        if values or (marked and number):
            return number - 1 if number > 1 and _is_heading(lines[number - 1]) else number
    return len(lines)


def _is_heading(line: tuple[Cell | None, ...]) -> bool:
    """Whether one cell spans a whole line: a heading of the rows below, not of the columns."""
    return len(line) > 2 and line[0] is not None and all(cell is line[0] for cell in line)


def _column_label(document: Document, headers: list[tuple[Cell | None, ...]], at: int) -> str:
    parts = [cell_text(document, line[at]) for line in headers]
    return " | ".join(dict.fromkeys(part for part in parts if part))


def _rows(document: Document, lines: list[tuple[Cell | None, ...]], first: int) -> list[Row]:
    made: list[Row] = []
    heading = ""
    for number, line in enumerate(lines[first:], first):
        label = cell_text(document, line[0])
        filled = [cell for cell in line[1:] if cell is not line[0] and cell_text(document, cell)]
        if label and not filled:
            heading = label
        elif filled:
            made.append(Row(number, f"{heading} | {label}" if heading else label, line))
    return made
