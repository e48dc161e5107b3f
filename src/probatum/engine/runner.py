"""Where work runs: one method over shards, locally in this process or in several.

A stage is ``shard -> the name of one immutable part``, so running a shard twice is harmless.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from types import TracebackType
from typing import Any, Generic, Protocol, TypeVar

from probatum.errors import ProbatumError, UsageError

Shard = TypeVar("Shard")
Result = TypeVar("Result")

_ATTEMPTS = 3  # a shard that kills its worker this often is given up, and said so
_QUEUED_PER_WORKER = 4  # bounded, so that a million shards do not stand in memory as futures
_INLINE = 2  # one shard needs no pool


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Shard, Result]):
    """What came of one shard: its result, or the reason why there is none."""

    shard: Shard
    result: Result | None
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class Where:
    """Where the work of a build is to run.

    ``runner`` is a name of the table of runners. ``workers`` is for this machine, ``address`` and
    ``tls`` (a folder with ca.pem, cert.pem and key.pem) are for a cluster. ``store`` is the fsspec
    address through which files go to workers and back, where they do not see the base.
    """

    runner: str = "local"
    workers: int = 1
    address: str | None = None
    tls: Path | None = None
    store: str | None = None


class Runner(Protocol):
    """Anything that can run a function over shards; outcomes come in the order of the shards.

    An error of ours or of the operating system ends the run; any other becomes the failed outcome
    of its shard, and so does the death of three workers in a row on one shard.
    """

    def map(
        self, function: Callable[[Shard], Result], shards: Sequence[Shard]
    ) -> Iterator[Outcome[Shard, Result]]:
        """Run the function on each shard and yield the outcomes in order."""
        ...


def attempt(function: Callable[[Shard], Result], shard: Shard) -> Outcome[Shard, Result]:
    """Run one shard; errors of our own tree pass, any other becomes a failed outcome."""
    try:
        return Outcome(shard, function(shard))
    except (ProbatumError, OSError):
        raise
    except Exception as error:  # one bad document must not end the build
        return Outcome(shard, None, f"{type(error).__name__}: {error}")


@dataclass(frozen=True, slots=True)
class Hands(Generic[Shard, Result]):
    """What works on shards: how many at once, and what a runner does with one.

    ``submit`` gives a future of the shard; ``following`` takes the next one that is done from the
    queue where they land; ``outcome`` gives what came of it, None when its worker died.
    """

    limit: int
    submit: Callable[[Shard], Any]
    following: Callable[[SimpleQueue[Any]], Any]
    outcome: Callable[[Any], Outcome[Shard, Result] | None]


def flight(
    hands: Hands[Shard, Result],
    shards: Sequence[Shard],
    suspects: list[tuple[int, Shard]],
) -> Iterator[tuple[int, Outcome[Shard, Result]]]:
    """Keep all hands busy and yield (place, outcome) as they come.

    Shards whose worker died become ``suspects``: which of those in flight killed it is not known,
    so that they are to run again alone.
    """
    landed: SimpleQueue[Any] = SimpleQueue()
    flying: dict[Any, tuple[int, Shard]] = {}
    waiting = deque(enumerate(shards))
    try:
        while waiting or flying:
            while waiting and len(flying) < hands.limit:
                future = hands.submit(waiting[0][1])
                flying[future] = waiting.popleft()
                future.add_done_callback(landed.put)
            future = hands.following(landed)
            place, shard = flying.pop(future)
            outcome = hands.outcome(future)
            if outcome is None:
                suspects.append((place, shard))
            else:
                yield place, outcome
    finally:
        for future in flying:
            future.cancel()


class LocalRunner:
    """Run shards on this machine: in this process, or in ``workers`` processes (spawn).

    The processes are started when they are first needed and kept for the next ``map``; leave the
    ``with`` block, or call ``close``, to end them. A worker that dies takes nothing with it: its
    shards run again alone, and one that kills its worker three times becomes a failed outcome.
    """

    def __init__(self, workers: int = 1) -> None:
        if workers < 1:
            raise UsageError(f"workers must be 1 or more, not {workers}")
        self.workers = workers
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> LocalRunner:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the worker processes; work that waits is dropped."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def map(
        self, function: Callable[[Shard], Result], shards: Sequence[Shard]
    ) -> Iterator[Outcome[Shard, Result]]:
        """Run the function on each shard and yield the outcomes in the order of the shards."""
        if self.workers == 1 or len(shards) < _INLINE:
            for shard in shards:
                yield attempt(function, shard)
            return
        yield from in_order(self._pooled(function, shards))

    def _pooled(
        self, function: Callable[[Shard], Result], shards: Sequence[Shard]
    ) -> Iterator[tuple[int, Outcome[Shard, Result]]]:
        hands = Hands(
            limit=_QUEUED_PER_WORKER * self.workers,
            submit=partial(self._submit, function),
            following=lambda landed: landed.get(),
            outcome=_outcome,
        )
        suspects: list[tuple[int, Shard]] = []
        yield from flight(hands, shards, suspects)
        if suspects:
            self.close()
        for place, shard in suspects:
            yield place, _alone(function, shard)

    def _submit(
        self, function: Callable[[Shard], Result], shard: Shard
    ) -> Future[Outcome[Shard, Result]]:
        """Hand a shard to the pool, a new one where a worker of the last has died."""
        for _ in range(_ATTEMPTS):
            self._pool = self._pool or _pool(self.workers)
            try:
                return self._pool.submit(attempt, function, shard)
            except BrokenProcessPool:
                self.close()
        raise ProbatumError("worker processes die as soon as they start; see what the system says")


def in_order(
    results: Iterable[tuple[int, Outcome[Shard, Result]]],
) -> Iterator[Outcome[Shard, Result]]:
    """Put outcomes that come as they are ready in the order of their places, 0 first."""
    held: dict[int, Outcome[Shard, Result]] = {}
    following = 0
    for place, outcome in results:
        held[place] = outcome
        while following in held:
            yield held.pop(following)
            following += 1


def on_this_machine(where: Where, ready: Callable[[], None]) -> LocalRunner:
    """Start the local runner; ``ready`` is not asked, since this process is ready."""
    if where.address is not None or where.tls is not None:
        raise UsageError("--address and --tls are for a cluster; add --runner dask")
    return LocalRunner(where.workers)


def _pool(workers: int) -> ProcessPoolExecutor:
    context = get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_end_with_parent)


def _end_with_parent() -> None:
    """Make this worker end when the process that started it is killed.

    Otherwise it would wait for work for ever: its own copy keeps the queue open.
    """
    parent = parent_process()
    if parent is not None:
        Thread(target=_wait_and_end, args=(parent,), daemon=True).start()


def _wait_and_end(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def _outcome(
    future: Future[Outcome[Shard, Result]],
) -> Outcome[Shard, Result] | None:
    try:
        return future.result()
    except BrokenProcessPool:
        return None


def _alone(function: Callable[[Shard], Result], shard: Shard) -> Outcome[Shard, Result]:
    for _ in range(_ATTEMPTS):
        try:
            with _pool(1) as pool:
                return pool.submit(attempt, function, shard).result()
        except BrokenProcessPool:
            continue
    return Outcome(shard, None, f"the worker process died {_ATTEMPTS} times on this shard")
