"""What a worker process has fetched from a store, under its content; the oldest goes first."""

from __future__ import annotations

import atexit
import shutil
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import gettempdir, mkdtemp
from threading import Lock

from probatum.engine.cluster import folder_of_worker
from probatum.engine.storage import plain_errors
from probatum.engine.store import Item, Store
from probatum.flow.digests import digest

KEPT = 4 << 30  # bytes that a process keeps for its next shards
_ONE = Lock()  # shards share what is kept; their work holds the interpreter anyway


@dataclass(frozen=True, slots=True)
class Bundle:
    """Files that a shard names by one path: a single one, or those of a ``folder``."""

    files: tuple[tuple[str, Item], ...]
    folder: bool = True

    @property
    def path(self) -> Path:
        """Where it lies on a worker, below what that has fetched."""
        return Path(digest(self.files)) / ("" if self.folder else self.files[0][0])


@dataclass(frozen=True, slots=True)
class Lacking:
    """What a worker asked of the store and did not get as it was put."""

    items: tuple[Item, ...]


@dataclass(slots=True)
class Fetched:
    """Bundles in a folder of this process, each under the digest of what it holds."""

    folder: Path
    kept: OrderedDict[Path, int] = field(default_factory=OrderedDict)

    def take(self, store: Store, bundle: Bundle) -> list[Item]:
        """Have a bundle here, and give what of it the store lacks."""
        target = self.folder / bundle.path.parts[0]
        if target not in self.kept or not all((target / n).is_file() for n, _ in bundle.files):
            self.kept.pop(target, None)
            shutil.rmtree(target, ignore_errors=True)
            with plain_errors(target):
                target.mkdir()
            lacking = [i for name, i in bundle.files if not store.fetch(i, target / name)]
            if lacking:
                return lacking
        self.kept[target] = sum(item.size for _, item in bundle.files)
        self.kept.move_to_end(target)
        return []

    def forget(self, most: int) -> None:
        """Remove the bundles that were taken the longest ago, until ``most`` bytes are left."""
        while sum(self.kept.values()) > most:
            oldest, _ = self.kept.popitem(last=False)
            shutil.rmtree(oldest, ignore_errors=True)


@contextmanager
def fetched() -> Iterator[Fetched]:
    """Give what this process has fetched, to one thread at a time."""
    with _ONE:
        found = _of_process()
        try:
            yield found
        finally:
            found.forget(KEPT)


@cache
def _of_process() -> Fetched:
    """Start with nothing: in Dask's folder of this worker, which it clears also after a kill."""
    parent = folder_of_worker() or Path(gettempdir())
    with plain_errors(parent):
        folder = Path(mkdtemp(prefix="probatum-", dir=parent))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Fetched(folder)
