"""What stands before every page: the host asked for, how much is sent, the headers going out."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from probatum.atlas.page import LONGEST_TEXT

_LOG = logging.getLogger(__name__)
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
LARGEST_BODY = 64 * 1024
# Most scripts take at most three bytes a character.
LARGER = dict.fromkeys(("/check", "/check.json"), 3 * LONGEST_TEXT + 4096)
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    # "no-referrer" would make browsers send "Origin: null" with our own forms.
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def host_name(header: str) -> str | None:
    """Give the name in a Host header without its port, None when it is not a host.

    >>> host_name("localhost:8000"), host_name("[::1]:80"), host_name("a b")
    ('localhost', '::1', None)
    """
    try:
        parts = urlsplit(f"//{header}")
        parts.port  # noqa: B018, raises for a port that is none
    except ValueError:
        return None
    strange = parts.username or parts.path or parts.query or parts.fragment or " " in header
    return None if strange else parts.hostname


def allowed(names: Collection[str]) -> frozenset[str]:
    """Give the names under which the atlas may be asked: this machine's own and further ones."""
    return LOOPBACK | {name.lower() for name in names}


@dataclass(frozen=True, slots=True)
class Guard:
    """Refuses foreign hosts and large bodies, answers HEAD, and sets the headers of safety.

    A foreign Host on a loopback address is how a page elsewhere reads what is served here (DNS
    rebinding), so only loopback names and the configured ones are answered. ``larger`` are the
    paths that take more than ``LARGEST_BODY`` bytes, and how many.
    """

    app: ASGIApp
    allowed: Collection[str]
    larger: Mapping[str, int] = field(default_factory=lambda: LARGER)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        head = scope["method"] == "HEAD"
        outgoing = _Outgoing(send, head=head)
        largest = self.larger.get(scope["path"], LARGEST_BODY)
        refusal = self._refusal(Headers(scope=scope), largest)
        if refusal is not None:
            await refusal(scope, receive, outgoing)
            return
        body = await _body(receive, largest)
        if body is None:
            await _too_large(largest)(scope, receive, outgoing)
            return
        await self._inner({**scope, "method": "GET"} if head else scope, body, outgoing)

    async def _inner(self, scope: Scope, body: bytes, outgoing: _Outgoing) -> None:
        try:
            await self.app(scope, _Replay(body), outgoing)
        except Exception:
            _LOG.exception("a page could not be made")
            if not outgoing.started:
                from probatum.web.troubles import told  # noqa: PLC0415, it draws a page

                await told(Request(scope), 500)(scope, _Replay(b""), outgoing)

    def _refusal(self, headers: Headers, largest: int) -> PlainTextResponse | None:
        names = headers.getlist("host")
        name = host_name(names[0]) if len(names) == 1 else None
        if name is None or name not in self.allowed:
            told = "This atlas is not served under that name; use its own address."
            return PlainTextResponse(told, 400 if name is None else 421)
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit()):
            return PlainTextResponse("Content-Length must be a number.", 400)
        if len(length) > 12 or int(length) > largest:
            return _too_large(largest)
        return None


def _too_large(largest: int) -> PlainTextResponse:
    return PlainTextResponse(f"At most {largest} bytes may be sent.", 413)


async def _body(receive: Receive, largest: int) -> bytes | None:
    """Take the whole body, which is small by rule; None when it is too large."""
    taken = bytearray()
    while True:
        message = await receive()
        taken += message.get("body", b"")
        if len(taken) > largest:
            return None
        if not message.get("more_body", False):
            return bytes(taken)


class _Replay:
    """Gives a body that was taken to who asks for it, then says that the sender has gone."""

    def __init__(self, body: bytes) -> None:
        self._body: bytes | None = body

    async def __call__(self) -> Message:
        body, self._body = self._body, None
        if body is None:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": body, "more_body": False}


class _Outgoing:
    """Sets the headers of safety and drops the body of an answer to HEAD."""

    def __init__(self, send: Send, *, head: bool) -> None:
        self._send = send
        self._head = head
        self.started = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
        elif self._head and message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await self._send(message)
