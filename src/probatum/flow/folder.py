"""A base is a folder: where its parts lie."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from probatum.errors import UsageError

_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]+):/+")


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
    def pages(self) -> Path:
        """Pages made ahead, a file a build and look."""
        return self.derived / "pages"

    @property
    def manifest(self) -> Path:
        """Which parts make up the current build."""
        return self.derived / "current.json"

    @property
    def lock(self) -> Path:
        """Held by the one build that writes."""
        return self.derived / "lock"


def place(path: str | Path) -> Path:
    """Give the folder that a path, or a file:// address, names.

    Raises UsageError for any other address: parts appear by renaming a folder, which an object
    store does not have (docs/decisions/0021 and 0026).

    >>> str(place("file:///shared/base"))
    '/shared/base'
    """
    found = _ADDRESS.match(str(path))
    if found is None:
        return Path(path).resolve()
    if found[1] != "file":
        raise UsageError(
            f"{path}: a base lies on a file system, not behind {found[1]}://, where no folder is"
            " renamed in one step and no lock ends with its process; name a folder that all"
            " machines share, or build in a local one and give the workers --store"
        )
    return Path("/", str(path)[found.end() :]).resolve()
