"""Work for runners, apart from the tests: a worker imports this and not pytest or Dask."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from probatum.errors import StorageError, UnreachableError


def double(value: int) -> int:
    """Double a number, or fail in one of the ways that work fails."""
    if value == 13:
        raise ValueError("unlucky")
    if value == 99:
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * value


def full(value: int) -> int:
    """Find the disk full."""
    raise StorageError(f"no space for {value}")


def die_once(mark: str) -> str:
    """Kill the worker that comes first; the second one does the work."""
    try:
        Path(mark).touch(exist_ok=False)
    except FileExistsError:
        return "done"
    os.kill(os.getpid(), signal.SIGKILL)
    return "never"


def ready() -> None:
    """Ask nothing of a worker."""


def not_ready() -> None:
    """Refuse every worker."""
    raise UnreachableError("another version")
