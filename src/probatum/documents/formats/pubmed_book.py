"""One book of PubMed, or a chapter of it, every field that the nouns hold."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from probatum.documents.dates import Dated
from probatum.documents.formats.pubmed_lists import pubmed_grants, pubmed_subjects
from probatum.documents.formats.pubmed_record import (
    first_children,
    pubmed_abstract,
    pubmed_authors,
    pubmed_date,
    pubmed_keywords,
    pubmed_pages,
)
from probatum.documents.languages import language_tag
from probatum.documents.markup import flat
from probatum.documents.origins import with_origins
from probatum.model.document import Author, Identifiers, Metadata
from probatum.text.identifiers import normal_doi, normal_pmcid, normal_pmid

_WHERE = {
    "publisher": "Book/Publisher",
    "container_title": "Book/BookTitle",
    "volume": "Book/Volume",
    "identifiers": "PMID, ArticleIdList, ELocationID, Isbn, ReportNumber",
    "subjects": "PublicationType",
    "keywords": "KeywordList",
    "grants": "GrantList",
}


def pubmed_book(record: etree._Element) -> Metadata | None:
    """Read a PubmedBookArticle; None when it holds no book."""
    document = record.find("BookDocument")
    if document is None:
        return None
    parts = first_children(document)
    book = first_children(parts.get("Book"))
    title = flat(parts.get("ArticleTitle")) or flat(parts.get("VernacularTitle"))
    container = flat(book.get("BookTitle"))
    dated, date_origin = _date(parts, book)
    kinds = [*document.iterfind("PublicationType")]
    publisher = first_children(book.get("Publisher"))
    fields: dict[str, object] = {
        "title": title or container or None,
        "authors": _authors(document, parts.get("Book")),
        "year": dated.year,
        "date": dated.iso,
        "language": language_tag(flat(parts.get("Language"))),
        "identifiers": _identifiers(record, document),
        "container_title": (container or None) if title else None,
        "volume": flat(book.get("Volume")) or None,
        "page": pubmed_pages(parts.get("Pagination")),
        "publisher": flat(publisher.get("PublisherName")) or None,
        "publication_types": tuple(map(flat, kinds)),
        "abstract": pubmed_abstract(parts.get("Abstract")),
        "keywords": tuple(dict.fromkeys(pubmed_keywords(document))),
        "subjects": tuple(pubmed_subjects(document, kinds)),
        "grants": tuple(pubmed_grants(document)),
    }
    where = {**_WHERE, "year": date_origin, "date": date_origin}
    return with_origins(fields, where, "BookDocument")


def _date(parts: dict[str, etree._Element], book: dict[str, etree._Element]) -> tuple[Dated, str]:
    """Date of the contribution, of the book, or of the day on which its writing began."""
    for element, origin in (
        (parts.get("ContributionDate"), "ContributionDate"),
        (book.get("PubDate"), "Book/PubDate"),
        (book.get("BeginningDate"), "Book/BeginningDate"),
    ):
        if (dated := pubmed_date(element)).year:
            return dated, origin
    return Dated(None, None), ""


def _authors(document: etree._Element, book: etree._Element | None) -> tuple[Author, ...]:
    """Authors of the chapter, else of the book, else its editors."""
    lists = [*document.iterfind("AuthorList")]
    lists += book.iterfind("AuthorList") if book is not None else ()
    lists.sort(key=lambda listed: listed.get("Type", "authors") != "authors")
    return next((people for listed in lists if (people := tuple(pubmed_authors(listed)))), ())


def _identifiers(record: etree._Element, document: etree._Element) -> Identifiers:
    found: dict[str, str] = {}
    for path in ("BookDocument/ArticleIdList", "PubmedBookData/ArticleIdList"):
        for element in record.iterfind(f"{path}/ArticleId"):
            found.setdefault(element.get("IdType", ""), flat(element))
    for element in document.iterfind("Book/ELocationID"):
        found.setdefault(element.get("EIdType", ""), flat(element))
    return Identifiers(
        doi=normal_doi(found.get("doi", "")),
        pmid=normal_pmid(flat(document.find("PMID")) or found.get("pubmed", "")),
        pmcid=normal_pmcid(found.get("pmc", "")),
        other=tuple(_others(document, found.get("bookaccession"))),
    )


def _others(document: etree._Element, accession: str | None) -> Iterator[tuple[str, str]]:
    if accession:
        yield "bookaccession", accession
    for scheme, path in (("isbn", "Book/Isbn"), ("report-number", "Book/ReportNumber")):
        for element in document.iterfind(path):
            if value := flat(element):
                yield scheme, value
