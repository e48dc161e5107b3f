"""Crossref's works: cursor paging in the polite pool. Reference: api.crossref.org, REST API."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from probatum.engine.transport import Request
from probatum.flow.retrieval.service import Asked, Names, Page, Service, loaded
from probatum.flow.retrieval.translation import words_only

_ROWS = 1000


def page(asked: Asked, cursor: str | None, light: bool) -> Request:
    """Ask for a page of DOIs or of records."""
    years = asked.translation.years
    parameters = {
        "query.bibliographic": asked.translation.text,
        "filter": f"from-pub-date:{years[0]},until-pub-date:{years[1]}" if years else None,
        "rows": str(_ROWS),
        "cursor": cursor or "*",
        "select": "DOI" if light else None,
    }
    return asked.get("/works", parameters)


def read_page(body: bytes, cursor: str | None) -> Page:
    """Read a page; the last one is empty (the service gives cursors without end)."""
    ids, message = read_ids(body), loaded(body)["message"]
    return Page(ids, message.get("next-cursor") if ids else None, int(message["total-results"]))


def read_ids(body: bytes) -> tuple[str, ...]:
    """Give the DOIs in lower case, of a list or of a single work."""
    message = loaded(body)["message"]
    found = message.get("items", [message])
    return tuple(record["DOI"].lower() for record in found)


def records(asked: Asked, ids: Sequence[str]) -> Request:
    """Ask for records by DOI."""
    if len(ids) == 1:
        return asked.get(f"/works/{quote(ids[0], safe='')}", {})
    chosen = ",".join(f"doi:{doi}" for doi in ids)
    return asked.get("/works", {"filter": chosen, "rows": str(len(ids))})


def _holds_a_comma(doi: str) -> bool:
    return "," in doi  # which would end the filter


SERVICE = Service(
    name="crossref",
    endpoint="https://api.crossref.org",
    suffix="json",
    interval=(0.35, 0.1),
    batch=40,
    names=Names(
        contact="mailto",
        key_variable="CROSSREF_PLUS_TOKEN",
        key_header="Crossref-Plus-API-Token",
        key_prefix="Bearer ",
    ),
    translate=words_only,
    page=page,
    read_page=read_page,
    records=records,
    read_ids=read_ids,
    alone=_holds_a_comma,
)
