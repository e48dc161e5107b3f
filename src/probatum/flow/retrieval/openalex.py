"""OpenAlex's works: cursor paging. Reference: docs.openalex.org, Get lists of entities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from probatum.engine.transport import Request
from probatum.flow.retrieval.query import Query
from probatum.flow.retrieval.service import Asked, Names, Page, Service, loaded, years_of
from probatum.flow.retrieval.translation import OPENALEX, Translation, by


def translate(query: Query) -> Translation:
    """Write the query for one filter, in which a comma or a bar would begin another."""
    written = by(OPENALEX)(query)
    return replace(written, text=written.text.replace(",", " ").replace("|", " "))


def page(asked: Asked, cursor: str | None, light: bool) -> Request:
    """Ask for a page of ids or of records."""
    years = years_of(asked.translation, "-")
    bound = f",publication_year:{years}" if years else ""
    parameters = {
        "filter": f"title_and_abstract.search:{asked.translation.text}{bound}",
        "per-page": "200",
        "cursor": cursor or "*",
        "select": "id" if light else None,
    }
    return asked.get("/works", parameters)


def read_page(body: bytes, cursor: str | None) -> Page:
    """Read a page; the last one is empty or has no further cursor."""
    ids, meta = read_ids(body), loaded(body)["meta"]
    return Page(ids, meta.get("next_cursor") if ids else None, int(meta["count"]))


def read_ids(body: bytes) -> tuple[str, ...]:
    """Give the ids: W123."""
    return tuple(record["id"].rpartition("/")[2] for record in loaded(body)["results"])


def records(asked: Asked, ids: Sequence[str]) -> Request:
    """Ask for records by id."""
    return asked.get("/works", {"filter": f"ids.openalex:{'|'.join(ids)}", "per-page": "200"})


SERVICE = Service(
    name="openalex",
    endpoint="https://api.openalex.org",
    suffix="json",
    interval=(0.2, 0.1),
    batch=50,
    names=Names(contact="mailto", key_variable="OPENALEX_API_KEY", key_parameter="api_key"),
    translate=translate,
    page=page,
    read_page=read_page,
    records=records,
    read_ids=read_ids,
)
