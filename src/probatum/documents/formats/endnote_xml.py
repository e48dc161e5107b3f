"""EndNote XML: records as EndNote, Mendeley, Zotero and JabRef export them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from probatum.documents.assemble import record_document, source_ref
from probatum.documents.draft import Draft
from probatum.documents.format import Buffer, Format, ReadOptions
from probatum.documents.kinds import publication_type
from probatum.documents.markup import flat, parse_xml
from probatum.documents.slices import root_name
from probatum.documents.xml_records import RecordFile, read_records
from probatum.model.document import Chunk
from probatum.model.source import Problem, Source

_RECORD = re.compile(rb"<record(?=[\s>])")
_RECORD_END = re.compile(rb"</record\s*>")
_TELLING = re.compile(
    rb"<(?:ref-type|contributors|titles|electronic-resource-num|rec-number)[\s>]"
)
_PUBMED = re.compile(r"pubmed|medline|\bnlm\b", re.IGNORECASE)
_FIELDS = {
    "title": ("titles/title", "titles/short-title"),
    "container_title": ("periodical/full-title", "titles/secondary-title", "periodical/abbr-1"),
    "volume": ("volume",),
    "issue": ("number", "issue"),
    "page": ("pages", "electronic-resource-pages"),
    "publisher": ("publisher",),
    "url": ("urls/related-urls/url", "urls/web-urls/url", "urls/pdf-urls/url"),
}


def sniff(head: bytes, name: str) -> float:
    """Tell how sure it is that this is EndNote XML: by the root and the elements of a record."""
    lean = head.replace(b"\0", b"") if b"\0" in head[:8] else head
    if root_name(head) not in {"xml", "records", "record"}:
        return 0.0
    return 0.95 if _RECORD.search(lean) and _TELLING.search(lean) else 0.2


def read(data: Buffer, source: Source, options: ReadOptions) -> Iterator[Chunk]:
    """Read record by record; each is parsed alone, so a broken one costs one."""
    yield from read_records(data, source, options, _FILE)


def _chunk(raw: bytes, source: Source, ordinal: int, offset: int) -> Chunk:
    markup = parse_xml(raw, offset)
    draft, key = _fill(markup.root) if markup.root is not None else (Draft(), None)
    if not draft.says_something:
        reason = "The record has no title, abstract or identifier; look at it or remove it."
        problems = (*markup.problems, Problem("empty-record", reason, offset))
        return Chunk(offset, len(raw), "rejected", problems=problems, reason=reason)
    ref = source_ref(source, offset, len(raw), key)
    metadata = draft.metadata("EndNote XML")
    document = record_document(ordinal, ref, metadata, problems=markup.problems)
    return Chunk(offset, len(raw), "parsed", document)


def _fill(record: etree._Element) -> tuple[Draft, str | None]:
    draft = Draft()
    for field, paths in _FIELDS.items():
        for path in paths:
            draft.put(field, flat(record.find(path)), path)
    for path in ("dates/year", "dates/pub-dates/date"):
        draft.date(flat(record.find(path)), path)
    draft.date(_whole_date(record), "dates")
    for path in ("contributors/authors/author", "contributors/secondary-authors/author"):
        draft.people(map(flat, record.iterfind(path)), path, "family-first")
    draft.abstract(flat(record.find("abstract")), "abstract")
    draft.language(flat(record.find("language")), "language")
    words = [w for k in record.iterfind("keywords/keyword") for w in _lines(k)]
    draft.put_all("keywords", words, "keywords")
    kind = record.find("ref-type")
    printed = [kind.get("name") or "" if kind is not None else "", flat(record.find("work-type"))]
    draft.put_all("publication_types", map(publication_type, printed), "ref-type, work-type")
    _identify(draft, record)
    return draft, flat(record.find("rec-number")) or flat(record.find("label")) or None


def _whole_date(record: etree._Element) -> str:
    """Day and month as printed, with the year behind them where they have none."""
    printed, year = flat(record.find("dates/pub-dates/date")), flat(record.find("dates/year"))
    return printed if year in printed else f"{year} {printed}"


def _lines(element: etree._Element) -> list[str]:
    """Keywords of one element: older versions set all of them into it, line by line."""
    return re.split(r"[\r\n]+|;", "".join(str(part) for part in element.itertext()))


def _identify(draft: Draft, record: etree._Element) -> None:
    for path in ("electronic-resource-num", "doi", "urls/related-urls/url", "urls/web-urls/url"):
        for element in record.iterfind(path):
            draft.doi(flat(element), path)
    number = flat(record.find("accession-num"))
    names = " ".join(flat(record.find(p)) for p in ("remote-database-name", "database"))
    named = flat(record.find("remote-database-name"))
    if number.isdecimal() and 5 <= len(number) <= 8 and (not named or _PUBMED.search(names)):
        draft.pmid(number, "accession-num, digits taken for a PMID")
    elif number:
        draft.other("accession", number)
    for path in ("custom2", "custom1"):
        value = flat(record.find(path))
        draft.pmcid(value if value[:3].upper() == "PMC" else None, path)


_NONE = "No record of EndNote XML stands in this file; export it again as UTF-8."
_FILE = RecordFile(_RECORD, _RECORD_END, _chunk, Problem("no-records", _NONE, 0), rejected=True)
FORMAT = Format(sniff, read, streaming=True)
