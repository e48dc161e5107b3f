"""JSON: one record, a list of records, or an object that wraps such a list or one record."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from probatum.documents.assemble import record_document, source_ref
from probatum.documents.decoded import Decoded, decode
from probatum.documents.format import Buffer, Format, ReadOptions
from probatum.documents.json_fields import comma_less, is_record
from probatum.documents.json_sources import read_object
from probatum.documents.remainder import remainder
from probatum.model.document import AbstractSection, Chunk, Document
from probatum.model.source import Problem, Source
from probatum.text.names import Order, name_order

_KEYS = re.compile(
    rb'"(?:title|doi|pmid|pmcid|nct|pubmed_?id|primary_title|article_title|nctId|paperId)"\s*:',
    re.IGNORECASE,
)
_LIST = re.compile(
    r'"(?:items|records|results?|data|references|articles|documents|docs|entries|works|papers|'
    r'publications|hits|studies)"\s*:\s*\['
)
_NEXT = re.compile(r"\}\s*,\s*(?=\{)")
_GAP = re.compile(r"[\s,]*")
_BETWEEN = "marks between the records"
_NO_FIELD = "no known field of a record, such as title, doi or pmid."
_DECODER = json.JSONDecoder()
#: As many records are asked for the order of their authors' names.
_ASKED = 500


@dataclass(frozen=True, slots=True)
class _Piece:
    """Characters [start, end) and the value that stands there; None where it is broken."""

    start: int
    end: int
    value: object
    error: str = ""


def sniff(head: bytes, name: str) -> float:
    """Tell how sure it is that these are JSON records: by the first sign and the keys."""
    text = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if text[:1] not in {b"{", b"["}:
        return 0.0
    if _KEYS.search(text):
        return 0.7
    return 0.3 if re.match(rb'[{\[]\s*(?:[{"\[\]}])', text) else 0.0


def read(data: Buffer, source: Source, options: ReadOptions) -> Iterator[Chunk]:
    """Read object by object; text behind a single record is looked through and accounted for."""
    yield from _merged(_chunks(data, source))


def _chunks(data: Buffer, source: Source) -> Iterator[Chunk]:
    decoded = decode(data)
    pieces = list(_pieces(decoded.text))
    order = name_order(name for p in islice(pieces, _ASKED) for name in comma_less(p.value))
    at = ordinal = 0
    for piece in pieces:
        begin, end = decoded.offset(piece.start), decoded.offset(piece.end)
        if begin > at:
            yield Chunk(at, begin - at, "ignored", reason=_BETWEEN)
        at = end
        chunk = _chunk(piece, source, ordinal, (begin, end - begin), order)
        alone = len(pieces) == 1 and not decoded.text[: piece.start].strip()
        if alone and chunk.document is not None:
            yield from _with_rest(chunk, chunk.document, decoded, piece.end)
            return
        ordinal += chunk.document is not None
        yield chunk
    if at < source.size:
        yield Chunk(at, source.size - at, "ignored", reason="marks around the records")


def _with_rest(chunk: Chunk, document: Document, decoded: Decoded, end: int) -> Iterator[Chunk]:
    """The only record of a file, completed from and followed by the text that stands behind it."""
    rest = decoded.text[end:]
    abstract, parts = remainder(rest, document.metadata.abstract)
    if abstract:
        yield Chunk(chunk.offset, chunk.length, "parsed", _completed(document, abstract))
    else:
        yield chunk
    at = chunk.offset + chunk.length
    for part in parts:
        stop = decoded.offset(end + part.end) if part.end < len(rest) else decoded.size
        if stop > at:
            yield Chunk(at, stop - at, part.fate, reason=part.reason)
            at = stop


def _completed(document: Document, abstract: tuple[AbstractSection, ...]) -> Document:
    metadata = replace(
        document.metadata,
        abstract=abstract,
        origins=(*document.metadata.origins, ("abstract", "text behind the record")),
    )
    return record_document(document.ordinal, document.source, metadata, problems=document.problems)


def _pieces(text: str) -> Iterator[_Piece]:
    start = len(text) - len(text.lstrip())
    if text[start : start + 1] == "[":
        yield from _elements(text, start + 1)
        return
    whole = _decoded(text, start)
    if whole.error or _alone(whole.value):
        yield whole
        return
    wrapped = _LIST.search(text, start, whole.end)
    if wrapped:
        yield from _elements(text, wrapped.end())
    else:
        yield whole


def _alone(value: object) -> bool:
    """Whether an object is one record and not the page of a list."""
    return is_record(value) or read_object(value) is not None


def _elements(text: str, at: int) -> Iterator[_Piece]:
    """Elements of a list; behind a broken one the reading goes on at the next object."""
    while True:
        gap = _GAP.match(text, at)
        at = gap.end() if gap else at
        if at >= len(text) or text[at] == "]":
            return
        piece = _decoded(text, at)
        if piece.error:
            following = _NEXT.search(text, at + 1)
            piece = _Piece(at, following.end() if following else len(text), None, piece.error)
        yield piece
        at = piece.end


def _decoded(text: str, at: int) -> _Piece:
    try:
        value, end = _DECODER.raw_decode(text, at)
    except (ValueError, RecursionError) as error:
        return _Piece(at, len(text), None, str(error)[:120] or type(error).__name__)
    return _Piece(at, end, value)


def _chunk(
    piece: _Piece, source: Source, ordinal: int, span: tuple[int, int], order: Order
) -> Chunk:
    offset, length = span
    if piece.error:
        reason = f"This is not JSON ({piece.error}); export it again."
        return _rejected(offset, length, "broken-json", reason)
    found = read_object(piece.value, order)
    if found is None:
        return _rejected(offset, length, "no-record", f"The value has {_NO_FIELD}")
    if not found.draft.says_something:
        reason = "The record has no title, abstract or identifier; look at it or remove it."
        return _rejected(offset, length, "empty-record", reason)
    ref = source_ref(source, offset, length, found.key)
    metadata = found.draft.metadata(found.service)
    document = record_document(ordinal, ref, metadata, references=found.references)
    return Chunk(offset, length, "parsed", document)


def _rejected(offset: int, length: int, code: str, reason: str) -> Chunk:
    return Chunk(offset, length, "rejected", None, (Problem(code, reason, offset),), reason)


def _merged(chunks: Iterator[Chunk]) -> Iterator[Chunk]:
    """Make one problem with a count of values in a row that are no records."""
    run: list[Chunk] = []
    for chunk in chunks:
        if _is_no_record(chunk) or (run and chunk.reason == _BETWEEN):
            run.append(chunk)
        else:
            yield from _together(run)
            run = []
            yield chunk
    yield from _together(run)


def _is_no_record(chunk: Chunk) -> bool:
    return any(problem.code == "no-record" for problem in chunk.problems)


def _together(run: list[Chunk]) -> Iterator[Chunk]:
    last = run.pop() if run and not run[-1].problems else None
    if len(run) > 1:
        start, end = run[0].offset, run[-1].offset + run[-1].length
        reason = f"{sum(map(_is_no_record, run)):,} values have {_NO_FIELD}"
        yield _rejected(start, end - start, "no-record", reason)
    else:
        yield from run
    if last is not None:
        yield last


FORMAT = Format(sniff, read)
