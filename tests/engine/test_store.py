"""A store of files by their content: over FTP and S3 on loopback, in memory, in a folder."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from pathlib import Path

import fsspec.config
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.engine.loopback_ftp import PASSWORD, USER, FtpServer, Rules, served
from tests.engine.loopback_s3 import BUCKET, SECRET, S3Server, s3_served

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


@pytest.fixture(scope="module")
def s3_running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    with s3_served(tmp_path_factory.mktemp("s3")) as found:
        yield found


@pytest.fixture
def s3(s3_running: S3Server, monkeypatch: pytest.MonkeyPatch) -> S3Server:
    """An S3 server with one bucket, and the account in the environment."""
    for name, value in s3_running.environment().items():
        monkeypatch.setenv(name, value)
    return s3_running


@pytest.fixture(params=["ftp", "s3", "memory", "file"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """A store of each kind, empty."""
    if request.param == "ftp":
        found: FtpServer = request.getfixturevalue("server")
        return open_store(found.address)
    if request.param == "s3":
        served_by_s3: S3Server = request.getfixturevalue("s3")
        return open_store(f"{served_by_s3.address}/{request.node.name}")
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


def test_an_object_that_s3_holds_otherwise_is_not_taken(s3: S3Server, tmp_path: Path) -> None:
    path, item = written(tmp_path, b"whole" * 1000)
    store = open_store(s3.address)
    for other in (b"", b"whole" * 500, b"whole" * 999 + b"other", b"whole" * 1001):
        s3.give(s3.name_of(item.sha256), other)
        is_longer = len(other) > item.size
        assert store.fetch(item, tmp_path / "after") == is_longer  # what is beyond is not read
        store.put(path, item, anew=True)
        assert store.fetch(item, tmp_path / "after")
        assert (tmp_path / "after").read_bytes() == path.read_bytes()


def test_a_file_costs_one_request_to_s3_each_way(s3: S3Server, tmp_path: Path) -> None:
    def asked(act: Callable[[], object]) -> str:
        before = len(s3.requests())
        act()
        return " ".join(method for method, _, _, _ in s3.requests()[before:])

    store = open_store(f"{s3.address}/requests")
    path, small = written(tmp_path, b"small")
    assert asked(lambda: store.fetch(small, tmp_path / "after")) == "GET"
    assert asked(lambda: store.put(path, small)) == "PUT"
    assert asked(lambda: store.fetch(small, tmp_path / "after")) == "GET"
    path, large = written(tmp_path, b"0123456789abcdef" * (1 << 16) + b"x")
    assert asked(lambda: store.put(path, large)) == "HEAD GET PUT"
    assert asked(lambda: store.put(path, large)) == "HEAD"
    assert asked(lambda: store.fetch(large, tmp_path / "after")) == "GET"


def test_a_bucket_that_is_missing_is_told_and_not_made(s3: S3Server, tmp_path: Path) -> None:
    path, item = written(tmp_path, b"x")
    store = open_store("s3://mistyped/a/prefix")
    assert not store.fetch(item, tmp_path / "after")
    for _ in range(2):
        with pytest.raises(StorageError, match=r"is not there .*; make the bucket"):
            store.put(path, item)
    assert ("PUT", "/mistyped") not in {asked[:2] for asked in s3.requests()}


def test_an_account_that_s3_refuses_is_told_without_its_keys(
    s3: S3Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, item = written(tmp_path, b"x")
    refused = open_store(f"{s3.address}/refused")
    s3.ask_who(0)
    try:
        with pytest.raises(
            StorageError, match=r"takes no files \(PermissionError\); see to the c"
        ) as put:
            refused.put(path, item)
        with pytest.raises(StorageError, match=r"gives no files \(PermissionError\)"):
            refused.fetch(item, tmp_path / "after")
    finally:
        s3.ask_who(float("inf"))
    assert SECRET not in f"{put.value!r}{put.value.__cause__!r}"
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    with pytest.raises(StorageError, match=r"\(PartialCredentialsError\); see to the credentials"):
        open_store(f"{s3.address}/nobody").put(path, item)


def test_an_s3_server_that_has_gone_is_told(
    s3: S3Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, item = written(tmp_path, b"x")
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:9")
    store = open_store(f"s3://{BUCKET}/gone")
    with pytest.raises(UnreachableError, match="does not answer"):
        store.put(path, item)
    with pytest.raises(UnreachableError, match="build again"):
        store.fetch(item, tmp_path / "after")


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
