"""One work: what it is, which documents report it, who cites it and how."""

from __future__ import annotations

from probatum.atlas.page import Ask, Page
from probatum.atlas.pages.statements import (
    FACETS,
    facets,
    narrowed,
    statements_table,
)
from probatum.atlas.paging import paged
from probatum.atlas.wording import resolver
from probatum.model import shapes
from probatum.model.document import CitationPage
from probatum.model.view import DocumentLine
from probatum.model.work import RECORD, STUDY, Work, WorkLink

NOTICES = ("retract", "concern", "correct")
PER_PAGE = 50


def page(ask: Ask) -> Page | None:
    """Make the page of a work."""
    work = ask.view.work(ask.key)
    if work is None:
        return None
    mentions = ask.view.mentions(ask.key)
    shown = narrowed(ask, mentions)
    context = {
        "work": work,
        "title": _title(work),
        "resolved": resolver(work.identifiers),
        "documents": _documents(ask, work),
        "printed": _printed(ask, work),
        "pack_entries": [d for d in work.documents if d.startswith((STUDY, RECORD))],
        "notices": [link for link in work.links if _is_notice(link)],
        "other_links": [link for link in work.links if not _is_notice(link)],
        "titles": {link.target: _title_of(ask, link.target) for link in work.links},
        "questions": _questions(ask, work),
        "counts": ask.view.counts(ask.key),
        "citing": len({m.citing_work for m in mentions if m.citing_work}),
        "facets": facets(ask, mentions),
        "slice": paged(ask, shown, PER_PAGE),
        "narrowing": any(ask.many(name) for name in FACETS),
        "order": ask.one("order") or "relevance",
        "q": ask.one("q") or "",
        "count": len(mentions),
    }
    data = {
        **shapes.work(work),
        "tallies": shapes.plain(ask.view.counts(ask.key).stances),
        "counts": shapes.plain(ask.view.counts(ask.key)),
        "facets": [shapes.plain(line) for line in facets(ask, mentions)],
        "statements": [shapes.statement(mention.statement) for mention in shown],
    }
    return Page(
        "work.html", _title(work), context, lambda: data, (statements_table(shown, "statements"),)
    )


def _title(work: Work) -> str:
    return work.title or "Work without a title"


def _title_of(ask: Ask, target: str) -> str | None:
    other = ask.view.work(target)
    return _title(other) if other else None


def _is_notice(link: WorkLink) -> bool:
    return any(word in link.kind for word in NOTICES)


def _documents(ask: Ask, work: Work) -> list[DocumentLine]:
    wanted = set(work.documents)
    return [line for line in ask.view.documents() if line.id in wanted]


def _printed(ask: Ask, work: Work) -> list[tuple[str, CitationPage]]:
    """Give what citation pages of the base print about a work."""
    lines = [line for line in _documents(ask, work) if line.kind == "citation-page"]
    found = [(line.id, ask.view.document(line.id)) for line in lines]
    return [(name, d.citation_page) for name, d in found if d is not None and d.citation_page]


def _questions(ask: Ask, work: Work) -> list[tuple[str, str]]:
    """Find the questions whose study rows come from the studies that this work reports."""
    pack, known = ask.view.pack, set(work.documents)
    mine = {row.row_id for row in pack.studies if STUDY + row.study in known}
    asked = {a.question for a in pack.assignments if a.row_id in mine and a.question}
    return [(q.id, q.label) for q in pack.questions if q.id in asked]
