"""Values deep within a JSON object, without a trap for what is not there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

Object = Mapping[str, object]


def at(value: object, *path: str) -> object:
    """Give the value at a path of keys; None where one of them is missing.

    >>> at({"a": {"b": 1}}, "a", "b"), at({"a": []}, "a", "b")
    (1, None)
    """
    for key in path:
        if not isinstance(value, dict):
            return None
        value = value.get(key)
    return value


def text(value: object, *path: str) -> str:
    """Give a text or a number at a path as text; of a list its first element; else "".

    >>> text({"title": ["A trial"]}, "title"), text({"volume": 3}, "volume"), text({}, "x")
    ('A trial', '3', '')
    """
    found = at(value, *path)
    if isinstance(found, list) and found:
        found = found[0]
    if isinstance(found, str):
        return found
    return str(found) if isinstance(found, int | float) and not isinstance(found, bool) else ""


def texts(value: object, *path: str) -> list[str]:
    """Give all texts of a list at a path."""
    found = at(value, *path)
    items = found if isinstance(found, list) else [found]
    return [item for item in items if isinstance(item, str) and item.strip()]


def objects(value: object, *path: str) -> Iterator[Object]:
    """Yield the objects of a list at a path.

    >>> [one["n"] for one in objects({"a": [{"n": 1}, None, {"n": 2}]}, "a")]
    [1, 2]
    """
    found = at(value, *path)
    for item in found if isinstance(found, list) else ():
        if isinstance(item, dict):
            yield item
