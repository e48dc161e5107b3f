"""One JSON object becomes the fields of a record: flat objects, CSL, nested journals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from probatum.documents.cells import fill, volume_and_issue
from probatum.documents.columns import KNOWN, heading, recognise
from probatum.documents.draft import Draft
from probatum.documents.kinds import publication_type
from probatum.model.document import Author
from probatum.text.names import Order, name_order, parse_name, split_names

Object = Mapping[str, object]
_JOURNALS = ("journal", "periodical", "hostvenue", "publicationvenue")
_NESTED = ("externalids", "ids", "identifiers", "biblio", "citation")
_FAMILY, _GIVEN = ("family", "lastname", "last", "surname"), ("given", "firstname", "first")
_WHOLE = ("name", "fullname", "displayname", "authorname", "rawauthorname")
_TELLING = {"title", "doi", "pmid", "pmcid", "nct"}


def is_record(value: object) -> bool:
    """Tell whether a value is an object with a title or an identifier among its keys.

    >>> is_record({"DOI": "10.1000/a"}), is_record({"count": 3})
    (True, False)
    """
    return isinstance(value, dict) and not _TELLING.isdisjoint(recognise(list(value)))


def draft_of(record: Object, order: Order = "given-first") -> tuple[Draft, str | None]:
    """Read an object; the second part is the record's own key."""
    draft, flat = Draft(), dict(_flat(record))
    names = list(flat)
    cells = {
        field: [(names[at], _text(flat[names[at]], field)) for at in places]
        for field, places in recognise(names).items()
    }
    # Collections call the origin of an entry "source" too; a path or a label is no journal.
    journals = cells.get("container_title", [])
    cells["container_title"] = [
        (name, value)
        for name, value in journals
        if heading(name) != "source" or not set("/:.") & set(value.rstrip("."))
    ]
    _types(draft, cells.pop("type", []))
    draft.authors(_authors([flat[name] for name, _ in cells.pop("authors", [])], order), "authors")
    for name, value in _issued(record):
        draft.date(value, name)
    if volumes := cells.get("volume"):
        volume, issue = volume_and_issue(volumes[0][1])
        draft.put("volume", volume, volumes[0][0])
        draft.put("issue", issue, volumes[0][0])
    fill(draft, cells)
    return draft, _key(cells)


def _key(cells: Mapping[str, list[tuple[str, str]]]) -> str | None:
    """The record's own key, else the identifier that a reader would look it up by."""
    for field in ("record", "pmcid", "pmid", "nct", "doi"):
        for _, value in cells.get(field, []):
            if value.strip():
                return value.strip()
    return None


def _flat(record: Object) -> Iterator[tuple[str, object]]:
    """Keys of the object, then those of a nested journal and of nested identifiers."""
    yield from ((key, value) for key, value in record.items() if not isinstance(value, dict))
    for key, value in record.items():
        if not isinstance(value, dict):
            continue
        folded = heading(key)
        if folded in _JOURNALS:
            inner = {heading(str(name)): part for name, part in value.items()}
            yield key, inner.get("name") or inner.get("title") or inner.get("displayname")
            yield from ((name, part) for name, part in inner.items() if name not in {"name", "id"})
        elif folded in _NESTED:
            yield from ((str(name), part) for name, part in value.items() if name not in record)


def _text(value: object, field: str) -> str:
    """A value as text: lists joined, of titles the first taken, nothing for other objects."""
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, list):
        parts = [part for item in value if (part := _text(item, field))]
        return "; ".join(parts[:1] if field in _SINGLE else parts)
    if isinstance(value, dict):
        return next((str(value[k]) for k in ("name", "display_name", "value") if value.get(k)), "")
    return ""


_SINGLE = frozenset(KNOWN) - {"keywords", "type", "abstract", "nct"}


def _types(draft: Draft, cells: list[tuple[str, str]]) -> None:
    for name, value in cells:
        kinds = [publication_type(part) for part in value.split(";")]
        draft.put_all("publication_types", kinds, name)


def _issued(record: Object) -> Iterator[tuple[str, str]]:
    """Dates in CSL's form: parts, or a text in "raw" or "literal"."""
    for key in ("issued", "published", "published-print", "published-online"):
        value = record.get(key)
        if not isinstance(value, dict):
            continue
        parts = value.get("date-parts")
        if isinstance(parts, list) and parts and isinstance(parts[0], list):
            yield key, "-".join(_two(part) for part in parts[0] if part)
        for name in ("raw", "literal"):
            if isinstance(value.get(name), str):
                yield key, value[name]


def _two(part: object) -> str:
    text = str(part).strip()
    return text.zfill(2) if len(text) < 3 else text


def _authors(values: list[object], order: Order) -> list[Author]:
    for value in values:
        items = split_names(value) if isinstance(value, str) else value
        if isinstance(items, list) and (found := _people(items, order)):
            return found
    return []


def _people(items: list[object], order: Order) -> list[Author]:
    """Authors as names or as objects with a family and a given name, or one name."""
    order = name_order((item for item in items if isinstance(item, str)), order)
    people: list[Author] = []
    for item in items:
        if isinstance(item, str) and item.strip():
            people.append(Author(*parse_name(item, order)))
        elif isinstance(item, dict) and (author := _person(item, order)):
            people.append(author)
    return people


def _person(item: Object, order: Order) -> Author | None:
    if isinstance(inner := item.get("author"), dict):
        item = inner
    parts = {heading(str(key)): value for key, value in item.items() if isinstance(value, str)}
    family = next((parts[name] for name in _FAMILY if parts.get(name)), None)
    if family:
        return Author(family, next((parts[name] for name in _GIVEN if parts.get(name)), None))
    if parts.get("literal"):
        return Author(parts["literal"])
    whole = next((parts[name] for name in _WHOLE if parts.get(name)), None)
    return Author(*parse_name(whole, order)) if whole else None


def comma_less(record: object) -> Iterator[str]:
    """Names of an object's authors that are plain text, for telling their order in the file."""
    if isinstance(record, dict):
        for key in ("authors", "author", "Authors", "Author"):
            value = record.get(key)
            items = split_names(value) if isinstance(value, str) else value
            if isinstance(items, list):
                yield from (item for item in items if isinstance(item, str))
