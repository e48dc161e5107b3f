"""JATS: citations, ranges, dialects, hostile entities, real articles."""

from __future__ import annotations

import tarfile
from pathlib import Path

import pytest

from probatum.documents.read import collect
from probatum.documents.tiling import tiling_fault
from probatum.model.document import Chunk, Document

REFERENCES = "".join(
    f'<ref id="B{n}"><label>{n}</label><mixed-citation>Work {n}.</mixed-citation></ref>'
    for n in range(1, 10)
)


def article(body: str, *, doctype: str = "", references: str = REFERENCES) -> bytes:
    return (
        f"<?xml version='1.0'?>{doctype}<article><front><article-meta><title-group><article-title>"
        f"T</article-title></title-group></article-meta></front><body>{body}</body>"
        f"<back><ref-list>{references}</ref-list></back></article>"
    ).encode()


def read(data: bytes) -> Document:
    return collect(data, "a.xml").documents[0]


def xref(number: int, words: str | None = None, kind: str = "bibr") -> str:
    return f'<xref ref-type="{kind}" rid="B{number}">{words or number}</xref>'


@pytest.mark.parametrize(
    ("body", "quote", "keys"),
    [
        (f"<p>a [{xref(1)}, {xref(2)}].</p>", "[1, 2]", "B1 B2"),
        (f"<p>a [{xref(3)}\u2013{xref(7)}]</p>", "[3\u20137]", "B3 B4 B5 B6 B7"),
        (f"<p>a [{xref(3, '3-5')}]</p>", "[3-5]", "B3 B4 B5"),
        (f"<p>a.<sup>{xref(3)}-{xref(5)}</sup> b</p>", "[3-5]", "B3 B4 B5"),
        (f"<p>a.{xref(4, '<sup>4</sup>')} b</p>", "[4]", "B4"),
        (f"<p>a [{xref(2, kind='fig')}]</p>", "[2]", "B2"),
        ('<p>a [<xref ref-type="bibr" rid="B1 B4">1,4</xref>]</p>', "[1,4]", "B1 B4"),
        # The printed number is not that of the reference: the range is not expanded.
        (f"<p>a [{xref(3, '13')}\u2013{xref(7, '17')}]</p>", "[13\u201317]", "B3 B7"),
        (f"<p>a (Roe {xref(1, '2001')}; Poe {xref(2, '2002')})</p>", "2001", "B1"),
        ('<p>a <xref ref-type="bibr" rid="B77">77</xref></p>', "77", ""),
    ],
)
def test_a_marker_becomes_a_citation(body: str, quote: str, keys: str) -> None:
    document = read(article(body))
    first = document.citations[0]
    assert document.text[first.start : first.end] == quote
    assert " ".join(first.references) == keys


def test_a_figure_is_no_citation() -> None:
    figure = '<fig id="F1"><label>Figure 1</label></fig>'
    body = figure + '<p>See <xref ref-type="bibr" rid="F1">1</xref></p>'
    assert read(article(body)).citations == ()


def test_powers_are_kept_and_units_are_not_disturbed() -> None:
    document = read(article("<p>10<sup>6</sup> cells, 5<sup>th</sup> day, m<sup>2</sup></p>"))
    assert "10^6 cells, 5th day, m2" in document.text


def test_entities_are_never_expanded() -> None:
    doctype = (
        '<!DOCTYPE article [<!ENTITY a "BOOM"><!ENTITY b "&a;&a;">'
        '<!ENTITY file SYSTEM "file:///etc/passwd">]>'
    )
    data = article("<p>x &b; y &file; z&nbsp;&alpha; &unknown; end</p>", doctype=doctype)
    document = read(data)
    assert "BOOM" not in document.text
    assert "root:" not in document.text
    assert "x y z\u00a0\u03b1 end" in document.text
    assert [p.code for p in document.problems] == [
        "external-entity",
        "entity-not-expanded",
        "entity-not-expanded",
        "unknown-entity",
    ]
    places = [data[p.offset or 0 :][:9] for p in document.problems]
    assert places == [b"<!ENTITY ", b"&b; y &fi", b"&file; z&", b"&unknown;"]


def test_what_is_not_well_formed_is_located_and_the_rest_kept() -> None:
    document = read(article("<p>one</p><p>two <b>three</p><p>four</p>"))
    assert [p.code for p in document.problems] == ["malformed-xml"]
    assert "four" in document.text


def test_several_articles_in_a_wrapper() -> None:
    one, two = (article(f"<p>{words}</p>").split(b"?>", 1)[1] for words in ("first", "second"))
    data = b"<pmc-articleset>" + one + b"\n" + two + b"</pmc-articleset>"
    reading = collect(data, "set.xml")
    assert [d.ordinal for d in reading.documents] == [0, 1]
    assert "second" in reading.documents[1].text
    assert reading.accounting.ignored == len(data) - len(one) - len(two)


def test_utf_16_is_read_and_named() -> None:
    data = article("<p>caf\u00e9</p>").decode().encode("utf-16")
    reading = collect(data, "wide.xml")
    assert reading.accounting.encoding == "utf-16-le"
    assert "caf\u00e9" in reading.documents[0].text


def test_real_trials(shared_data: Path) -> None:
    """A sample of the real articles: blocks, references, tables, and every marker once."""
    with tarfile.open(shared_data / "documents" / "jats_trials.tar.gz") as archive:
        members = [m for m in archive if m.name.endswith("xml")][::120]
        sources = [archive.extractfile(member) for member in members]
        documents = [read(source.read()) for source in sources if source]
    assert len(documents) > 8
    assert all(d.metadata.title and d.blocks for d in documents)
    assert sum(len(d.references) for d in documents) > 200
    assert sum(len(d.citations) for d in documents) > 200
    assert sum(len(d.tables) for d in documents) > 15
    for document in documents:
        chunk = Chunk(0, document.source.length, "parsed", document)
        assert tiling_fault([chunk], document.source.length) is None
