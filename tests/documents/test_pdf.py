"""PDF: reading order, headers, hyphens, references; what is locked, broken or without text."""

from __future__ import annotations

import tarfile
from pathlib import Path

import pytest

from probatum.documents.read import collect

GOLDEN = Path(__file__).resolve().parent.parent / "golden" / "documents" / "pdf" / "article.pdf"
# ISO 32000-1, 7.6.3: the standard security handler with keys that no password gives.
LOCK = (
    b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32
    + b"> >> /ID [<" + b"43" * 16 + b"> <" + b"43" * 16 + b">] "
)  # fmt: skip


def test_columns_headers_and_hyphens() -> None:
    document = collect(GOLDEN.read_bytes(), "a.pdf").documents[0]
    text = document.text
    assert "its treatment is debated" in text
    assert "anti-inflammatory drugs" in text
    assert "this column, which goes on on the next page" in text
    assert "Journal of Invented Trials" not in text
    assert [text[at:].split()[0] for at in document.pages] == ["Drug", "on"]
    assert [text[c.start : c.end] for c in document.citations] == ["[1]", "[2, 3]"]


def test_a_locked_pdf_is_told() -> None:
    data = GOLDEN.read_bytes().replace(b"/Root 1 0 R ", b"/Root 1 0 R " + LOCK)
    assert [p.code for p in collect(data, "a.pdf").accounting.problems] == ["encrypted"]


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"%PDF-1.7\n" + b"x" * 50, "broken-pdf"), (GOLDEN.read_bytes()[:300], "broken-pdf")],
)
def test_a_broken_pdf_is_told(data: bytes, code: str) -> None:
    assert [p.code for p in collect(data, "a.pdf").accounting.problems] == [code]


def test_real_pdfs_hold_the_text_of_their_articles(shared_data: Path) -> None:
    """Runs of three words of the JATS that the PDF's text has too; references of most."""
    shares, listed = [], 0
    with tarfile.open(shared_data / "documents" / "pdf_jats_pairs.tar.gz") as archive:
        found = {m.name: m for m in archive if m.isfile()}
        names = sorted(name for name in found if name.endswith(".pdf"))[:6]
        for name in names:
            pages, truth = (
                collect(archive.extractfile(found[n]).read(), n).documents[0]  # type: ignore[union-attr]
                for n in (name, name.removesuffix("pdf") + "xml")
            )
            have, want = (set(zip(*[d.text.lower().split()[i:] for i in range(3)], strict=False))
                          for d in (pages, truth))  # fmt: skip
            shares.append(len(have & want) / len(want))
            listed += len(pages.references) > 10
    assert sorted(shares)[len(shares) // 2] > 0.75
    assert listed >= 4
