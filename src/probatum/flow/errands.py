"""Work for workers that do not see the base: a shard travels with the names of what it reads.

What a shard reads (a source, parts, the pack, lists) is put into a store under its content. The
worker fetches it into a folder of its own, does the work there, puts the tables of the part and
answers with their digests; the part is put together in the base from bytes that have them. What
the store does not give back as it was put is put again, and the shard runs again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol, TypeVar, cast, runtime_checkable

from probatum.engine.runner import LocalRunner, Outcome, Runner, Where, in_order
from probatum.engine.runners import open_runner
from probatum.engine.storage import new_folder, plain_errors
from probatum.engine.store import Item, Store, item_of, open_store
from probatum.errors import ProbatumError, UnreachableError
from probatum.flow.fetched import Bundle, Lacking, fetched
from probatum.flow.folder import BaseFolder
from probatum.flow.ledger import Place, content_digest
from probatum.flow.packs import FILES, MANIFEST
from probatum.flow.presence import mark_presence, of_versions

Shard = TypeVar("Shard")
Result = TypeVar("Result")
Moves = Callable[[Path], Path]

_ATTEMPTS = 3
# Put, worked on and taken home together, so that the first results stand before the last source
# is put; a worker idles at the end of each.
_TOGETHER = 512
_TABLE = re.compile(r"[a-z]+\.parquet")


@runtime_checkable
class Travelling(Protocol):
    """A shard that can be done elsewhere: it writes one part and knows the files it reads."""

    @property
    def place(self) -> Place:
        """Where its part is to stand."""
        ...

    def moved(self, place: Place, to: Moves) -> Travelling:
        """Give the same shard with another place, and every path it reads put through ``to``."""
        ...


@dataclass(frozen=True, slots=True)
class Errand:
    """A shard, what is done with it, and what it reads; no path of the base is in it."""

    store: Store
    function: Callable[[Any], str]
    shard: Travelling
    reads: tuple[Bundle, ...]
    anew: bool


def run_errand(errand: Errand) -> Bundle | Lacking:
    """Do the work of a shard away from the base; gives the tables of its part, or what lacks."""
    with fetched() as have, plain_errors(have.folder), TemporaryDirectory(dir=have.folder) as out:
        lacking = [item for read in errand.reads for item in have.take(errand.store, read)]
        if lacking:
            return Lacking(tuple(lacking))
        place = Place(Path(out), errand.shard.place.key)
        shard = errand.shard.moved(place, lambda path: have.folder / path)
        part = Path(out) / errand.function(shard)
        made = bundle_of(part)
        for name, item in made.files:
            errand.store.put(part / name, item, anew=errand.anew)
    return made


def bundle_of(path: Path) -> Bundle:
    """Digest what a shard means by a path: a file, the files of a pack, those of a part."""
    if path.is_file():
        return Bundle(((path.name, item_of(path)),), folder=False)
    pack = (path / MANIFEST).is_file()
    names = FILES if pack else sorted(found.name for found in path.iterdir())
    files = [(name, item_of(path / name)) for name in names if (path / name).is_file()]
    return Bundle(tuple(files), folder=True)


@dataclass(slots=True)
class Errands:
    """A runner over another one whose workers see the store; the rest is done ``here``.

    Raises UnreachableError when the store does not give back what is put there.
    """

    runner: Runner
    here: Runner
    store: Store
    known: dict[Path, Bundle] = field(default_factory=dict)
    put: set[Item] = field(default_factory=set)
    spoilt: set[Item] = field(default_factory=set)

    def map(
        self, function: Callable[[Shard], Result], shards: Sequence[Shard]
    ) -> Iterator[Outcome[Shard, Result]]:
        """Run the function on each shard and yield the outcomes in the order of the shards."""
        if not all(isinstance(shard, Travelling) for shard in shards):
            yield from self.here.map(function, shards)
            return
        work = cast("Callable[[Any], str]", function)
        for first in range(0, len(shards), _TOGETHER):
            some = cast("Sequence[Travelling]", shards[first : first + _TOGETHER])
            for outcome in in_order(self._sent(work, some)):
                yield cast("Outcome[Shard, Result]", outcome)

    def _sent(
        self, function: Callable[[Any], str], shards: Sequence[Travelling]
    ) -> Iterator[tuple[int, Outcome[Travelling, str]]]:
        waiting = list(enumerate(shards))
        for attempt in range(_ATTEMPTS):
            errands = [self._errand(function, shard, attempt > 0) for _, shard in waiting]
            again = []
            for (at, shard), done in zip(
                waiting, self.runner.map(run_errand, errands), strict=True
            ):
                if done.result is None:
                    yield at, Outcome(shard, None, done.failure)
                elif name := self._taken(shard.place, done.result):
                    yield at, Outcome(shard, name)
                else:
                    again.append((at, shard))
            waiting = again
            if not waiting:
                return
        raise UnreachableError(
            f"the store at {self.store.address} does not give back what is put there (asked"
            f" {_ATTEMPTS} times); see that all workers reach the same place under this address,"
            " and build again: what is done stands"
        )

    def _errand(self, function: Callable[[Any], str], shard: Travelling, anew: bool) -> Errand:
        reads: dict[Bundle, None] = {}

        def to(path: Path) -> Path:
            bundle = self._given(path)
            reads[bundle] = None
            return bundle.path

        moved = shard.moved(Place(Path(), shard.place.key), to)
        return Errand(self.store, function, moved, tuple(reads), anew)

    def _given(self, path: Path) -> Bundle:
        """Put what a path means into the store, where this build has not yet."""
        bundle = self.known.get(path) or bundle_of(path)
        self.known[path] = bundle
        for name, item in bundle.files:
            if item not in self.put:
                file = path / name if bundle.folder else path
                self.store.put(file, item, anew=item in self.spoilt)
                self.put.add(item)
                self.spoilt.discard(item)
        return bundle

    def _taken(self, place: Place, made: Bundle | Lacking) -> str | None:
        """Put a part together in the base and give its name; None when something lacks."""
        if isinstance(made, Bundle):
            names: list[str] = []

            def name(folder: Path) -> str:
                names.append(f"{place.key}-{content_digest(folder)}")
                return names[0]

            try:
                with new_folder(place.stage, name) as folder:
                    self._fill(folder, made)
            except _SpoiltError:
                return None
            self.known[place.stage / names[0]] = made
            self.put.update(item for _, item in made.files)
            return names[0]
        self.put.difference_update(made.items)
        self.spoilt.update(made.items)
        return None

    def _fill(self, folder: Path, made: Bundle) -> None:
        for name, item in made.files:
            if not _TABLE.fullmatch(name):
                raise ProbatumError(f"a worker answered with a file {name!r}; no part has such")
            if not self.store.fetch(item, folder / name):
                raise _SpoiltError


class _SpoiltError(Exception):
    """The store holds other bytes than a worker has put."""


@contextmanager
def open_hands(where: Where, folder: BaseFolder) -> Iterator[Runner]:
    """Open the runner of a build: over a store where one is named, else over the base itself."""
    if where.store is None:
        with open_runner(where, mark_presence(folder)) as runner:
            yield runner
        return
    store = open_store(where.store)
    with LocalRunner(where.workers) as here, open_runner(where, of_versions()) as runner:
        yield Errands(runner, here, store)
