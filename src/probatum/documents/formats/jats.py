"""JATS: full texts as journals and PubMed Central give them (ANSI/NISO Z39.96)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from lxml import etree

from probatum.documents.assemble import document_id, source_ref
from probatum.documents.format import HEAD_BYTES, Buffer, Format, ReadOptions
from probatum.documents.formats.jats_body import HANDLERS, IN_TEXT, container, sub_article
from probatum.documents.formats.jats_front import front_metadata, title_of
from probatum.documents.formats.jats_references import references
from probatum.documents.formats.jats_text import ArticleText
from probatum.documents.markup import parse_xml
from probatum.documents.slices import root_name, slices
from probatum.model.document import AbstractSection, Chunk, Document, Reference
from probatum.model.quick import maker
from probatum.model.source import Problem, Source

_reference_of = maker(Reference)
_ARTICLE = re.compile(rb"<(?:\w{1,20}:)?article[\s>]")
_ARTICLE_END = re.compile(rb"</(?:\w{1,20}:)?article\s*>")
_WRAPPERS = frozenset({"pmc-articleset", "articles", "article-set", "OAI-PMH", "collection"})
# Prefixes that a wrapper around several articles may have declared for them.
_OPEN = (
    b'<x xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mml="http://www.w3.org/1998/Math/MathML"'
    b' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:ali="http://www.niso.org/schemas'
    b'/ali/1.0/">'
)


def sniff(head: bytes, name: str) -> float:
    """Tell how sure it is that this is JATS: by the root element."""
    root = root_name(head)
    if root == "article":
        return 0.95 if b"<front" in head or b"<body" in head or b"JATS" in head else 0.6
    return 0.9 if root in _WRAPPERS and _ARTICLE.search(head) else 0.0


def read(data: Buffer, source: Source, options: ReadOptions) -> Iterator[Chunk]:
    """Read one article, or several within a wrapper; what stands around them is ignored."""
    data = bytes(data)
    if root_name(data[:HEAD_BYTES]) == "article":
        yield _chunk(data, source, 0, (0, source.size), wrapped=False)
        return
    found = list(slices(data, _ARTICLE, _ARTICLE_END)) or [(0, source.size)]
    at = 0
    for ordinal, (start, end) in enumerate(found):
        if start > at:
            yield Chunk(at, start - at, "ignored", reason="markup around the articles")
        yield _chunk(data[start:end], source, ordinal, (start, end - start), wrapped=True)
        at = end
    if at < source.size:
        yield Chunk(at, source.size - at, "ignored", reason="markup around the articles")


def _chunk(
    data: bytes, source: Source, ordinal: int, extent: tuple[int, int], *, wrapped: bool
) -> Chunk:
    offset, length = extent
    markup = parse_xml(_OPEN + data + b"</x>" if wrapped else data, offset)
    problems = markup.problems
    if wrapped:
        problems = tuple(_moved(problem, extent) for problem in problems)
    root = _article(markup.root)
    if root is None:
        problem = Problem("no-article", "No <article> could be read; check the file.", offset)
        return Chunk(
            offset, length, "rejected", problems=(*problems, problem), reason="no article"
        )
    document = _document(root, source, ordinal, extent)
    if root.find("front") is None:
        reason = "The article has no JATS front matter; what could be read of its body was kept."
        problems += (Problem("unknown-dialect", reason, offset),)
    if not document.text:
        return Chunk(offset, length, "rejected", problems=_why(problems, offset), reason="no text")
    return Chunk(offset, length, "parsed", replace(document, problems=problems))


def _why(problems: tuple[Problem, ...], offset: int) -> tuple[Problem, ...]:
    return problems or (Problem("no-text", "The article holds no text; check the file.", offset),)


def _moved(problem: Problem, extent: tuple[int, int]) -> Problem:
    start, length = extent
    at = (problem.offset or 0) - len(_OPEN)
    return replace(problem, offset=min(max(at, start), start + length))


def _article(root: etree._Element | None) -> etree._Element | None:
    """Find the article; names lose a namespace that a dialect put them in."""
    if root is None:
        return None
    found = root if root.tag == "article" else root.find(".//article")
    if found is None:
        for element in root.iter():
            tag = str(element.tag)
            if tag[0] == "{" and not tag.endswith("math"):
                element.tag = tag[tag.index("}") + 1 :]
        found = root if root.tag == "article" else root.find(".//article")
    return found if found is not None and len(found) else None


def _document(
    root: etree._Element, source: Source, ordinal: int, extent: tuple[int, int]
) -> Document:
    listed, keys = references(root)
    known = {reference.key: reference for reference in listed}
    text = ArticleText(keys, known, HANDLERS, IN_TEXT)
    abstract = _front_text(root, text)
    for part in ("body", "floats-group", "back", "floats-wrap"):
        for element in root.iterchildren(part):
            container(text, element)
    for element in root.iterchildren("sub-article", "response"):
        sub_article(text, element)
    del text.inline  # it knows the text, so both and the tree would wait for the collector
    return Document(
        id=document_id(source.sha256, ordinal),
        ordinal=ordinal,
        kind="article",
        source=source_ref(source, *extent),
        metadata=front_metadata(root, abstract),
        text=text.builder.text(),
        blocks=tuple(text.builder.blocks),
        citations=tuple(text.citations),
        references=tuple(_placed(reference, text) for reference in listed),
        tables=tuple(text.tables),
    )


def _placed(reference: Reference, text: ArticleText) -> Reference:
    place = text.places.get(reference.key)
    if place is None:
        return reference
    r = reference  # replace() takes ten times as long, 34 times an article
    return _reference_of(
        r.key,
        r.label,
        r.text,
        *place,
        r.identifiers,
        r.title,
        r.authors,
        r.year,
        r.container_title,
    )


def _front_text(root: etree._Element, text: ArticleText) -> list[AbstractSection]:
    """Write title and abstracts; give the sections of the main abstract."""
    group = root.find("./front/article-meta/title-group")
    if group is not None:
        text.builder.block(title_of(group), "title")
    main: list[AbstractSection] | None = None
    for abstract in root.iterfind("./front/article-meta/abstract"):
        kind = abstract.get("abstract-type")
        before = len(text.builder.blocks)
        with text.within("paragraph", "Abstract" if kind is None else kind, "abstract"):
            container(text, abstract)
        if main is None or (kind is None and not main):
            main = _sections(text, before)
    return main or []


def _sections(text: ArticleText, since: int) -> list[AbstractSection]:
    whole = text.builder.text()
    blocks = [block for block in text.builder.blocks[since:] if block.kind != "heading"]
    return [
        AbstractSection(label, " ".join(whole[block.start : block.end] for block in group))
        for label, group in groupby(
            blocks, key=lambda block: block.section[1].rstrip(" :") if block.section[1:] else None
        )
    ]


FORMAT = Format(sniff, read)
