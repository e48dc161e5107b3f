"""The runner: same outcomes in one process and in several, and a dead worker costs one shard."""

from __future__ import annotations

import os
import signal

import pytest

from probatum.engine.runner import LocalRunner
from probatum.errors import StorageError, UsageError


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


@pytest.mark.parametrize("workers", [1, 2])
def test_outcomes_come_in_order(workers: int) -> None:
    with LocalRunner(workers) as runner:
        outcomes = list(runner.map(double, range(30)))
        again = list(runner.map(double, range(3)))
    assert [o.result for o in again] == [0, 2, 4]
    assert [o.shard for o in outcomes] == list(range(30))
    assert [o.result for o in outcomes] == [None if n == 13 else 2 * n for n in range(30)]
    assert outcomes[13].failure == "ValueError: unlucky"


def test_a_shard_that_kills_its_worker_is_given_up_and_the_rest_is_done() -> None:
    with LocalRunner(2) as runner:
        outcomes = list(runner.map(double, [1, 2, 99, 4, 5]))
        again = list(runner.map(double, [6, 7]))
    assert [o.result for o in outcomes] == [2, 4, None, 8, 10]
    assert [o.result for o in again] == [12, 14]
    assert outcomes[2].failure == "the worker process died 3 times on this shard"


@pytest.mark.parametrize("workers", [1, 2])
def test_our_own_errors_stop_the_run(workers: int) -> None:
    with LocalRunner(workers) as runner, pytest.raises(StorageError, match="no space"):
        list(runner.map(full, [1, 2, 3]))


def test_no_workers_is_a_bad_call() -> None:
    with pytest.raises(UsageError, match="1 or more"):
        LocalRunner(0)
