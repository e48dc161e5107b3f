"""Records of Europe PMC (REST API, result types "lite" and "core")."""

from __future__ import annotations

from collections.abc import Iterator

from probatum.documents.draft import Draft
from probatum.documents.json_paths import Object, objects, text, texts
from probatum.model.document import Author, Grant, Relation, Subject
from probatum.text.identifiers import normal_orcid, normal_pmid
from probatum.text.names import parse_name

_RELATIONS = {
    "retraction in": "retracted-by",
    "retraction of": "retraction-of",
    "erratum in": "corrected-by",
    "erratum for": "correction-of",
    "expression of concern in": "concern-raised-by",
    "expression of concern for": "expression-of-concern-about",
    "preprint of": "preprint-of",
}


def knows(record: Object) -> bool:
    """Tell whether an object is a record of Europe PMC."""
    named = "authorString" in record or "journalInfo" in record
    return "source" in record and "id" in record and (named or "pubYear" in record)


def fill(record: Object) -> tuple[Draft, str | None]:
    """Read a record; its key is its number in its database."""
    draft = Draft()
    draft.put("title", text(record, "title"), "title")
    info = ("journalInfo", "journal")
    for path in ((*info, "title"), ("journalTitle",), ("bookOrReportDetails", "comprisingTitle")):
        draft.put("container_title", text(record, *path), ".".join(path))
    draft.put("publisher", text(record, "bookOrReportDetails", "publisher"), "bookOrReportDetails")
    for field in ("volume", "issue"):
        draft.put(field, text(record, "journalInfo", field), f"journalInfo.{field}")
    draft.put("volume", text(record, "journalVolume"), "journalVolume")
    draft.put("page", text(record, "pageInfo"), "pageInfo")
    _dates(draft, record)
    draft.language(text(record, "language"), "language")
    draft.authors(_authors(record), "authorList")
    names = text(record, "authorString").rstrip(".").split(", ")
    draft.people(names, "authorString", "family-first")
    draft.abstract(text(record, "abstractText"), "abstractText")
    kinds = texts(record, "pubTypeList", "pubType") or text(record, "pubType").split(";")
    draft.put_all("publication_types", [kind.strip() for kind in kinds], "pubType")
    subjects = list(_subjects(record))
    words = texts(record, "keywordList", "keyword")
    draft.put_all(
        "keywords", [*(s.term for s in subjects), *words], "meshHeadingList, keywordList"
    )
    draft.subjects(subjects, "meshHeadingList, chemicalList")
    draft.grants(_grants(record), "grantsList")
    draft.relations(_relations(record), "commentCorrectionList")
    _identify(draft, record)
    return draft, text(record, "id") or None


def _dates(draft: Draft, record: Object) -> None:
    draft.date(text(record, "pubYear"), "pubYear")
    draft.date(text(record, "journalInfo", "dateOfPublication"), "journalInfo.dateOfPublication")
    draft.date(text(record, "firstPublicationDate"), "firstPublicationDate")


def _authors(record: Object) -> list[Author]:
    people = []
    for one in objects(record, "authorList", "author"):
        family, group = text(one, "lastName"), text(one, "collectiveName")
        places = [
            text(place, "affiliation")
            for place in objects(one, "authorAffiliationDetailsList", "authorAffiliation")
        ] or texts(one, "affiliation")
        orcid = normal_orcid(text(one, "authorId", "value"))
        if family:
            given = text(one, "firstName") or text(one, "initials") or None
            people.append(Author(family, given, orcid, tuple(places)))
        elif group:
            people.append(Author(group, None, None, tuple(places)))
        elif full := text(one, "fullName"):
            people.append(Author(*parse_name(full, "family-first"), orcid, tuple(places)))
    return people


def _subjects(record: Object) -> Iterator[Subject]:
    for one in objects(record, "meshHeadingList", "meshHeading"):
        if name := text(one, "descriptorName"):
            qualifiers = tuple(
                (text(part, "qualifierName"), "")
                for part in objects(one, "meshQualifierList", "meshQualifier")
            )
            major = text(one, "majorTopic_YN") == "Y"
            yield Subject(name, "mesh", None, None, major, qualifiers)
    for one in objects(record, "chemicalList", "chemical"):
        if name := text(one, "name"):
            number = text(one, "registryNumber")
            yield Subject(name, "substance", None, number if number not in {"", "0"} else None)


def _grants(record: Object) -> Iterator[Grant]:
    for one in objects(record, "grantsList", "grant"):
        number, agency = text(one, "grantId"), text(one, "agency")
        if number or agency:
            yield Grant(number or None, agency or None)


def _relations(record: Object) -> Iterator[Relation]:
    for one in objects(record, "commentCorrectionList", "commentCorrection"):
        kind = _RELATIONS.get(text(one, "type").lower())
        pmid = normal_pmid(text(one, "id")) if text(one, "source") == "MED" else None
        if kind and pmid:
            yield Relation(kind, f"pmid:{pmid}")


def _identify(draft: Draft, record: Object) -> None:
    draft.doi(text(record, "doi"), "doi")
    pmid = text(record, "pmid") or (text(record, "id") if text(record, "source") == "MED" else "")
    draft.pmid(pmid, "pmid")
    draft.pmcid(text(record, "pmcid"), "pmcid")
    if text(record, "source") not in {"MED", "PMC", ""}:
        draft.other("europepmc", f"{text(record, 'source')}:{text(record, 'id')}")
