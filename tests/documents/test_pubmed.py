"""PubMed XML: a record at a time, whatever stands around it."""

from __future__ import annotations

import mmap
import tarfile
import tempfile
import tracemalloc
from pathlib import Path

from probatum.documents.format import ReadOptions
from probatum.documents.read import collect, read


def record(number: int, extra: str = "") -> str:
    return (
        f"<PubmedArticle><MedlineCitation><PMID>{number}</PMID><Article><Journal><JournalIssue>"
        "<PubDate><Year>2001</Year></PubDate></JournalIssue><Title>J</Title></Journal>"
        f"<ArticleTitle>Title {number}{extra}</ArticleTitle></Article></MedlineCitation>"
        "</PubmedArticle>"
    )


def in_set(*records: str) -> bytes:
    return (
        "<?xml version='1.0'?><PubmedArticleSet>" + "\n".join(records) + "</PubmedArticleSet>"
    ).encode()


def test_a_broken_record_costs_one_record() -> None:
    whole = in_set(record(1), record(2), record(3))
    broken = whole.replace(
        b"<ArticleTitle>Title 2</ArticleTitle></Article></MedlineCitation>", b"<<"
    )
    reading = collect(broken, "p.xml")
    assert [d.metadata.identifiers.pmid for d in reading.documents][::2] == ["1", "3"]
    assert reading.accounting.problems


def test_a_record_without_title_and_number_is_rejected() -> None:
    reading = collect(in_set(record(1), "<PubmedArticle><a/></PubmedArticle>"), "p.xml")
    assert reading.accounting.records == 1
    assert reading.accounting.rejected == len("<PubmedArticle><a/></PubmedArticle>")
    assert [p.code for p in reading.accounting.problems] == ["broken-record"]


def test_an_empty_set_says_so() -> None:
    reading = collect(b"<PubmedArticleSet></PubmedArticleSet>", "p.xml")
    assert [p.code for p in reading.accounting.problems] == ["no-records"]


def test_entities_in_a_record_are_located() -> None:
    data = in_set(record(1), record(2, " &alpha;&boom;"))
    document = collect(data, "p.xml").documents[1]
    assert document.metadata.title == "Title 2 \u03b1"
    (problem,) = document.problems
    assert data[problem.offset or 0 :].startswith(b"&boom;")


def test_a_mapped_file_has_no_size_limit_and_flat_memory() -> None:
    with tempfile.TemporaryFile() as file:
        file.write(b"<?xml version='1.0' encoding='UTF-8'?><PubmedArticleSet>")
        for number in range(1, 301):
            file.write(record(number, "x" * 10_000).encode())
        file.write(b"</PubmedArticleSet>")
        file.flush()
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            tracemalloc.start()
            options = ReadOptions(max_source_mb=0)
            count = sum(c.document is not None for c in read(data, "big.xml", options=options))
            _, peak = tracemalloc.get_traced_memory()
            tracemalloc.stop()
            assert len(data) > 3_000_000
    assert count == 300
    assert peak < 800_000


def test_real_records(shared_data: Path) -> None:
    """Every record of the real files has a title, a number and a year or a located problem."""
    with tarfile.open(shared_data / "records" / "bibliographic_exports.tar.gz") as archive:
        members = [m for m in archive if "pubmed_xml/" in m.name and m.name.endswith(".xml")]
        sources = [archive.extractfile(member) for member in members[::8]]
        readings = [collect(source.read(), "p.xml") for source in sources if source]
    documents = [d for reading in readings for d in reading.documents]
    assert {reading.accounting.format for reading in readings} == {"pubmed"}
    assert len(documents) > 10
    assert all(d.metadata.title and d.metadata.identifiers.pmid for d in documents)
    assert sum(d.metadata.year is not None for d in documents) > 0.95 * len(documents)
