"""Web of Science tagged text (.ciw, "Plain text", the older ISI export)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from probatum.documents.draft import Draft
from probatum.documents.format import Buffer, Format, ReadOptions
from probatum.documents.kinds import publication_type
from probatum.documents.regular import Regular, Tagged
from probatum.documents.tagged import Reader, grouped, read_tagged
from probatum.documents.tagged_lines import Dialect
from probatum.model.document import Author, Chunk
from probatum.model.source import Problem, Source
from probatum.text.names import parse_name

# Clarivate, "Web of Science Core Collection Field Tags": two signs, a space; continuation lines
# begin with three spaces, and under some tags each of them is a value of its own.
_LINE = re.compile(r"(?:\ufeff)?([A-Z][A-Z0-9])(?: (.*)|$)")
_LISTED = frozenset({"AU", "AF", "BA", "BF", "CA", "BE", "ED", "C1", "CR", "GP"})
_FILE = frozenset({"FN", "VR", "EF"})
_START = re.compile(rb"^FN [^\n]{0,80}(?:ISI|Clarivate|Thomson|Web of|WoS)", re.MULTILINE)
_RECORD = re.compile(rb"^PT [A-Z](?:[ \t]*$|[ \t]*\n)", re.MULTILINE)
_TAGS = re.compile(rb"^(AU|TI|SO|PY|UT|ER|AB|VL)(?: |$)", re.MULTILINE)
_UNCLOSED = Problem("missing-er", "The record has no ER line; it was read up to the next one.")
_FIELDS = (
    ("title", ("TI",)),
    ("container_title", ("SO", "JI", "J9")),
    ("volume", ("VL",)),
    ("issue", ("IS",)),
    ("publisher", ("PU",)),
)
_KINDS = {"J": "", "B": "Book", "S": "", "P": "Patent", "C": "Conference Proceedings"}
_MONTH_FIRST = re.compile(r"(\d{2}) (\d{4})")
_EMAIL = re.compile(r"\s*\([^()\s]{1,80}@[^()\s]{1,80}\)\s*$")


def sniff(head: bytes, name: str) -> float:
    """Tell how sure it is that this is a Web of Science export: by FN, else by PT and others."""
    text = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n").replace(b"\r", b"\n")
    if text.startswith(b"FN ") and _START.match(text):
        return 0.96
    return 0.9 if _RECORD.search(text) and len(set(_TAGS.findall(text))) > 2 else 0.0


def read(data: Buffer, source: Source, options: ReadOptions) -> Iterator[Chunk]:
    """Read record by record, each between PT and ER."""
    yield from read_tagged(data, source, _READER)


def _fill(pairs: list[Tagged]) -> tuple[Draft, str | None]:
    draft, values = Draft(), grouped(pairs)
    one = {tag: found[0] for tag, found in values.items()}
    draft.put_tags(values, _FIELDS)
    draft.date(one.get("PY"), "PY")
    draft.date(_published(one), "PD, PY")
    names, tag = _names(values)
    draft.authors([*names, *(Author(group) for group in values.get("CA", []))], tag)
    draft.abstract(one.get("AB"), "AB")
    draft.language(one.get("LA"), "LA")
    words = [word for tag in ("DE", "ID") for value in values.get(tag, []) for word in _div(value)]
    draft.put_all("keywords", words, "DE, ID")
    kinds = [publication_type(kind) for kind in _div(one.get("DT", ""))]
    draft.put_all("publication_types", [*kinds, _KINDS.get(one.get("PT", ""), "")], "DT, PT")
    _pages(draft, one)
    _identify(draft, one)
    return draft, one.get("UT") or one.get("AN")


def _div(value: str) -> list[str]:
    return value.split(";")


def _published(one: dict[str, str]) -> str | None:
    """PD holds month and day, and in older exports a number of the month and the year."""
    printed, year = one.get("PD", ""), one.get("PY", "")
    if found := _MONTH_FIRST.fullmatch(printed.strip()):
        return f"{found[2]}-{found[1]}"
    return printed if year in printed else f"{year} {printed}" if printed else None


def _names(values: dict[str, list[str]]) -> tuple[list[Author], str]:
    """Full names (AF) where there are as many as short ones; some databases divide by ';'."""
    short, full = values.get("AU", []), values.get("AF", [])
    tag = "AF" if full and len(full) >= len(short) else "AU"
    chosen = full if tag == "AF" else short or values.get("BA", []) or values.get("ED", [])
    names = [_EMAIL.sub("", name).strip() for value in chosen for name in value.split(";")]
    return [Author(*parse_name(name, "given-first")) for name in names if name], tag


def _pages(draft: Draft, one: dict[str, str]) -> None:
    first, last = one.get("BP", ""), one.get("EP", "")
    if first and last and "-" not in first and first != last:
        draft.put("page", f"{first}-{last}", "BP, EP")
    for tag in ("BP", "PS", "AR"):
        draft.put("page", one.get(tag), tag)


def _identify(draft: Draft, one: dict[str, str]) -> None:
    for tag in ("DI", "D2"):
        draft.doi(one.get(tag), tag)
    draft.pmid(one.get("PM"), "PM")
    key = one.get("UT", "")
    if key.startswith("MEDLINE:"):
        draft.pmid(key.removeprefix("MEDLINE:"), "UT")
    elif key:
        draft.other("wos", key.removeprefix("WOS:"))
    draft.registrations(one.get("AB"), "AB")


_REGULAR = Regular(
    begin=re.compile(rb"[\r\n]*(?=PT )"),
    stop=re.compile(rb"\nER(?: [^\r\n]*)?(?:\r?\n|\Z)"),
    pair=re.compile(r"^([A-Z][A-Z0-9]) (.*+(?:\n {2,8}+\S.*+)*+)", re.MULTILINE),
    again="\nPT",
    listed=_LISTED,
)
DIALECT = Dialect(_LINE, "PT", "ER", False, _REGULAR, _UNCLOSED, listed=_LISTED, outside=_FILE)
_READER = Reader("Web of Science tags", DIALECT, _fill)
FORMAT = Format(sniff, read, streaming=True)
