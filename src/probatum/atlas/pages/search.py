"""Search over documents, works, questions and statements."""

from __future__ import annotations

from probatum.atlas.page import Ask, DataTable, Page
from probatum.model import shapes
from probatum.model.answer import HIT_KINDS

LIMIT = 50


def page(ask: Ask) -> Page:
    """Make the page of a search; without words it only asks for some."""
    words, kind = (ask.one("q") or "").strip(), ask.choice("kind", HIT_KINDS)
    hits = list(ask.view.search(words, kind=kind, limit=LIMIT)) if words else []
    context = {
        "q": words,
        "kind": kind,
        "kinds": HIT_KINDS,
        "limit": LIMIT,
        "hits": hits,
    }
    rows = tuple((hit.kind, hit.id, hit.title, hit.snippet, hit.score) for hit in hits)
    columns = ("kind", "id", "title", "snippet", "score")
    data = [shapes.hit(hit) for hit in hits]
    table = DataTable("", "Search results", columns, rows)
    return Page("search.html", "Search", context, lambda: data, (table,))
