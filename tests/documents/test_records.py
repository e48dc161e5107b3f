"""Record formats: what one broken record costs, dialects, and the articles read four times."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.documents.format import ReadOptions
from probatum.documents.read import collect, read
from probatum.documents.tiling import tiling_fault
from probatum.model.document import Document, Metadata


def documents(text: str, name: str = "any", **options) -> tuple[Document, ...]:
    return collect(text.encode(), name, options=ReadOptions(**options)).documents


def only(text: str, name: str = "any", **options) -> Metadata:
    (document,) = documents(text, name, **options)
    return document.metadata


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_ris_in_every_encoding_and_line_end(ends, codec):
    text = "TY  - JOUR\nTI  - Röntgen of the knee\nAU  - Müller, J\nER  - \n\n" * 2
    data = text.replace("\n", ends).encode(codec)
    reading = collect(data, "x.ris")
    assert [d.metadata.title for d in reading.documents] == ["Röntgen of the knee"] * 2
    assert reading.accounting.format == "ris"
    for document in reading.documents:
        ref = document.source
        piece = data[ref.offset : ref.offset + ref.length]
        assert "Röntgen".encode(codec.removesuffix("-sig")).removeprefix(b"\xff\xfe") in piece


def test_keywords_of_one_tag_are_one_a_line():
    text = "TY  - JOUR\nTI  - T\nKW  - gout\nrain and\nwind\nKW  - age\nER  - \n"
    assert only(text).keywords == ("gout", "rain and", "wind", "age")


def test_an_accession_number_is_a_pmid_only_where_that_is_likely():
    record = "TY  - JOUR\nTI  - T\nAN  - 15804361\n{}ER  - \n"
    assert only(record.format("")).identifiers.pmid == "15804361"
    assert only(record.format("DB  - PubMed\n")).identifiers.pmid == "15804361"
    assert only(record.format("DB  - PsycINFO\n")).identifiers.pmid is None
    origins = dict(only(record.format("")).origins)
    assert origins["identifiers"] == "AN, digits taken for a PMID"


def test_a_bibtex_key_may_be_a_pmcid():
    meta = only("@article{PMC42,\n title={T}, author={Okafor Ngozi A and Lind Per}}\n")
    assert meta.identifiers.pmcid == "PMC42"
    assert [(a.family, a.given) for a in meta.authors] == [("Okafor", "Ngozi A"), ("Lind", "Per")]


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("ris", "TY  - JOUR\nTI  - Title {}\nER  - \n", "TY  - JOUR\nVL  - 3\nER  - \n"),
        ("nbib", "PMID- {}\nTI  - Title {}\n\n", "PMID- \nTI  - \n\n"),
        ("bibtex", "@article{{k{},\n title = {{Title {}}}\n}}\n", "@article{x,\n title = {T\n"),
        ("jsonl", '{{"title": "Title {}"}}\n', '{"title": "Tit\n'),
    ],
)
@pytest.mark.parametrize("place", [0, 1, 3])
def test_one_broken_record_costs_one(kind, good, bad, place):
    pieces = [good.format(*[n] * good.count("{}")) for n in range(1, 4)]
    pieces.insert(place, bad)
    if kind == "jsonl" and place == 0:
        pieces.insert(0, pieces.pop(1))
    reading = collect("".join(pieces).encode(), f"x.{kind}")
    assert reading.accounting.format == kind
    assert [d.metadata.title for d in reading.documents] == ["Title 1", "Title 2", "Title 3"]
    assert len(reading.accounting.problems) == 1
    (problem,) = reading.accounting.problems
    assert problem.offset == sum(len(piece) for piece in pieces[: pieces.index(bad)])


def test_a_broken_element_of_a_json_list_costs_one():
    text = '[{"title": "A"}, {"title": B}, {"title": "C"}]'
    reading = collect(text.encode(), "x.json")
    assert [d.metadata.title for d in reading.documents] == ["A", "C"]
    assert [p.code for p in reading.accounting.problems] == ["broken-json"]


def test_values_that_are_no_records_are_one_problem_with_a_count():
    reading = collect(b'{"results": [{"x": 1}, {"y": 2}, {"z": 3}]}', "x.json")
    (problem,) = reading.accounting.problems
    assert (problem.code, problem.offset) == ("no-record", 13)
    assert problem.reason.startswith("3 values have no known field")
    mixed = collect(b'[{"x": 1}, {"y": 2}, {"title": "A"}, {"z": 3}]', "x.json").accounting
    assert [p.offset for p in mixed.problems] == [1, 37]
    assert (mixed.records, mixed.parsed) == (1, 14)


def test_a_single_work_of_crossref_in_its_envelope_keeps_its_references():
    work = {"DOI": "10.5555/a", "title": ["An invented study"], "reference": [{"key": "b1"}]}
    text = json.dumps({"status": "ok", "message-type": "work", "message": work})
    (document,) = documents(text)
    assert document.metadata.identifiers.doi == "10.5555/a"
    assert [reference.key for reference in document.references] == ["b1"]


def test_a_row_with_an_open_quote_costs_one():
    text = 'title,authors,year\n"One","Doe, J",2001\nTwo,"Roe, R,2002\n"Three","Poe, E",2003\n'
    reading = collect(text.encode(), "x.csv")
    assert [d.metadata.title for d in reading.documents] == ["One", "Three"]
    assert [p.code for p in reading.accounting.problems] == ["broken-quotes"]


def test_wrong_columns_are_one_clear_problem():
    accounting = collect(b"a,b,c\n1,2,3\n4,5,6\n", "numbers.csv").accounting
    (problem,) = accounting.problems
    assert problem.code == "unknown-columns"
    assert "a, b, c" in problem.reason
    assert "--columns title=TI" in problem.reason
    assert accounting.rejected == accounting.bytes


def test_columns_can_be_named():
    text = "what,who,when\nAn invented title,Jane Doe,1999\n"
    meta = only(text, "x.csv", columns={"title": "what", "authors": "who", "year": "when"})
    assert (meta.title, meta.year, meta.authors[0].family) == ("An invented title", 1999, "Doe")
    absent = collect(text.encode(), "x.csv", options=ReadOptions(columns={"title": "nothing"}))
    assert "no such column or field: nothing" in absent.accounting.problems[0].reason


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_delimiter_is_told(delimiter):
    text = "record_id,Title,Authors\n7,A title of an invented study,Jane Doe\n"
    (document,) = documents(text.replace(",", delimiter), "x")
    assert document.metadata.title == "A title of an invented study"
    assert document.source.record == "7"


def test_markup_of_an_abstract_is_never_kept():
    value = "<p><b>Aim: </b>To see &lt;b&gt;.</p><script>alert(1)</script><p>More <i>text</i>.</p>"
    meta = only(json.dumps({"title": "A <i>b</i> &amp; c", "doi": "10.1000/a", "abstract": value}))
    assert meta.title == "A b & c"
    (section,) = meta.abstract
    assert (section.label, section.text) == ("Aim", "To see <b>. More text.")


def test_the_record_with_page_text(seeds: Path):
    data = next(seeds.glob("004*")).read_bytes()
    reading = collect(data, "004")
    (document,) = reading.documents
    meta = document.metadata
    assert (meta.authors[0].family, meta.authors[0].given) == ("Zaki", "Christopher")
    assert meta.identifiers.doi == "10.31083/jin26766"
    assert meta.container_title == "Journal of integrative neuroscience"
    assert (meta.volume, meta.issue, meta.page, meta.date) == ("24", "7", "26766", "2025-07-25")
    assert [s.label for s in meta.abstract] == ["Objective", "Methods", "Results", "Conclusion"]
    assert "<" not in document.text
    reasons = {c.reason: c.length for c in read(data, "004") if c.fate == "ignored"}
    assert reasons["the abstract again, as page text"] > 2000


def test_the_articles_are_read_alike_from_four_formats(shared_data: Path):
    folder = shared_data / "ketamine" / "records"
    titles, families = [], []
    for suffix in ("json", "ris", "nbib", "bib"):
        name = f"primary_trials.{suffix}"
        reading = collect((folder / name).read_bytes(), name)
        assert not reading.accounting.problems
        titles.append([d.metadata.title for d in reading.documents])
        families.append([[a.family for a in d.metadata.authors] for d in reading.documents])
    assert len(titles[0]) == 27
    assert all(found == titles[0] for found in titles)
    assert all(found == families[0] for found in families)


@settings(max_examples=40)
@given(st.lists(st.text(st.characters(blacklist_categories=["Cs"]), max_size=30), max_size=4))
def test_a_table_keeps_what_its_cells_hold(cells):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(["title", "record_id", "note"])
    for cell in cells:
        writer.writerow(["A title of an invented study", "7", cell])
    data = out.getvalue().encode()
    assert tiling_fault(read(data, "x.csv"), len(data)) is None
    assert len(collect(data, "x.csv").documents) == len(cells)
