"""Named things of one kind: built-ins first, then plugins.

A table of formats, checks or runners names its members by import string, so that
listing them imports none of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
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

    @cached_property
    def _plugins(self) -> dict[str, Entry]:
        """Entries of other packages; they don't change while we run."""
        if self._group is None:
            return {}
        # Asked only when no built-in will do: it takes 4 MB and 10 ms.
        from importlib.metadata import entry_points  # noqa: PLC0415

        found = entry_points(group=self._group)
        return {p.name: Entry(p.name, p.value, "plugin") for p in found}

    def __iter__(self) -> Iterator[Entry]:
        yield from self._entries.values()
        yield from (entry for entry in self._plugins.values() if entry.name not in self._entries)

    def __getitem__(self, name: str) -> Entry:
        if name in self._entries:
            return self._entries[name]
        if name not in self._plugins:
            known = ", ".join(sorted({*self._entries, *self._plugins}))
            raise UnknownNameError(f"unknown {self.kind} {name!r}; known: {known}")
        return self._plugins[name]
