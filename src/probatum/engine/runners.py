"""The table of runners: where the work of a build can run."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import cast

from probatum.engine.runner import Runner, Where
from probatum.registry import Entry, Registry

RUNNERS = Registry(
    "runner",
    [
        Entry(
            "local",
            "probatum.engine.runner:on_this_machine",
            "processes on this machine",
            "Python, concurrent.futures",
        ),
        Entry(
            "dask",
            "probatum.engine.cluster:on_a_cluster",
            "a Dask cluster that sees the base under the same path, or a store (extra: cluster)",
            "Rocklin 2015, Dask; distributed.dask.org",
        ),
    ],
    group="probatum.runners",
)


def check_runner(where: Where) -> None:
    """Raise UnknownNameError, with the runners that there are, for one that no one knows."""
    RUNNERS[where.runner]


def open_runner(where: Where, ready: Callable[[], None]) -> AbstractContextManager[Runner]:
    """Open the runner that ``where`` names; leaving the block ends it.

    Wherever work leaves this machine, ``ready`` is called on the worker before each shard, and
    what it raises ends the run. Raises UnknownNameError for a runner that no one knows.
    """
    return cast("AbstractContextManager[Runner]", RUNNERS[where.runner].load()(where, ready))
