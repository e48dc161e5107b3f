"""RIS, in the dialects that databases and reference managers write."""

from __future__ import annotations

import re
from collections.abc import Iterator

from probatum.documents.draft import Draft
from probatum.documents.format import Buffer, Format, ReadOptions
from probatum.documents.kinds import publication_type
from probatum.documents.regular import Regular, Tagged
from probatum.documents.tagged import Reader, grouped, read_tagged
from probatum.documents.tagged_lines import Dialect
from probatum.model.document import Chunk
from probatum.model.source import Problem, Source

# RIS specification (Research Information Systems, 2011): two letters, two spaces, a hyphen; met
# are also one space, none behind the hyphen, and leading spaces.
_LINE = re.compile(r"[ \t]{0,4}([A-Z][A-Z0-9])[ \t]{1,3}-(?:[ \t](.*)|$)")
_TYPE = re.compile(rb"^[ \t]{0,4}TY[ \t]{1,3}-[ \t]*[A-Z]{3,8}", re.MULTILINE)
_TAGS = re.compile(rb"^[ \t]{0,4}([A-Z][A-Z0-9])  ?-(?: |$)", re.MULTILINE)
_USUAL = frozenset(
    {b"TI", b"T1", b"AU", b"A1", b"PY", b"Y1", b"JO", b"JF", b"T2", b"ER", b"AB", b"DO", b"SP"}
)
_UNCLOSED = Problem("missing-er", "The record has no ER line; it was read up to the next one.")
_UNOPENED = Problem(
    "missing-ty", "The record has no TY line, so its type is unknown; the rest was read."
)
_FIELDS = {
    "title": ("TI", "T1", "CT", "BT", "ST"),
    "container_title": ("JF", "T2", "JO", "JA", "J2", "J1", "T3"),
    "volume": ("VL",),
    "issue": ("IS", "CP"),
    "publisher": ("PB",),
    "url": ("UR", "L2", "LK"),
}
# MEDLINE numbers its records so; Embase, PsycINFO and others put their own numbers into AN.
_PUBMED = re.compile(r"pubmed|medline|\bnlm\b", re.IGNORECASE)
_DIGITS = re.compile(r"\d{5,8}")


def sniff(head: bytes, name: str) -> float:
    """Tell how sure it is that this is RIS: by its TY lines, else by several of its tags."""
    text = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\r", b"\n")
    if _TYPE.search(text):
        return 0.95
    usual = _USUAL & set(_TAGS.findall(text))
    return min(0.9, 0.2 * len(usual)) if len(usual) > 2 else 0.0


def read(data: Buffer, source: Source, options: ReadOptions) -> Iterator[Chunk]:
    """Read record by record; what stands outside of records is ignored."""
    yield from read_tagged(data, source, _READER)


def _fill(pairs: list[Tagged]) -> tuple[Draft, str | None]:
    draft, values = Draft(), grouped(pairs)
    kind = _one(values, "TY")
    if kind == "BOOK" and "TI" not in values:
        draft.put("title", _one(values, "T2"), "T2")
    for field, tags in _FIELDS.items():
        for tag in tags:
            draft.put(field, _one(values, tag), tag)
    for tag in ("PY", "Y1", "DA", "YR"):
        draft.date(_date(_one(values, tag)), tag)
    for tag in ("AU", "A1"):
        draft.people(values.get(tag, []), tag, "family-first")
    for tag in ("AB", "N2"):
        draft.abstract("\n".join(values.get(tag, [])), tag)
    draft.language(_one(values, "LA"), "LA")
    draft.put_all("keywords", values.get("KW", []), "KW")
    draft.put_all("publication_types", _kinds(kind, _one(values, "M3")), "TY, M3")
    _pages(draft, values)
    _identify(draft, values)
    return draft, _one(values, "ID") or _one(values, "AN")


def _one(values: dict[str, list[str]], tag: str) -> str | None:
    return values[tag][0] if tag in values else None


def _date(value: str | None) -> str | None:
    """RIS writes YYYY/MM/DD/other with empty parts."""
    return value.rstrip("/ ").split("//", 1)[0] if value else None


def _kinds(kind: str | None, work: str | None) -> list[str]:
    """M3 says the type of work, unless it holds a DOI."""
    told = [] if work is None or "10." in work or len(work) > 60 else [work]
    return [publication_type(value) for value in [kind or "", *told]]


def _pages(draft: Draft, values: dict[str, list[str]]) -> None:
    first, last = _one(values, "SP"), _one(values, "EP")
    if first and last and "-" not in first and first != last:
        draft.put("page", f"{first}-{last}", "SP, EP")
    draft.put("page", first, "SP")
    draft.put("page", _one(values, "C7"), "C7")


def _identify(draft: Draft, values: dict[str, list[str]]) -> None:
    for tag in ("DO", "DI", "M3", "L3", "UR", "LK", "N1"):
        for value in values.get(tag, []):
            if tag in {"DO", "DI"} or "10." in value[:40]:
                draft.doi(value, tag)
    for tag in ("C2", "PM", "ID", "U1"):
        for value in values.get(tag, []):
            if value[:3].upper() == "PMC":
                draft.pmcid(value, tag)
    draft.pmid(_one(values, "PM"), "PM")
    _accession(draft, values)
    for value in values.get("N1", []) + values.get("C1", []):
        draft.registrations(value, "N1, C1")


def _accession(draft: Draft, values: dict[str, list[str]]) -> None:
    """AN holds a PMID where the record names PubMed or MEDLINE, or no database at all."""
    number = _one(values, "AN") or ""
    database = " ".join([*values.get("DB", []), *values.get("DP", [])])
    if _DIGITS.fullmatch(number) and (not database or _PUBMED.search(database)):
        draft.pmid(number, "AN, digits taken for a PMID")
    elif number:
        draft.other("accession", number)


_REGULAR = Regular(
    begin=re.compile(rb"[\r\n]*(?=TY  - )"),
    stop=re.compile(rb"\nER  -(?:[ \t][^\r\n]*)?(?:\r?\n|\Z)"),
    pair=re.compile(
        r"^([A-Z][A-Z0-9])  -"
        r"(?: (.*+(?:\n(?![ \t]{0,4}+[A-Z][A-Z0-9][ \t]{1,3}+-)[ \t]*+\S.*+)*+)|$)",
        re.MULTILINE,
    ),
    again="\nTY",
)
_DIALECT = Dialect(_LINE, "TY", "ER", False, _REGULAR, _UNCLOSED, _UNOPENED)
_READER = Reader("RIS", _DIALECT, _fill)
FORMAT = Format(sniff, read, streaming=True)
