"""Nothing that was built is lost: by kills at random moments, by two builds at once."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.flow.conftest import MakeBase
from tests.flow.test_pipeline import parts_of

from probatum.flow.folder import BaseFolder
from probatum.flow.pipeline import build

KILLS = int(os.environ.get("KILLS", "6"))  # `make kills` asks for 20
COMMAND = (sys.executable, "-m", "probatum", "build", "--workers", "2", "--base")


def start(folder: BaseFolder) -> subprocess.Popen[bytes]:
    """Start a build of a base in another process, in a group of its own."""
    return subprocess.Popen(  # noqa: S603  # our own interpreter and module
        [*COMMAND, str(folder.path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def test_builds_killed_at_random_moments_end_in_the_same_bytes(
    tmp_path: Path, make_base: MakeBase
) -> None:
    whole = make_base(tmp_path / "whole")
    begun = time.monotonic()
    with start(whole) as process:
        assert process.wait(120) == 0
    length = time.monotonic() - begun
    killed = make_base(tmp_path / "killed")
    moments = random.Random(20)  # noqa: S311  # moments, not secrets
    kept: set[str] = set()
    for _ in range(KILLS):
        with start(killed) as process:
            time.sleep(moments.uniform(0.2, 1.0) * length)
            process.send_signal(signal.SIGKILL)
        whole_parts = {name for name in parts_of(killed) if "/.tmp-" not in name}
        assert kept <= whole_parts
        kept = whole_parts
    build(killed)
    assert parts_of(killed) == parts_of(whole)


def test_of_two_builds_at_once_one_waits_and_both_end_well(
    tmp_path: Path, make_base: MakeBase, built_once: BaseFolder
) -> None:
    folder = make_base(tmp_path / "base")
    with start(folder) as one, start(folder) as two:
        codes = [one.wait(120), two.wait(120)]
        said = [process.communicate() for process in (one, two)]
    assert codes == [0, 0], said
    assert sorted(out.startswith(b"nothing new") for out, _ in said) == [False, True]
    assert parts_of(folder) == parts_of(built_once)


def test_workers_end_with_the_build_that_started_them(tmp_path: Path, make_base: MakeBase) -> None:
    folder = make_base(tmp_path / "base")
    with start(folder) as process:
        deadline = time.monotonic() + 60
        while not (children := children_of(process.pid)) and time.monotonic() < deadline:
            time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
    assert children
    deadline = time.monotonic() + 30
    while any(Path(f"/proc/{child}").exists() for child in children):
        assert time.monotonic() < deadline, "a worker outlives its build"
        time.sleep(0.05)


def children_of(pid: int) -> list[int]:
    """Give the processes that a process started."""
    try:
        return [
            int(child)
            for task in Path(f"/proc/{pid}/task").iterdir()
            for child in (task / "children").read_text().split()
        ]
    except FileNotFoundError:
        return []
