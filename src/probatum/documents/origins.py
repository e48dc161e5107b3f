"""Metadata with the origin of every field that has a value."""

from __future__ import annotations

from collections.abc import Mapping

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
