"""A build on a cluster ends in the bytes of a local one, also when a worker is killed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.engine.loopback_cluster import Cluster, started
from tests.engine.loopback_ftp import PASSWORD, account, served_apart
from tests.engine.loopback_s3 import SECRET, S3Server, s3_served
from tests.engine.shard_work import ready
from tests.flow.conftest import LARGE, MakeBase, Remount
from tests.flow.doing import Doing
from tests.flow.test_linking import invented_records, link_in
from tests.flow.test_pipeline import parts_of

from probatum.engine.runner import Where
from probatum.engine.runners import open_runner
from probatum.errors import StorageError, UnreachableError
from probatum.flow.folder import BaseFolder
from probatum.flow.manifest import load_manifest
from probatum.flow.packs import load_pack
from probatum.flow.pipeline import build
from probatum.flow.presence import Presence, mark_presence


@pytest.fixture(scope="module")
def s3_running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    with s3_served(tmp_path_factory.mktemp("s3")) as found:
        yield found


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory, s3_running: S3Server) -> Iterator[Cluster]:
    """Two workers that have the accounts of both kinds of store."""
    env = {**account(), **s3_running.environment()}
    with started(tmp_path_factory.mktemp("cluster"), env=env) as found:
        yield found


@pytest.fixture
def s3(s3_running: S3Server, monkeypatch: pytest.MonkeyPatch) -> S3Server:
    """An S3 server with one bucket, and the account in the environment."""
    for name, value in s3_running.environment().items():
        monkeypatch.setenv(name, value)
    return s3_running


def on(cluster: Cluster) -> Where:
    """Ask for a cluster."""
    return Where("dask", address=cluster.address, tls=cluster.tls)


def whole(folder: BaseFolder) -> dict[str, str]:
    """Give the files of whole parts; what a killed worker left goes with the next build."""
    return {name: mark for name, mark in parts_of(folder).items() if "/.tmp-" not in name}


def test_a_build_on_a_cluster_ends_in_the_same_bytes(
    tmp_path: Path, make_base: MakeBase, cluster: Cluster, built_once: BaseFolder
) -> None:
    folder = make_base(tmp_path / "base")
    assert build(folder, where=on(cluster)).new
    assert whole(folder) == parts_of(built_once)
    one, two = load_manifest(folder.manifest), load_manifest(built_once.manifest)
    assert one is not None
    assert two is not None
    assert one.build_id == two.build_id
    assert not build(folder, where=on(cluster)).new


def test_a_worker_killed_in_the_middle_changes_nothing(
    tmp_path: Path, make_base: MakeBase, cluster: Cluster, built_once: BaseFolder
) -> None:
    folder = make_base(tmp_path / "base")
    killer = Doing(3, cluster.kill_a_worker)
    build(folder, where=on(cluster), reporter=killer)
    assert killer.done > 3
    assert whole(folder) == parts_of(built_once)


def test_over_a_store_the_bytes_are_the_same_though_a_worker_is_killed(
    tmp_path: Path,
    make_base: MakeBase,
    cluster: Cluster,
    built_once: BaseFolder,
    logged_in: None,
) -> None:
    folder = make_base(tmp_path / "base")
    killer = Doing(3, cluster.kill_a_worker)
    with served_apart(tmp_path / "served") as (address, _):
        build(folder, where=replace(on(cluster), store=address), reporter=killer)
    assert killer.done > 3
    assert parts_of(folder) == parts_of(built_once)
    assert not (folder.derived / "build").exists()  # no worker was asked to see the base
    logs = [path.read_bytes() for path in cluster.tls.parent.glob("*.log")]
    assert logs
    assert not any(PASSWORD.encode() in log for log in logs)


def test_over_s3_the_bytes_are_the_same_though_the_server_goes_in_the_middle(
    tmp_path: Path, make_base: MakeBase, cluster: Cluster, built_once: BaseFolder, s3: S3Server
) -> None:
    folder = make_base(tmp_path / "base")
    where = replace(on(cluster), store=s3.address)
    killer = Doing(4, s3.kill)
    with pytest.raises(UnreachableError, match=r"the store at s3://.* does not answer"):
        build(folder, where=where, reporter=killer)
    assert killer.done >= 4
    assert not folder.manifest.exists()
    assert parts_of(folder).items() < parts_of(built_once).items()  # each whole, none by halves
    s3.start()
    build(folder, where=where)
    assert parts_of(folder) == parts_of(built_once)
    one, two = load_manifest(folder.manifest), load_manifest(built_once.manifest)
    assert one is not None
    assert two is not None
    assert one.build_id == two.build_id
    logs = [path.read_bytes() for path in cluster.tls.parent.glob("*.log")]
    assert not any(SECRET.encode() in log for log in logs)


def test_a_bucket_that_is_not_there_stops_the_build_before_anything_is_written(
    tmp_path: Path, make_base: MakeBase, s3: S3Server
) -> None:
    folder = make_base(tmp_path / "base")
    with pytest.raises(StorageError, match=r"is not there .*; make the bucket"):
        build(folder, where=Where(store="s3://mistyped/base"))
    s3.ask_who(0)
    try:
        with pytest.raises(StorageError, match="see to the credentials"):
            build(folder, where=Where(store=f"{s3.address}/refused"))
    finally:
        s3.ask_who(float("inf"))
    assert not folder.manifest.exists()
    assert parts_of(folder) == {}


def test_linking_in_partitions_on_a_cluster_ends_in_the_same_bytes(
    tmp_path: Path, invented_pack: Path, cluster: Cluster
) -> None:
    pack = (str(invented_pack), load_pack(str(invented_pack)))
    sources = invented_records(40)
    whole, _ = link_in(tmp_path / "whole", sources, pack, largest=1000)
    with open_runner(on(cluster), ready) as runner:
        cut, stages = link_in(tmp_path / "cut", sources, pack, largest=90, runner=runner)
    assert cut.name == whole.name
    assert len(stages["cluster"]) == 4


def test_a_full_disk_on_a_worker_stops_the_build_and_the_next_one_finishes_it(
    make_base: MakeBase, cluster: Cluster, built_once: BaseFolder, disk: tuple[Path, Remount]
) -> None:
    place, remount = disk
    folder = make_base(place / "base")
    with pytest.raises(StorageError, match="no space is left"):
        build(folder, where=on(cluster))
    assert not folder.manifest.exists()
    remount(LARGE)
    build(folder, where=on(cluster))
    assert whole(folder) == parts_of(built_once)


def test_a_worker_with_another_version_is_told(tmp_path: Path, make_base: MakeBase) -> None:
    import probatum  # noqa: PLC0415  # where it lies is what the test is about

    other = tmp_path / "other" / "probatum"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(Path(probatum.__file__).parent, other, ignore=ignored)
    (other / "model" / "newer.py").touch()
    (tmp_path / "cluster").mkdir()
    path = os.pathsep.join([str(other.parent), str(Path(__file__).parents[2])])
    with started(tmp_path / "cluster", workers=1, env={"PYTHONPATH": path}) as found:
        folder = make_base(tmp_path / "base")
        with pytest.raises(UnreachableError, match="another version of probatum"):
            build(folder, where=on(found))
    assert not folder.manifest.exists()
    assert build(folder).new


def test_a_worker_that_does_not_see_the_base_is_told(tmp_path: Path) -> None:
    folder = BaseFolder(tmp_path)
    presence = mark_presence(folder)
    presence()
    with pytest.raises(UnreachableError, match="folder that all machines share"):
        Presence(presence.versions, presence.mark, "another build")()
    presence.mark.unlink()
    with pytest.raises(UnreachableError, match="does not see this base"):
        presence()


def test_an_address_that_does_not_answer_is_one_line_and_exit_2(
    tmp_path: Path, make_base: MakeBase
) -> None:
    folder = make_base(tmp_path / "base")
    words = ["--runner", "dask", "--address", "tcp://127.0.0.1:9", "--base", str(folder.path)]
    done = subprocess.run(  # noqa: S603  # our own interpreter and module
        [sys.executable, "-m", "probatum", "build", *words],
        capture_output=True,
        check=False,
        text=True,
        timeout=60,  # the client's own patience would last for hours
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("probatum: no Dask scheduler answers at tcp://127.0.0.1:9; ")
    assert done.stderr.count("\n") == 1
