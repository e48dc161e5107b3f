"""A real S3 server on loopback: moto's, in a process of its own, until that is killed.

It keeps what is put in memory. Every request is a line of a log: its method, its path, and the
bytes of its body and of the answer's. Run as a program it imports moto once, then makes a server
or kills it as its standard input says, so that a new and empty one costs no second.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

BUCKET = "evidence"
KEY, SECRET = "INVENTEDKEYOFAREADER", "invented-secret-of-s3"
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass
class S3Server:
    """The process that makes servers, the log of their requests, and where they listen."""

    process: subprocess.Popen[bytes]
    log: Path
    endpoint: str = ""

    @property
    def address(self) -> str:
        """A prefix in its one bucket."""
        return f"s3://{BUCKET}/a/prefix"

    def start(self) -> None:
        """Serve one empty bucket, always at the same port."""
        port = int(self._ordered("start"))
        self.endpoint = f"http://127.0.0.1:{port}"
        self.give(BUCKET, b"")

    def kill(self) -> None:
        """Kill the server that runs; what was put is lost."""
        self._ordered("kill")

    def environment(self) -> dict[str, str]:
        """Give the environment in which a client finds the server and the account."""
        return {
            "AWS_ENDPOINT_URL_S3": self.endpoint,
            "AWS_ACCESS_KEY_ID": KEY,
            "AWS_SECRET_ACCESS_KEY": SECRET,
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_MAX_ATTEMPTS": "1",  # a server that has gone is told at once, not after 24 s
        }

    def ask_who(self, after: float) -> None:
        """Refuse accounts that are not known, after so many more requests."""
        self._sent("POST", "moto-api/reset-auth", str(after).encode())

    def name_of(self, sha256: str) -> str:
        """Give the path of a file under the prefix."""
        return f"{BUCKET}/a/prefix/sha256/{sha256[:2]}/{sha256}"

    def give(self, name: str, data: bytes) -> None:
        """Put an object, or a bucket, past every client."""
        self._sent("PUT", name, data)

    def requests(self) -> list[tuple[str, str, int, int]]:
        """Give method, path, bytes in and bytes out of each request so far."""
        lines = (line.split("\t") for line in self.log.read_text().splitlines())
        return [(method, path, int(up), int(down)) for method, path, up, down in lines]

    def _ordered(self, order: str) -> str:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{order}\n".encode())
        self.process.stdin.flush()
        return self.process.stdout.readline().decode()

    def _sent(self, method: str, path: str, data: bytes) -> None:
        told = {
            "Authorization": f"AWS4-HMAC-SHA256 Credential={KEY}/20260101/us-east-1/s3/x",
            "Content-Type": "application/octet-stream",
        }
        asked = Request(f"{self.endpoint}/{path}", data, told, method=method)  # noqa: S310
        urlopen(asked, timeout=30).close()  # noqa: S310  # our own server on loopback


@contextmanager
def s3_served(folder: Path) -> Iterator[S3Server]:
    """Serve one empty bucket."""
    log = folder / "requests.log"
    log.touch()
    with subprocess.Popen(  # noqa: S603  # our own interpreter and module
        [sys.executable, "-m", "tests.engine.loopback_s3", str(log)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=Path(__file__).parents[2],
    ) as process:
        server = S3Server(process, log)
        server.start()
        yield server


def _logged(app: Application, log: Path) -> Application:
    """Note every request that goes to an application."""

    def noting(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        chunks = list(app(environ, start))
        up, down = environ.get("CONTENT_LENGTH") or "0", sum(map(len, chunks))
        with log.open("a") as file:
            file.write(f"{environ['REQUEST_METHOD']}\t{environ['PATH_INFO']}\t{up}\t{down}\n")
        return chunks

    return noting


def _forked(app: Application, port: int) -> tuple[int, int]:
    """Serve from a child of this process; gives its number and its port."""
    from werkzeug.serving import make_server  # noqa: PLC0415  # for tests of S3 alone

    server = make_server("127.0.0.1", port, app, threaded=True)
    child = os.fork()
    if not child:
        server.serve_forever()
    server.server_close()
    return child, server.server_port


def _serve(log: Path) -> None:
    from moto.moto_server.werkzeug_app import (  # noqa: PLC0415
        DomainDispatcherApplication,
        create_backend_app,
    )

    app = _logged(DomainDispatcherApplication(create_backend_app), log)
    child = port = 0
    for order in sys.stdin:
        if order == "start\n":
            child, port = _forked(app, port)
        elif child:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            child = 0
        sys.stdout.write(f"{port}\n")
        sys.stdout.flush()
    if child:
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)


if __name__ == "__main__":
    _serve(Path(sys.argv[1]))
