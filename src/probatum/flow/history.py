"""The releases of a base as they lie in its folder, and what each changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from probatum import __version__
from probatum.engine.storage import plain_errors
from probatum.flow.changes import Told, compare, told
from probatum.flow.folder import BaseFolder
from probatum.flow.manifest import Manifest
from probatum.model.answer import Release
from probatum.model.shapes import Shape

CURRENT = "current"
MANIFEST, ANSWERS = "manifest.json", "answers.jsonl"


def release_names(folder: BaseFolder) -> list[str]:
    """Name the releases of a base, sorted."""
    found = folder.releases
    if not found.is_dir():
        return []
    return sorted(path.name for path in found.iterdir() if (path / ANSWERS).is_file())


def kept_answers(path: Path) -> dict[str, Shape]:
    """Read the answers of a release, by question."""
    with plain_errors(path):
        lines = (path / ANSWERS).read_text(encoding="utf-8").splitlines()
    return {shape["question"]: shape for shape in map(json.loads, lines)}


def releases(folder: BaseFolder, manifest: Manifest) -> tuple[Release, ...]:
    """Give the current build and the releases, newest first; each against the one before it.

    Releases are in order of their base's date, then of their names. One whose files cannot be
    read is left out.
    """
    kept = [one for name in release_names(folder) if (one := _kept(folder.releases / name))]
    kept.sort(key=lambda one: (one[0]["as_of"], one[0]["name"]))
    about = {"name": CURRENT, "as_of": manifest.as_of, "build_id": manifest.build_id}
    ordered = [*kept, ({**about, "version": __version__}, manifest.told)]
    return tuple(_release(one, ordered[at - 1] if at else None) for at, one in enumerate(ordered))[
        ::-1
    ]


Kept = tuple[Mapping[str, Any], Mapping[str, Told]]


def _kept(path: Path) -> Kept | None:
    try:
        about = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
        said = {name: about[name] for name in ("name", "as_of", "version", "build_id")}
        return said, told(kept_answers(path))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _release(one: Kept, before: Kept | None) -> Release:
    about, said = one
    changes = compare(before[1], said) if before else ()
    return Release(
        **about, answers=len(said), before=before[0]["name"] if before else None, changes=changes
    )
