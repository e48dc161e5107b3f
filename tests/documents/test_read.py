"""Reading as such: what is refused, and why; the check of the tiling; parts."""

from __future__ import annotations

import pytest

from probatum.documents.dates import iso_date, parse_date
from probatum.documents.format import ReadOptions
from probatum.documents.grid import Grid
from probatum.documents.read import collect, read
from probatum.documents.tiling import tiled, tiling_fault
from probatum.model.document import Chunk
from probatum.model.source import Problem


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-file"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), "unknown-format"),
        (b"\x7fELF" + b"\0" * 40, "unknown-format"),
        (b" \n\t\n", "unknown-format"),
    ],
)
def test_what_no_reader_knows_is_rejected_whole(data: bytes, code: str) -> None:
    reading = collect(data, "x.xml")
    assert [p.code for p in reading.accounting.problems] == [code]
    assert reading.accounting.rejected == len(data)
    assert reading.accounting.format is None


def test_a_source_that_is_too_large_names_the_setting() -> None:
    data = b"<html><body><p>" + b"words " * 200_000
    (chunk,) = read(data, "x.html", options=ReadOptions(max_source_mb=1))
    assert chunk.problems[0].code == "source-too-large"
    assert "max_source_mb" in chunk.reason


def test_the_format_is_told_by_content_not_by_name() -> None:
    page = b"<!doctype html><p>Words of a page.</p>"
    assert collect(page, "export.ris").accounting.format == "html"


def test_ids_come_from_the_bytes_and_the_ordinal() -> None:
    one, two = (collect(b"Some words stand here.", name).documents[0] for name in ("a", "b"))
    assert one.id == two.id
    assert len(one.id) == 16


@pytest.mark.parametrize(
    "chunks",
    [
        [Chunk(1, 3, "parsed")],
        [Chunk(0, 2, "parsed"), Chunk(1, 3, "parsed")],
        [Chunk(0, 3, "parsed")],
        [Chunk(0, 4, "parsed", problems=(Problem("x", "y", 9),))],
    ],
)
def test_a_fault_of_the_tiling_is_found(chunks: list[Chunk]) -> None:
    assert tiling_fault(chunks, 4) is not None


def test_a_gap_is_rejected_and_not_lost() -> None:
    chunks = list(tiled([Chunk(1, 1, "parsed")], 4))
    assert [(c.offset, c.length, c.fate) for c in chunks] == [
        (0, 1, "rejected"),
        (1, 1, "parsed"),
        (2, 2, "rejected"),
    ]
    assert tiling_fault(chunks, 4) is None


def test_cells_that_span_rows_push_the_cells_below() -> None:
    grid = Grid()
    grid.row()
    first = [grid.place(2, 1), grid.place(1, 2), grid.place(3, 1)]
    grid.row()
    second = [grid.place(1, 1), grid.place(1, 1)]
    grid.row()
    third = [grid.place(1, 1), grid.place(1, 1)]
    assert first == [(0, 0), (0, 1), (0, 3)]
    assert second == [(1, 1), (1, 2)]
    assert third == [(2, 0), (2, 1)]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2020", "2020"),
        ("2020-02-30", "2020-02"),
        ("2019 Nov-Dec", "2019-11"),
        ("Spring 2018", "2018"),
        ("May 3rd, 2021", "2021-05-03"),
        ("2025-07-25T10:00:00+00:00", "2025-07-25"),
        ("12/2020", "2020"),
        ("maybe later", None),
        ("", None),
    ],
)
def test_a_date_is_as_precise_as_it_is_printed(text: str, iso: str | None) -> None:
    assert parse_date(text).iso == iso


def test_a_day_that_is_no_number_is_left_out() -> None:
    assert iso_date("2020", "5", "\u00b2").iso == "2020-05"
