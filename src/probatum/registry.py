"""Named things of one kind: built-ins first, then plugins.

A table of formats, checks or runners names its members by import string, so that
listing them imports none of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

from probatum.errors import UnknownNameError


@dataclass(frozen=True, slots=True)
class Entry:
    """One registered thing: its name, where it lives ("module:attribute") and what it is."""

    name: str
    target: str
    summary: str
    reference: str = ""

    def load(self) -> Any:  # the registry is typed by its caller
        """Import the module and return the attribute."""
        module, _, attribute = self.target.partition(":")
        return getattr(import_module(module), attribute)


class Registry:
    """A table of entries of one kind, in a fixed order.

    >>> formats = Registry("format", [Entry("ris", "json:loads", "RIS")])
    >>> formats["ris"].summary
    'RIS'
    >>> formats["xyz"]
    Traceback (most recent call last):
        ...
    probatum.errors.UnknownNameError: unknown format 'xyz'; known: ris
    """

    def __init__(self, kind: str, entries: list[Entry], *, group: str | None = None) -> None:
        self.kind = kind
        self._entries = {entry.name: entry for entry in entries}
        self._group = group

    def _all(self) -> dict[str, Entry]:
        if self._group is None:
            return self._entries
        found = {p.name: Entry(p.name, p.value, "plugin") for p in entry_points(group=self._group)}
        return {**found, **self._entries}

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._all().values())

    def __getitem__(self, name: str) -> Entry:
        if name in self._entries:  # built-ins come first: to ask for plugins costs 10 ms
            return self._entries[name]
        entries = self._all()
        if name not in entries:
            known = ", ".join(sorted(entries))
            raise UnknownNameError(f"unknown {self.kind} {name!r}; known: {known}")
        return entries[name]
