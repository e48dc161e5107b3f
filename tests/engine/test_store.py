"""A store of files named by their content: over FTP on loopback, in memory, in a folder."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from pathlib import Path

import fsspec.config
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.engine.loopback_ftp import PASSWORD, USER, FtpServer, Rules, served

from probatum.engine.store import Item, Store, item_of, open_store
from probatum.errors import StorageError, UnreachableError, UsageError


@pytest.fixture
def logged_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """The account as fsspec takes it from the environment when it is imported."""
    account = {"username": USER, "password": PASSWORD}
    monkeypatch.setitem(fsspec.config.conf, "ftp", account)


@pytest.fixture
def server(tmp_path: Path, logged_in: None) -> Iterator[FtpServer]:
    with served(tmp_path / "served") as found:
        yield found


@pytest.fixture(params=["ftp", "memory", "file"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """A store of each kind, empty."""
    if request.param == "ftp":
        found: FtpServer = request.getfixturevalue("server")
        return open_store(found.address)
    if request.param == "memory":
        fsspec.filesystem("memory").store.clear()
        return open_store("memory://store/")
    return open_store((tmp_path / "kept").as_uri())


def written(folder: Path, data: bytes) -> tuple[Path, Item]:
    """A file with these bytes, and what it is called by its content."""
    path = folder / "given"
    path.write_bytes(data)
    return path, item_of(path)


@pytest.mark.parametrize("size", [0, 1, 9_000_001])
def test_what_is_put_is_fetched(store: Store, tmp_path: Path, size: int) -> None:
    path, item = written(tmp_path, (b"0123456789" * 900_001)[:size])
    # Nothing is what an empty file holds.
    assert store.fetch(item, tmp_path / "before") == (size == 0)
    store.put(path, item)
    store.put(path, item)
    again = pickle.loads(pickle.dumps(store))  # noqa: S301  # as it goes to a worker
    assert again.fetch(item, tmp_path / "after")
    assert (tmp_path / "after").read_bytes() == path.read_bytes()


@given(data=st.binary(max_size=300), other=st.binary(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_other_bytes_under_a_name_are_never_taken(
    tmp_path: Path, data: bytes, other: bytes
) -> None:
    path, item = written(tmp_path, data)
    store = open_store((tmp_path / "kept").as_uri())
    store.put(path, item, anew=True)
    (tmp_path / "kept/sha256" / item.sha256[:2] / item.sha256).write_bytes(other)
    assert store.fetch(item, tmp_path / "after") == (other[: item.size] == data)
    assert (tmp_path / "after").stat().st_size <= item.size
    store.put(path, item, anew=True)
    assert store.fetch(item, tmp_path / "after")


def test_half_a_file_is_put_again(server: FtpServer, tmp_path: Path) -> None:
    server.rules.breaks = (1,)
    path, item = written(tmp_path, b"whole" * 1000)
    store = open_store(server.address)
    store.put(path, item)
    assert server.rules.stored == 2
    assert store.fetch(item, tmp_path / "after")


def test_only_its_own_names_are_written(server: FtpServer, tmp_path: Path) -> None:
    path, item = written(tmp_path, b"x")
    open_store(server.address).put(path, item)
    found = [p.relative_to(server.root).as_posix() for p in server.root.rglob("*") if p.is_file()]
    assert found == [f"store/sha256/{item.sha256[:2]}/{item.sha256}"]


def test_a_full_store_is_told(server: FtpServer, tmp_path: Path) -> None:
    server.rules.room = 5
    path, item = written(tmp_path, b"more than five")
    with pytest.raises(StorageError, match=r"takes no files \(reply 452\); make room"):
        open_store(server.address).put(path, item)


def test_a_store_that_has_gone_is_told(tmp_path: Path, logged_in: None) -> None:
    path, item = written(tmp_path, b"x")
    with served(tmp_path / "served", Rules()) as server:
        store = open_store(server.address)
    with pytest.raises(UnreachableError, match="does not answer"):
        store.put(path, item)
    with pytest.raises(UnreachableError, match="build again"):
        store.fetch(item, tmp_path / "after")


def test_an_error_says_nothing_of_the_account(
    server: FtpServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = {"username": USER, "password": "another-secret"}
    monkeypatch.setitem(fsspec.config.conf, "ftp", wrong)
    path, item = written(tmp_path, b"x")
    with pytest.raises(StorageError, match="reply 530") as caught:
        open_store(server.address).put(path, item)
    assert "secret" not in f"{caught.value!r}{caught.value.__cause__!r}"
    assert "secret" not in repr(open_store(server.address))


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("/a/folder", "takes an address"),
        ("s3://", "takes an address"),
        ("simplecache::memory://a", "takes an address"),
        ("https://host/a?token=invented-secret", "takes an address"),
        ("ftp://reader:invented-secret@host/a", "takes no password"),
        ("nothing-known://a", "needs fsspec and its package"),
    ],
)
def test_bad_addresses(address: str, reason: str) -> None:
    with pytest.raises(UsageError, match=reason) as caught:
        open_store(address)
    assert "secret" not in str(caught.value)
