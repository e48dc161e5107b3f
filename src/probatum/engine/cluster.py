"""Work on a cluster: the same ``map`` over the workers of a Dask scheduler."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from functools import partial
from importlib import import_module
from pathlib import Path
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Any, TypeVar

from probatum.engine.runner import Hands, Outcome, Where, attempt, flight, in_order
from probatum.errors import ProbatumError, UnreachableError, UsageError

Shard = TypeVar("Shard")
Result = TypeVar("Result")

CONNECT_SECONDS = 5.0
# A nanny needs some seconds to bring a dead worker back; a cluster that grows on demand, longer.
WORKER_SECONDS = 120.0
_QUEUED_PER_THREAD = 4
_LEAST_QUEUED = 32
_POLL_SECONDS = 1.0
_TLS_FILES = {"tls_ca_file": "ca.pem", "tls_client_cert": "cert.pem", "tls_client_key": "key.pem"}


def on_a_cluster(where: Where, ready: Callable[[], None]) -> DaskRunner:
    """Connect to the scheduler that ``where`` names."""
    if where.address is None:
        raise UsageError("--runner dask needs --address, such as --address tcp://host:8786")
    return DaskRunner(where.address, tls=where.tls, ready=ready)


def folder_of_worker() -> Path | None:
    """Give the folder of the Dask worker that this is, None where it is none.

    Dask clears it when the worker has gone, however it ended.
    """
    distributed: Any = sys.modules.get("distributed")
    try:
        return Path(distributed.get_worker().local_directory) if distributed else None
    except ValueError:
        return None


def _nothing() -> None:
    """Ask nothing of a worker."""


class DaskRunner:
    """Run shards on the workers of a Dask scheduler.

    ``tls`` is a folder with ca.pem, cert.pem and key.pem; without it a ``tls://`` address takes
    them from Dask's own configuration. ``ready`` is called on the worker before each shard. How
    often a worker may die on a shard is the scheduler's setting (``allowed-failures``); a shard
    that reaches it among others runs once more alone, since its neighbours are blamed with it.

    Raises UnreachableError when no scheduler answers within seconds, when it has no workers for
    two minutes, or when it goes away; UsageError for a bad address or without the extra.
    """

    def __init__(
        self,
        address: str,
        *,
        tls: Path | None = None,
        ready: Callable[[], None] = _nothing,
        patience: float = WORKER_SECONDS,
    ) -> None:
        self.address = address
        self._ready = ready
        self._patience = patience
        self._client = _connect(address, tls)
        try:
            self._ask_workers()
        except BaseException:
            self.close()
            raise

    def _ask_workers(self) -> None:
        """Ask whether they have the package: one that has not would die of its first shard."""
        modules = {__name__, getattr(self._ready, "__module__", __name__)}
        for name in sorted(modules):
            found = self._client.run(import_module, name, on_error="return")
            for worker, answer in sorted(found.items()):
                if isinstance(answer, BaseException):
                    raise _cannot(f"the worker {worker}", answer)

    def __enter__(self) -> DaskRunner:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Leave the cluster; work that waits there is dropped."""
        self._client.close(timeout=CONNECT_SECONDS)

    def map(
        self, function: Callable[[Shard], Result], shards: Sequence[Shard]
    ) -> Iterator[Outcome[Shard, Result]]:
        """Run the function on each shard and yield the outcomes in the order of the shards."""
        yield from in_order(self._spread(function, shards))

    def _spread(
        self, function: Callable[[Shard], Result], shards: Sequence[Shard]
    ) -> Iterator[tuple[int, Outcome[Shard, Result]]]:
        hands = Hands(
            limit=max(_LEAST_QUEUED, _QUEUED_PER_THREAD * sum(self._client.nthreads().values())),
            submit=partial(self._submit, function),
            following=self._next,
            outcome=_outcome,
        )
        suspects: list[tuple[int, Shard]] = []
        yield from flight(hands, shards, suspects)
        for place, shard in suspects:
            again: list[tuple[int, Shard]] = []
            for _, outcome in flight(hands, [shard], again):
                yield place, outcome
            if again:
                yield place, Outcome(shard, None, self._given_up())

    def _given_up(self) -> str:
        allowed = self._client.run_on_scheduler(_allowed_failures)
        return f"the worker process died {allowed + 1} times on this shard"

    def _submit(self, function: Callable[[Shard], Result], shard: Shard) -> Any:
        work = partial(_run, self._ready, function)
        return self._client.submit(work, shard, pure=False, key=None)

    def _next(self, landed: SimpleQueue[Any]) -> Any:
        """Give a future that is done; say so when the cluster has gone meanwhile."""
        alone_since: float | None = None
        while True:
            try:
                return landed.get(timeout=_POLL_SECONDS)
            except Empty:
                if self._client.status != "running":
                    raise _gone(self.address) from None
            alone_since = None if self._client.nthreads() else alone_since or time.monotonic()
            if alone_since is not None and time.monotonic() - alone_since > self._patience:
                raise UnreachableError(
                    f"the cluster at {self.address} has no workers; start some and build again"
                )


def _run(
    ready: Callable[[], None], function: Callable[[Shard], Result], shard: Shard
) -> Outcome[Shard, Result]:
    ready()
    return attempt(function, shard)


def _allowed_failures(dask_scheduler: Any) -> int:
    return int(dask_scheduler.allowed_failures)


def _outcome(future: Any) -> Outcome[Any, Any] | None:
    from distributed.scheduler import KilledWorker  # noqa: PLC0415  # an extra, and 1 s to import

    try:
        outcome: Outcome[Any, Any] = future.result()
    except KilledWorker:
        return None
    except (ProbatumError, OSError):
        raise
    except CancelledError:
        raise _gone("the address") from None
    except Exception as error:
        raise _cannot("a worker", error) from error
    return outcome


def _cannot(worker: str, error: BaseException) -> UnreachableError:
    return UnreachableError(
        f"{worker} cannot run the work ({type(error).__name__}: {error}); install the same version"
        " of probatum on every worker, restart them and build again"
    )


def _gone(address: str) -> UnreachableError:
    return UnreachableError(
        f"the scheduler at {address} has gone; start it and build again, what is done stands"
    )


def _connect(address: str, tls: Path | None) -> Any:
    try:
        distributed: Any = import_module("distributed")
    except ImportError:
        raise UsageError(
            "--runner dask needs the extra 'cluster'; run: pip install 'probatum[cluster]'"
        ) from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # we say it in one line ourselves
    given = {"require_encryption": True, **_certificates(tls)} if tls else {}
    security = distributed.Security(**given)
    try:
        return distributed.Client(
            address, security=security, timeout=CONNECT_SECONDS, set_as_default=False
        )
    except (OSError, TimeoutError) as error:
        raise UnreachableError(
            f"no Dask scheduler answers at {address}; start one there, or build without --runner"
        ) from error
    except (ValueError, TypeError, RuntimeError) as error:
        raise UsageError(
            f"{address!r} is no address of a Dask scheduler ({error}); write tcp://host:8786"
        ) from error


def _certificates(folder: Path) -> dict[str, str]:
    found = {key: folder / name for key, name in _TLS_FILES.items()}
    for path in found.values():
        if not path.is_file():
            raise UsageError(f"{path}: no such file; --tls names a folder with ca, cert and key")
    return {key: str(path) for key, path in found.items()}
