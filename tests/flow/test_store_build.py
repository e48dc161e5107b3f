"""A build whose workers see a store and not the base ends in the bytes of a local one."""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.engine.loopback_ftp import FtpServer, served, served_apart
from tests.flow.conftest import MakeBase
from tests.flow.doing import Doing
from tests.flow.test_linking import invented_records, link_in
from tests.flow.test_pipeline import parts_of

from probatum.engine.runner import LocalRunner, Outcome, Where
from probatum.engine.store import item_of, open_store
from probatum.errors import StorageError, UnreachableError, UsageError
from probatum.flow.digests import digest
from probatum.flow.errands import Errands, bundle_of
from probatum.flow.fetched import Bundle, fetched
from probatum.flow.folder import BaseFolder
from probatum.flow.ledger import Place
from probatum.flow.manifest import load_manifest
from probatum.flow.packs import FILES, load_pack
from probatum.flow.pipeline import build
from probatum.flow.sources import Found
from probatum.flow.stages import DocumentsShard, ReadShard, appraise_documents, extract_documents
from probatum.trust.lists import Lists


@pytest.fixture
def server(tmp_path: Path, logged_in: None) -> Iterator[FtpServer]:
    with served(tmp_path / "served") as found:
        yield found


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """A worker that has fetched nothing yet: this process plays one in most tests."""
    with fetched() as have:
        have.forget(0)


def objects(folder: Path) -> list[Path]:
    """The files of a store."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def is_whole(folder: BaseFolder, like: BaseFolder) -> bool:
    """Say whether a build ended in the same parts, and left nothing else."""
    one, two = load_manifest(folder.manifest), load_manifest(like.manifest)
    same = one is not None and two is not None and one.build_id == two.build_id
    return same and parts_of(folder) == parts_of(like)


def without(folder: BaseFolder, *stages: str) -> BaseFolder:
    """Take parts out of a base that was built."""
    for stage in stages:
        shutil.rmtree(folder.parts / stage)
    return folder


def test_a_full_store_and_one_that_goes_stop_the_build_and_the_next_one_finishes_it(
    tmp_path: Path, server: FtpServer, make_built: MakeBase, built_once: BaseFolder
) -> None:
    folder = without(make_built(tmp_path / "base"), "read", "extract", "appraise")
    folder.manifest.unlink()
    server.rules.room = 200_000
    with pytest.raises(StorageError, match=r"takes no files \(reply 452\)"):
        build(folder, where=Where(store=server.address))
    with served_apart(tmp_path / "other") as (address, process):
        gone = Where(store=address)
        with pytest.raises(UnreachableError, match="does not answer"):
            build(folder, where=gone, reporter=Doing(4, process.kill))
    assert not folder.manifest.exists()
    assert any((folder.parts / "read").iterdir())
    assert parts_of(folder).items() < parts_of(built_once).items()
    server.rules.room = 1 << 40
    build(folder, where=Where(store=server.address))
    assert is_whole(folder, built_once)


def test_what_the_server_spoils_is_noticed_and_put_again(
    tmp_path: Path, server: FtpServer, make_built: MakeBase, built_once: BaseFolder
) -> None:
    folder = without(make_built(tmp_path / "base"), "read", "extract", "appraise")
    server.rules.spoils, server.rules.breaks = (2, 25, 40, 60, 90), (9, 50)
    build(folder, where=Where(store=server.address))
    assert server.rules.stored > 90
    assert is_whole(folder, built_once)
    assert all(item_of(path).sha256 == path.name for path in objects(server.root))


def test_a_store_that_is_emptied_while_a_build_runs_is_filled_again(
    tmp_path: Path, make_built: MakeBase, built_once: BaseFolder
) -> None:
    folder, place = without(make_built(tmp_path / "base"), "appraise"), tmp_path / "kept"
    doing = Doing(1, lambda: shutil.rmtree(place))
    build(folder, where=Where(store=place.as_uri()), reporter=doing)
    assert is_whole(folder, built_once)


@dataclass
class Seeing:
    """A runner that holds every errand against the folder that no worker is to see."""

    base: Path

    def map(self, function: Any, shards: Sequence[Any]) -> Iterator[Outcome[Any, Any]]:
        """Run the errands here, as they come out of a pickle."""
        for shard in shards:
            sent = pickle.dumps(shard)
            assert str(self.base).encode() not in sent
            yield Outcome(shard, function(pickle.loads(sent)))  # noqa: S301  # made above


def over_memory(base: Path) -> Errands:
    """Errands over a store in memory, for shards of a base."""
    return Errands(Seeing(base), LocalRunner(), open_store("memory://errands"))


def test_no_errand_names_a_path_of_the_base(
    tmp_path: Path, built_once: BaseFolder, invented_pack: Path
) -> None:
    (tmp_path / "pack").mkdir()
    for name in FILES:
        if (invented_pack / name).is_file():
            shutil.copy(invented_pack / name, tmp_path / "pack" / name)
    listed = tmp_path / "journals.csv"
    listed.write_text("journal\nAn Invented Journal\n")
    lists = Lists(journals=(("a list", str(listed)),), domains=(("others", str(listed)),))
    errands, made = over_memory(tmp_path), dict[str, list[str]]()
    for name, runner in (("here", LocalRunner()), ("there", errands)):
        parts = shutil.copytree(built_once.parts / "read", tmp_path / name / "read")
        shards = [
            DocumentsShard(
                Place(tmp_path / name / "made", digest(part.name)),
                part,
                str(tmp_path / "pack"),
                lists=lists,
            )
            for part in sorted(parts.iterdir())
        ]
        for work in (extract_documents, appraise_documents):
            found = [done.result for done in runner.map(work, shards)]
            made.setdefault(name, []).extend(str(one) for one in found)
    assert made["here"] == made["there"]
    assert len(set(made["here"])) == 2 * len(shards)


def test_linking_in_partitions_over_a_store_ends_in_the_same_bytes(
    tmp_path: Path, invented_pack: Path
) -> None:
    pack = (str(invented_pack), load_pack(str(invented_pack)))
    sources = invented_records(40)
    whole, _ = link_in(tmp_path / "whole", sources, pack, largest=1000)
    cut, stages = link_in(
        tmp_path / "cut", sources, pack, largest=90, runner=over_memory(tmp_path)
    )
    assert cut.name == whole.name
    assert len(stages["cluster"]) == 4


def test_work_that_fails_is_the_failure_of_its_own_shard(tmp_path: Path) -> None:
    (tmp_path / "source").write_bytes(b"x")
    source = Found("source", str(tmp_path / "source"), "0" * 64, 1)
    shard = ReadShard(Place(tmp_path / "made", "key"), source, 1)
    errands = Errands(LocalRunner(), LocalRunner(), open_store("memory://errands"))
    (outcome,) = errands.map(unlucky, [shard])
    assert (outcome.shard, outcome.result) == (shard, None)
    assert outcome.failure == "ValueError: unlucky"


def unlucky(shard: ReadShard) -> str:
    """Fail as a reader may."""
    raise ValueError("unlucky")


def test_a_store_that_spoils_everything_is_told(
    tmp_path: Path, server: FtpServer, make_base: MakeBase
) -> None:
    folder = make_base(tmp_path / "base")
    server.rules.spoils = range(1_000_000)
    with pytest.raises(UnreachableError, match="does not give back what is put there"):
        build(folder, where=Where(store=server.address))
    assert not folder.manifest.exists()


def test_an_address_that_is_none_is_told_before_anything_is_done(
    tmp_path: Path, make_base: MakeBase
) -> None:
    folder = make_base(tmp_path / "base")
    with pytest.raises(UsageError, match="--store takes an address"):
        build(folder, where=Where(store=str(tmp_path)))
    assert not folder.parts.exists()


def test_a_worker_keeps_what_it_fetched_and_the_oldest_goes_first(tmp_path: Path) -> None:
    store, bundles = open_store(tmp_path.as_uri()), list[Bundle]()
    for text in ("one", "two", "three"):
        (tmp_path / text).write_text(text)
        bundles.append(bundle_of(tmp_path / text))
        store.put(tmp_path / text, bundles[-1].files[0][1])
    with fetched() as have:
        assert [have.take(store, bundle) for bundle in bundles] == [[], [], []]
        have.take(store, bundles[0])
        have.forget(8)
        there = [(have.folder / bundle.path).is_file() for bundle in bundles]
        assert there == [True, False, True]
        shutil.rmtree(tmp_path / "sha256")
        assert have.take(store, bundles[0]) == []
        assert have.take(store, bundles[1]) == [bundles[1].files[0][1]]
