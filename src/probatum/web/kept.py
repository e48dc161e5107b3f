"""A page that stands already goes out at once: no routing, no thread, a tenth of a millisecond.

What is needed for that is little on purpose: a server answers with the pages made at the build
while everything else is still being loaded.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from probatum.errors import ProbatumError
from probatum.web.shelf import KeptPage, PageShelf

HTML = "text/html; charset=utf-8"


def _none(address: str) -> bytes | None:
    return None


def _nothing() -> None:
    return None


@dataclass(frozen=True, slots=True)
class Kept:
    """The pages at hand: those made since the start, and those made at the build.

    ``build`` names the current build and raises ProbatumError where there is none; ``look`` names
    the code that makes pages; ``ready`` gives a page made at the build, packed by gzip. Pages with
    forms to fill in (``editable``) are not made at the build.
    """

    build: Callable[[], str]
    look: str
    editable: bool = False
    ready: Callable[[str], bytes | None] = _none
    shelf: PageShelf = field(default_factory=PageShelf)

    def tag(self, build: str) -> str:
        """Name what every page hangs on besides its address: build, look, whether it is edited."""
        return f'"{build}-{self.look}{"e" if self.editable else ""}"'

    def find(self, tag: str, path: str, query: str) -> KeptPage | None:
        """Give a page that stands, by the path and the query of its address."""
        address = f"{path}?{query}"
        page = self.shelf.get(tag, address)
        if page is None and not query and not self.editable:
            packed = self.ready(path)
            if packed is not None:
                page = KeptPage(HTML, packed)
                self.shelf.put(tag, address, page)
        return page


def unchanged(tag: str) -> Response:
    """Answer who has the page of this build already."""
    return Response(status_code=304, headers=_headers(tag))


def sent(page: KeptPage, tag: str, headers: Headers) -> Response:
    """Send a page as it is kept, unpacked for a reader who does not say that it may be packed."""
    told = _headers(tag)
    if not _takes_gzip(headers.get("accept-encoding", "")):
        return Response(page.plain, media_type=page.media, headers=told)
    told["Content-Encoding"] = "gzip"
    return Response(page.packed, media_type=page.media, headers=told)


def _headers(tag: str) -> dict[str, str]:
    # A weak tag, since the packed bytes are not the plain ones (RFC 9110, 8.8.1).
    return {"ETag": f"W/{tag}", "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}


def _takes_gzip(accepted: str) -> bool:
    """Say whether an Accept-Encoding names gzip without refusing it.

    >>> [_takes_gzip(told) for told in ("gzip, br", "br;q=1, gzip;q=0.5", "gzip;q=0", "", "br")]
    [True, True, False, False, False]
    """
    for told in accepted.lower().split(","):
        name, _, weight = told.partition(";")
        if name.strip() == "gzip":
            return weight.strip().removeprefix("q=").strip("0.") != "" or not weight.strip()
    return False


@dataclass(frozen=True, slots=True)
class KeptFirst:
    """Answers with a page that stands, and leaves the rest to the application.

    ``answered`` is called at each request.
    """

    app: ASGIApp
    kept: Kept
    answered: Callable[[], None] = _nothing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        answer = self._answer(scope) if scope["type"] == "http" else None
        self.answered()
        await (answer or self.app)(scope, receive, send)

    def _answer(self, scope: Scope) -> Response | None:
        if scope["method"] != "GET":
            return None
        try:
            tag = self.kept.tag(self.kept.build())
            # As the desk writes addresses; one that is written in another way is found there.
            page = self.kept.find(tag, scope["path"], scope["query_string"].decode("latin-1"))
        except ProbatumError:  # the application opens it again, and tells the reader why not
            return None
        return None if page is None else _given(page, tag, Headers(scope=scope))


def _given(page: KeptPage, tag: str, headers: Headers) -> Response:
    has = tag in headers.get("if-none-match", "")
    return unchanged(tag) if has else sent(page, tag, headers)
