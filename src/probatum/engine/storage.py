"""Files that are there whole or not at all, locks, and storage errors in plain words."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp, mkstemp

from probatum.errors import BusyError, StorageError

TEMPORARY = ".tmp-"

_REASONS = {
    errno.ENOSPC: "no space is left on the device; free some and run the command again",
    errno.EDQUOT: "the disk quota is used up; free some space and run the command again",
    errno.EROFS: "the file system is read-only; use a folder that can be written",
    errno.EACCES: "permission denied; use a folder that you may write to",
    errno.EPERM: "not permitted; use a folder that you may write to",
}


@contextmanager
def plain_errors(path: Path) -> Iterator[None]:
    """Turn a full disk, a read-only folder or a lack of rights into a StorageError."""
    try:
        yield
    except OSError as error:
        if error.errno not in _REASONS:
            raise
        raise StorageError(f"{path}: {_REASONS[error.errno]}") from error


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_atomic(path: Path, data: bytes) -> None:
    """Write a file so that a reader, or a crash, sees the old bytes or the new ones."""
    with plain_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = mkstemp(prefix=TEMPORARY, dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(0o644)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


@contextmanager
def new_folder(parent: Path, name: Callable[[Path], str]) -> Iterator[Path]:
    """Give a temporary folder that appears under its name, whole, when the block ends well.

    ``name`` is asked once the content stands. If that folder is there already (another build
    wrote the same bytes) the new one is dropped.
    """
    with plain_errors(parent):
        parent.mkdir(parents=True, exist_ok=True)
        folder = Path(mkdtemp(prefix=TEMPORARY, dir=parent))
        try:
            yield folder
            for path in folder.iterdir():
                _sync(path)
            _place(folder, parent / name(folder))
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise


def _place(folder: Path, target: Path) -> None:
    folder.chmod(0o755)
    try:
        folder.rename(target)
    except OSError as error:
        if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
            raise
        shutil.rmtree(folder, ignore_errors=True)


def remove_leftovers(folder: Path) -> None:
    """Remove what a killed writer left under a temporary name; call it under the lock only."""
    for path in sorted(folder.rglob(f"{TEMPORARY}*")):
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)


@contextmanager
def exclusive(
    path: Path, *, wait: float, waiting: Callable[[str], None], holder: str = "build"
) -> Iterator[None]:
    """Hold a lock file; a second holder waits up to ``wait`` seconds, then gets a BusyError.

    ``holder`` is what holds it, as the messages call it.

    The lock goes with the process, however that ends.
    """
    with plain_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _acquire(handle, (path.parent, holder), wait, waiting)
        yield
    finally:
        os.close(handle)


def _acquire(
    handle: int, held: tuple[Path, str], wait: float, waiting: Callable[[str], None]
) -> None:
    (folder, holder), deadline, told = held, time.monotonic() + wait, False
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise BusyError(
                    f"{folder}: in use by another {holder}; try again when it has ended"
                ) from None
            if not told:
                waiting(f"another {holder} is running on this base; waiting for it")
                told = True
            time.sleep(0.05)
        else:
            return
