"""A document's text in pieces that can be shown: blocks, what lies between, parts."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from probatum.atlas.marks import Mark, Segment, cut
from probatum.model.document import Block, Cell, Document, Table

PART = 120_000
LONGEST = 40_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that is shown as one: its kind, and the table where it is one."""

    kind: str
    start: int
    end: int
    depth: int = 0
    table: Table | None = None


def pieces(document: Document) -> list[Piece]:
    """Tile the text: a block keeps the white space after it, other text becomes a piece."""
    text, tiled, at = document.text, list[Piece](), 0
    for block in document.blocks:
        if text[at : block.start].strip():
            tiled += _split(text, Piece("loose", at, block.start))
        elif tiled:
            tiled[-1] = replace(tiled[-1], end=block.start)
        start = at if not tiled else block.start
        tiled += _split(text, _of_block(block, start, document.tables))
        at = block.end
    if at < len(text):
        tiled += _split(text, Piece("loose", at, len(text)))
    return tiled


def _of_block(block: Block, start: int, tables: Sequence[Table]) -> Piece:
    table = None
    if block.kind == "table":
        table = next((t for t in tables if _inside(t, block.start, block.end)), None)
    return Piece(block.kind, start, block.end, len(block.section), table)


def _inside(table: Table, start: int, end: int) -> bool:
    return bool(table.cells) and all(start <= c.start <= c.end <= end for c in table.cells)


def _split(text: str, piece: Piece) -> Iterator[Piece]:
    """Cut a piece that is too long to handle at once, at white space where there is some."""
    start = piece.start
    while piece.end - start > LONGEST and piece.table is None:
        space = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        stop = space + 1 if space > 0 else start + LONGEST
        yield replace(piece, start=start, end=stop)
        start = stop
    yield replace(piece, start=start)


def parts(tiled: Sequence[Piece], size: int = PART) -> list[list[Piece]]:
    """Group pieces into parts of a long text, each of about ``size`` code points."""
    grouped: list[list[Piece]] = [[]]
    held = 0
    for piece in tiled:
        if held and held + piece.end - piece.start > size:
            grouped.append([])
            held = 0
        grouped[-1].append(piece)
        held += piece.end - piece.start
    return grouped


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece as it is drawn: its text with marks, rows of cells, notes for the margin."""

    piece: Piece
    text: Markup
    rows: tuple[tuple[tuple[Cell, Markup], ...], ...]
    notes: tuple[tuple[int, Mark], ...]


def show(
    document: Document, part: Sequence[Piece], marks: Sequence[Mark], places: Sequence[Mark] = ()
) -> list[Shown]:
    """Draw the pieces of a part; marks are numbered in text order, ``places`` only led to."""
    shown, numbers = [], {mark.id: i for i, mark in enumerate(marks, 1)}
    marks = sorted((*marks, *places), key=lambda mark: (mark.start, mark.end))
    waiting, open_marks = 0, list[Mark]()
    for piece in part:
        open_marks = [mark for mark in open_marks if mark.end > piece.start]
        notes = []
        while waiting < len(marks) and marks[waiting].start < piece.end:
            mark = marks[waiting]
            if mark.end > piece.start:
                open_marks.append(mark)
            if mark.start >= piece.start and mark.kind != "place":
                notes.append((numbers[mark.id], mark))
            waiting += 1
        drawn = _draw(document.text, piece, open_marks, numbers)
        shown.append(Shown(piece, *drawn, tuple(notes)))
    return shown


def _draw(
    text: str, piece: Piece, marks: Sequence[Mark], numbers: dict[str, int]
) -> tuple[Markup, tuple[tuple[tuple[Cell, Markup], ...], ...]]:
    def marked(start: int, end: int) -> Markup:
        segments = cut(text, start, end, marks)
        return Markup("").join(_segment(segment, numbers) for segment in segments)

    if piece.table is None:
        return marked(piece.start, piece.end), ()
    cells = sorted(piece.table.cells, key=lambda cell: (cell.row, cell.column))
    rows = itertools.groupby(cells, key=lambda cell: cell.row)
    drawn = tuple(tuple((c, marked(c.start, c.end)) for c in row) for _, row in rows)
    return marked(piece.start, cells[0].start) if cells else Markup(""), drawn


def _segment(segment: Segment, numbers: dict[str, int]) -> Markup:
    inner = Markup("{}").format(segment.text)
    variants: dict[str, str] = {}
    for mark in reversed([mark for mark in segment.marks if mark.kind != "place"]):
        variants[mark.kind] = mark.variant
    for kind, variant in variants.items():
        inner = Markup('<span class="m {} {}">{}</span>').format(
            kind, variant.replace(" ", "-"), inner
        )
    if variants:
        inner = Markup("<mark>{}</mark>").format(inner)
    for place in dict.fromkeys(mark.place for mark in segment.opens):
        inner = Markup('<span class="place" id="{}">{}</span>').format(place, inner)
    closing = [mark for mark in segment.closes if mark.kind not in {"asked", "place"}]
    return inner + Markup("").join(_reference(mark, numbers[mark.id]) for mark in closing)


def _reference(mark: Mark, number: int) -> Markup:
    return Markup('<a class="ref {} {}" href="#note-{}" aria-label="Note {}: {}">{}</a>').format(
        mark.kind, mark.variant, mark.id, number, mark.title, number
    )
