"""The metadata of a document as lines: field, value, where in the source it stands."""

from __future__ import annotations

from probatum.model.document import Author, Metadata


def _name(author: Author) -> str:
    return f"{author.family}, {author.given}" if author.given else author.family


def metadata_rows(metadata: Metadata) -> list[tuple[str, str | None, str | None]]:
    """Give (field, value, origin) of every field; a value that is not known is None."""
    ids, origins = metadata.identifiers, dict(metadata.origins)
    values: list[tuple[str, str | None]] = [
        ("title", metadata.title),
        ("authors", "; ".join(_name(author) for author in metadata.authors) or None),
        ("date", metadata.date or (str(metadata.year) if metadata.year else None)),
        ("container_title", metadata.container_title),
        ("volume", metadata.volume),
        ("issue", metadata.issue),
        ("page", metadata.page),
        ("publisher", metadata.publisher),
        ("language", metadata.language),
        ("publication_types", "; ".join(metadata.publication_types) or None),
        ("keywords", "; ".join(metadata.keywords) or None),
        ("doi", ids.doi),
        ("pmid", ids.pmid),
        ("pmcid", ids.pmcid),
        ("nct", "; ".join(ids.nct) or None),
        ("url", metadata.url),
    ]
    values += [(scheme, value) for scheme, value in ids.other]
    return [(field, value, _origin(field, origins)) for field, value in values]


def _origin(field: str, origins: dict[str, str]) -> str | None:
    for name in (field, f"identifiers.{field}", {"date": "year"}.get(field, field)):
        if name in origins:
            return origins[name]
    known = field in {"doi", "pmid", "pmcid", "nct"}
    return origins.get("identifiers") if known else None
