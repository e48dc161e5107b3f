"""One PubMed record: an article or a book, every field that the nouns hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from probatum.documents.dates import Dated, iso_date, parse_date
from probatum.documents.formats.pubmed_lists import pubmed_grants, pubmed_subjects
from probatum.documents.languages import language_tag
from probatum.documents.markup import flat, with_powers
from probatum.documents.origins import with_origins
from probatum.model.document import (
    AbstractSection,
    Author,
    Identifiers,
    Metadata,
    Reference,
    Relation,
    Subject,
)
from probatum.text.identifiers import (
    find_ncts,
    normal_doi,
    normal_orcid,
    normal_pmcid,
    normal_pmid,
)

_RELATIONS = {
    "RetractionOf": "retraction-of",
    "PartialRetractionOf": "retraction-of",
    "RetractionIn": "retracted-by",
    "PartialRetractionIn": "retracted-by",
    "ErratumFor": "correction-of",
    "ErratumIn": "corrected-by",
    "CorrectedandRepublishedFrom": "correction-of",
    "CorrectedandRepublishedIn": "corrected-by",
    "ExpressionOfConcernFor": "expression-of-concern-about",
    "ExpressionOfConcernIn": "concern-raised-by",
}
_REGISTRY = "ClinicalTrials.gov"
_WHERE = {
    "subjects": "MeshHeadingList, ChemicalList, PublicationTypeList",
    "grants": "GrantList",
    "conflict_statement": "CoiStatement",
    "keywords": "MeshHeadingList, KeywordList",
    "relations": "CommentsCorrectionsList",
    "identifiers": "PMID, ArticleIdList, ELocationID, DataBankList",
}


def pubmed_metadata(record: etree._Element) -> Metadata | None:
    """Read a PubmedArticle or a PubmedBookArticle; None when it holds neither."""
    citation = record.find("MedlineCitation")
    if citation is not None and citation.find("Article") is not None:
        return _article(record, citation)
    book = record.find("BookDocument")
    return _book(record, book) if book is not None else None


def _article(record: etree._Element, citation: etree._Element) -> Metadata:
    article = citation.find("Article")
    assert article is not None  # noqa: S101 - the caller looked
    journal = article.find("Journal")
    issue = journal.find("JournalIssue") if journal is not None else None
    dated, date_origin = _date(article, issue)
    kinds = [*article.iterfind("PublicationTypeList/PublicationType")]
    types = tuple(flat(kind) for kind in kinds)
    subjects = tuple(pubmed_subjects(citation, kinds))
    fields: dict[str, object] = {
        "title": flat(article.find("ArticleTitle"))
        or flat(article.find("VernacularTitle"))
        or None,
        "authors": tuple(_authors(article.find("AuthorList"))),
        "year": dated.year,
        "date": dated.iso,
        "language": language_tag(flat(article.find("Language"))),
        "identifiers": _identifiers(record, citation, article),
        "container_title": _text(journal, "Title") or _text(journal, "ISOAbbreviation"),
        "volume": _text(issue, "Volume"),
        "issue": _text(issue, "Issue"),
        "page": _text(article, "Pagination/MedlinePgn") or _text(article, "Pagination/StartPage"),
        "publication_types": types,
        "abstract": _abstract(article.find("Abstract")),
        "keywords": tuple(dict.fromkeys(_keywords(citation, subjects))),
        "relations": tuple(_relations(citation, preprint="Preprint" in types)),
        "subjects": subjects,
        "grants": tuple(pubmed_grants(article)),
        "conflict_statement": _text(citation, "CoiStatement"),
    }
    where = {**_WHERE, "year": date_origin, "date": date_origin}
    return with_origins(fields, where, "MedlineCitation/Article")


def _text(element: etree._Element | None, path: str) -> str | None:
    return (flat(element.find(path)) or None) if element is not None else None


def _date(article: etree._Element, issue: etree._Element | None) -> tuple[Dated, str]:
    """Date of the issue; of the electronic article when that says the same year more precisely."""
    printed = issue.find("PubDate") if issue is not None else None
    dated = _parts(printed)
    electronic = _parts(article.find("ArticleDate"))
    bare = electronic.year == dated.year and len(dated.iso or "") == 4
    if electronic.year and (bare or not dated.year):
        return electronic, "Article/ArticleDate"
    return dated, "JournalIssue/PubDate"


def _parts(element: etree._Element | None) -> Dated:
    if element is None:
        return Dated(None, None)
    if medline := element.findtext("MedlineDate"):
        return parse_date(medline)
    return iso_date(*(flat(element.find(part)) for part in ("Year", "Month", "Day")))


def _authors(listed: etree._Element | None) -> Iterator[Author]:
    """One loop over what an author holds: asking for each element by name took twice as long."""
    for author in listed if listed is not None else ():
        fields, places = dict[str, str](), list[str]()
        for child in author:
            tag = str(child.tag)
            if tag == "AffiliationInfo":
                places += [p for aff in child if aff.tag == "Affiliation" and (p := flat(aff))]
            elif tag != "Identifier" or child.get("Source") == "ORCID":
                fields.setdefault(tag, flat(child))
        family, suffix = fields.get("LastName"), fields.get("Suffix")
        given = fields.get("ForeName") or fields.get("Initials") or None
        if family:
            whole = f"{given} {suffix}" if given and suffix else given
            orcid = normal_orcid(fields["Identifier"]) if "Identifier" in fields else None
            yield Author(family, whole, orcid, tuple(places))
        elif group := fields.get("CollectiveName"):
            yield Author(group, None, None, tuple(places))


def _identifiers(
    record: etree._Element, citation: etree._Element, article: etree._Element
) -> Identifiers:
    found: dict[str, str] = {}
    for element in record.iterfind("PubmedData/ArticleIdList/ArticleId"):
        found.setdefault(element.get("IdType", ""), flat(element))
    for element in article.iterfind("ELocationID"):
        if element.get("ValidYN", "Y") == "Y":
            found.setdefault(element.get("EIdType", ""), flat(element))
    trials, other = [], []
    for bank in article.iterfind("DataBankList/DataBank"):
        name = flat(bank.find("DataBankName"))
        numbers = [flat(number) for number in bank.iter("AccessionNumber")]
        if name == _REGISTRY:
            trials += numbers
        else:
            other += [(name.lower(), number) for number in numbers if number]
    if pii := found.get("pii"):
        other.append(("pii", pii))
    return Identifiers(
        doi=normal_doi(found.get("doi", "")),
        pmid=normal_pmid(flat(citation.find("PMID")) or found.get("pubmed", "")),
        pmcid=normal_pmcid(found.get("pmc", "")),
        nct=find_ncts(" ".join(trials)),
        other=tuple(other),
    )


def _abstract(abstract: etree._Element | None) -> tuple[AbstractSection, ...]:
    if abstract is None:
        return ()
    return tuple(
        AbstractSection((part.get("Label") or "").strip() or None, words)
        for part in abstract.iterfind("AbstractText")
        if (words := with_powers(part))
    )


def _keywords(citation: etree._Element, subjects: Iterable[Subject] = ()) -> Iterator[str]:
    yield from (subject.term for subject in subjects if subject.scheme == "mesh")
    for element in citation.iterfind("KeywordList/Keyword"):
        if words := flat(element):
            yield words


def _relations(citation: etree._Element, *, preprint: bool) -> Iterator[Relation]:
    for element in citation.iterfind("CommentsCorrectionsList/CommentsCorrections"):
        kind = _RELATIONS.get(element.get("RefType", ""))
        if preprint and element.get("RefType") == "UpdateIn":
            kind = "preprint-of"
        if kind is None:
            continue
        if pmid := normal_pmid(flat(element.find("PMID"))):
            yield Relation(kind, f"pmid:{pmid}")
        elif doi := normal_doi(flat(element.find("RefSource"))):
            yield Relation(kind, f"doi:{doi}")


def _book(record: etree._Element, book: etree._Element) -> Metadata:
    volume = book.find("Book")
    dated = _parts(volume.find("PubDate") if volume is not None else None)
    found = {i.get("IdType", ""): flat(i) for i in book.iterfind("ArticleIdList/ArticleId")}
    accession = found.get("bookaccession")
    title = _text(book, "ArticleTitle")
    kinds = [*book.iterfind("PublicationType")]
    container = _text(volume, "BookTitle")
    people = [
        *book.iterfind("AuthorList"),
        *(volume.iterfind("AuthorList") if volume is not None else ()),
    ]
    authors = next(
        (tuple(_authors(p)) for p in people if p.get("Type", "authors") == "authors"), ()
    )
    fields: dict[str, object] = {
        "title": title or container,
        "authors": authors,
        "year": dated.year,
        "date": dated.iso,
        "language": language_tag(flat(book.find("Language"))),
        "identifiers": Identifiers(
            doi=normal_doi(found.get("doi", "")),
            pmid=normal_pmid(flat(book.find("PMID"))),
            other=(("bookaccession", accession),) if accession else (),
        ),
        "container_title": container if title else None,
        "publisher": _text(volume, "Publisher/PublisherName"),
        "publication_types": tuple(flat(kind) for kind in kinds),
        "abstract": _abstract(book.find("Abstract")),
        "keywords": tuple(dict.fromkeys(_keywords(book))),
        "subjects": tuple(pubmed_subjects(book, kinds)),
        "grants": tuple(pubmed_grants(book)),
    }
    return with_origins(fields, {"publisher": "Book/Publisher"}, "BookDocument")


def pubmed_references(listed: etree._Element) -> Iterator[Reference]:
    """Read the references that PubMed holds for an article."""
    # One walk that lxml filters by name: half the time of looking through each entry.
    position, words, found = 0, "", dict[str, str]()
    for element in listed.iter("Reference", "Citation", "ArticleId"):
        tag = element.tag
        if tag == "ArticleId":
            found.setdefault(element.get("IdType", ""), element.text or "")
        elif tag == "Citation":
            words = flat(element)
        else:
            if position:
                yield _reference(position, words, found)
            position, words, found = position + 1, "", {}
    if position:
        yield _reference(position, words, found)


def _reference(position: int, words: str, found: dict[str, str]) -> Reference:
    if not found:
        return Reference(f"ref{position}", None, words)
    ids = Identifiers(
        normal_doi(found["doi"]) if "doi" in found else None,
        normal_pmid(found["pubmed"]) if "pubmed" in found else None,
        normal_pmcid(found["pmc"]) if "pmc" in found else None,
    )
    return Reference(f"ref{position}", None, words, None, None, ids)
