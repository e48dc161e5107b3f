"""What a worker elsewhere must have to take part in a build: this code, and this base."""

from __future__ import annotations

import platform
import secrets
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from probatum.engine.storage import write_atomic
from probatum.errors import UnreachableError
from probatum.flow.digests import code_digest, look_digest
from probatum.flow.folder import BaseFolder

# What the bytes of a part, or of a page, depend on beside our own code.
_PACKAGES = ("jinja2", "lxml", "markupsafe", "msgspec", "numpy", "pyarrow", "rapidfuzz", "scipy")


@cache
def _versions() -> tuple[tuple[str, str], ...]:
    installed = tuple((name, version(name)) for name in _PACKAGES)
    return (
        ("probatum", code_digest()),
        ("probatum's pages", look_digest()),
        ("python", ".".join(platform.python_version_tuple()[:2])),
        *installed,
    )


@dataclass(frozen=True, slots=True)
class Presence:
    """A check that a worker runs before its work; picklable."""

    versions: tuple[tuple[str, str], ...]
    mark: Path | None = None
    text: str = ""

    def __call__(self) -> None:
        """Raise UnreachableError when this process must not take part in the build."""
        for (name, here), (_, wanted) in zip(_versions(), self.versions, strict=True):
            if here != wanted:
                raise UnreachableError(
                    f"a worker on {platform.node()} has another version of {name} ({here[:12]},"
                    f" here {wanted[:12]}); install the same on every worker, restart them and"
                    " build again"
                )
        if self.mark is None:
            return
        if not self.mark.is_file() or self.mark.read_text(encoding="ascii") != self.text:
            base = self.mark.parent.parent
            raise UnreachableError(
                f"a worker on {platform.node()} does not see this base at {base}; put"
                " the base on a folder that all machines share under the same path, or name a"
                " store that all reach with --store"
            )


def of_versions() -> Presence:
    """Give the check of a build whose workers do not see its base."""
    return Presence(_versions())


def mark_presence(folder: BaseFolder) -> Presence:
    """Mark a base for one build, so that a worker can tell it from a folder of the same name."""
    mark = folder.derived / "build"
    text = secrets.token_hex(16)  # tells folders apart; nothing that is built depends on it
    write_atomic(mark, text.encode())
    return Presence(_versions(), mark, text)
