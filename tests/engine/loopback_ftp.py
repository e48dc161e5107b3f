"""A small FTP server on loopback, from RFC 959 and RFC 3659: what a client asks, and faults.

Run as a program it serves in a process of its own, until that is killed.
"""

from __future__ import annotations

import json
import os
import socket
import socketserver
import subprocess
import sys
from collections.abc import Container, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from tests.serving import running

USER, PASSWORD = "reader", "invented-secret"
_BLOCK = 1 << 16


@dataclass
class Rules:
    """What goes wrong: bytes that fit in, and the numbers of the STORs that break off or lie."""

    room: int = 1 << 40
    breaks: Container[int] = ()
    spoils: Container[int] = ()
    stored: int = 0
    gave: list[str] = field(default_factory=list)


class _Session(socketserver.StreamRequestHandler):
    """One control connection; passive mode only."""

    server: FtpServer
    disable_nagle_algorithm = True
    needs_login: ClassVar[set[str]] = {"MLSD", "STOR", "RETR", "MKD", "EPSV", "PASV"}

    def handle(self) -> None:
        self.user, self.offset, self.entered = "", 0, False
        self.listener: socket.socket | None = None
        # A client sends ABOR as urgent data; without this its last byte stays out of the line.
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_OOBINLINE, 1)
        self.say("220 ready")
        while line := self.rfile.readline():
            verb, _, rest = line.decode().strip().partition(" ")
            verb = verb.upper()
            act = getattr(self, f"do_{verb.lower()}", None)
            if verb in self.needs_login and not self.entered:
                self.say("530 log in first")
            elif act is None:
                self.say("502 not here")
            else:
                act(rest)
        self.close_listener()

    def close_listener(self) -> None:
        if self.listener is not None:
            self.listener.close()

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())

    def path(self, name: str) -> Path:
        found = (self.server.root / name.lstrip("/")).resolve()
        return found if found.is_relative_to(self.server.root) else self.server.root / "nowhere"

    def do_user(self, rest: str) -> None:
        self.user = rest
        self.say("331 and the password")

    def do_pass(self, rest: str) -> None:
        self.entered = (self.user, rest) == (USER, PASSWORD)
        self.say("230 welcome" if self.entered else "530 not you")

    def do_type(self, _: str) -> None:
        self.say("200 so be it")

    def do_rest(self, rest: str) -> None:
        self.offset = int(rest)
        self.say("350 from there")

    def do_abor(self, _: str) -> None:
        self.say("226 nothing runs")

    def do_quit(self, _: str) -> None:
        self.say("221 bye")

    def do_epsv(self, _: str) -> None:
        self.listen("229 passive (|||{port}|)")

    def do_pasv(self, _: str) -> None:
        self.listen("227 passive (127,0,0,1,{high},{low})")

    def listen(self, told: str) -> None:
        self.close_listener()
        self.listener = socket.create_server(("127.0.0.1", 0))
        port = self.listener.getsockname()[1]
        self.say(told.format(port=port, high=port // 256, low=port % 256))

    @contextmanager
    def data(self) -> Iterator[socket.socket]:
        assert self.listener is not None
        self.say("150 here it comes")
        with self.listener, self.listener.accept()[0] as connection:
            yield connection

    def do_mlsd(self, rest: str) -> None:
        folder = self.path(rest)
        if not folder.is_dir():
            self.say("550 no such folder")
            return
        with self.data() as connection:
            for path in sorted(folder.iterdir()):
                kind = "dir" if path.is_dir() else "file"
                fact = f"type={kind};size={path.stat().st_size}; {path.name}\r\n"
                connection.sendall(fact.encode())
        self.say("226 done")

    def do_mkd(self, rest: str) -> None:
        try:
            self.path(rest).mkdir()
        except OSError:
            self.say("550 there already, or no parent")
        else:
            self.say(f'257 "{rest}"')

    def do_retr(self, rest: str) -> None:
        path, offset, self.offset = self.path(rest), self.offset, 0
        if not path.is_file():
            self.say("550 no such file")
            return
        self.server.rules.gave.append(path.name)
        try:
            with self.data() as connection:
                connection.sendall(path.read_bytes()[offset:])
        except OSError:  # the client had enough
            self.say("426 broken off")
        else:
            self.say("226 done")

    def do_stor(self, rest: str) -> None:
        rules, path, offset, self.offset = self.server.rules, self.path(rest), self.offset, 0
        rules.stored += 1
        with self.data() as connection, path.open("r+b" if offset else "wb") as file:
            file.seek(offset)
            breaks = rules.stored in rules.breaks
            while chunk := connection.recv(7 if breaks else _BLOCK):
                rules.room -= len(chunk)
                if rules.room < 0:
                    break
                file.write(chunk)
                if breaks:
                    break
            if rules.stored in rules.spoils:
                file.seek(0)
                file.write(b"\0\0\0\0")
        if chunk:
            self.say("426 broken off" if breaks else "452 no room")
        else:
            self.say("226 done")


class FtpServer(socketserver.ThreadingTCPServer):
    """Serves a folder under one account."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, root: Path, rules: Rules, port: int = 0) -> None:
        self.root, self.rules = root.resolve(), rules
        super().__init__(("127.0.0.1", port), _Session)

    @property
    def address(self) -> str:
        """The address of the store, without an account."""
        return f"ftp://127.0.0.1:{self.server_address[1]}/store"


@contextmanager
def served(root: Path, rules: Rules | None = None) -> Iterator[FtpServer]:
    """Serve a folder from a thread of this process."""
    (root / "store").mkdir(parents=True, exist_ok=True)
    server = FtpServer(root, rules or Rules())
    with running(server):
        yield server


@contextmanager
def served_apart(root: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Serve a folder from a process of its own; gives the address, and the process to kill."""
    (root / "store").mkdir(parents=True, exist_ok=True)
    with subprocess.Popen(  # noqa: S603  # our own interpreter and module
        [sys.executable, "-m", "tests.engine.loopback_ftp", str(root.resolve())],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    ) as process:
        assert process.stdout is not None
        try:
            yield json.loads(process.stdout.readline()), process
        finally:
            process.kill()


def account() -> dict[str, str]:
    """Give the environment in which fsspec finds the account."""
    return {"FSSPEC_FTP_USERNAME": USER, "FSSPEC_FTP_PASSWORD": PASSWORD}


if __name__ == "__main__":
    with FtpServer(Path(sys.argv[1]), Rules()) as main:
        sys.stdout.write(json.dumps(main.address) + os.linesep)
        sys.stdout.flush()
        main.serve_forever()
