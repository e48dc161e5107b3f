"""The tutorial is run: every command of its consoles, and the lines that it says are printed."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

CONSOLE = re.compile(r"```console\n(.*?)```", re.DOTALL)


def steps(page: str) -> list[tuple[str, list[str]]]:
    """The commands of a page in order, each with the lines that it is said to print."""
    found: list[tuple[str, list[str]]] = []
    for block in CONSOLE.findall(page):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(line)
    return found


def pattern(line: str) -> re.Pattern[str]:
    """What a line of the page stands for; ``...`` is anything."""
    parts = (re.escape(part.strip()) for part in line.split("..."))
    return re.compile(r"\s*.*?\s*".join(parts))


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    program, *arguments = shlex.split(command)
    assert program == "probatum"
    return subprocess.run(  # noqa: S603
        [sys.executable, "-m", "probatum", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_every_command_does_what_the_tutorial_says(project_root: Path, tmp_path: Path) -> None:
    shutil.copytree(project_root / "examples", tmp_path / "examples")
    page = (project_root / "docs" / "tutorial.md").read_text()
    for command, lines in steps(page):
        done = run(command, tmp_path)
        printed = done.stdout + done.stderr
        assert done.returncode in {0, 1}, f"{command}: {printed}"
        assert "Traceback" not in printed, f"{command}: {printed}"
        missing = [line for line in lines if not pattern(line).search(printed)]
        assert missing == [], f"{command}: {printed[:2000]}"


def test_a_console_is_taken_apart() -> None:
    page = "```console\n$ probatum a\nx ... y\n$ probatum b\n```\n"
    assert steps(page) == [("probatum a", ["x ... y"]), ("probatum b", [])]
    assert pattern("x ... y").search("x 12 y")
    assert not pattern("x ... y").search("x 12 z")
