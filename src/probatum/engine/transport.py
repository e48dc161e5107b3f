"""The one way to services on the network, and the one place that knows what time it is.

Everything that asks a service takes a Transport and a Clock, so that a test, or a replay of stored
answers, needs no network and no waiting.
"""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPMessage
from typing import IO, Any, Protocol
from urllib.parse import urlencode, urlsplit

from probatum.errors import UnreachableError, UsageError

_READ_SECONDS = 60.0  # between two bytes
_WHOLE_SECONDS = 900.0  # for one answer
_LARGEST = 1 << 29  # an answer above 512 MB is no page of records
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Request:
    """One question to a service.

    ``headers`` and ``private`` (query parameters) hold what must not be stored or shown: keys and
    addresses. With a ``body`` the question is a POST.
    """

    url: str
    body: bytes | None = None
    media_type: str = "application/x-www-form-urlencoded"
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    private: tuple[tuple[str, str], ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service said: status, headers (names in lower case), body as received."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Transport(Protocol):
    """Whatever can put a question to a service."""

    def send(self, request: Request) -> Answer:
        """Send a request; raises UnreachableError for no answer, or one that breaks off."""
        ...


class Clock(Protocol):
    """What time it is, and how to let it pass."""

    def now(self) -> float:
        """Give the seconds since 1970-01-01 UTC."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait."""
        ...


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The clock of this machine."""

    def now(self) -> float:
        """Give the seconds since 1970-01-01 UTC."""
        return time.time()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows a redirection only where the keys in the request may go: to the same host."""

    def redirect_request(  # the signature is the standard library's
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        if urlsplit(newurl)[:2] != urlsplit(req.full_url)[:2]:
            return None
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class HttpTransport:
    """HTTP as the standard library speaks it: certificates checked, proxies as the system says."""

    def __init__(self, user_agent: str, *, read_seconds: float = _READ_SECONDS) -> None:
        self._user_agent = user_agent
        self._read_seconds = read_seconds
        self._opener = urllib.request.build_opener(_SameHost)

    def send(self, request: Request) -> Answer:
        """Send a request and read the whole answer."""
        try:
            with self._opener.open(
                self._prepared(request), timeout=self._read_seconds
            ) as response:
                return _answer(response)
        except urllib.error.HTTPError as error:
            with error:
                return _answer(error)
        except (OSError, http.client.HTTPException) as error:
            reason = getattr(error, "reason", None) or error
            raise UnreachableError(f"{_host(request)}: {reason}") from None

    def _prepared(self, request: Request) -> urllib.request.Request:
        if urlsplit(request.url).scheme not in ("http", "https"):
            raise UsageError(f"{request.url}: not an address of a service; write https://...")
        headers = {"User-Agent": self._user_agent, "Accept-Encoding": "identity"}
        if request.body is not None:
            headers["Content-Type"] = request.media_type
        return urllib.request.Request(  # noqa: S310  # the scheme is checked above
            addressed(request), request.body, {**headers, **dict(request.headers)}
        )


def addressed(request: Request) -> str:
    """Give the address that is really asked, private parameters included."""
    if not request.private:
        return request.url
    sign = "&" if "?" in request.url else "?"
    return f"{request.url}{sign}{urlencode(request.private)}"


def _host(request: Request) -> str:
    return urlsplit(request.url).netloc


def _answer(response: Any) -> Answer:
    headers = {name.lower(): value for name, value in response.headers.items()}
    body = _whole(response)
    told = headers.get("content-length", "")
    if told.isdigit() and int(told) != len(body):
        raise http.client.IncompleteRead(b"", int(told) - len(body))
    return Answer(response.status, headers, body)


def _whole(response: Any) -> bytes:
    body, deadline = bytearray(), time.monotonic() + _WHOLE_SECONDS
    while chunk := response.read(_CHUNK):
        body += chunk
        if len(body) > _LARGEST or time.monotonic() > deadline:
            raise http.client.HTTPException("the answer is endless")
    return bytes(body)
