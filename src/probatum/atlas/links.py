"""Addresses: one way to name a page, whether it is served or lies in a folder."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlencode

Query = Mapping[str, str | int | Sequence[str]]
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_PLACE = re.compile(r"(.+)#s=(\d{1,12})-(\d{1,12})", re.ASCII)
FILES = (".json", ".csv", ".svg", ".css", ".js", ".html")


def at(collection: str, key: str) -> str:
    """Give the path of one thing; characters that a path or a file gives a meaning are escaped.

    The escape is ``~`` and two hex digits a byte, since servers decode ``%2F`` too early.

    >>> at("works", "doi:10.1000/x")
    '/works/doi~3A10.1000~2Fx'
    """
    name = _UNSAFE.sub(lambda m: "".join(f"~{byte:02X}" for byte in m[0].encode()), key)
    if name.startswith(".") or name.endswith(FILES):
        name = name.replace(".", "~2E")
    return f"/{collection}/{name}"


def key_of(segment: str) -> str:
    """Give the key that a segment of a path stands for; the inverse of :func:`at`.

    >>> key_of("doi~3A10.1000~2Fx")
    'doi:10.1000/x'
    """
    return unquote(segment.replace("~", "%"), errors="replace")


def filename(path: str) -> str:
    """Name the file of a page in a static site, relative to the site's folder.

    >>> filename("/"), filename("/works"), filename("/works/a~2Fb"), filename("/answers.csv")
    ('index.html', 'works.html', 'works/a~2Fb.html', 'answers.csv')
    """
    if path == "/":
        return "index.html"
    return path.lstrip("/") + ("" if path.endswith(FILES) else ".html")


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses as seen from the page ``here``: absolute when served, relative in a folder.

    A folder has no queries: there the query is dropped and the fragment kept.

    >>> Links("/works/w1").to("/documents/d1", {"s": "0-4"}, anchor="s=0-4")
    '/documents/d1?s=0-4#s=0-4'
    >>> Links("/works/w1", static=True).to("/documents/d1", {"s": "0-4"}, anchor="s=0-4")
    '../documents/d1.html#s=0-4'
    """

    here: str = "/"
    static: bool = False

    def to(self, path: str, query: Query | None = None, *, anchor: str = "") -> str:
        """Give the address of a path of the atlas."""
        tail = f"#{anchor}" if anchor else ""
        if not self.static:
            asked = f"?{urlencode(query, doseq=True)}" if query else ""
            return path + asked + tail
        folder = posixpath.dirname(filename(self.here))
        target = posixpath.relpath(filename(path), folder or ".")
        return target + tail

    def thing(self, collection: str, key: str, *, anchor: str = "") -> str:
        """Give the address of one document, work or question."""
        return self.to(at(collection, key), anchor=anchor)

    def span(self, document: str, start: int, end: int) -> str:
        """Give the address of a place in a document's text."""
        place = f"{start}-{end}"
        return self.to(at("documents", document), {"s": place}, anchor=f"s={place}")

    def hit(self, kind: str, key: str) -> str:
        """Give the address of a search result; statements have ids ``document#s=start-end``."""
        found = _PLACE.fullmatch(key)
        if found:
            return self.span(found[1], int(found[2]), int(found[3]))
        return self.thing(f"{kind}s", key)
