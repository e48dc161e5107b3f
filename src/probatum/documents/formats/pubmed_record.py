"""One article of PubMed, every field that the nouns hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from probatum.documents.dates import Dated, iso_date, parse_date
from probatum.documents.formats.pubmed_lists import pubmed_grants, pubmed_subjects, within
from probatum.documents.languages import language_tag
from probatum.documents.markup import flat, plain, with_powers
from probatum.documents.origins import with_origins
from probatum.documents.page_ranges import whole_pages
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
_NO_IDENTIFIERS = Identifiers()
_REGISTRY = "ClinicalTrials.gov"
_WHERE = {
    "subjects": "MeshHeadingList, ChemicalList, PublicationTypeList",
    "grants": "GrantList",
    "conflict_statement": "CoiStatement",
    "keywords": "MeshHeadingList, KeywordList",
    "relations": "CommentsCorrectionsList",
    "identifiers": "PMID, ArticleIdList, ELocationID, DataBankList",
}


def pubmed_article(record: etree._Element) -> Metadata | None:
    """Read a PubmedArticle; None when it holds no article."""
    citation = record.find("MedlineCitation")
    article = citation.find("Article") if citation is not None else None
    return None if citation is None or article is None else _article(record, citation, article)


def _article(
    record: etree._Element, citation: etree._Element, article: etree._Element
) -> Metadata:
    parts = first_children(article)
    journal = first_children(parts.get("Journal"))
    issue = first_children(journal.get("JournalIssue"))
    dated, date_origin = _date(issue.get("PubDate"), parts.get("ArticleDate"))
    kinds = [
        kind for kind in parts.get("PublicationTypeList", ()) if kind.tag == "PublicationType"
    ]
    types = tuple(map(flat, kinds))
    subjects = tuple(pubmed_subjects(citation, kinds))
    fields: dict[str, object] = {
        "title": flat(parts.get("ArticleTitle")) or flat(parts.get("VernacularTitle")) or None,
        "authors": tuple(pubmed_authors(parts.get("AuthorList"))),
        "year": dated.year,
        "date": dated.iso,
        "language": language_tag(flat(parts.get("Language"))),
        "identifiers": _identifiers(record, citation, article),
        "container_title": flat(journal.get("Title"))
        or flat(journal.get("ISOAbbreviation"))
        or None,
        "volume": flat(issue.get("Volume")) or None,
        "issue": flat(issue.get("Issue")) or None,
        "page": pubmed_pages(parts.get("Pagination")),
        "publication_types": types,
        "abstract": pubmed_abstract(parts.get("Abstract")),
        "keywords": tuple(dict.fromkeys(pubmed_keywords(citation, subjects))),
        "relations": tuple(_relations(citation, preprint="Preprint" in types)),
        "subjects": subjects,
        "grants": tuple(pubmed_grants(article)),
        "conflict_statement": flat(citation.find("CoiStatement")) or None,
    }
    where = {**_WHERE, "year": date_origin, "date": date_origin}
    return with_origins(fields, where, "MedlineCitation/Article")


def first_children(element: etree._Element | None) -> dict[str, etree._Element]:
    """Give the first child of each name; asking for one after the other takes three times as long.

    >>> list(first_children(etree.fromstring("<a><b/><c/><b/></a>")))
    ['b', 'c']
    """
    found: dict[str, etree._Element] = {}
    for child in element if element is not None else ():
        found.setdefault(str(child.tag), child)
    return found


def pubmed_pages(pagination: etree._Element | None) -> str | None:
    """Give the pages, the last one whole where MEDLINE leaves out digits it shares with the first.

    >>> pubmed_pages(etree.fromstring("<P><MedlinePgn>1234-45</MedlinePgn></P>"))
    '1234-1245'
    """
    parts = first_children(pagination)
    if printed := flat(parts.get("MedlinePgn")):
        return whole_pages(printed)
    first, last = flat(parts.get("StartPage")), flat(parts.get("EndPage"))
    return (whole_pages(f"{first}-{last}") if first and last else first) or None


def _date(printed: etree._Element | None, appeared: etree._Element | None) -> tuple[Dated, str]:
    """Date of the issue; of the electronic article when that says the same year more precisely."""
    dated, electronic = pubmed_date(printed), pubmed_date(appeared)
    bare = electronic.year == dated.year and len(dated.iso or "") == 4
    if electronic.year and (bare or not dated.year):
        return electronic, "Article/ArticleDate"
    return dated, "JournalIssue/PubDate"


def pubmed_date(element: etree._Element | None) -> Dated:
    """Read a date of parts, or one as the journal prints it."""
    if element is None:
        return Dated(None, None)
    parts = first_children(element)
    medline = parts.get("MedlineDate")
    if medline is not None and medline.text:
        return parse_date(medline.text)
    return iso_date(*(flat(parts.get(name)) for name in ("Year", "Month", "Day")))


def pubmed_authors(listed: etree._Element | None) -> Iterator[Author]:
    """Yield the people and groups of a list.

    One loop over what an author holds: asking for each element by name took twice as long.
    """
    for author in listed if listed is not None else ():
        fields, places = dict[str, str](), list[str]()
        for child in author:
            tag = str(child.tag)
            if tag == "AffiliationInfo":
                places += [p for aff in child if aff.tag == "Affiliation" and (p := flat(aff))]
            elif tag == "Initials" and fields.get("ForeName"):
                continue
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
    for element in within(record, "PubmedData", "ArticleIdList", "ArticleId"):
        found.setdefault(element.get("IdType", ""), flat(element))
    for element in article.iterchildren("ELocationID"):
        if element.get("ValidYN", "Y") == "Y":
            found.setdefault(element.get("EIdType", ""), flat(element))
    trials, other = [], []
    for bank in within(article, "DataBankList", "DataBank"):
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


def pubmed_abstract(abstract: etree._Element | None) -> tuple[AbstractSection, ...]:
    """Read an abstract, divided as it is."""
    if abstract is None:
        return ()
    return tuple(
        AbstractSection((part.get("Label") or "").strip() or None, words)
        for part in abstract.iterchildren("AbstractText")
        if (words := with_powers(part))
    )


def pubmed_keywords(citation: etree._Element, subjects: Iterable[Subject] = ()) -> Iterator[str]:
    """Yield the headings, then the keywords of the authors."""
    yield from (subject.term for subject in subjects if subject.scheme == "mesh")
    for element in within(citation, "KeywordList", "Keyword"):
        if words := flat(element):
            yield words


def _relations(citation: etree._Element, *, preprint: bool) -> Iterator[Relation]:
    for element in within(citation, "CommentsCorrectionsList", "CommentsCorrections"):
        kind = _RELATIONS.get(element.get("RefType", ""))
        if preprint and element.get("RefType") == "UpdateIn":
            kind = "preprint-of"
        if kind is None:
            continue
        if pmid := normal_pmid(flat(element.find("PMID"))):
            yield Relation(kind, f"pmid:{pmid}")
        elif doi := normal_doi(flat(element.find("RefSource"))):
            yield Relation(kind, f"doi:{doi}")


def pubmed_references(listed: etree._Element) -> Iterator[Reference]:
    """Read the references that PubMed holds for an article."""
    # One walk that lxml filters by name: half the time of looking through each entry.
    position, words, ids = 0, "", _NO_IDENTIFIERS
    for element in listed.iter("Reference", "Citation", "ArticleId"):
        tag = element.tag
        if tag == "ArticleId":
            ids = _with_identifier(ids, element.get("IdType"), element.text)
        elif tag == "Citation":
            words = flat(element) if len(element) else plain(element.text)
        else:
            if position:
                yield Reference(f"ref{position}", None, words, None, None, ids)
            position, words, ids = position + 1, "", _NO_IDENTIFIERS
    if position:
        yield Reference(f"ref{position}", None, words, None, None, ids)


def _with_identifier(ids: Identifiers, kind: str | None, text: str | None) -> Identifiers:
    """Add an identifier of a reference; the first of its kind counts."""
    value, doi, pmid, pmcid = text or "", ids.doi, ids.pmid, ids.pmcid
    if kind == "pubmed" and pmid is None:
        return Identifiers(doi, normal_pmid(value), pmcid)
    if kind == "doi" and doi is None:
        return Identifiers(normal_doi(value), pmid, pmcid)
    if kind == "pmc" and pmcid is None:
        return Identifiers(doi, pmid, normal_pmcid(value))
    return ids
