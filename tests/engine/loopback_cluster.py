"""A real Dask cluster on loopback: a scheduler and workers in processes of their own, with TLS."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from distributed import Client, Security
from tests.conftest import ROOT, missing

PATIENCE = 120.0
_SETTINGS = {
    "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "2",
    "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "60s",
    # The functions of tests are imported by name.
    "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
}


@dataclass(frozen=True)
class Cluster:
    """Where the scheduler listens, the folder of the certificates, who watches the workers."""

    address: str
    tls: Path
    nannies: tuple[int, ...]

    def wait_for_workers(self) -> None:
        """Wait until every worker has come."""
        files = {name: str(self.tls / f"{name}.pem") for name in ("ca", "cert", "key")}
        security = Security(
            tls_ca_file=files["ca"], tls_client_cert=files["cert"], tls_client_key=files["key"]
        )
        with Client(self.address, security=security, set_as_default=False) as client:
            client.wait_for_workers(len(self.nannies), timeout=PATIENCE)

    def kill_a_worker(self) -> None:
        """Kill the first worker process; its nanny brings another."""
        children = psutil.Process(self.nannies[0]).children(recursive=True)
        found = [one for one in children if "spawn_main" in " ".join(one.cmdline())]
        found[0].send_signal(signal.SIGKILL)


def make_certificates(folder: Path) -> Path:
    """Make a throw-away certificate that is its own authority."""
    openssl = shutil.which("openssl")
    if openssl is None:
        missing("openssl is not installed (apt-get install openssl)")
    folder.mkdir()
    words = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
    out = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
    subprocess.run(  # noqa: S603  # Debian's openssl
        [str(openssl), *words.split(), "-subj", "/CN=loopback", *out],
        check=True,
        capture_output=True,
    )
    shutil.copy(folder / "cert.pem", folder / "ca.pem")
    return folder


@contextmanager
def started(
    folder: Path, *, workers: int = 2, env: Mapping[str, str] | None = None
) -> Iterator[Cluster]:
    """Start a cluster whose workers have ``env`` beside ours; ends it after the block."""
    tls = make_certificates(folder / "tls")
    given = [f"--tls-{key}" for key in ("ca-file", "cert", "key")]
    files = [str(tls / f"{name}.pem") for name in ("ca", "cert", "key")]
    secured = [word for pair in zip(given, files, strict=True) for word in pair]
    place = folder / "scheduler.json"
    common = [*secured, "--protocol", "tls", "--no-dashboard", "--scheduler-file", str(place)]
    running = [_start("scheduler", [*common, "--host", "127.0.0.1", "--port", "0"], folder)]
    try:
        address = _address(place, running[0])
        for at in range(workers):
            words = [*common, "--nthreads", "1", "--host", "127.0.0.1"]
            local = folder / f"worker-{at}"
            words += ["--local-directory", str(local), "--memory-limit", "0"]
            running.append(_start("worker", words, folder, env))
        yield Cluster(address, tls, tuple(process.pid for process in running[1:]))
    finally:
        for process in reversed(running):
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _start(
    role: str, words: list[str], folder: Path, env: Mapping[str, str] | None = None
) -> subprocess.Popen[bytes]:
    with (folder / f"{role}.log").open("ab") as log:
        return subprocess.Popen(  # noqa: S603  # our own interpreter and module
            [sys.executable, "-m", f"distributed.cli.dask_{role}", *words],
            stdout=log,
            stderr=log,
            env={**os.environ, **_SETTINGS, **(env or {})},
            start_new_session=True,
        )


def _address(place: Path, scheduler: subprocess.Popen[bytes]) -> str:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and scheduler.poll() is None:
        try:
            return str(json.loads(place.read_text())["address"])
        except (OSError, ValueError):
            time.sleep(0.05)
    raise AssertionError((place.parent / "scheduler.log").read_text()[-2000:])
