"""Metadata with the origin of every field that has a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from probatum.model.document import Identifiers, Metadata

_NONE = Identifiers()


def with_origins(
    fields: Mapping[str, object], where: Mapping[str, str], otherwise: str
) -> Metadata:
    """Make metadata of fields; ``where`` says the origin of some, ``otherwise`` of the rest.

    >>> with_origins({"title": "T", "year": None}, {}, "the title line").origins
    (('title', 'the title line'),)
    """
    origins = tuple(
        [
            (name, where.get(name) or otherwise)
            for name, value in fields.items()
            if value and not (name == "identifiers" and value == _NONE)
        ]
    )
    return Metadata(**fields, origins=origins)  # type: ignore[arg-type]


def completed(metadata: Metadata, *sources: Mapping[str, tuple[object, str]]) -> Metadata:
    """Add authors and date where there are none, from sources of (value, origin), best first.

    >>> completed(Metadata(), {"date": ("2025-03", "line 2")}).origins
    (('date', 'line 2'), ('year', 'line 2'))
    """
    for facts in sources:
        fields: dict[str, object] = {}
        if "authors" in facts and not metadata.authors:
            fields["authors"] = facts["authors"][0]
        if "date" in facts and not metadata.date:
            fields["date"] = facts["date"][0]
        where = {name: facts[name][1] for name in fields}
        if "date" in fields and metadata.year is None:
            fields["year"], where["year"] = int(str(fields["date"])[:4]), where["date"]
        origins = (*metadata.origins, *where.items())
        metadata = replace(metadata, **fields, origins=origins)  # type: ignore[arg-type]
    return metadata
