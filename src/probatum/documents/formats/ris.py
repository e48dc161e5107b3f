"""RIS, in the dialects that databases and reference managers write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

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
_FIELDS = (
    ("title", ("TI", "T1", "CT", "BT", "ST")),
    ("container_title", ("JF", "T2", "JO", "JA", "J2", "J1", "T3")),
    ("volume", ("VL",)),
    ("issue", ("IS", "CP")),
    ("publisher", ("PB",)),
    ("url", ("UR", "L2", "LK")),
)
_DATES = ("PY", "Y1", "DA", "YR")
_NAMES = ("AU", "A1")
_ABSTRACTS = ("AB", "N2")
_DOIS = ("DO", "DI")
_NOTES = ("N1", "C1")
_LINKS = ("M3", "L3", "UR", "LK", "N1")
_PMCIDS = ("C2", "PM", "ID", "U1")
# EndNote writes one keyword a line, with the tag before the first only.
_LISTED = frozenset({"KW"})
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


class _Shape(NamedTuple):
    """Which tags of a record say what, in the order in which they are asked.

    A record has some twelve of the forty tags that are read; the records of a file have few sets
    of them. So most of the looking is done once a set, not once a record.
    """

    fields: tuple[tuple[str, tuple[str, ...]], ...]
    dates: tuple[str, ...]
    names: tuple[str, ...]
    abstracts: tuple[str, ...]
    dois: tuple[str, ...]
    links: tuple[str, ...]
    pmcids: tuple[str, ...]
    notes: tuple[str, ...]


@lru_cache(maxsize=1024)
def _shape(tags: tuple[str, ...]) -> _Shape:
    there = frozenset(tags)
    fields = ((field, tuple(filter(there.__contains__, known))) for field, known in _FIELDS)
    asked = (_DATES, _NAMES, _ABSTRACTS, _DOIS, _LINKS, _PMCIDS, _NOTES)
    return _Shape(
        tuple(field for field in fields if field[1]),
        *(tuple(filter(there.__contains__, known)) for known in asked),
    )


def _fill(pairs: list[Tagged]) -> tuple[Draft, str | None]:
    draft, values = Draft(), grouped(pairs)
    shape = _shape(tuple(values))
    if "T2" in values and "TI" not in values and values.get("TY") == ["BOOK"]:
        draft.put("title", values["T2"][0], "T2")
    draft.put_tags(values, shape.fields)
    draft.dates(tuple([(_date(values[tag][0]), tag) for tag in shape.dates]))
    for tag in shape.names:
        draft.people(values[tag], tag, "family-first")
    for tag in shape.abstracts:
        draft.abstract("\n".join(values[tag]), tag)
    if "LA" in values:
        draft.language(values["LA"][0], "LA")
    if "KW" in values:
        draft.put_all("keywords", values["KW"], "KW")
    draft.put_known("publication_types", _kinds(_one(values, "TY"), _one(values, "M3")), "TY, M3")
    _pages(draft, values)
    _identify(draft, values, shape)
    return draft, _one(values, "ID") or _one(values, "AN")


def _one(values: dict[str, list[str]], tag: str) -> str | None:
    return values[tag][0] if tag in values else None


def _date(value: str) -> str:
    """RIS writes YYYY/MM/DD/other with empty parts."""
    return value.rstrip("/ ").split("//", 1)[0] if "/" in value else value


@lru_cache(maxsize=256)
def _kinds(kind: str | None, work: str | None) -> tuple[str, ...]:
    """M3 says the type of work, unless it holds a DOI."""
    known = [publication_type(kind)] if kind else []
    if work is not None and "10." not in work and len(work) <= 60:
        known.append(publication_type(work))
    clean = (" ".join(words.split()) for words in known)
    return tuple(dict.fromkeys(filter(None, clean)))


def _pages(draft: Draft, values: dict[str, list[str]]) -> None:
    first, last = _one(values, "SP"), _one(values, "EP")
    if first and last and "-" not in first and first != last:
        draft.put("page", f"{first}-{last}", "SP, EP")
    elif first:
        draft.put("page", first, "SP")
    if "C7" in values:
        draft.put("page", values["C7"][0], "C7")


def _identify(draft: Draft, values: dict[str, list[str]], shape: _Shape) -> None:
    _dois(draft, values, shape)
    for tag in shape.pmcids:
        for value in values[tag]:
            draft.pmcid(value if value[:3].upper() == "PMC" else None, tag)
    if "PM" in values:
        draft.pmid(values["PM"][0], "PM")
    if "AN" in values:
        _accession(draft, values["AN"][0], values)
    for tag in shape.notes:
        draft.registrations(" ".join(values[tag]), "N1, C1")


def _dois(draft: Draft, values: dict[str, list[str]], shape: _Shape) -> None:
    for tag in shape.dois:
        for value in values[tag]:
            draft.doi(value, tag)
    for tag in shape.links:
        for value in values[tag]:
            draft.doi(value if "10." in value[:40] else None, tag)


def _accession(draft: Draft, number: str, values: dict[str, list[str]]) -> None:
    """AN holds a PMID where the record names PubMed or MEDLINE, or no database at all."""
    database = " ".join([*values.get("DB", []), *values.get("DP", [])])
    if _DIGITS.fullmatch(number) and (not database or _PUBMED.search(database)):
        draft.pmid(number, "AN, digits taken for a PMID")
    else:
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
    listed=_LISTED,
)
DIALECT = Dialect(_LINE, "TY", "ER", False, _REGULAR, _UNCLOSED, _UNOPENED, _LISTED)
_READER = Reader("RIS", DIALECT, _fill)
FORMAT = Format(sniff, read, streaming=True)
