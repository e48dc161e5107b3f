"""HTTP on loopback: whole answers, half answers, redirections, addresses that do not answer."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from probatum.engine.transport import HttpTransport, Request
from probatum.errors import UnreachableError, UsageError

TRANSPORT = HttpTransport("probatum/test")


class Handler(BaseHTTPRequestHandler):
    """Answers by path."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer in one of the ways that servers answer."""
        path = self.path.partition("?")[0]
        if path == "/away":
            self._send(302, b"", Location="http://localhost:9/elsewhere")
        elif path == "/here":
            self._send(302, b"", Location="/whole")
        elif path == "/cut":
            self._send(200, b"half", Content_Length="400")
        elif path == "/chunks":
            self._send(200, b"5\r\nhello\r\n9\r\nbre", Transfer_Encoding="chunked")
        elif path == "/refused":
            self._send(429, b"slower", Retry_After="3")
        else:
            self._send(200, self.path.encode())

    def do_POST(self) -> None:
        """Give the body back."""
        self._send(200, self.rfile.read(int(self.headers["Content-Length"])))

    def _send(self, status: int, data: bytes, **headers: str) -> None:
        self.send_response(status)
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        if "Transfer-Encoding" not in given:
            given = {"Content-Length": str(len(data)), **given}
        for name, value in given.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # as inherited
        """Take no notice."""


@contextmanager
def serving() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving() as found:
        yield found


def test_answers_come_whole_with_their_headers(address: str) -> None:
    assert TRANSPORT.send(Request(f"{address}/whole")).body == b"/whole"
    assert TRANSPORT.send(Request(f"{address}/here")).body == b"/whole"
    assert TRANSPORT.send(Request(f"{address}/x", b"a=1&b=2")).body == b"a=1&b=2"
    refused = TRANSPORT.send(Request(f"{address}/refused"))
    assert (refused.status, refused.headers["retry-after"], refused.body) == (429, "3", b"slower")


def test_private_parameters_are_sent_and_not_shown(address: str) -> None:
    request = Request(f"{address}/whole?a=1", private=(("key", "x y"),))
    assert TRANSPORT.send(request).body == b"/whole?a=1&key=x+y"
    assert "x y" not in repr(request)


@pytest.mark.parametrize("path", ["/cut", "/chunks"])
def test_half_an_answer_is_none(address: str, path: str) -> None:
    with pytest.raises(UnreachableError, match=r"IncompleteRead"):
        TRANSPORT.send(Request(address + path))


def test_keys_do_not_follow_to_another_host(address: str) -> None:
    assert TRANSPORT.send(Request(f"{address}/away")).status == 302


def test_no_answer_is_told() -> None:
    with pytest.raises(UnreachableError, match=r"127\.0\.0\.1:9: .*refused"):
        TRANSPORT.send(Request("http://127.0.0.1:9/x"))


@pytest.mark.parametrize("url", ["file:///etc/hostname", "ftp://example.org/x", "x"])
def test_only_http_is_spoken(url: str) -> None:
    with pytest.raises(UsageError, match="write https"):
        TRANSPORT.send(Request(url))


def test_only_the_engine_speaks_to_the_network(project_root: Path) -> None:
    network = r"urllib\.request|http\.client|socket|ssl|httpx|requests|ftplib"
    imported = re.compile(rf"^\s*(?:import|from) (?:{network})\b", re.MULTILINE)
    rooms = project_root / "src" / "probatum"
    speaking = {
        path.relative_to(rooms).as_posix()
        for path in rooms.rglob("*.py")
        if imported.search(path.read_text())
    }
    assert speaking <= {"engine/transport.py", "web/server.py"}
