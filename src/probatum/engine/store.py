"""A store of files named by their content, for machines that share no folder.

A file lies at ``<address>/sha256/<two digits>/<digest>``, put and fetched through fsspec. Nothing
is asked of the store but to keep bytes: who fetches compares the digest, so that half a file, one
written twice or one that was altered is like a file that is not there, and is put again. Nothing
else in the store is read, listed, renamed or removed.
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
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://[^?#]+")
_REPLY = re.compile(r"\d{3}\b")
_GONE = (ConnectionError, TimeoutError, EOFError)
_FULL = (errno.ENOSPC, errno.EDQUOT)
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
            if anew or _size(files, name) != item.size:
                files.makedirs(name.rpartition("/")[0], exist_ok=True)
                files.put_file(str(path), name)

        self._tried(act, "takes no files")

    def fetch(self, item: Item, target: Path) -> bool:
        """Write the file to ``target`` and say whether it is the right one.

        At most ``item.size`` bytes are written; False when the store has no such file, or others.
        """

        def act(files: Any, root: str) -> bool:
            total = hashlib.sha256()
            with plain_errors(target), target.open("wb") as file:
                for chunk in _chunks(files, _name(root, item), item.size):
                    total.update(chunk)
                    file.write(chunk)
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
                if not left:
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
    protocol = address.partition("://")[0]
    try:
        return import_module("fsspec").get_filesystem_class(protocol), protocol
    except (ImportError, ValueError):
        raise UsageError(
            f"--store {protocol}:// needs fsspec and its package for this kind of address (s3fs,"
            " gcsfs, ...) here and on every worker; 'pip install probatum[cluster]' has fsspec"
        ) from None


def _name(root: str, item: Item) -> str:
    return f"{root}/sha256/{item.sha256[:2]}/{item.sha256}"


def _size(files: Any, name: str) -> int | None:
    try:
        return int(files.info(name)["size"])
    except FileNotFoundError:
        return None


def _chunks(files: Any, name: str, limit: int) -> Iterator[bytes]:
    """Yield the bytes of a file as far as ``limit``; none where there is no file."""
    try:
        file = files.open(name, "rb", block_size=_CHUNK)
    except FileNotFoundError:
        return
    with file:
        while limit and (chunk := file.read(min(_CHUNK, limit))):
            limit -= len(chunk)
            yield chunk


def _told(address: str, what: str, error: Exception) -> ProbatumError:
    number = getattr(error, "errno", None)
    reply = _REPLY.match(str(error))  # FTP and HTTP: a number of three digits
    reason = f"reply {reply[0]}" if reply else type(error).__name__
    if number in _FULL:
        reason = "no space is left"
    if isinstance(error, _GONE):
        return UnreachableError(
            f"the store at {address} does not answer ({reason}); bring it back, or name another,"
            " and build again: what is done stands"
        )
    return StorageError(
        f"the store at {address} {what} ({reason}); make room in it, or see to the rights of the"
        " account, and build again: what is done stands"
    )
