"""What a page is before it is drawn: words and numbers, the tables and figures on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from probatum.atlas.links import Links
from probatum.errors import UsageError
from probatum.model.answer import Verdict
from probatum.model.view import BaseView

Cell = str | int | float | bool | None
LONGEST_VALUE = 500
LONGEST_TEXT = 200_000  # characters that may be sent to be checked


@dataclass(frozen=True, slots=True)
class DataTable:
    """A table as it is downloaded; ``name`` is empty for a page's one and only table.

    ``rows`` may be a generator, so that a large table costs nothing until someone wants it.
    """

    name: str
    title: str
    columns: tuple[str, ...]
    rows: Iterable[tuple[Cell, ...]]

    def path(self, page: str) -> str:
        """Give the path of the CSV file beside the page."""
        return f"{page.rstrip('/')}/{self.name}.csv" if self.name else f"{page}.csv"


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its template, title and context; the same as data; its tables and figures.

    ``data`` is called when the JSON is wanted; ``figures`` maps a name to a whole SVG document.
    """

    template: str
    title: str
    context: Mapping[str, Any]
    data: Callable[[], object]
    tables: tuple[DataTable, ...] = ()
    figures: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked for: of which view, which thing, with which controls.

    ``query`` holds every value of every name; ``editable`` is True when decisions may be sent.
    ``sent`` is a text that came in a body, None where none did; ``check`` holds a text against
    the view, None where there is no server to do it.
    """

    view: BaseView
    links: Links
    key: str = ""
    query: Mapping[str, Sequence[str]] = field(default_factory=dict)
    editable: bool = False
    sent: str | None = None
    check: Callable[[str], Sequence[Verdict]] | None = None

    def many(self, name: str) -> tuple[str, ...]:
        """Give the values of a control that are not empty, in the order given."""
        values = tuple(value for value in self.query.get(name, ()) if value != "")
        if any(len(value) > LONGEST_VALUE for value in values):
            raise UsageError(f"{name} is longer than {LONGEST_VALUE} characters; shorten it")
        return values

    def text(self, name: str, longest: int) -> str | None:
        """Give a text of at most ``longest`` characters, from the body or from the address."""
        given = [self.sent] if self.sent is not None else list(self.query.get(name, ()))
        if len(given) > 1 or any(len(value) > longest for value in given):
            raise UsageError(f"{name} must be given once, with at most {longest} characters")
        return given[0].replace("\r\n", "\n").replace("\r", "\n") if given else None

    def one(self, name: str) -> str | None:
        """Give the only value of a control, or None where it is not set."""
        values = self.many(name)
        if len(values) > 1:
            raise UsageError(f"{name} is given {len(values)} times; give it once")
        return values[0] if values else None

    def choice(self, name: str, known: Sequence[str]) -> str | None:
        """Give the value of a control that must be one of the known ones."""
        value = self.one(name)
        if value is not None and value not in known:
            raise UsageError(f"unknown {name} {value!r}; known: {', '.join(known)}")
        return value

    def number(self, name: str, default: int, low: int, high: int) -> int:
        """Give a control that is a whole number within [low, high]."""
        value = self.one(name)
        if value is None:
            return default
        if not (value.isascii() and value.isdigit()) or not low <= int(value[:12]) <= high:
            raise UsageError(f"{name} must be a whole number from {low} to {high}")
        return int(value)
