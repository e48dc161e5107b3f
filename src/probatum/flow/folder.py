"""A base is a folder: where its parts lie."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class BaseFolder:
    """The places of a base; everything under ``derived`` may be deleted at any time."""

    path: Path

    @property
    def sources(self) -> Path:
        """Documents as received, never altered."""
        return self.path / "sources"

    @property
    def judgements(self) -> Path:
        """What people decided, as CSV."""
        return self.path / "judgements"

    @property
    def releases(self) -> Path:
        """History: a small manifest a release."""
        return self.path / "releases"

    @property
    def derived(self) -> Path:
        """All that is a pure function of the rest."""
        return self.path / ".probatum"

    @property
    def parts(self) -> Path:
        """Immutable parts, a folder a stage."""
        return self.derived / "parts"

    @property
    def index(self) -> Path:
        """Text indexes, a folder a build."""
        return self.derived / "index"

    @property
    def manifest(self) -> Path:
        """Which parts make up the current build."""
        return self.derived / "current.json"

    @property
    def lock(self) -> Path:
        """Held by the one build that writes."""
        return self.derived / "lock"
