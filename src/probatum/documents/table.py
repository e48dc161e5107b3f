"""The table of formats, and which of them some bytes are in."""

from __future__ import annotations

from functools import cache

from probatum.documents.format import HEAD_BYTES, Buffer, Format
from probatum.registry import Entry, Registry

_FORMATS = "probatum.documents.formats"
# In the order of preference: the first of equally sure formats is taken.
FORMATS = Registry(
    "format",
    [
        Entry(
            "xlsx",
            f"{_FORMATS}.xlsx:FORMAT",
            "Excel workbooks with recognisable columns",
            "ECMA-376, Office Open XML",
        ),
        Entry("pdf", f"{_FORMATS}.pdf:FORMAT", "PDF text, with the extra [pdf]", "ISO 32000-1"),
        Entry(
            "archive",
            f"{_FORMATS}.archive:FORMAT",
            "zip, tar and gzip of any of these, bounded",
            "PKWARE APPNOTE 6.3.10; POSIX.1-2008 pax; RFC 1952",
        ),
        Entry("pubmed", f"{_FORMATS}.pubmed:FORMAT", "PubMed XML", "NLM PubMed DTD 2025"),
        Entry("jats", f"{_FORMATS}.jats:FORMAT", "full texts in JATS XML", "NISO Z39.96-2021"),
        Entry(
            "citation-page",
            f"{_FORMATS}.citationpage:FORMAT",
            "pages of statements that cite one article",
            "described from such pages: no specification is published",
        ),
        Entry("html", f"{_FORMATS}.html:FORMAT", "saved web pages", "WHATWG HTML"),
        Entry(
            "nbib",
            f"{_FORMATS}.nbib:FORMAT",
            "MEDLINE tagged text, as PubMed exports it",
            "NLM, MEDLINE/PubMed Data Element (Field) Descriptions",
        ),
        Entry(
            "ris",
            f"{_FORMATS}.ris:FORMAT",
            "RIS in the dialects of databases and reference managers",
            "Research Information Systems, RIS Format Specifications (2011)",
        ),
        Entry(
            "wos",
            f"{_FORMATS}.wos:FORMAT",
            "Web of Science tagged text: .ciw, plain text, ISI",
            "Clarivate, Web of Science Core Collection Field Tags",
        ),
        Entry(
            "enw",
            f"{_FORMATS}.enw:FORMAT",
            "EndNote tagged text (.enw, refer)",
            "EndNote manual, Tagged EndNote Import Format; Lesk 1978, refer",
        ),
        Entry(
            "endnote-xml",
            f"{_FORMATS}.endnote_xml:FORMAT",
            "EndNote XML, as EndNote, Mendeley and Zotero export it",
            "EndNote XML DTD (RSXML.dtd, 2003)",
        ),
        Entry(
            "pubmed-summary",
            f"{_FORMATS}.pubmed_summary:FORMAT",
            "PubMed summary text, one citation a paragraph",
            "NLM, PubMed User Guide: Save citations, Summary (text)",
        ),
        Entry(
            "bibtex",
            f"{_FORMATS}.bibtex:FORMAT",
            "BibTeX and BibLaTeX",
            "Patashnik 1988, BibTeXing",
        ),
        Entry(
            "jsonl",
            f"{_FORMATS}.jsonlines:FORMAT",
            "JSON Lines, one record a line",
            "RFC 8259; jsonlines.org",
        ),
        Entry(
            "json",
            f"{_FORMATS}.jsonrecords:FORMAT",
            "JSON: CSL, flat lists, a single record with page text behind it",
            "RFC 8259; CSL-JSON schema 1.0.2",
        ),
        Entry(
            "delimited",
            f"{_FORMATS}.delimited:FORMAT",
            "CSV, TSV and other tables with recognisable columns",
            "RFC 4180",
        ),
        Entry(
            "pasted",
            f"{_FORMATS}.pasted:FORMAT",
            "pasted text without markup",
            "any text that no other reader knows",
        ),
    ],
    group="probatum.formats",
)
# Below this no reader claims to know the bytes.
LEAST_SURE = 0.05
# From here on no other reader is asked: all of them together cost as much as a short record.
CERTAIN = 0.95


@cache
def load(name: str) -> Format:
    """Import one format by its name in the table."""
    found = FORMATS[name].load()
    if not isinstance(found, Format):
        raise TypeError(f"{FORMATS[name].target} is not a Format")
    return found


def detect_format(data: Buffer, name: str) -> str | None:
    """Name the format of some bytes by their content; None when no reader knows them.

    >>> detect_format(b"", "x.xml") is None
    True
    """
    head = data[:HEAD_BYTES]
    best, sure = None, LEAST_SURE
    for known in FORMATS:  # plugins come last, so that their table is seldom asked for
        now = load(known.name).sniff(head, name)
        if now > sure:
            best, sure = known.name, now
        if sure >= CERTAIN:
            break
    return best
