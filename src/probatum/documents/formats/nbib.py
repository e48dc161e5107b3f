"""MEDLINE tagged text (nbib), as PubMed exports it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from probatum.documents.draft import Draft
from probatum.documents.format import Buffer, Format, ReadOptions
from probatum.documents.page_ranges import whole_pages
from probatum.documents.regular import Regular, Tagged
from probatum.documents.tagged import Reader, grouped, read_tagged
from probatum.documents.tagged_lines import Dialect
from probatum.model.document import Author, Chunk, Relation
from probatum.model.quick import maker
from probatum.model.source import Source
from probatum.text.identifiers import normal_doi, normal_orcid, normal_pmid
from probatum.text.names import parse_name

# NLM, MEDLINE/PubMed Data Element (Field) Descriptions: a tag of up to four letters, a hyphen.
_LINE = re.compile(r"([A-Z]{2,4} {0,2})- ?(.*)")
_SNIFF = re.compile(rb"^PMID- ?\d", re.MULTILINE)
_TAGS = re.compile(rb"^(?:TI  |AB  |FAU |AU  |DP  |JT  |TA  |AID |LID |OWN |STAT)- ", re.MULTILINE)
_RELATIONS = {
    "ROF": "retraction-of",
    "PROF": "retraction-of",
    "RIN": "retracted-by",
    "PRIN": "retracted-by",
    "EFR": "correction-of",
    "EIN": "corrected-by",
    "CRF": "correction-of",
    "CRI": "corrected-by",
    "ECF": "expression-of-concern-about",
    "ECI": "concern-raised-by",
}
_author_of = maker(Author)
_CITED = re.compile(r"PMID: ?(\d{1,9})")
_REGISTERED = re.compile(r"ClinicalTrials\.gov/(NCT\d{8})")


def sniff(head: bytes, name: str) -> float:
    """Tell how sure it is that this is MEDLINE text: by PMID lines beside others of its tags."""
    text = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n").replace(b"\r", b"\n")
    if _SNIFF.search(text):
        return 0.95 if text.startswith(b"PMID-") else 0.85
    return 0.6 if len(set(_TAGS.findall(text))) > 2 else 0.0


def read(data: Buffer, source: Source, options: ReadOptions) -> Iterator[Chunk]:
    """Read record by record; an empty line ends one."""
    yield from read_tagged(data, source, _READER)


def _fill(pairs: list[Tagged]) -> tuple[Draft, str | None]:
    draft, values = Draft(), grouped(pairs)
    draft.put_tags(values, _FIELDS)
    if "PG" in values:
        draft.put("page", whole_pages(values["PG"][0]), "PG")
    draft.date(_first(values, "DP"), "DP")
    draft.abstract(_first(values, "AB"), "AB")
    draft.language(_first(values, "LA"), "LA")
    named = "FAU" if "FAU" in values else "AU"
    draft.authors(_authors(pairs, named), named)
    draft.put_all("publication_types", values.get("PT", []), "PT")
    draft.put_all("keywords", [*_headings(values), *values.get("OT", [])], "MH, OT")
    if not _RELATIONS.keys().isdisjoint(values):
        draft.relations(_relations(pairs), "comments and corrections")
    _identify(draft, values)
    return draft, _first(values, "PMID")


def _first(values: dict[str, list[str]], tag: str) -> str | None:
    return values[tag][0] if tag in values else None


def _headings(values: dict[str, list[str]]) -> list[str]:
    """MeSH descriptors without qualifiers and the star of a major topic."""
    return [heading.split("/", 1)[0].strip("* ") for heading in values.get("MH", [])]


def _identify(draft: Draft, values: dict[str, list[str]]) -> None:
    draft.pmid(_first(values, "PMID"), "PMID")
    draft.pmcid(_first(values, "PMC"), "PMC")
    for tag in ("AID", "LID"):
        for value in values.get(tag, []):
            if value.endswith("[doi]") or "doi.org/" in value:
                draft.doi(value.removesuffix("[doi]"), tag)
            elif tag == "AID" and value.endswith("[pii]"):
                draft.other("pii", value.removesuffix("[pii]"))
    for value in values.get("SI", []):
        if found := _REGISTERED.match(value):
            draft.registrations(found[1], "SI")


def _authors(pairs: Iterable[Tagged], named: str) -> list[Author]:
    """What follows a name (AUID, AD) belongs to it."""
    people: list[tuple[str, str, list[str], list[str]]] = []
    naming = frozenset((named, "CN"))
    for tag, text in pairs:
        if tag in naming:
            people.append((tag, text.strip(), [], []))
        elif tag == "AD" and people:
            people[-1][3].append(text.strip())
        elif tag == "AUID" and people and "ORCID" in text.upper():
            people[-1][2].append(text)
    return [_author(*person) for person in people if person[1]]


def _author(tag: str, name: str, numbers: list[str], places: list[str]) -> Author:
    family, given = (name, None) if tag == "CN" else parse_name(name, "family-first")
    orcid = normal_orcid(numbers[-1]) if numbers else None
    return _author_of(family, given, orcid, tuple(filter(None, places)))


def _relations(pairs: Iterable[Tagged]) -> Iterator[Relation]:
    for tag, value in pairs:
        if tag in _RELATIONS:
            found = _CITED.search(value)
            if found and (pmid := normal_pmid(found[1])):
                yield Relation(_RELATIONS[tag], f"pmid:{pmid}")
            elif doi := normal_doi(value):
                yield Relation(_RELATIONS[tag], f"doi:{doi}")


_FIELDS = (
    ("title", ("TI", "BTI", "TT", "CTI")),
    ("container_title", ("JT", "TA")),
    ("volume", ("VI",)),
    ("issue", ("IP",)),
    ("publisher", ("PB",)),
)
_REGULAR = Regular(
    begin=re.compile(rb"[\r\n]*(?=PMID)"),
    stop=re.compile(rb"\n(?=\r?\n)"),
    pair=re.compile(r"^([A-Z]{2,4}+) {0,2}+- ?+(.*+(?:\n {2,8}+\S.*+)*+)", re.MULTILINE),
    again="\nPMID",
)
DIALECT = Dialect(_LINE, "PMID", None, True, _REGULAR)
_READER = Reader("MEDLINE tags", DIALECT, _fill)
FORMAT = Format(sniff, read, streaming=True)
