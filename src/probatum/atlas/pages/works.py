"""All works of the base."""

from __future__ import annotations

from probatum.atlas.page import Ask, DataTable, Page
from probatum.atlas.paging import paged
from probatum.model import shapes
from probatum.model.work import Work


def page(ask: Ask) -> Page:
    """Make the list of works, if wanted only those with some words in title or authors."""
    words = ask.one("q") or ""
    works = [work for work in ask.view.works() if _holds(work, words.casefold().split())]
    works.sort(key=lambda w: ((w.title or "\uffff").casefold(), w.id))
    context = {"slice": paged(ask, works), "q": words, "count": len(works)}
    data = [shapes.work(work) for work in works]
    return Page("works.html", "Works", context, lambda: data, (_table(works),))


def _holds(work: Work, words: list[str]) -> bool:
    told = " ".join([work.title or "", *work.authors, work.container_title or ""]).casefold()
    return all(word in told for word in words)


def _table(works: list[Work]) -> DataTable:
    columns = ("id", "title", "year", "authors", "container_title", "doi", "pmid", "pmcid", "nct")
    more = ("documents", "records", "confirmed")
    rows = tuple(
        (
            w.id,
            w.title,
            w.year,
            "; ".join(w.authors),
            w.container_title,
            w.identifiers.doi,
            w.identifiers.pmid,
            w.identifiers.pmcid,
            " ".join(w.identifiers.nct),
            " ".join(w.documents),
            " ".join(w.records),
            w.confirmed,
        )
        for w in works
    )
    return DataTable("", "Works", columns + more, rows)
