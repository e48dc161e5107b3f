"""The atlas under load on loopback: many readers at once, each asking for page after page.

Bounded: some hundred requests a row, on this machine alone. A page is made once a build and then
kept, and pages of questions are made ahead: the first rows ask for one page again and again, the
last for every question once, some seconds after the start. Times are the readers' and hang on what
else the machine does; the CPU time is the server's alone.
"""

from __future__ import annotations

import http.client
import os
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from probatum.flow.base import Base, open_base
from probatum.flow.demo import demo_base

READERS, EACH = 20, 15
REQUESTS = READERS * EACH
LIMIT = 0.050
BROWSER = {"Accept-Encoding": "gzip"}


@dataclass(frozen=True, slots=True)
class Load:
    """How long answers took, in seconds: the median, the 95th percentile; CPU of the server."""

    what: str
    p50: float
    p95: float
    requests: int
    cpu: float

    def __str__(self) -> str:
        """Give the row of the table."""
        verdict = "within" if self.p95 <= LIMIT else "ABOVE"
        return (
            f"{self.what:<46} p50 {self.p50 * 1000:7.1f} ms   p95 {self.p95 * 1000:7.1f} ms"
            f"   {self.cpu / self.requests * 1000:5.2f} CPU-ms each"
            f"   {self.requests} requests, {READERS} readers; {verdict} {LIMIT * 1000:.0f} ms"
        )


def rows() -> Iterator[Load | str]:
    """Yield what a reader waits for, then the memory and the start of the server."""
    with tempfile.TemporaryDirectory() as folder:
        base = demo_base(Path(folder) / "base")
        base.build()
        largest = max(open_base(base.folder.path).answers(), key=lambda a: a.pooled.k)
        question = f"/questions/{largest.question.id}"
        port, server, started = _serve(base.folder.path)
        try:
            yield f"{'first page after the command':<46} {started:.2f} s, {_cpu(server):.2f} CPU-s"
            for what, addresses in (
                ("the overview", ["/"] * REQUESTS),
                ("the question with most studies", [question] * REQUESTS),
                ("every question once, made at the build", _every(base)),
            ):
                yield _load(port, what, addresses, server)
            yield f"{'memory of the server':<46} {_memory(server):.0f} MB"
        finally:
            server.terminate()
            server.wait(10)


def _every(base: Base) -> list[str]:
    found = [f"/questions/{answer.question.id}" for answer in base.answers()]
    return (found * (REQUESTS // len(found) + 1))[:REQUESTS]


def _serve(folder: Path) -> tuple[int, subprocess.Popen[bytes], float]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "probatum", "serve", "--base", str(folder)]
    start = time.perf_counter()
    server = subprocess.Popen([*command, "--port", str(port)])
    while server.poll() is None:
        try:
            urlopen(f"http://127.0.0.1:{port}/", timeout=30).close()
        except OSError:
            time.sleep(0.05)
        else:
            return port, server, time.perf_counter() - start
    raise SystemExit("bench: the server ended before it answered")


def _load(port: int, what: str, addresses: Sequence[str], server: subprocess.Popen[bytes]) -> Load:
    before = _cpu(server)

    def read(reader: int) -> list[float]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        taken = []
        for number in range(EACH):
            start = time.perf_counter()
            connection.request("GET", addresses[reader * EACH + number], headers=BROWSER)
            answer = connection.getresponse()
            answer.read()
            taken.append(time.perf_counter() - start)
            if answer.status != 200:
                raise SystemExit(f"bench: {what} answers {answer.status}")
        connection.close()
        return taken

    with ThreadPoolExecutor(READERS) as pool:
        times = [t for taken in pool.map(read, range(READERS)) for t in taken]
    cuts = statistics.quantiles(times, n=20)
    cpu = _cpu(server) - before
    return Load(what[:46], statistics.median(times), cuts[18], len(times), cpu)


def _cpu(server: subprocess.Popen[bytes]) -> float:
    told = Path(f"/proc/{server.pid}/stat")
    if not told.is_file():
        return float("nan")
    fields = told.read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory(server: subprocess.Popen[bytes]) -> float:
    told = Path(f"/proc/{server.pid}/status")
    if not told.is_file():
        return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    line = next(x for x in told.read_text().splitlines() if x.startswith("VmHWM"))
    return int(line.split()[1]) / 1024
