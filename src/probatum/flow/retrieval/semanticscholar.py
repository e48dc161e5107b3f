"""Semantic Scholar's bulk search: continuation tokens.

Reference: api.semanticscholar.org/api-docs.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from probatum.engine.transport import Request
from probatum.flow.retrieval.service import Asked, Names, Page, Service, loaded, years_of
from probatum.flow.retrieval.translation import SEMANTIC_SCHOLAR, by

_FIELDS = (
    "paperId,externalIds,title,abstract,venue,year,publicationDate,publicationTypes,journal"
    ",authors"
)


def page(asked: Asked, cursor: str | None, light: bool) -> Request:
    """Ask for a page of ids or of records."""
    parameters = {
        "query": asked.translation.text,
        "fields": "paperId" if light else _FIELDS,
        "year": years_of(asked.translation, "-"),
        "token": cursor,
    }
    return asked.get("/paper/search/bulk", parameters)


def read_page(body: bytes, cursor: str | None) -> Page:
    """Read a page; the last one has no token."""
    content = loaded(body)
    ids = read_ids(body)
    return Page(ids, content.get("token") if ids else None, int(content["total"]))


def read_ids(body: bytes) -> tuple[str, ...]:
    """Give the ids of a page, or of a batch, which holds null for a paper that has gone."""
    content = loaded(body)
    found = content["data"] if isinstance(content, dict) else content
    return tuple(record["paperId"] for record in found if record is not None)


def records(asked: Asked, ids: Sequence[str]) -> Request:
    """Ask for records by id."""
    body = json.dumps({"ids": list(ids)}).encode()
    request = asked.get("/paper/batch", {"fields": _FIELDS})
    return replace(request, body=body, media_type="application/json")


SERVICE = Service(
    name="semanticscholar",
    endpoint="https://api.semanticscholar.org/graph/v1",
    suffix="json",
    interval=(1.5, 1.0),
    batch=500,
    names=Names(key_variable="S2_API_KEY", key_header="x-api-key"),
    translate=by(SEMANTIC_SCHOLAR),
    page=page,
    read_page=read_page,
    records=records,
    read_ids=read_ids,
)
