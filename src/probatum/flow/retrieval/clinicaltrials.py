"""ClinicalTrials.gov, API version 2: page tokens. Reference: clinicaltrials.gov/data-api/api."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from probatum.engine.transport import Request
from probatum.flow.retrieval.query import Query
from probatum.flow.retrieval.service import Asked, Names, Page, Service, loaded
from probatum.flow.retrieval.translation import CLINICAL_TRIALS, Translation, by

_PAGE = {True: "1000", False: "100"}  # numbers alone; whole registrations of some 100 KB


def translate(query: Query) -> Translation:
    """Write the query; years of publication mean nothing for a registration."""
    written = by(CLINICAL_TRIALS)(query)
    if written.years is None:
        return written
    said = "years of publication do not apply to registrations; those of all years are taken"
    return replace(written, years=None, notes=(*written.notes, said))


def page(asked: Asked, cursor: str | None, light: bool) -> Request:
    """Ask for a page of numbers or of registrations."""
    parameters = {
        "query.term": asked.translation.text,
        "fields": "NCTId" if light else None,
        "pageSize": _PAGE[light],
        "countTotal": "true",
        "pageToken": cursor,
    }
    return asked.get("/studies", parameters)


def read_page(body: bytes, cursor: str | None) -> Page:
    """Read a page; the total stands on the first one only."""
    content = loaded(body)
    return Page(read_ids(body), content.get("nextPageToken"), content.get("totalCount"))


def read_ids(body: bytes) -> tuple[str, ...]:
    """Give the registration numbers."""
    studies = loaded(body)["studies"]
    return tuple(one["protocolSection"]["identificationModule"]["nctId"] for one in studies)


def records(asked: Asked, ids: Sequence[str]) -> Request:
    """Ask for registrations by number."""
    return asked.get("/studies", {"filter.ids": ",".join(ids), "pageSize": _PAGE[False]})


SERVICE = Service(
    name="clinicaltrials",
    endpoint="https://clinicaltrials.gov/api/v2",
    suffix="json",
    interval=(1.2, 1.2),  # some 50 requests a minute
    batch=100,
    names=Names(),
    translate=translate,
    page=page,
    read_page=read_page,
    records=records,
    read_ids=read_ids,
)
