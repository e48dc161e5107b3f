"""What holds for every format in the table, whatever the bytes.

A format that is registered is tested here without further ado; its golden inputs (in
tests/golden/documents/<name>/) are what mutations start from.
"""

from __future__ import annotations

import mmap
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from probatum.documents.format import ReadOptions
from probatum.documents.read import collect, read
from probatum.documents.table import FORMATS, load
from probatum.documents.tiling import tiling_fault
from probatum.model.document import Chunk, Document
from probatum.model.source import Source

GOLDEN = Path(__file__).resolve().parent.parent / "golden" / "documents"
NAMES = [entry.name for entry in FORMATS]
# Bytes that parsers trip over; hypothesis strews them about.
NASTY = [
    b"\0",
    b"\xff",
    b"\xfe\xff",
    b"\r",
    b"\r\n",
    b"<",
    b"&x;",
    b"]]>",
    b"<!--",
    b"{",
    b'"',
    b"@",
]
NASTY += [
    b"\xef\xbb\xbf",
    b"<![CDATA[",
    b"TY  - ",
    b"ER  - ",
    b"PMID- 1",
    b",",
    b"\t",
    b"\xed\xa0\x80",
]
SOURCE_SHA = "0" * 64


def inputs(name: str) -> list[bytes]:
    """Golden inputs of a format, without the files that say what is expected."""
    files = sorted((GOLDEN / name).glob("*")) if (GOLDEN / name).is_dir() else []
    return [f.read_bytes() for f in files if not f.name.endswith(".expected.json")]


def assert_sound(chunks: list[Chunk], size: int) -> None:
    """The invariants of reading: bytes accounted for, spans within the text, unique ids."""
    assert tiling_fault(chunks, size) is None
    documents = [chunk.document for chunk in chunks if chunk.document]
    assert len({document.id for document in documents}) == len(documents)
    for document in documents:
        assert_spans(document)
    for chunk in chunks:
        assert chunk.fate == "parsed" or chunk.reason
        assert chunk.fate != "rejected" or chunk.problems


def assert_spans(document: Document) -> None:
    """Blocks in order and apart; every other span within the text; keys that exist."""
    at, size = 0, len(document.text)
    for block in document.blocks:
        assert at <= block.start < block.end <= size
        at = block.end
    spans = [(c.start, c.end) for c in document.citations]
    spans += [(c.start, c.end) for table in document.tables for c in table.cells]
    spans += [(r.start, r.end) for r in document.references if r.start is not None and r.end]
    assert all(0 <= start <= end <= size for start, end in spans)
    keys = [reference.key for reference in document.references]
    assert len(set(keys)) == len(keys)
    assert {key for c in document.citations for key in c.references} <= set(keys)
    document.text.encode()  # no lone surrogates


@st.composite
def mutated(draw: st.DrawFn, name: str) -> bytes:
    """A golden input with pieces cut, doubled or strewn with nasty bytes."""
    data = draw(st.sampled_from(inputs(name) or [b""]))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 200)))
        put = draw(st.sampled_from([*NASTY, b"", data[start:end] * 2]) | st.binary(max_size=6))
        data = data[:start] + put + data[end:]
    return data


ANY = st.binary(max_size=300) | st.lists(st.sampled_from(NASTY), max_size=30).map(b"".join)
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("name", NAMES)
@QUICK
@given(data=st.data())
def test_a_reader_takes_any_bytes(name: str, data: st.DataObject) -> None:
    raw = data.draw(ANY | mutated(name))
    form = load(name)
    assert 0.0 <= form.sniff(raw[:65_536], "any") <= 1.0
    chunks = list(form.read(raw, Source("any", SOURCE_SHA, len(raw)), ReadOptions()))
    assert_sound(chunks, len(raw))


@QUICK
@given(data=ANY | st.sampled_from(NAMES).flatmap(mutated))
def test_a_source_of_any_bytes_is_accounted_for(data: bytes) -> None:
    assert_sound(list(read(data, "any")), len(data))
    accounting = collect(data, "any").accounting
    assert accounting.parsed + accounting.ignored + accounting.rejected == accounting.bytes
    assert accounting.bytes == len(data)


@pytest.mark.parametrize("name", NAMES)
def test_a_format_knows_its_golden_inputs(name: str) -> None:
    assert inputs(name), f"put an invented input into tests/golden/documents/{name}/"
    for data in inputs(name):
        assert collect(data, "golden").accounting.format == name


@pytest.mark.parametrize("name", NAMES)
def test_reading_twice_gives_the_same(name: str) -> None:
    for data in inputs(name):
        assert list(read(data, "twice")) == list(read(data, "twice"))


@pytest.mark.parametrize("name", NAMES)
def test_a_mapped_file_reads_the_same(name: str, tmp_path: Path) -> None:
    for data in inputs(name):
        path = tmp_path / "mapped"
        path.write_bytes(data)
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as view:
            assert list(read(view, "x")) == list(read(data, "x"))
