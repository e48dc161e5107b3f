"""EndNote's tagged text (.enw), in the form that refer and BibIX gave it."""

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
from probatum.model.source import Source

# EndNote manual, "Tagged EndNote Import Format": a percent sign, one character, a space.
_LINE = re.compile(r"%([0-9A-Za-z@~!#$&*()+^>=\[\]{}?;:\"'<])(?:[ \t]+(.*)|$)")
_TAGS = re.compile(rb"^%([0A-Z@])[ \t]+\S", re.MULTILINE)
_USUAL = frozenset(b"0ATDJBX")
_FIELDS = {
    "title": ("T", "!"),
    "container_title": ("J", "B"),
    "volume": ("V",),
    "issue": ("N",),
    "page": ("P", "&"),
    "publisher": ("I",),
    "url": ("U",),
}


def sniff(head: bytes, name: str) -> float:
    """Tell how sure it is that this is tagged EndNote: by its first line and several tags."""
    text = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n").replace(b"\r", b"\n")
    if text[:1] != b"%" or not _LINE.match(text[:80].decode("latin-1").split("\n")[0]):
        return 0.0
    usual = {tag for tag in b"".join(_TAGS.findall(text)) if tag in _USUAL}
    return min(0.94, 0.55 + 0.1 * len(usual)) if usual else 0.0


def read(data: Buffer, source: Source, options: ReadOptions) -> Iterator[Chunk]:
    """Read record by record; an empty line or the next type ends one."""
    yield from read_tagged(data, source, _READER)


def _fill(pairs: list[Tagged]) -> tuple[Draft, str | None]:
    draft, values = Draft(), grouped(pairs)
    one = {tag: found[0] for tag, found in values.items()}
    for field, tags in _FIELDS.items():
        for tag in tags:
            draft.put(field, one.get(tag), f"%{tag}")
    for tag in ("D", "8"):
        draft.date(one.get(tag), f"%{tag}")
    for tag in ("A", "E"):
        draft.people(values.get(tag, []), f"%{tag}", "given-first")
    draft.abstract("\n".join(values.get("X", [])), "%X")
    draft.language(one.get("G"), "%G")
    draft.put_all("keywords", values.get("K", []), "%K")
    kinds = [publication_type(value) for value in (*values.get("0", []), *values.get("9", []))]
    draft.put_all("publication_types", kinds, "%0, %9")
    for value in (*values.get("R", []), *values.get("U", [])):
        if "10." in value[:40]:
            draft.doi(value, "%R, %U")
    if "pubmed" in one.get("W", one.get("~", "")).lower():
        draft.pmid(one.get("M"), "%M")
    draft.pmcid(one.get("2"), "%2")
    return draft, one.get("F") or one.get("M") or one.get("L")


_REGULAR = Regular(
    begin=re.compile(rb"[\r\n]*(?=%0 )"),
    stop=re.compile(rb"\n\r?\n[\r\n]*(?=%[0-9A-Z@] )"),
    pair=re.compile(r"^%([0-9A-Z@]) (.*)", re.MULTILINE),
    again="\n%0",
)
DIALECT = Dialect(_LINE, "0", None, False, _REGULAR)
_READER = Reader("EndNote tags", DIALECT, _fill)
FORMAT = Format(sniff, read, streaming=True)
