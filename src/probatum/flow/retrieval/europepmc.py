"""Europe PMC's articles service: search with cursorMark.

Reference: europepmc.org/RestfulWebService.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from probatum.engine.transport import Request
from probatum.flow.retrieval.query import Query
from probatum.flow.retrieval.service import Asked, Names, Page, Service, loaded
from probatum.flow.retrieval.translation import EUROPE_PMC, Translation, by

_PAGE = {True: "1000", False: "200"}  # ids alone; whole records of some 10 KB


def translate(query: Query) -> Translation:
    """Write the query, years of publication included, in Europe PMC's syntax."""
    written = by(EUROPE_PMC)(query)
    if written.years is None:
        return written
    first, last = written.years
    return replace(written, text=f"({written.text}) AND PUB_YEAR:[{first} TO {last}]")


def page(asked: Asked, cursor: str | None, light: bool) -> Request:
    """Ask for a page of ids or of records."""
    return _search(asked, asked.translation.text, light, cursor or "*")


def _search(asked: Asked, query: str, light: bool, cursor: str) -> Request:
    form = {
        "query": query,
        "resultType": "idlist" if light else "core",
        "format": "json",
        "pageSize": _PAGE[light],
        "cursorMark": cursor,
    }
    return asked.post("/searchPOST", form)


def read_page(body: bytes, cursor: str | None) -> Page:
    """Read a page; the last one has no further cursor, or the same again."""
    content = loaded(body)
    ids, following = read_ids(body), content.get("nextCursorMark")
    more = following if ids and following != (cursor or "*") else None
    return Page(ids, more, int(content["hitCount"]))


def read_ids(body: bytes) -> tuple[str, ...]:
    """Give the ids, each with its source: MED:123."""
    found = loaded(body)["resultList"]["result"]
    return tuple(f"{record['source']}:{record['id']}" for record in found)


def records(asked: Asked, ids: Sequence[str]) -> Request:
    """Ask for records by id."""
    pairs = [name.split(":", 1) for name in ids]
    query = " OR ".join(f"(EXT_ID:{number} AND SRC:{source})" for source, number in pairs)
    return _search(asked, query, False, "*")


SERVICE = Service(
    name="europepmc",
    endpoint="https://www.ebi.ac.uk/europepmc/webservices/rest",
    suffix="json",
    interval=(0.2, 0.2),
    batch=100,
    names=Names(contact="email"),
    translate=translate,
    page=page,
    read_page=read_page,
    records=records,
    read_ids=read_ids,
)
