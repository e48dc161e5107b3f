"""Pages that were made already, kept for as long as their build is the current one."""

from __future__ import annotations

import threading
from collections import OrderedDict

LARGEST = 32_000_000  # characters kept in all; a page has 5 to 400 thousand


class PageShelf:
    """Keeps the pages last asked for, by build and address; safe for many threads.

    >>> shelf = PageShelf(largest=10)
    >>> shelf.put("build-1", "/a", "123456"), shelf.put("build-1", "/b", "123456")
    (None, None)
    >>> shelf.get("build-1", "/a"), shelf.get("build-1", "/b"), shelf.get("build-2", "/b")
    (None, '123456', None)
    """

    def __init__(self, largest: int = LARGEST) -> None:
        self._largest = largest
        self._kept: OrderedDict[tuple[str, str], str] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def get(self, build: str, address: str) -> str | None:
        """Give a page of a build, None when it is not kept."""
        with self._lock:
            found = self._kept.get((build, address))
            if found is not None:
                self._kept.move_to_end((build, address))
            return found

    def put(self, build: str, address: str, text: str) -> None:
        """Keep a page; those that were not asked for longest make room."""
        with self._lock:
            self._size += len(text) - len(self._kept.pop((build, address), ""))
            self._kept[build, address] = text
            while self._size > self._largest:
                self._size -= len(self._kept.popitem(last=False)[1])
