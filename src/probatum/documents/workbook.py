"""Excel workbooks: the rows of each sheet are records, as in a delimited table."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO

from probatum.documents.assemble import record_document, source_ref
from probatum.documents.cells import fill
from probatum.documents.columns import KNOWN, is_record_table, missing, recognise
from probatum.documents.draft import Draft
from probatum.documents.format import Buffer, ReadOptions
from probatum.model.document import Chunk
from probatum.model.source import Problem, Source

_MOST_CELLS = 20_000_000
_LARGEST = 1_000_000_000
_SEEN_HEADINGS = 10
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # [MS-CFB]: encrypted workbooks
Cells = list[list[object]]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet whose heading was found: its name, headings, columns and rows below it."""

    name: str
    headings: tuple[str, ...]
    columns: dict[str, list[int]]
    rows: list[list[str]]
    first: int


def read_workbook(data: Buffer, source: Source, options: ReadOptions) -> Iterator[Chunk]:
    """Read all sheets. Rows have no bytes of their own: each record refers to the whole file.

    The cells of a sheet are strings for the fields; dates are ISO 8601, whole numbers are plain.
    """
    raw = bytes(data)
    problem = _unsafe(raw)
    sheets: list[tuple[str, Cells]] = []
    if problem is None:
        sheets, problem = _sheets(raw)
    found, problems = _tables(sheets, options)
    if problem or not found:
        told = problem or problems[0]
        yield Chunk(0, source.size, "rejected", problems=(told,), reason=told.reason)
        return
    ordinal = 0
    for sheet in found:
        for at, row in enumerate(sheet.rows, sheet.first):
            chunk = _chunk(row, at, sheet, source, ordinal)
            ordinal += chunk.document is not None
            problems += chunk.problems
            if chunk.document is not None:
                yield chunk
    reason = "the workbook" if ordinal else "No row of the workbook holds a record; check it."
    if ordinal:
        yield Chunk(0, source.size, "parsed", problems=tuple(problems), reason=reason)
        return
    problems.append(Problem("empty-table", reason, 0))
    yield Chunk(0, source.size, "rejected", problems=tuple(problems), reason=reason)


def _unsafe(raw: bytes) -> Problem | None:
    """Refuse what would not fit into memory, and what is locked, before it is opened."""
    if raw.startswith(_OLD) and "EncryptedPackage".encode("utf-16-le") in raw:
        return Problem("encrypted", "The workbook has a password; save it without one.", 0)
    size = _unpacked_size(raw) if raw.startswith(b"PK") else 0
    if size is None:
        return Problem("broken-workbook", "The workbook is cut or damaged; save it again.", 0)
    if size > _LARGEST or size > 200 * len(raw) + 10_000_000:
        reason = f"The workbook would unpack to {size / 1e6:.0f} MB; save its sheets as CSV."
        return Problem("unpacks-too-large", reason, 0)
    return None


def _unpacked_size(raw: bytes) -> int | None:
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            return sum(info.file_size for info in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError):
        return None


def _sheets(raw: bytes) -> tuple[list[tuple[str, Cells]], Problem | None]:
    # 16 ms to import, and formats are asked for every file.
    from python_calamine import CalamineError, CalamineWorkbook, ZipError  # noqa: PLC0415

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(raw))
        found: list[tuple[str, Cells]] = []
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            if sheet.height * sheet.width > _MOST_CELLS:
                reason = f"The sheet {name[:40]} has too many cells; save it as CSV."
                return [], Problem("source-too-large", reason, 0)
            rows: Cells = [list(row) for row in sheet.to_python(skip_empty_area=False)]
            found.append((name, rows))
    except (CalamineError, ZipError, OSError, ValueError) as error:
        reason = f"The workbook could not be opened ({str(error)[:80]}); save it again as .xlsx."
        return [], Problem("broken-workbook", reason, 0)
    return found, None


def _tables(
    sheets: list[tuple[str, Cells]], options: ReadOptions
) -> tuple[list[_Sheet], list[Problem]]:
    found: list[_Sheet] = []
    problems: list[Problem] = []
    for name, cells in sheets:
        rows = [[_written(cell) for cell in row] for row in cells]
        if not any(any(row) for row in rows):
            continue
        sheet = _table(name, rows, options)
        if sheet:
            found.append(sheet)
        else:
            problems.append(_unknown(name, rows))
    if not found and not problems:
        problems.append(Problem("empty-table", "The workbook is empty; export it again.", 0))
    return found, problems


def _table(name: str, rows: list[list[str]], options: ReadOptions) -> _Sheet | None:
    """The heading is the first row, below a title perhaps, that has the columns of records."""
    for at, row in enumerate(rows[:_SEEN_HEADINGS]):
        columns = recognise(row, options.columns)
        if not missing(row, options.columns) and is_record_table(
            columns, len([*filter(None, row)])
        ):
            return _Sheet(name, tuple(row), columns, rows[at + 1 :], at + 2)
    return None


def _unknown(name: str, rows: list[list[str]]) -> Problem:
    headings = ", ".join(cell[:40] for cell in next(row for row in rows if any(row))[:12])
    reason = (
        f"The sheet {name[:40]} has no known columns; its first row is: {headings}. Name them "
        f"with --columns, for example --columns title=TI,year=PY; fields: {', '.join(KNOWN)}."
    )
    return Problem("unknown-columns", reason, 0)


def _written(cell: object) -> str:
    """A cell as it would stand in a CSV."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat()
    if isinstance(cell, date | time | timedelta):
        return str(cell)
    # Lone surrogates of a damaged file are no characters.
    return str(cell).encode("utf-8", "replace").decode().strip() if cell is not None else ""


def _chunk(row: list[str], at: int, sheet: _Sheet, source: Source, ordinal: int) -> Chunk:
    draft = Draft()
    cells = {
        field: [(sheet.headings[place], row[place]) for place in places if place < len(row)]
        for field, places in sheet.columns.items()
    }
    fill(draft, cells)
    if not draft.says_something:
        if not any(row):
            return Chunk(0, 0, "parsed")
        reason = f"Row {at} of the sheet {sheet.name[:40]} has no title, abstract or identifier."
        return Chunk(0, 0, "parsed", None, (Problem("empty-record", reason, 0, None, at),))
    key = next((value for _, value in cells.get("record", ()) if value), None)
    ref = source_ref(source, 0, source.size, key or f"{sheet.name}!{at}")
    document = record_document(ordinal, ref, draft.metadata("a column"))
    return Chunk(0, 0, "parsed", document)
