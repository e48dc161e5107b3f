"""Cards made from plain tables, so that cases can be written without Python."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from probatum.model.document import Author, Identifiers, Metadata
from probatum.model.work import Card


def make_card(document: str, fields: Mapping[str, Any]) -> Card:
    names = [name.split(", ") for name in str(fields.get("authors", "")).split("; ") if name]
    metadata = Metadata(
        title=fields.get("title"),
        authors=tuple(Author(*parts) for parts in names),
        year=fields.get("year"),
        identifiers=Identifiers(
            doi=fields.get("doi"),
            pmid=fields.get("pmid"),
            pmcid=fields.get("pmcid"),
            nct=(fields["nct"],) if "nct" in fields else (),
        ),
        container_title=fields.get("container"),
        volume=fields.get("volume"),
        issue=fields.get("issue"),
        page=fields.get("page"),
        publication_types=tuple(fields.get("types", ())),
        relations=tuple(fields.get("relations", ())),
    )
    return Card(document, "record", metadata, "invented.ris", document.upper())


@pytest.fixture(scope="session")
def card() -> Callable[[str, Mapping[str, Any]], Card]:
    return make_card
