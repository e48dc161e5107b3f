"""All documents of the base."""

from __future__ import annotations

from dataclasses import fields

from probatum.atlas.page import Ask, DataTable, Page
from probatum.atlas.paging import paged
from probatum.model import shapes
from probatum.model.view import DocumentLine

KINDS = ("article", "record", "citation-page", "web-page", "table")


def page(ask: Ask) -> Page:
    """Make the list of documents, narrowed by kind and words where asked."""
    kind, words = ask.choice("kind", KINDS), ask.one("q") or ""
    lines = [d for d in ask.view.documents() if _holds(d, kind, words.casefold().split())]
    context = {
        "slice": paged(ask, lines),
        "kinds": KINDS,
        "kind": kind,
        "q": words,
        "count": len(lines),
    }
    return Page(
        "documents.html", "Documents", context, lambda: shapes.plain(lines), (_table(lines),)
    )


def _holds(line: DocumentLine, kind: str | None, words: list[str]) -> bool:
    told = f"{line.title or ''} {line.source_name}".casefold()
    return (kind is None or line.kind == kind) and all(word in told for word in words)


def _table(lines: list[DocumentLine]) -> DataTable:
    columns = tuple(field.name for field in fields(DocumentLine))
    rows = tuple(tuple(getattr(line, column) for column in columns) for line in lines)
    return DataTable("", "Documents", columns, rows)
