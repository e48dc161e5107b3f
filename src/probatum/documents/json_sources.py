"""JSON records of the services that reviewers ask: which one an object is of, and its fields."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from probatum.documents import json_europepmc, json_openalex, json_registries, json_trials
from probatum.documents.draft import Draft
from probatum.documents.json_fields import draft_of, is_record
from probatum.documents.json_paths import Object, at
from probatum.model.document import Reference
from probatum.text.names import Order


@dataclass(frozen=True, slots=True)
class Service:
    """A service's records: whether an object is one, how its fields and references are read."""

    name: str
    knows: Callable[[Object], bool]
    fill: Callable[[Object], tuple[Draft, str | None]]
    references: Callable[[Object], tuple[Reference, ...]] = lambda _: ()


SERVICES = (
    Service("ClinicalTrials.gov", json_trials.knows, json_trials.fill),
    Service("OpenAlex", json_openalex.knows, json_openalex.fill),
    Service("Europe PMC", json_europepmc.knows, json_europepmc.fill),
    Service(
        "Crossref",
        json_registries.is_crossref,
        json_registries.crossref,
        json_registries.crossref_references,
    ),
    Service("Semantic Scholar", json_registries.is_semantic, json_registries.semantic),
)


@dataclass(frozen=True, slots=True)
class Found:
    """What was read of one object: fields, the record's own key, its references, its dialect."""

    draft: Draft
    key: str | None
    references: tuple[Reference, ...] = ()
    service: str = "JSON"


def read_object(value: object, order: Order = "given-first") -> Found | None:
    """Read one value; None when it is no record in any dialect.

    >>> read_object({"title": "A trial", "doi": "10.1000/a"}).draft.metadata("JSON").title
    'A trial'
    >>> read_object({"count": 3}) is None
    True
    """
    record = unwrapped(value)
    if record is None:
        return None
    for service in SERVICES:
        if service.knows(record):
            draft, key = service.fill(record)
            return Found(draft, key, service.references(record), service.name)
    if not is_record(record):
        return None
    return Found(*draft_of(record, order))


_WRAPS = ("message", "citedPaper", "citingPaper", "result", "study", "record")


def unwrapped(value: object) -> Object | None:
    """Take a record out of what a service puts around it: an envelope, lists of one element."""
    if not isinstance(value, dict):
        return None
    if all(isinstance(part, list) for part in value.values()) and len(value) > 2:
        opened = _opened(value)
        return opened if isinstance(opened, dict) else None
    for name in _WRAPS:
        inner = at(value, name)
        if isinstance(inner, dict) and not is_record(value):
            return inner
    return value


_LISTS = frozenset({"author", "pubType", "keyword", "meshHeading", "grant", "fullTextUrl"})


def _opened(value: object, depth: int = 0) -> object:
    """Lists of one element become that element, as JSON made of XML by some programs has it."""
    if depth > 12:
        return value
    if isinstance(value, list):
        items = [_opened(item, depth + 1) for item in value]
        return items[0] if len(items) == 1 else items
    if isinstance(value, dict):
        found = {key: _opened(part, depth + 1) for key, part in value.items()}
        for key in _LISTS & found.keys():
            if not isinstance(found[key], list):
                found[key] = [found[key]]
        return found
    return value
