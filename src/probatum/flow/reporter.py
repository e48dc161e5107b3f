"""Whoever is told how a build goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Reporter(Protocol):
    """Whoever is told how a build goes; the CLI draws a bar, a test listens."""

    def stage(self, name: str, shards: int) -> None:
        """Say that a stage begins, with so many shards to run (the rest stands already)."""
        ...

    def advance(self) -> None:
        """Say that one more shard of the stage is done."""
        ...

    def note(self, text: str) -> None:
        """Say something that a person should know."""
        ...


@dataclass(frozen=True, slots=True)
class Silent:
    """A reporter that says nothing."""

    def stage(self, name: str, shards: int) -> None:
        """Take no notice."""

    def advance(self) -> None:
        """Take no notice."""

    def note(self, text: str) -> None:
        """Take no notice."""
