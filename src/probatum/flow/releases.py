"""Releases: the history of a base, one small folder each, never altered."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from probatum import __version__
from probatum.engine.storage import new_folder
from probatum.errors import UnknownNameError, UsageError
from probatum.flow.base import Base
from probatum.flow.changes import compare, shapes_of, told
from probatum.flow.history import ANSWERS, CURRENT, MANIFEST, kept_answers, release_names
from probatum.flow.manifest import load_manifest
from probatum.model.answer import Change
from probatum.model.shapes import Shape

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


def release(base: Base, name: str) -> Path:
    """Write the answers and the part names of the current build as a release.

    Raises UsageError for a name that is taken or not a plain word, or an unbuilt base.
    """
    folder = base.folder
    if not _NAME.fullmatch(name) or name == CURRENT:
        raise UsageError(f"{name!r} cannot name a release; use letters, digits, . _ and -")
    if (folder.releases / name).exists():
        raise UsageError(f"release {name!r} exists and is never altered; choose another name")
    answers = shapes_of(base.answers())
    manifest = load_manifest(folder.manifest)
    if manifest is None:
        raise UsageError("the base has not been built; run 'probatum build'")
    about = {
        "name": name,
        "build_id": manifest.build_id,
        "as_of": manifest.as_of,
        "version": __version__,
        "parts": manifest.parts,
    }
    with new_folder(folder.releases, lambda _: name) as made:
        (made / MANIFEST).write_text(_text(about, indent=1), encoding="utf-8")
        lines = [_text(shape) for shape in answers.values()]
        (made / ANSWERS).write_text("\n".join([*lines, ""]), encoding="utf-8")
    return folder.releases / name


def _text(value: Any, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=indent)


def diff(base: Base, before: str, after: str) -> tuple[Change, ...]:
    """Compare two releases; ``current`` is the last build. Raises UnknownNameError."""
    return compare(told(_answers(base, before)), told(_answers(base, after)))


def _answers(base: Base, name: str) -> dict[str, Shape]:
    if name == CURRENT:
        return shapes_of(base.answers())
    known = release_names(base.folder)
    if name not in known:
        raise UnknownNameError(f"unknown release {name!r}; known: {', '.join([*known, CURRENT])}")
    return kept_answers(base.folder.releases / name)
