"""Pasted text: a page or an article without any markup."""

from __future__ import annotations

import re
from collections.abc import Iterator

from probatum.documents.assemble import document_id, source_ref
from probatum.documents.decoded import Decoded, decode
from probatum.documents.encoding import detect_encoding
from probatum.documents.format import Buffer, Format, ReadOptions
from probatum.documents.intext import IBID_REASON, ibid_places, text_citations
from probatum.documents.origins import with_origins
from probatum.documents.paragraphs import TextLine, paragraphs, text_blocks, text_lines
from probatum.documents.reference_list import listed_references
from probatum.documents.statedfacts import stated_facts
from probatum.model.document import Block, Chunk, Document, Identifiers, Metadata, Reference
from probatum.model.source import Problem, Source

_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_BINARY = (b"%PDF", b"PK\x03\x04", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf")
_WORD = re.compile(r"[^\W\d_]{2}")


def sniff(head: bytes, name: str) -> float:
    """Tell how sure it is that this is plain text: little, so that every other format wins."""
    if not head or head.startswith(_BINARY):
        return 0.0
    encoding = detect_encoding(head)
    if encoding.name.startswith("utf-16"):
        text = head[encoding.bom :].decode(encoding.codec, "replace")
        return 0.1 if text.count("\ufffd") * 20 < len(text) and _WORD.search(text) else 0.0
    if len(_CONTROL.findall(head)) * 200 > len(head):
        return 0.0
    return 0.1 if _WORD.search(head.decode(encoding.codec, "ignore")) else 0.0


def read(data: Buffer, source: Source, options: ReadOptions) -> Iterator[Chunk]:
    """Read the whole text as one page; its characters stay as they are."""
    decoded = decode(data)
    text = decoded.text
    lines = paragraphs(text_lines(text), text)
    if not lines:
        problem = Problem("no-text", "Nothing but white space; remove the file.", 0)
        yield Chunk(0, source.size, "rejected", problems=(problem,), reason=problem.reason)
        return
    metadata = _metadata(lines)
    blocks = tuple(_titled(block, text, metadata.title) for block in text_blocks(lines))
    references = listed_references(text, blocks)
    document = Document(
        id=document_id(source.sha256, 0),
        ordinal=0,
        kind="web-page",
        source=source_ref(source, 0, source.size),
        metadata=metadata,
        text=text,
        blocks=blocks,
        citations=text_citations(text, blocks, references),
        references=references,
        problems=(*decoded.problems, *_ibid(decoded, blocks, references)),
    )
    yield Chunk(0, source.size, "parsed", document)


def _ibid(
    decoded: Decoded, blocks: tuple[Block, ...], references: tuple[Reference, ...]
) -> Iterator[Problem]:
    for start, _ in ibid_places(decoded.text, blocks, references):
        yield Problem("ibid-citation", IBID_REASON, decoded.offset(start))


def _titled(block: Block, text: str, title: str | None) -> Block:
    if title is None or text[block.start : block.end] != title:
        return block
    return Block("title", block.start, block.end)


def _metadata(lines: list[TextLine]) -> Metadata:
    facts = stated_facts(lines)
    fields = {name: value for name, (value, _) in facts.items() if name not in {"doi", "pmid"}}
    where = {name: origin for name, (_, origin) in facts.items()}
    doi, pmid = (facts.get(name, (None, ""))[0] for name in ("doi", "pmid"))
    fields["identifiers"] = Identifiers(
        doi=str(doi) if doi else None, pmid=str(pmid) if pmid else None
    )
    where["identifiers"] = where.get("doi") or where.get("pmid") or ""
    if date := fields.get("date"):
        fields["year"] = int(str(date)[:4])
        where["year"] = where["date"]
    return with_origins(fields, where, "the text")


FORMAT = Format(sniff, read)
