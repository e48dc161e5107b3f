"""A store of files named by their content, for machines that share no folder.

A file lies at ``<address>/sha256/<two digits>/<digest>``, put and fetched through fsspec. Nothing
is asked of the store but to keep bytes: who fetches compares the digest, so that half a file, one
written twice or one that was altered is like a file that is not there, and is put again. Nothing
else in the store is read, renamed or removed, and no bucket is made.
"""

from __future__ import annotations

import errno
import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from threading import local
from typing import Any, TypeVar
from urllib.parse import urlsplit

from probatum.engine.storage import plain_errors
from probatum.errors import ProbatumError, StorageError, UnreachableError, UsageError

Found = TypeVar("Found")

_ATTEMPTS = 3  # each on a new connection: a server may drop one that idled while work ran
_CHUNK = 4 << 20
_RANGE = 16 << 20  # of an object at a time, held in memory
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://[^?#]+")
_REPLY = re.compile(r"\d{3}\b")
# By name: back ends have errors of their own (botocore's, aiohttp's), and are not imported here.
_GONE = {
    "ConnectionError",
    "TimeoutError",
    "EOFError",
    "HTTPClientError",
    "ClientConnectionError",
}
_NO_ACCOUNT = {"PermissionError", "NoCredentialsError", "PartialCredentialsError"}
_REFUSED = {"FileNotFoundError", *_NO_ACCOUNT}
# Objects, not files in folders: each appears whole, and to make a folder would make a bucket.
_OBJECTS = {"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az"}
_S3 = {"s3", "s3a"}
_ASKED = 1 << 20  # a smaller object is put in one request; to ask first takes two (HEAD, LIST)
_FULL = (errno.ENOSPC, errno.EDQUOT)
_AGAIN = "and build again: what is done stands"
_CONNECTED = local()  # connections are of one thread


@dataclass(frozen=True, slots=True)
class Item:
    """A file by what it holds: SHA-256 in hex digits, and bytes."""

    sha256: str
    size: int


def item_of(path: Path) -> Item:
    """Digest a file."""
    with plain_errors(path), path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        return Item(sha256, file.tell())


@dataclass(frozen=True, slots=True)
class Store:
    """Files by their content at an address; picklable, and connected where it is used."""

    address: str

    def put(self, path: Path, item: Item, *, anew: bool = False) -> None:
        """Put a file under its content; one of that name and size stays, unless ``anew``.

        Raises StorageError when the store does not take it, UnreachableError when it is gone.
        """

        def act(files: Any, root: str) -> None:
            name = _name(root, item)
            objects = _protocol(self.address) in _OBJECTS
            at_once = anew or (objects and item.size <= _ASKED)
            if at_once or _size(files, name) != item.size:
                if not objects:
                    files.makedirs(name.rpartition("/")[0], exist_ok=True)
                files.put_file(str(path), name)

        self._tried(act, "takes no files")

    def fetch(self, item: Item, target: Path) -> bool:
        """Write the file to ``target`` and say whether it is the right one.

        At most ``item.size`` bytes are written; False when the store has no such file, or others.
        """
        chunks = _ranges if _protocol(self.address) in _OBJECTS else _chunks

        def act(files: Any, root: str) -> bool:
            total, name = hashlib.sha256(), _name(root, item)
            with plain_errors(target), target.open("wb") as file:
                try:
                    for chunk in chunks(files, name, item.size):
                        total.update(chunk)
                        file.write(chunk)
                except FileNotFoundError:
                    pass
                except OSError as error:
                    # So S3 answers when asked for a range beyond the end: the object is shorter.
                    if error.errno != errno.EINVAL or _size(files, name) == item.size:
                        raise
            return total.hexdigest() == item.sha256

        return self._tried(act, "gives no files")

    def _tried(self, act: Callable[[Any, str], Found], what: str) -> Found:
        for left in reversed(range(_ATTEMPTS)):
            try:
                return act(*_connected(self.address))
            except ProbatumError:
                raise
            except Exception as error:  # every back end of fsspec has errors of its own
                vars(_CONNECTED).pop(self.address, None)
                if not left or _for_good(self.address, error):
                    # Its words are not repeated: some back ends tell an address with its keys.
                    raise _told(self.address, what, error) from None
        raise AssertionError  # the loop ends in one of both


def open_store(address: str) -> Store:
    """Give the store at an fsspec address, such as ``s3://bucket/folder``; raises UsageError.

    Credentials come from the environment as fsspec's and its back ends' do, never from here.
    """
    if not _ADDRESS.fullmatch(address) or "::" in address:
        raise UsageError(
            "--store takes an address of a folder, such as s3://bucket/folder; no options after it"
        )
    if urlsplit(address).password is not None:
        raise UsageError(
            "--store takes no password; set it in the environment of this command and of the"
            " workers, such as FSSPEC_FTP_USERNAME and FSSPEC_FTP_PASSWORD"
        )
    store = Store(address.rstrip("/"))
    _files(store.address)
    return store


def _connected(address: str) -> tuple[Any, str]:
    """Give fsspec's file system and the path in it, once a thread."""
    known = vars(_CONNECTED)
    if address not in known:
        kind, protocol = _files(address)
        # A listing kept would hide what another machine has put since.
        files = import_module("fsspec").filesystem(
            protocol,
            use_listings_cache=False,
            skip_instance_cache=True,
            **kind._get_kwargs_from_urls(address),  # noqa: SLF001  # fsspec's own seam for this
        )
        known[address] = files, str(kind._strip_protocol(address)).rstrip("/")  # noqa: SLF001
    found: tuple[Any, str] = known[address]
    return found


def _files(address: str) -> tuple[Any, str]:
    protocol = _protocol(address)
    try:
        return import_module("fsspec").get_filesystem_class(protocol), protocol
    except (ImportError, ValueError):
        if protocol in _S3:
            raise UsageError(
                f"--store {protocol}:// needs the extra 's3' here and on every worker; run:"
                " pip install 'probatum[s3]'"
            ) from None
        raise UsageError(
            f"--store {protocol}:// needs fsspec and its package for this kind of address"
            " (gcsfs, ...) here and on every worker; 'pip install probatum[cluster]' has fsspec"
        ) from None


def _protocol(address: str) -> str:
    return address.partition("://")[0]


def _name(root: str, item: Item) -> str:
    return f"{root}/sha256/{item.sha256[:2]}/{item.sha256}"


def _size(files: Any, name: str) -> int | None:
    try:
        return int(files.info(name)["size"])
    except (FileNotFoundError, PermissionError):
        return None  # S3 forbids the look itself where an account may not list; then put it


def _chunks(files: Any, name: str, limit: int) -> Iterator[bytes]:
    """Yield the bytes of a file as far as ``limit``."""
    with files.open(name, "rb", block_size=_CHUNK) as file:
        while limit and (chunk := file.read(min(_CHUNK, limit))):
            limit -= len(chunk)
            yield chunk


def _ranges(files: Any, name: str, limit: int) -> Iterator[bytes]:
    """Yield the bytes of an object as far as ``limit``; to open it would take one request more."""
    for start in range(0, limit, _RANGE):
        yield files.cat_file(name, start=start, end=min(start + _RANGE, limit))


def _for_good(address: str, error: Exception) -> bool:
    """Say whether an object store will answer the same again: no such bucket, or no rights."""
    return _protocol(address) in _OBJECTS and bool(_kinds(error) & _REFUSED)


def _kinds(error: Exception) -> set[str]:
    return {kind.__name__ for kind in type(error).__mro__}


def _told(address: str, what: str, error: Exception) -> ProbatumError:
    number = getattr(error, "errno", None)
    reply = _REPLY.match(str(error))  # FTP and HTTP: a number of three digits
    reason = f"reply {reply[0]}" if reply else type(error).__name__
    if number in _FULL:
        reason = "no space is left"
    kinds = _kinds(error)
    if kinds & _GONE:
        return UnreachableError(
            f"the store at {address} does not answer ({reason}); bring it back, or name another,"
            f" {_AGAIN}"
        )
    if kinds & _NO_ACCOUNT:
        hint = (
            "see to the credentials here and of every worker, and to the account's rights there,"
        )
        return StorageError(f"the store at {address} {what} ({reason}); {hint} {_AGAIN}")
    if kinds & _REFUSED:
        hint = "make the bucket of this address, or name another,"
        return StorageError(f"the store at {address} is not there ({reason}); {hint} {_AGAIN}")
    return StorageError(
        f"the store at {address} {what} ({reason}); make room in it, or see to the rights of the"
        f" account, {_AGAIN}"
    )
