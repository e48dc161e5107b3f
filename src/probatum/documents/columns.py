"""Which column of a table holds which field of a record, told by its heading."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

# Headings as PubMed, Scopus, Web of Science, Embase, Cochrane, Zotero, EndNote, Rayyan, Covidence,
# ASReview and reference managers write them, folded; the first of a list that is there is taken.
KNOWN: dict[str, tuple[str, ...]] = {
    "record": ("id", "key", "recordid", "citationkey", "rayyanid", "refid", "covidence",
               "uniqueid", "ut", "uniquewosid", "eid", "accessionnumber"),
    "title": ("title", "ti", "articletitle", "primarytitle", "documenttitle", "t1", "studytitle",
              "titles", "itemtitle", "reftitle"),
    "authors": ("authors", "author", "au", "authornames", "authorfullnames", "a1", "firstauthors",
                "authorsnames", "creator", "creators", "primaryauthors", "authorss", "af",
                "firstauthor"),
    "year": ("year", "py", "publicationyear", "pubyear", "publishedyear", "yearpublished", "yr"),
    "date": ("date", "publicationdate", "pubdate", "createdate", "coverdate", "y1", "da",
             "publishedonline", "datepublished", "dp"),
    "doi": ("doi", "do", "di", "articledoi", "doilink", "dois"),
    "pmid": ("pmid", "pubmedid", "pubmed", "entrezuid", "pm", "medlinepmid", "medlineid", "pmids"),
    "pmcid": ("pmcid", "pmc", "pmcidpubmedcentral"),
    "nct": ("nct", "nctnumber", "nctid", "trialregistration", "clinicaltrialnumbers",
            "registration", "trialid"),
    "container_title": ("journal", "journaltitle", "containertitle", "sourcetitle", "so", "source",
                        "publicationtitle", "secondarytitle", "jo", "jf", "t2", "publicationname",
                        "journalbook", "journalname", "fulljournalname", "booktitle",
                        "periodical", "publication", "venue"),
    "volume": ("volume", "vl", "vol", "volumenumber"),
    "issue": ("issue", "number", "is", "issuenumber", "journalissue", "art"),
    "page": ("pages", "page", "pg", "pagerange", "pagination", "startendpage"),
    "first_page": ("pagestart", "startpage", "bp", "sp", "firstpage", "beginningpage"),
    "last_page": ("pageend", "endpage", "ep", "lastpage", "endingpage"),
    "abstract": ("abstract", "ab", "abstractnote", "n2", "notesabstract", "abstracttext",
                 "abstracts"),
    "keywords": ("keywords", "keyword", "authorkeywords", "kw", "de", "indexkeywords",
                 "manualtags", "subject", "mesh", "meshterms", "emtreedrugindexterms"),
    "language": ("language", "la", "languageoforiginaldocument", "articlelanguage", "languages"),
    "publisher": ("publisher", "pb", "pu"),
    "type": ("publicationtype", "documenttype", "itemtype", "entrytype", "referencetype",
             "publicationtypes", "typeofreference", "dt",
             "type", "typeofwork"),
    "url": ("url", "link", "ur", "fulltexturl", "urls", "links"),
}  # fmt: skip
_FIELD_OF = {name: field for field, names in KNOWN.items() for name in names}
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def heading(text: str) -> str:
    """Fold a heading: letters and digits in lower case.

    >>> heading("Journal/Book"), heading("Start Page ")
    ('journalbook', 'startpage')
    """
    return _NOT_WORD.sub("", text.lower())


def recognise(
    headings: Sequence[str], chosen: Mapping[str, str] | None = None
) -> dict[str, list[int]]:
    """Give for each field the places of its columns, the best first.

    ``chosen`` maps fields to headings and overrides what was recognised.

    >>> recognise(["Id", "Article Title", "PY"])
    {'record': [0], 'title': [1], 'year': [2]}
    >>> recognise(["a", "b"], {"title": "b"})
    {'title': [1]}
    """
    folded = [heading(text) for text in headings]
    found: dict[str, list[tuple[int, int]]] = {}
    for place, name in enumerate(folded):
        if field := _FIELD_OF.get(name):
            found.setdefault(field, []).append((KNOWN[field].index(name), place))
    columns = {field: [place for _, place in sorted(places)] for field, places in found.items()}
    if "record" in columns:  # the record's own key is the first column that looks like one
        columns["record"].sort()
    for field, name in (chosen or {}).items():
        if heading(name) in folded:
            columns[field] = [folded.index(heading(name))]
    return columns


def is_record_table(columns: Mapping[str, Sequence[int]], width: int) -> bool:
    """Tell whether these are the columns of a list of records.

    A title is enough, or an abstract with authors; identifiers alone also stand in tables of
    numbers, so then half of the columns must be known.
    """
    if "title" in columns or {"abstract", "authors"} <= set(columns):
        return True
    told = sum(len(places) for places in columns.values())
    return any(field in columns for field in ("doi", "pmid", "pmcid")) and 2 * told >= width


def missing(headings: Sequence[str], chosen: Mapping[str, str] | None = None) -> list[str]:
    """Columns that were asked for and are not there, and fields that do not exist."""
    folded = {heading(text) for text in headings}
    wanted = chosen or {}
    return [name for name in wanted.values() if heading(name) not in folded] + [
        field for field in wanted if field not in KNOWN
    ]
