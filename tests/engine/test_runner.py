"""The runner in this process: the contract of test_runner_conformance without other processes."""

from __future__ import annotations

import pytest

from probatum.engine.runner import LocalRunner
from probatum.errors import StorageError


def half(value: int) -> float:
    """Halve a number, or fail in one of the ways that work fails."""
    if value == 99:
        raise StorageError("no space")
    return 1 / (value - 13) and value / 2


def test_one_worker_is_this_process() -> None:
    with LocalRunner() as runner:
        outcomes = list(runner.map(half, [2, 13, 4]))
        with pytest.raises(StorageError, match="no space"):
            list(runner.map(half, [1, 99]))
    assert [(o.shard, o.result) for o in outcomes] == [(2, 1.0), (13, None), (4, 2.0)]
    assert outcomes[1].failure == "ZeroDivisionError: division by zero"
