"""Saved web pages: linear text, what the page says of itself, and no code, ever."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from probatum.documents.assemble import document_id, source_ref
from probatum.documents.decoded import Decoded, decode
from probatum.documents.format import Buffer, Format, ReadOptions
from probatum.documents.formats.citationpage import citation_document, is_citation_page
from probatum.documents.formats.html_lines import page_lines
from probatum.documents.formats.html_metadata import html_metadata
from probatum.documents.formats.html_signed import signed_facts
from probatum.documents.formats.html_text import PageText, page_text
from probatum.documents.front_matter import Stated, front_facts
from probatum.documents.intext import IBID_REASON, ibid_places, text_citations
from probatum.documents.origins import completed
from probatum.documents.paragraphs import TextLine
from probatum.documents.reference_list import listed_references
from probatum.documents.slices import root_name
from probatum.model.document import Chunk, Document
from probatum.model.source import Problem, Source

_START = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*(?:<!doctype\s+html|<html[\s>])", re.IGNORECASE)
_CLOSING = re.compile(rb"</(?:p|div|a|span|li|td|h[1-6]|title|body|article)\s*>", re.IGNORECASE)
_FURTHEST_TITLE = 60
_STATEMENTS = re.compile(r"smart citation|citation statement", re.IGNORECASE)
# The bytes that are never read as text. JSON-LD is read, as metadata.
_CODE = re.compile(
    rb"<(script|style|template|noscript)\b(?![^>]{0,200}ld\+json).*?(?:</\1\s*>|\Z)"
    rb"|<!--.*?(?:-->|\Z)",
    re.IGNORECASE | re.DOTALL,
)


def sniff(head: bytes, name: str) -> float:
    """Tell how sure it is that this is HTML: by its start, else by closing tags of HTML."""
    if _START.match(head) or root_name(head).lower() == "html":
        return 0.9
    lean = head.replace(b"\0", b"") if b"\0" in head[:40] else head
    if b"<html" in lean[:2048].lower() or b"<!doctype html" in lean[:2048].lower():
        return 0.85
    return 0.4 if lean.lstrip()[:1] == b"<" and len(_CLOSING.findall(lean[:8192])) > 1 else 0.0


def read(data: Buffer, source: Source, options: ReadOptions) -> Iterator[Chunk]:
    """Read the page as one document; scripts, styles and comments are ignored and counted."""
    decoded = decode(data)
    root, problems = _parsed(decoded)
    told = (*decoded.problems, *problems)
    document = _citation_page(root, source, told, decoded.text) or _document(root, source, told)
    if document is None:
        problem = Problem("no-text", "The page holds no text; save it again with its text.", 0)
        yield Chunk(0, source.size, "rejected", problems=(problem,), reason=problem.reason)
        return
    carried: Document | None = document
    for start, end, code in _runs(data[:], source.size):
        if code:
            yield Chunk(start, end - start, "ignored", reason="script, style or comment")
        else:
            yield Chunk(start, end - start, "parsed", carried)
            carried = None


def _runs(data: bytes, size: int) -> Iterator[tuple[int, int, bool]]:
    """Divide the bytes into runs of text and of code; the first run is of text, maybe empty."""
    at = 0
    for code in _CODE.finditer(data):
        if code.start() > at or at == 0:
            yield at, code.start(), False
        yield code.start(), code.end(), True
        at = code.end()
    if at < size or at == 0:
        yield at, size, False


def _parsed(decoded: Decoded) -> tuple[etree._Element | None, tuple[Problem, ...]]:
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    # NUL ends the text for the parser; HTML's own rule is U+FFFD.
    clean = decoded.text.replace("\0", "\ufffd").encode("utf-8")
    try:
        root = etree.fromstring(clean, parser)
    except etree.LxmlError:  # nothing at all, or a parser that gives up
        return None, ()
    for error in parser.error_log:
        if "depth" in (error.message or "").lower():
            place = decoded.encoding.bom
            reason = "Elements are nested too deep; what stands below the limit was left out."
            return root, (Problem("nested-too-deep", reason, place),)
    return root, ()


def _citation_page(
    root: etree._Element | None, source: Source, problems: tuple[Problem, ...], markup: str
) -> Document | None:
    """Read a saved citation-statement page as its pasted text is read; None for other pages."""
    if root is None or not _STATEMENTS.search(markup):
        return None
    text = page_lines(root)
    if not is_citation_page(text):
        return None
    document = citation_document(text, source, problems, lambda _: None)
    return document if document.citation_page and document.citation_page.items else None


def _document(
    root: etree._Element | None, source: Source, problems: tuple[Problem, ...]
) -> Document | None:
    if root is None:
        return None
    metadata, scholarly = html_metadata(root)
    signed = signed_facts(root)
    page = page_text(root, metadata.title)
    if not scholarly:
        metadata = completed(metadata, signed, _printed(page, metadata.title))
    if not page.blocks and not metadata.title:
        return None
    references = listed_references(page.text, page.blocks)
    # Characters of the page have no bytes of their own, so the reason says where.
    ibid = [
        Problem("ibid-citation", f"{IBID_REASON} It is at character {start} of the text.")
        for start, _ in ibid_places(page.text, page.blocks, references)
    ]
    return Document(
        id=document_id(source.sha256, 0),
        ordinal=0,
        kind="article" if scholarly else "web-page",
        source=source_ref(source, 0, source.size),
        metadata=metadata,
        text=page.text,
        blocks=page.blocks,
        citations=text_citations(page.text, page.blocks, references),
        references=references,
        tables=page.tables,
        problems=(*problems, *ibid),
    )


def _printed(page: PageText, title: str | None) -> Stated:
    """Give what the page prints around its title; of a page without one only its first lines."""
    lines = [
        TextLine(block.start, block.end, page.text[block.start : block.end], True)
        for block in page.blocks
        if block.kind != "table"
    ]
    at = next((i for i, line in enumerate(lines[:_FURTHEST_TITLE]) if line.text == title), None)
    return front_facts(lines, at)


FORMAT = Format(sniff, read)
