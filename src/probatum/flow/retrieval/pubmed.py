"""PubMed through E-utilities: esearch lists ids, efetch gives records by id.

esearch shows at most 10,000 ids of a search. A larger one is split by the day a record entered
PubMed, and a day that is still too large by the day of publication: the pieces are disjoint and
together the whole. Records are asked for by id and not from a history on the server, which expires
after some hours: a run that was killed goes on where it was, and a later one takes what is new.

Reference: NLM, Entrez Programming Utilities Help (NBK25499).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from itertools import pairwise
from typing import Any

from lxml import etree

from probatum.engine.transport import Request
from probatum.errors import UsageError
from probatum.flow.retrieval.service import Asked, Names, Page, Service, loaded
from probatum.flow.retrieval.translation import as_it_is

CAP = 10_000
# Where the first cuts are made: denser where there is more. The ends stand for "ever".
_CUTS = (1, 1966, 1980, 1990, 2000, 2005, 2010, 2014, 2018, 2021, 2024, 2027, 3001)
Span = tuple[date, date]
_EVER: tuple[Span, ...] = tuple(
    (date(first, 1, 1), date(following - 1, 12, 31)) for first, following in pairwise(_CUTS)
)


@dataclass(frozen=True, slots=True)
class Window:
    """A piece of a search: days of entry, and days of publication where those are not enough."""

    entered: Span
    published: Span | None = None

    def __str__(self) -> str:
        spans = [span for span in (self.entered, self.published) if span]
        return "/".join(f"{first.isoformat()}..{last.isoformat()}" for first, last in spans)

    @staticmethod
    def of(text: str) -> Window:
        """Read a window back from its text."""
        spans = [tuple(map(date.fromisoformat, part.split(".."))) for part in text.split("/")]
        found = [(span[0], span[1]) for span in spans]
        return Window(found[0], found[1] if len(found) > 1 else None)

    def bound(self, query: str) -> str:
        """Bind a query to this window."""
        bounds = [_range(self.entered, "edat")]
        if self.published:
            bounds.append(_range(self.published, "dp"))
        return " AND ".join([f"({query})", *bounds])

    def split(self) -> tuple[Window, ...]:
        """Cut this window; raises UsageError when it is one day of entry and of publication."""
        if self.entered[0] < self.entered[1]:
            return tuple(replace(self, entered=half) for half in _halves(self.entered))
        if self.published is None:
            return tuple(replace(self, published=span) for span in _EVER)
        if self.published[0] < self.published[1]:
            return tuple(replace(self, published=half) for half in _halves(self.published))
        raise UsageError(f"more than {CAP} records of one day match ({self}); narrow the query")


def _range(span: Span, field: str) -> str:
    first, last = (day.strftime("%Y/%m/%d").zfill(10) for day in span)
    return f'("{first}"[{field}] : "{last}"[{field}])'


def _halves(span: Span) -> tuple[Span, Span]:
    middle = (span[0].toordinal() + span[1].toordinal()) // 2
    return (span[0], date.fromordinal(middle)), (date.fromordinal(middle + 1), span[1])


def page(asked: Asked, cursor: str | None, light: bool) -> Request:
    """Ask for the ids of the first window that the cursor names; of the whole search at first."""
    query = asked.translation.text
    term = Window.of(cursor.split(",")[0]).bound(query) if cursor else query
    form = {"db": "pubmed", "retmode": "json", "retmax": str(CAP), "term": term}
    return asked.post("/esearch.fcgi", form)


def read_page(body: bytes, cursor: str | None) -> Page:
    """Read the ids of a window, or split it when there are more than are shown."""
    found = loaded(body)["esearchresult"]
    if "ERROR" in found:
        raise ValueError(str(found["ERROR"])[:200])
    total, ids = int(found["count"]), tuple(found["idlist"])
    here, *after = cursor.split(",") if cursor else [""]
    if total > CAP:
        pieces = Window.of(here).split() if here else tuple(Window(span) for span in _EVER)
        after, ids = [*map(str, pieces), *after], ()
    elif len(ids) != total:
        raise ValueError(f"{len(ids)} ids of {total}")
    return Page(ids, ",".join(after) or None, total if cursor is None else None, _notes(found))


_TOLD = {
    "phrasesnotfound": "PubMed does not know the phrase",
    "fieldsnotfound": "PubMed does not know the field",
    "phrasesignored": "PubMed left out",
    "quotedphrasesnotfound": "PubMed found no such phrase",
}


def _notes(found: dict[str, Any]) -> tuple[str, ...]:
    lists = {**(found.get("errorlist") or {}), **(found.get("warninglist") or {})}
    return tuple(f"{said}: {text}" for key, said in _TOLD.items() for text in lists.get(key, ()))


def records(asked: Asked, ids: Sequence[str]) -> Request:
    """Ask for records by PMID."""
    return asked.post("/efetch.fcgi", {"db": "pubmed", "retmode": "xml", "id": ",".join(ids)})


def read_ids(body: bytes) -> tuple[str, ...]:
    """Give the PMIDs of the articles and books in an answer."""
    found: list[str] = []
    tags = ("PubmedArticle", "PubmedBookArticle")
    try:
        walk = etree.iterparse(
            BytesIO(body), tag=tags, resolve_entities=False, load_dtd=False, no_network=True
        )
        for _, element in walk:
            number = element.findtext("MedlineCitation/PMID")
            found.append(number or element.findtext("BookDocument/PMID") or "")
            element.clear()
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from None
    if walk.root.tag != "PubmedArticleSet":
        raise ValueError(f"{walk.root.tag} instead of articles")
    return tuple(found)


SERVICE = Service(
    name="pubmed",
    endpoint="https://eutils.ncbi.nlm.nih.gov/entrez/eutils",
    suffix="xml",
    interval=(0.34, 0.1),
    batch=200,
    names=Names(contact="email", key_variable="NCBI_API_KEY", key_parameter="api_key"),
    translate=as_it_is,
    page=page,
    read_page=read_page,
    records=records,
    read_ids=read_ids,
    whole_pages=False,
)
