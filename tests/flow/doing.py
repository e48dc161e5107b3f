"""A reporter that acts in the middle of a build."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Doing:
    """A reporter that does something when so many shards of a build are done."""

    at: int
    act: Callable[[], None]
    done: int = 0
    stages: list[str] = field(default_factory=list)

    def stage(self, name: str, shards: int) -> None:
        """Take note of the stage."""
        self.stages.append(name)

    def advance(self) -> None:
        """Count, and act."""
        self.done += 1
        if self.done == self.at:
            self.act()

    def note(self, text: str) -> None:
        """Take no notice."""
