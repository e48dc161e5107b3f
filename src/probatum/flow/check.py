"""Check: a text held against a built base, sentence by sentence."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from probatum.documents.read import collect
from probatum.flow.loose import read_files
from probatum.model.answer import Verdict
from probatum.model.document import Block, Document, Metadata
from probatum.model.source import SourceRef
from probatum.model.view import BaseView
from probatum.trust.appraise import appraise
from probatum.verdicts.beside import Library, Told
from probatum.verdicts.compare import compare


def check_text(view: BaseView, text: str) -> tuple[Verdict, ...]:
    """Hold a text against a base; spans count its code points."""
    return check_document(view, _as_document(text))


def check_files(view: BaseView, paths: Iterable[str | Path]) -> Iterator[tuple[Verdict, ...]]:
    """Hold every document of some files against a base."""
    for reading in read_files(paths):
        for document in reading.documents:
            yield check_document(view, document)


def check_document(view: BaseView, document: Document) -> tuple[Verdict, ...]:
    """Hold a document against a base, with the flags of its own passages."""
    flags = appraise(document, view.pack).flags
    blocks = [(block.start, block.end) for block in document.blocks]
    return compare(
        document.text,
        document.id,
        view.answers(),
        view.pack,
        flags,
        blocks=blocks,
        library=_library(view, document.id),
        year=document.metadata.year,
        article=document.kind == "article",
    )


def _library(view: BaseView, besides: str) -> Library:
    """Give what the base's documents claim on a question, but for the one that is checked."""

    @cache
    def told(question: str) -> list[Told]:
        found = []
        for claim in view.claims_for(question):
            work = view.work_of(claim.document)
            if work is not None and claim.document != besides:
                doi = work.identifiers.doi
                title = work.title or claim.document
                found.append(Told(claim, title, f"https://doi.org/{doi}" if doi else None))
        return found

    return told


def _as_document(text: str) -> Document:
    """Take a text as a pasted page, or as bare prose where that would alter it."""
    data = text.encode("utf-8", "replace")
    found = collect(data, "text").documents
    if len(found) == 1 and found[0].text == text:
        return found[0]
    sha256 = hashlib.sha256(data).hexdigest()
    name = hashlib.sha256(f"{sha256}:0".encode()).hexdigest()[:16]
    source = SourceRef("text", sha256, 0, len(data))
    blocks = (Block("paragraph", 0, len(text)),) if text else ()
    return Document(name, 0, "web-page", source, Metadata(), text, blocks)
