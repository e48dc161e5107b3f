"""Which files a base reads: found by globs, digested once, never altered."""

from __future__ import annotations

import hashlib
import json
import mmap
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from probatum.engine.storage import plain_errors, write_atomic
from probatum.flow.folder import BaseFolder
from probatum.model.source import Problem

_CACHE = "digests.json"


@dataclass(frozen=True, slots=True)
class Found:
    """A source that was found: its name in the base, where it lies, digest and size in bytes."""

    name: str
    path: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Scan:
    """The sources of a base, sorted by name, and the entries that are not taken."""

    sources: tuple[Found, ...]
    problems: tuple[tuple[str, Problem], ...]


def scan(folder: BaseFolder, globs: Sequence[str]) -> Scan:
    """Find and digest the sources of a base.

    A file whose size, time and inode are as at the last scan is not read again. Links that lead
    out of the base, or in a circle, and things that are not files become problems.
    """
    cache = _load(folder.derived / _CACHE)
    fresh: dict[str, list[object]] = {}
    sources, problems = list[Found](), list[tuple[str, Problem]]()
    with plain_errors(folder.path):
        for path in _candidates(folder.path, globs):
            name = path.relative_to(folder.path).as_posix()
            problem = _refusal(folder.path, path)
            if problem is not None:
                problems.append((name, problem))
                continue
            state = _state(path)
            old = cache.get(name)
            sha256 = str(old[1]) if old and old[0] == state else _digest(path)
            fresh[name] = [state, sha256]
            sources.append(Found(name, str(path), sha256, path.stat().st_size))
    if fresh != cache:
        write_atomic(folder.derived / _CACHE, json.dumps(fresh, indent=0).encode())
    return Scan(tuple(sources), tuple(problems))


def _candidates(root: Path, globs: Sequence[str]) -> list[Path]:
    found: set[Path] = set()
    for pattern in globs:
        base, recursive = _split(pattern)
        start = root / base
        found.update(_walk(start) if recursive else root.glob(pattern))
    return sorted(path for path in found if not path.is_dir() or path.is_symlink())


def _split(pattern: str) -> tuple[str, bool]:
    return (pattern[: -len("/**")], True) if pattern.endswith("/**") else (pattern, False)


def _walk(start: Path) -> Iterator[Path]:
    """Walk without following links, so that no circle is walked; hidden files stay out."""
    for folder, subfolders, files in os.walk(start, followlinks=False):
        linked = [name for name in subfolders if (Path(folder) / name).is_symlink()]
        subfolders[:] = sorted(n for n in subfolders if not n.startswith(".") and n not in linked)
        for name in (*files, *linked):
            if not name.startswith("."):
                yield Path(folder) / name


def _refusal(root: Path, path: Path) -> Problem | None:
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return Problem("broken-link", "the link leads nowhere or in a circle; remove it")
    if not target.is_relative_to(root.resolve()):
        return Problem("outside-base", "the link leads out of the base; copy the file in instead")
    if not target.is_file():
        return Problem("not-a-file", "only regular files are read; put the files themselves here")
    return None


def _state(path: Path) -> list[int]:
    status = path.stat()
    return [status.st_size, status.st_mtime_ns, status.st_ino]


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _load(path: Path) -> dict[str, list[object]]:
    try:
        content = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def listing(found: Sequence[Found]) -> list[list[str]]:
    """Give what decides a build: names and digests, not where the files lie."""
    return [[source.name, source.sha256] for source in found]


@contextmanager
def opened(path: Path) -> Iterator[bytes | mmap.mmap]:
    """Open a file as a buffer that need not stand in memory."""
    with plain_errors(path), path.open("rb") as file:
        if path.stat().st_size == 0:
            yield b""
            return
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            yield data
