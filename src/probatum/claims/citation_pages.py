"""Statements of a citation-statement page: labels as printed, about the page's own work."""

from __future__ import annotations

from typing import cast

from probatum.model.claim import Stance, Statement, Target
from probatum.model.document import CitationItem, Document
from probatum.text.digest import short_id

_STANCES = frozenset({"supporting", "contrasting", "mentioning"})


def page_statements(document: Document) -> list[Statement]:
    """Make one statement of every distinct quotation of a citation page.

    The citing works are not named by such a page, so relation and own evidence stay unknown. A
    quotation without a printed label is an abstention.
    """
    page = document.citation_page
    if page is None:
        return []
    work = document.metadata
    target = Target(None, work.identifiers, work.title, work.year)
    ids = [short_id(document.id, item.start, item.end, "statement") for item in page.items]
    return [
        _statement(document, item, target, ids, index) for index, item in enumerate(page.items)
    ]


def _statement(
    document: Document, item: CitationItem, target: Target, ids: list[str], index: int
) -> Statement:
    printed = (item.stance or "").lower()
    known = printed in _STANCES
    twin = item.near_duplicate_of
    return Statement(
        id=ids[index],
        document=document.id,
        start=item.start,
        end=item.end,
        quote=document.text[item.start : item.end],
        section=item.section,
        marker=None,
        marker_start=None,
        marker_end=None,
        targets=(target,),
        stance=cast("Stance", printed) if known else "mentioning",
        own_evidence=False,
        confidence=item.confidence if item.confidence is not None else 0.0,
        abstained=not known,
        why=_why(item, known=known),
        label_origin="printed",
        twin_of=ids[twin] if twin is not None and twin < index else None,
    )


def _why(item: CitationItem, *, known: bool) -> tuple[str, ...]:
    if not known:
        return ("no label printed on the page",)
    share = "" if item.confidence is None else f" with confidence {item.confidence:.0%}"
    repeats = (f"printed {item.repeats + 1} times",) if item.repeats else ()
    return (f"printed label{share}", *repeats)
