"""The cells of a table with all that stands over and beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from probatum.claims.grids import Row, Surroundings, cell_text, grid, surroundings
from probatum.model.document import Cell, Document, Table
from probatum.text.cells import cell_value, group_size

_SIZE = re.compile(
    r"\(?\s?\b[nN]\s?[=:\uff1d]\s?\d{1,6}(?:,\d{3})?\s?\)?|\(\d{1,5}\)$"
    r"|\(\d{1,5} (?:patients|subjects|participants)\)"
)
_SIZE_LABEL = re.compile(
    r"n|no\.?(?: of)? (?:patients|subjects|participants)(?: \(%\))?|number(?: \(n\))?"
    r"|number of (?:patients|subjects|participants)",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"[<>\u2264\u2265~\u2212\u2013-]?\s?\d[\d.,\u00b7]*\s?[(\[\u00b1]"
)  # a value's start
_MOST_ENTRIES = 6_000


@dataclass(frozen=True, slots=True)
class Entry:
    """A data cell: its text, and the labels over and beside it as (axis, label) pairs.

    Axes are "row", "heading", "sub" (a heading line inside the table) and "col0", "col1" ... for
    the lines of the header. ``size`` is an n that stands with the column.
    """

    cell: Cell
    text: str
    row: int
    column: int
    parts: tuple[tuple[str, str], ...]
    size: int | None
    size_cell: Cell | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table laid out: what stands around it, its entries, what it calls its columns."""

    around: Surroundings
    entries: tuple[Entry, ...]
    opening: str
    start: int
    end: int
    describes: bool = False


def sheets(document: Document) -> list[Sheet]:
    """Lay out the tables of a document."""
    return [_sheet(document, table) for table in document.tables if table.cells]


def without_size(label: str) -> str:
    """Drop the "(n = 30)" of a label.

    >>> without_size("Drug X (n = 30)")
    'Drug X'
    """
    return " ".join(_SIZE.sub(" ", label).split()).strip(" ,;")


def _sheet(document: Document, table: Table) -> Sheet:
    laid = grid(document, table)
    start, end = min(c.start for c in table.cells), max(c.end for c in table.cells)
    entries = [e for e, _ in zip(_entries(document, laid.columns, laid.rows),
                                 range(_MOST_ENTRIES), strict=False)]  # fmt: skip
    opening = laid.columns[0] if laid.columns else ""
    describes = _describes_people([row.label for row in laid.rows])
    return Sheet(surroundings(document, table), tuple(entries), opening, start, end, describes)


_AGE = re.compile(r"\bage(?![a-z])", re.IGNORECASE)
_SEX = re.compile(r"\b(?:sex|gender|fe?males?|wom[ae]n|m[ae]n)(?![a-z])", re.IGNORECASE)


def _describes_people(labels: list[str]) -> bool:
    """Whether a table has rows of age and of sex: it tells who took part, before treatment."""
    return all(any(p.search(label) for label in labels) for p in (_AGE, _SEX))


@dataclass(slots=True)
class _State:
    """What heading lines inside a table have said so far, by column."""

    sub: dict[int, str]
    groups: dict[int, str]
    sizes: dict[int, tuple[int, Cell]]
    beside: list[str]
    label: str = ""


def _entries(
    document: Document, columns: tuple[str, ...], rows: tuple[Row, ...]
) -> Iterator[Entry]:
    state = _State({}, {}, {}, [])
    first = _first_value_column(document, rows)
    for row in rows:
        if _is_heading_line(document, row, state):
            continue
        state.label = _own_label(row) or state.label
        state.beside = [cell_text(document, row.cells[at]) for at in range(1, first)]
        for at, cell in enumerate(row.cells[first:], first):
            text = cell_text(document, cell)
            if cell is None or not text or (at > 1 and cell is row.cells[at - 1]):
                continue
            yield _entry(cell, text, row, at, _shared(columns, row, at), state)


def _shared(columns: tuple[str, ...], row: Row, at: int) -> str:
    """Give the header of a cell; of one that spans columns, what they share."""
    beside = [columns[i] for i in range(at, len(row.cells)) if row.cells[i] is row.cells[at]]
    if len(beside) < 2:
        return columns[at]
    common = [p for p in beside[0].split(" | ") if all(p in other for other in beside)]
    return " | ".join(common)


def _entry(cell: Cell, text: str, row: Row, at: int, column: str, state: _State) -> Entry:
    heading, _, _ = row.label.rpartition(" | ")
    headers = [(f"col{i}", part) for i, part in enumerate(column.split(" | ")) if part]
    under = [("sub", state.sub.get(at, "")), ("group", state.groups.get(at, ""))]
    more = [(f"row{at}", label) for at, label in enumerate(state.beside, 1)]
    beside = [("row", state.label), ("heading", heading), *more, *under]
    parts = tuple((axis, label) for axis, label in (*headers, *beside) if label)
    size = next((n for _, label in parts if (n := group_size(label))), None)
    known = state.sizes.get(at)
    if known:
        return Entry(cell, text, row.number, at, parts, *known)
    return Entry(cell, text, row.number, at, parts, size)


def _first_value_column(document: Document, rows: tuple[Row, ...]) -> int:
    """Find where values start: columns before it that hold no value are labels too."""
    width = max((len(row.cells) for row in rows), default=1)
    for at in range(1, width):
        texts = [cell_text(document, row.cells[at]) for row in rows if at < len(row.cells)]
        filled = [text for text in texts if text]
        if not filled or any(cell_value(text) or _OPENS.match(text) for text in filled):
            return at
    return 1


def _own_label(row: Row) -> str:
    return row.label.rpartition(" | ")[2].strip()


def _is_heading_line(document: Document, row: Row, state: _State) -> bool:
    """Read a line of sizes or of column headings that stands between data rows."""
    cells = [(at, c, cell_text(document, c)) for at, c in enumerate(row.cells[1:], 1) if c]
    filled = [(at, cell, text) for at, cell, text in cells if text]
    label = _own_label(row)
    sized = [(at, cell, _size(label, text)) for at, cell, text in filled]
    known = [(at, cell, n) for at, cell, n in sized if n]
    if len(known) >= 2 and len(known) >= len(filled) - 1:
        state.sizes.update({at: (n, cell) for at, cell, n in known})
        named = {at: without_size(text) for at, _, text in filled if without_size(text)}
        if not label and len(named) >= 2:
            state.groups.update(named)
        return True
    if label or not filled or any(any(c.isdigit() for c in text) for _, _, text in filled):
        return False
    texts = {text for _, _, text in filled}
    if len(texts) == 1:
        state.sub.update(dict.fromkeys(range(1, len(row.cells)), texts.pop()))
    else:
        state.sub.update({at: text for at, _, text in filled})
    state.sizes.clear()
    return True


def _size(label: str, text: str) -> int | None:
    """Read "n = 30" in a cell, or 30 in a row that counts the people."""
    if re.fullmatch(r"\(?\s?[nN]\s?=\s?\d{1,6}\s?\)?", text):
        return int(re.sub(r"\D", "", text))
    if not label and _SIZE.search(text):
        return group_size(text)
    value = cell_value(text) if _SIZE_LABEL.fullmatch(label.lower().strip(" ,;:")) else None
    whole = value is not None and value.form == "number" and value.first.value.is_integer()
    return int(value.first.value) if value is not None and whole else None
