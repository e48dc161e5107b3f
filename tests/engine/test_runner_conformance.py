"""One contract for every runner: order, failures, deaths, our own errors, many shards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from tests.engine.loopback_cluster import Cluster, started
from tests.engine.shard_work import die_once, double, full, not_ready, ready

from probatum.engine.runner import Runner, Where
from probatum.engine.runners import RUNNERS, open_runner
from probatum.errors import StorageError, UnknownNameError, UnreachableError, UsageError

NAMES = [entry.name for entry in RUNNERS]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with started(tmp_path_factory.mktemp("cluster")) as found:
        yield found


@pytest.fixture(params=NAMES)
def where(request: pytest.FixtureRequest) -> Where:
    """Every runner of the table, with two workers."""
    if request.param == "local":
        return Where(workers=2)
    found: Cluster = request.getfixturevalue("cluster")
    return Where(request.param, address=found.address, tls=found.tls)


@pytest.fixture
def runner(where: Where) -> Iterator[Runner]:
    with open_runner(where, ready) as opened:
        yield opened


def test_outcomes_come_in_order(runner: Runner) -> None:
    outcomes = list(runner.map(double, range(80)))
    assert [o.shard for o in outcomes] == list(range(80))
    assert [o.result for o in outcomes] == [None if n == 13 else 2 * n for n in range(80)]
    assert outcomes[13].failure == "ValueError: unlucky"
    assert [o.result for o in runner.map(double, range(3))] == [0, 2, 4]
    assert list(runner.map(double, [])) == []


def test_our_own_errors_stop_the_run(runner: Runner) -> None:
    with pytest.raises(StorageError, match="no space"):
        list(runner.map(full, [1, 2, 3]))
    assert [o.result for o in runner.map(double, [4, 5])] == [8, 10]


def test_a_shard_that_kills_its_workers_is_given_up_and_the_rest_is_done(runner: Runner) -> None:
    outcomes = list(runner.map(double, [1, 2, 99, 4, 5]))
    assert [o.result for o in outcomes] == [2, 4, None, 8, 10]
    assert outcomes[2].failure == "the worker process died 3 times on this shard"


def test_a_worker_that_dies_takes_nothing_with_it(runner: Runner, tmp_path: Path) -> None:
    marks = [str(tmp_path / "mark"), str(tmp_path / "other")]
    (tmp_path / "other").touch()
    assert [o.result for o in runner.map(die_once, marks)] == ["done", "done"]


def test_a_cluster_is_not_used_when_its_workers_are_not_ready(cluster: Cluster) -> None:
    where = Where("dask", address=cluster.address, tls=cluster.tls)
    with open_runner(where, not_ready) as opened, pytest.raises(UnreachableError, match="another"):
        list(opened.map(double, [1, 2]))


def test_a_worker_without_the_package_is_told(tmp_path: Path) -> None:
    (tmp_path / "other" / "probatum").mkdir(parents=True)
    (tmp_path / "other" / "probatum" / "__init__.py").touch()
    (tmp_path / "cluster").mkdir()
    env = {"PYTHONPATH": str(tmp_path / "other")}
    with started(tmp_path / "cluster", workers=1, env=env) as found:
        found.wait_for_workers()
        with pytest.raises(UnreachableError, match="install the same version"):
            _opened(Where("dask", address=found.address, tls=found.tls))


def _opened(where: Where) -> AbstractContextManager[Runner]:
    return open_runner(where, ready)


def test_no_scheduler_at_the_address_is_told() -> None:
    with pytest.raises(
        UnreachableError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9"
    ):
        _opened(Where("dask", address="tcp://127.0.0.1:9"))


@pytest.mark.parametrize(
    ("where", "reason"),
    [
        (Where("dask"), "needs --address"),
        (Where("dask", address="nowhere at all"), "no address"),
        (Where("dask", address="tls://127.0.0.1:9", tls=Path("not there")), "ca, cert and key"),
        (Where(address="tcp://127.0.0.1:9"), "add --runner dask"),
        (Where(workers=0), "1 or more"),
    ],
)
def test_bad_calls(where: Where, reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        _opened(where)


def test_an_unknown_runner_names_the_known_ones() -> None:
    with pytest.raises(UnknownNameError, match="known: dask, local"):
        _opened(Where("slurm"))
