"""BibTeX: each block is read alone, so a broken one costs one."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import Block, DuplicateBlockKeyBlock, Entry, Field, String

from probatum.documents.assemble import record_document, source_ref
from probatum.documents.cells import fill
from probatum.documents.columns import heading, recognise
from probatum.documents.decoded import decode
from probatum.documents.draft import Draft
from probatum.documents.format import Buffer, Format, ReadOptions
from probatum.documents.formats.bibtex_values import people, plain_names, resolved
from probatum.documents.kinds import publication_type
from probatum.model.document import Chunk
from probatum.model.source import Problem, Source
from probatum.text.latex import from_latex
from probatum.text.names import Order, name_order

# The parser logs each failed block; here they are Problems.
logging.getLogger("bibtexparser").addHandler(logging.NullHandler())
_BLOCK = re.compile(r"(?:^|(?<=\})|(?<=\n))[ \t]*@[ \t]*[A-Za-z]\w{0,40}[ \t\n]{0,80}[{(]")
_SNIFF = re.compile(rb"(?:^|[\r\n}])[ \t]*@[ \t]*([A-Za-z]+)\s{0,20}[{(]\s{0,20}[^\s,={}]{0,200},")
_PMID_NOTE = re.compile(r"\bPMID:? ?(\d{5,8})\b")
#: A block larger than this is no entry; parsing it could take long.
_LARGEST = 2_000_000


@dataclass(frozen=True, slots=True)
class _Piece:
    """Text from one block to the next, and what the parser made of it."""

    start: int
    end: int
    block: Block | None


def sniff(head: bytes, name: str) -> float:
    """Tell how sure it is that this is BibTeX: by an entry with a key."""
    text = head.replace(b"\0", b"")
    if _SNIFF.search(text):
        return 0.95 if text.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:1] in {b"@", b"%"} else 0.7
    begins = text.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:1] == b"@"
    return 0.6 if begins and name.lower().endswith(".bib") else 0.0


def read(data: Buffer, source: Source, options: ReadOptions) -> Iterator[Chunk]:
    """Read block by block; comments and strings are ignored, failed blocks are Problems."""
    decoded = decode(data)
    pieces = list(_pieces(decoded.text))
    strings = _strings(pieces)
    order = name_order(
        name
        for piece in pieces
        if isinstance(piece.block, Entry)
        for name in plain_names(_value(piece.block, "author", strings))
    )
    at = ordinal = 0
    seen: set[str] = set()
    for piece in pieces:
        begin, end = decoded.offset(piece.start), decoded.offset(piece.end)
        if begin > at:
            yield Chunk(at, begin - at, "ignored", reason="marks before the text")
        at = end
        made = _made(piece, strings, order, seen)
        chunk = _chunk(made, source, ordinal, begin, end - begin)
        ordinal += chunk.document is not None
        yield chunk
    if at < source.size:
        yield Chunk(at, source.size - at, "ignored", reason="marks around the text")


def _pieces(text: str) -> Iterator[_Piece]:
    starts = [found.start() for found in _BLOCK.finditer(text)]
    if not starts or starts[0] > 0:
        starts.insert(0, 0)
    for start, end in pairwise([*starts, len(text)]):
        yield _Piece(start, end, _parsed(text[start:end].strip()))


def _parsed(text: str) -> Block | None:
    if not text.startswith("@") or len(text) > _LARGEST:
        return None
    try:
        blocks = parse_string(text, parse_stack=[]).blocks
    except Exception:  # whatever a foreign parser raises costs this block only
        return None
    return blocks[0] if blocks else None


def _strings(pieces: list[_Piece]) -> dict[str, str]:
    found: dict[str, str] = {}
    for piece in pieces:
        if isinstance(piece.block, String):
            found[piece.block.key.lower()] = resolved(str(piece.block.value), found)
    return found


@dataclass(frozen=True, slots=True)
class _Made:
    """A draft with its key, or a reason why there is none; problems have no offset yet."""

    draft: Draft | None
    key: str | None
    reason: str
    problems: tuple[tuple[str, str], ...] = ()


def _made(piece: _Piece, strings: Mapping[str, str], order: Order, seen: set[str]) -> _Made:
    block = piece.block
    if isinstance(block, DuplicateBlockKeyBlock):
        block = block.ignore_error_block
    if not isinstance(block, Entry):
        return _no_entry(block)
    draft = _draft(block, strings, order)
    if not draft.says_something:
        reason = "The entry has no title, abstract or identifier; look at it or remove it."
        return _Made(None, None, reason, (("empty-record", reason),))
    problems: tuple[tuple[str, str], ...] = ()
    if block.key and block.key in seen:
        problems = (("duplicate-key", f"The key {block.key[:80]!r} stands twice; rename one."),)
    seen.add(block.key)
    return _Made(draft, block.key or None, "", problems)


def _no_entry(block: Block | None) -> _Made:
    kind = type(block).__name__
    known = {"String": "a string definition", "Preamble": "a preamble"}
    if kind in known:
        return _Made(None, None, known[kind])
    if kind in {"ExplicitComment", "ImplicitComment"} or block is None:
        return _Made(None, None, "text outside of entries")
    failure = getattr(block, "error", None)
    error = str(getattr(failure, "abort_reason", failure) or "").split("\n", 1)[0][:200]
    reason = f"This block cannot be parsed ({error or kind}); put its braces and commas right."
    return _Made(None, None, reason, (("broken-block", reason),))


def _chunk(made: _Made, source: Source, ordinal: int, offset: int, length: int) -> Chunk:
    problems = tuple(Problem(code, reason, offset) for code, reason in made.problems)
    if made.draft is None:
        if problems:
            return Chunk(offset, length, "rejected", None, problems, made.reason)
        return Chunk(offset, length, "ignored", reason=made.reason)
    ref = source_ref(source, offset, length, made.key)
    document = record_document(ordinal, ref, made.draft.metadata("BibTeX"), problems=problems)
    return Chunk(offset, length, "parsed", document)


def _draft(entry: Entry, strings: Mapping[str, str], order: Order) -> Draft:
    draft = Draft()
    fields = {heading(field.key): field for field in reversed(entry.fields)}
    names = list(fields)
    cells = {
        field: [(fields[names[at]].key, _plain(fields[names[at]], strings)) for at in places]
        for field, places in recognise(names).items()
        if field != "authors"
    }
    _dated(draft, fields, strings)
    draft.authors(people(_value(entry, "author", strings), order), "author")
    draft.put_all("publication_types", [publication_type(entry.entry_type)], "entry type")
    fill(draft, cells)
    draft.pmcid(entry.key if entry.key[:3].upper() == "PMC" else None, "key")
    if "note" in fields and (found := _PMID_NOTE.search(_plain(fields["note"], strings))):
        draft.pmid(found[1], "note")
    return draft


def _dated(draft: Draft, fields: Mapping[str, Field], strings: Mapping[str, str]) -> None:
    year, month, day = (
        _plain(fields[name], strings) if name in fields else ""
        for name in ("year", "month", "day")
    )
    draft.date(f"{year} {month} {day}".strip() if month else year, "year, month, day")


def _value(entry: Entry, name: str, strings: Mapping[str, str]) -> str:
    found = next((f for f in entry.fields if f.key.lower() == name), None)
    return resolved(str(found.value), strings) if found else ""


def _plain(field: Field, strings: Mapping[str, str]) -> str:
    return from_latex(resolved(str(field.value), strings))


FORMAT = Format(sniff, read)
