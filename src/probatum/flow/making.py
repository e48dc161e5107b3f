"""Making a base and putting documents into it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from probatum.engine.storage import plain_errors, write_atomic
from probatum.errors import UsageError
from probatum.flow.folder import BaseFolder, place
from probatum.flow.packs import load_pack
from probatum.flow.packs.place import pack_folder
from probatum.flow.settings import DEFAULT_PACK, FILE_NAME, settings_text


def init_base(
    path: str | Path, *, pack: str = DEFAULT_PACK, title: str | None = None, as_of: str = ""
) -> BaseFolder:
    """Make a new, empty base; ``as_of`` is today when it is not given.

    Raises UsageError when the folder holds a base already or is a file, UnknownNameError or
    PackError for the pack, StorageError when it cannot be written.
    """
    folder = BaseFolder(place(path))
    if folder.path.is_file():
        raise UsageError(f"{path} is a file; name a folder for the new base")
    if (folder.path / FILE_NAME).exists():
        raise UsageError(f"{path} is a base already; build it with 'probatum build --base {path}'")
    known = load_pack(pack_folder(pack, folder.path))
    text = settings_text(title or f"What is known about {known.title}", pack, as_of or _today())
    with plain_errors(folder.path):
        folder.sources.mkdir(parents=True, exist_ok=True)
        folder.judgements.mkdir(exist_ok=True)
    write_atomic(folder.path / ".gitignore", b".probatum/\n")
    write_atomic(folder.path / FILE_NAME, text.encode())
    return folder


def _today() -> str:
    return date.today().isoformat()  # noqa: DTZ011  # the reader's own day is meant


def add_documents(folder: BaseFolder, paths: Iterable[str | Path]) -> list[tuple[str, bool]]:
    """Copy documents into ``sources/``; gives (name, whether it was new) for each.

    A folder stands for the files in it. The same bytes are taken once; other bytes under a name
    that is taken get their digest in the name. Raises UsageError for a path that is not there.
    """
    return [_add(folder, path) for path in files_in(paths)]


def _add(folder: BaseFolder, path: Path) -> tuple[str, bool]:
    with plain_errors(path):
        data = path.read_bytes()
    target = folder.sources / path.name
    if target.exists() and target.read_bytes() != data:
        mark = hashlib.sha256(data).hexdigest()[:8]
        target = folder.sources / f"{path.stem}-{mark}{path.suffix}"
    if target.exists() and target.read_bytes() == data:
        return target.name, False
    write_atomic(target, data)
    return target.name, True


def files_in(paths: Iterable[str | Path]) -> Sequence[Path]:
    """Give the files that paths name: folders are walked (no links, no hidden files), sorted."""
    found: list[Path] = []
    for path in map(Path, paths):
        if path.is_dir():
            inside = (p for p in path.rglob("*") if p.is_file() and not p.is_symlink())
            kept = sorted(p for p in inside if not _hidden(p.relative_to(path)))
            if not kept:
                raise UsageError(f"{path}: no file in this folder; name files, or another folder")
            found.extend(kept)
        elif path.is_file():
            found.append(path)
        else:
            raise UsageError(f"{path}: no such file or folder; check the path")
    return found


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)
