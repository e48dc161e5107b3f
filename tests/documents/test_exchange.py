"""Formats of exchange: EndNote, Web of Science, summaries, JSON of services, UTF-16 PubMed."""

from __future__ import annotations

import tarfile
from collections import Counter
from pathlib import Path

import pytest

from probatum.documents.format import ReadOptions
from probatum.documents.read import collect, read
from probatum.documents.table import detect_format, load
from probatum.documents.tiling import tiling_fault
from probatum.model.source import Source

GOLDEN = Path(__file__).resolve().parent.parent / "golden" / "documents"
EXPECTED = {"enw": "enw", "wos": "wos", "endnote_xml": "endnote-xml", "scopus_csv": "delimited"}


@pytest.mark.parametrize("path", ["pubmed/records.xml", "endnote-xml/records.xml"])
@pytest.mark.parametrize("codec", ["utf-16", "utf-16-be"])
def test_utf_16_gives_what_utf_8_gives(path: str, codec: str) -> None:
    text = (GOLDEN / path).read_text().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    wide, narrow = text.encode(codec), text.replace('"UTF-16"', '"UTF-8"').encode()
    found, expected = collect(wide, "a.xml"), collect(narrow, "a.xml")
    assert tiling_fault(list(read(wide, "a.xml")), len(wide)) is None
    assert [d.text for d in found.documents] == [d.text for d in expected.documents]
    assert [d.metadata for d in found.documents] == [d.metadata for d in expected.documents]
    for document in found.documents:
        place = document.source.offset
        assert wide[place:].decode("utf-16-be" if codec == "utf-16-be" else "utf-16-le")[0] == "<"


def test_pubmed_lists_keep_their_identifiers() -> None:
    documents = collect((GOLDEN / "pubmed" / "records.xml").read_bytes(), "a.xml").documents
    subjects = [s for document in documents for s in document.metadata.subjects]
    assert any(s.scheme == "mesh" and s.identifier for s in subjects)
    assert all(s.identifier for s in subjects if s.scheme == "publication-type")


@pytest.mark.parametrize(
    ("data", "titles"),
    [
        (b"%0 Book\n%T A\n%0 Book\n%T B\n", ["A", "B"]),
        (b"%T A\n%0 Book\n\n\n%T B\n%0 Book\n", ["A", "B"]),
        (b"%0 Book\n%T A\n%X one\n\ntwo\n", ["A"]),
        (b"FN ISI Export Format\nVR 1.0\nPT J\nTI A\n   b\nER\n\nPT J\nTI C\nEF\n", ["A b", "C"]),
        (b"PT J\r\nTI A\r\nAU Roe, J\r\nSO S\r\nPY 2000\r\nER\r\n", ["A"]),
    ],
)
def test_tagged_dialects(data: bytes, titles: list[str]) -> None:
    assert [d.metadata.title for d in collect(data, "a").documents] == titles


def test_a_summary_says_who_what_where() -> None:
    data = (
        b"1: Roe J, van Poe KA Jr, Doe JB 3rd; Invented Group. Drug X vs. placebo: what now? "
        b"J Invent. 2020 Mar;3(2 Suppl 1):S1-9. doi: 10.5555/x.1. PMID: 5000001.\n"
    )
    found = collect(data, "a.txt").documents[0].metadata
    assert (found.identifiers.pmid, found.identifiers.doi) == ("5000001", "10.5555/x.1")
    assert (found.container_title, found.volume, found.page) == ("J Invent", "3", "S1-9")


def test_real_files_of_exchange(shared_data: Path) -> None:
    """The real exports: told by content, accounted for, and nearly all of them give records."""
    told: Counter[tuple[str, str | None]] = Counter()
    records: Counter[str] = Counter()
    with tarfile.open(shared_data / "records" / "bibliographic_exports.tar.gz") as archive:
        for member in archive:
            folder = member.name.removeprefix("./").split("/")[0]
            handle = archive.extractfile(member) if member.isfile() else None
            if handle is None or folder not in EXPECTED or member.size > 400_000:
                continue
            data = handle.read()
            assert tiling_fault(list(read(data, member.name)), len(data)) is None, member.name
            told[folder, detect_format(data, "x")] += 1
            records[folder] += len(collect(data, "x").documents)
    assert told["wos", "wos"] >= 6
    assert told["enw", "enw"] >= 3
    assert told["scopus_csv", "delimited"] == 1
    assert (records["scopus_csv"], records["wos"] > 100) == (8, True)


def test_real_answers_of_services(shared_data: Path) -> None:
    """JSON of four services: every work, and only works, becomes a record."""
    found: Counter[str] = Counter()
    with tarfile.open(shared_data / "records" / "bibliographic_exports.tar.gz") as archive:
        for member in archive:
            folder = member.name.removeprefix("./").split("/")[0]
            handle = archive.extractfile(member) if member.isfile() else None
            if handle is None or not folder.endswith("_json") or member.size > 300_000:
                continue
            data = handle.read()
            assert tiling_fault(list(read(data, member.name)), len(data)) is None, member.name
            for document in collect(data, member.name).documents:
                found[folder] += document.kind == "record"
    assert found["eupmc_json"] == 3
    assert found["crossref_json"] > 100
    assert found["s2_json"] > 300


@pytest.mark.parametrize("data", [b"\xfe\xff", b"\xff\xfe", b"\xff\xfe<\0", b"\xff\xfe<\0a"])
@pytest.mark.parametrize("name", ["pubmed", "endnote-xml"])
def test_a_mark_and_nothing_else_is_accounted_for(data: bytes, name: str) -> None:
    chunks = list(load(name).read(data, Source("a", "", len(data)), ReadOptions()))
    assert tiling_fault(chunks, len(data)) is None
