"""Frozen dataclasses that are made at a third of the cost: readers make millions of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, fields
from typing import Any, TypeVar, cast

_Noun = TypeVar("_Noun")
_MAKERS: dict[type, Callable[..., object]] = {}


def quick(noun: type[_Noun]) -> type[_Noun]:
    """Give a frozen, slotted dataclass an ``__init__`` that sets its fields by assignment.

    Python sets each field of a frozen instance by a call of ``object.__setattr__``: 5.2 µs for
    the 21 fields of Metadata. Here the instance has, while it is made, the class of a twin that is
    not frozen: 1.4 µs. All else is as before: it is frozen when it is made, and equality,
    ``replace``, ``fields`` and pickles are those of the dataclass.

    >>> from dataclasses import dataclass
    >>> @quick
    ... @dataclass(frozen=True, slots=True)
    ... class Point:
    ...     x: int
    ...     y: int = 0
    >>> Point(1), Point(1) == Point(1, y=0)
    (Point(x=1, y=0), True)
    """
    parts = fields(noun)  # type: ignore[arg-type]
    scope: dict[str, Any] = {
        "thaw": object.__setattr__,
        "noun": noun,
        "Twin": _twin(noun),
        **{f"default_{part.name}": _default(part) for part in parts},
    }
    # As dataclasses themselves do it; the names are those of the class, none comes from outside.
    exec(_source(parts), scope)  # noqa: S102
    _MAKERS[noun] = scope["make"]
    made = scope["__init__"]
    made.__annotations__ = noun.__init__.__annotations__
    made.__qualname__ = f"{noun.__qualname__}.__init__"
    made.__module__ = noun.__module__
    noun.__init__ = made  # type: ignore[method-assign]
    return noun


def _twin(noun: type) -> type:
    """A subclass that is not frozen and adds no slots.

    Python takes an instance of it for one of the noun at four fifths of what it asks of a class of
    its own, since it need not compare the slots.
    """
    thawed = {"__setattr__": object.__setattr__, "__delattr__": object.__delattr__}
    return type(noun.__name__, (noun,), {"__slots__": (), "__init__": object.__init__, **thawed})


def _default(part: Field[Any]) -> object:
    """The default; what a factory makes is frozen too, so one instance serves all."""
    return part.default_factory() if part.default_factory is not MISSING else part.default


def maker(noun: type[_Noun]) -> type[_Noun]:
    """Give a function that makes instances of a quick noun, at half the cost of calling the noun.

    It takes what the noun takes and is typed as the noun, so that calls of it are checked; it is
    none, so ask it for nothing else. No instance passes through ``type.__call__`` and the class is
    set once: 0.3 µs in place of 0.6 µs for the four fields of an author.

    >>> from probatum.model.document import Author
    >>> author = maker(Author)
    >>> author("Roe", "Jane") == Author("Roe", "Jane")
    True
    """
    return cast("type[_Noun]", _MAKERS[noun])


def _source(parts: tuple[Field[Any], ...]) -> str:
    head = _head(parts)
    lines = [f"    self.{part.name} = {part.name}" for part in parts]
    lines.append("    self.__class__ = noun")
    first = [f"def __init__(self, {head}):", "    thaw(self, '__class__', Twin)"]
    second = [f"def make({head}):", "    self = Twin()"]
    return "\n".join([*first, *lines, *second, *lines, "    return self"])


def _head(parts: tuple[Field[Any], ...]) -> str:
    names = [
        part.name if _default(part) is MISSING else f"{part.name}=default_{part.name}"
        for part in parts
    ]
    return ", ".join(names)
