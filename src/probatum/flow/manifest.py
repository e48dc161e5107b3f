"""Which parts make up the current build; replaced in one step when a build is done."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from probatum.engine.storage import write_atomic
from probatum.model.answer import Change


@dataclass(frozen=True, slots=True)
class Manifest:
    """The current build: a digest of its inputs, its parts by stage, and what it changed.

    ``code`` digests the code that made it: parts are read by the version that wrote them.
    ``told`` says every answer in one line, so that the next build can say what it changed.
    ``problems`` holds (name, code, reason) of entries among the sources that are not taken.
    """

    build_id: str
    inputs: str
    code: str
    title: str
    pack: str
    as_of: str
    parts: dict[str, list[str]]
    told: dict[str, tuple[str, str]]
    changes: tuple[Change, ...] = ()
    problems: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Build:
    """What a build did: its manifest, whether anything was new, and the parts it made."""

    manifest: Manifest
    new: bool
    made: tuple[str, ...] = ()


def load_manifest(path: Path) -> Manifest | None:
    """Load the manifest of the last build; None when there is none that can be read."""
    try:
        content = json.loads(path.read_bytes())
        changes = tuple(Change(**change) for change in content.pop("changes"))
        problems = tuple((p[0], p[1], p[2]) for p in content.pop("problems"))
        told = {name: (pair[0], pair[1]) for name, pair in content.pop("told").items()}
        return Manifest(**content, told=told, changes=changes, problems=problems)
    except (OSError, ValueError, TypeError, KeyError, IndexError):
        return None


def save_manifest(path: Path, manifest: Manifest) -> None:
    """Replace the manifest in one step; readers see the old build or the new one."""
    text = json.dumps(asdict(manifest), indent=1, sort_keys=True, ensure_ascii=False)
    write_atomic(path, text.encode())
