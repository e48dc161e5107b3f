"""PDF: the text in reading order, page by page, without headers, footers and hyphens.

Needs the extra ``[pdf]`` (pypdfium2, which is PDFium). Code in a PDF is never run: PDFium is built
without JavaScript, and forms are not initialised.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from itertools import pairwise

from probatum.documents.assemble import TextBuilder, document_id, source_ref
from probatum.documents.dates import parse_date
from probatum.documents.format import Buffer, ReadOptions
from probatum.documents.intext import IBID_REASON, ibid_places, text_citations
from probatum.documents.origins import with_origins
from probatum.documents.paragraphs import is_heading
from probatum.documents.pdf_layout import PageLines, Paragraph, page_paragraphs
from probatum.documents.reference_list import listed_references, opens_list
from probatum.documents.roles import role_of
from probatum.model.document import Chunk, Document, Identifiers, Metadata, SectionRole
from probatum.model.source import Problem, Source
from probatum.text.identifiers import find_dois

_MISSING = Problem(
    "missing-extra",
    "Reading PDF needs pypdfium2: pip install 'probatum[pdf]', then read the file again.",
    0,
)


def read_pdf(data: Buffer, source: Source, options: ReadOptions) -> Iterator[Chunk]:
    """Read the whole file as one article, or say why not."""
    if find_spec("pypdfium2") is None:
        yield _refused(source, _MISSING)
        return
    # Heavy, and only there with the extra.
    from probatum.documents.pdf_pages import pdf_pages  # noqa: PLC0415

    pages, facts, problems = pdf_pages(bytes(data))
    document = _document(pages, source, facts, problems) if pages else None
    if document is None:
        told = problems or (Problem("no-text", _NO_TEXT, 0),)
        yield Chunk(0, source.size, "rejected", None, told, told[0].reason)
        return
    yield Chunk(0, source.size, "parsed", document)


_NO_TEXT = "The PDF holds no text, perhaps pictures of pages; run text recognition (OCR) on it."


def _refused(source: Source, problem: Problem) -> Chunk:
    return Chunk(0, source.size, "rejected", None, (problem,), problem.reason)


def _document(
    pages: list[PageLines], source: Source, facts: dict[str, str], problems: tuple[Problem, ...]
) -> Document | None:
    found = page_paragraphs(pages)
    if not found:
        return None
    builder, starts = TextBuilder(), dict[int, int]()
    _write(found, builder, starts)
    text, blocks = builder.text(), tuple(builder.blocks)
    references = listed_references(text, blocks)
    ibid = tuple(
        Problem("ibid-citation", f"{IBID_REASON} It is at character {start} of the text.", 0)
        for start, _ in ibid_places(text, blocks, references)
    )
    return Document(
        id=document_id(source.sha256, 0),
        ordinal=0,
        kind="article" if references else "web-page",
        source=source_ref(source, 0, source.size),
        metadata=_metadata(found, facts),
        text=text,
        blocks=blocks,
        citations=text_citations(text, blocks, references),
        references=references,
        problems=(*problems, *ibid),
        pages=tuple(start for _, start in sorted(starts.items())),
    )


def _write(found: list[Paragraph], builder: TextBuilder, starts: dict[int, int]) -> None:
    path: tuple[str, ...] = ()
    role: SectionRole = "other"
    for paragraph, following in pairwise([*found, None]):
        assert paragraph is not None  # noqa: S101 - only the last of the pairs is None
        begin = builder.next_start
        for place, page in paragraph.pages:
            starts.setdefault(page, begin + place)
        title = paragraph.text.strip()
        told = role_of(title) != "other" or opens_list(title)
        known = told and is_heading(title, "x") and len(title) < 60
        if following is not None and len(title) < 150 and (paragraph.heading or known):
            path, role = (title,), role_of(title)
            builder.block(paragraph.text, "heading", path, role)
        else:
            builder.block(paragraph.text, "paragraph", path, role)


def _metadata(found: list[Paragraph], facts: dict[str, str]) -> Metadata:
    """The title is the largest text of the first page; the DOI the only one that stands there."""
    first = [one for one in found if one.pages[0][1] == 0]
    large = [one for one in first if one.heading and len(one.text.split()) > 3]
    dois = {doi for one in first for _, _, doi in find_dois(one.text)}
    made = parse_date(facts.get("CreationDate", "")[2:6])
    fields: dict[str, object] = {
        "title": max(large, key=lambda one: one.height).text if large else None,
        "identifiers": Identifiers(doi=dois.pop() if len(dois) == 1 else None),
        "year": made.year,
        "date": made.iso,
    }
    where = dict.fromkeys(("year", "date"), "when the PDF was made")
    return with_origins(fields, where, "page 1")
