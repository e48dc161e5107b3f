"""The first command that a newcomer types says one clear line when it cannot go on."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture
def clone(tmp_path: Path, project_root: Path) -> Path:
    """A folder that holds what bootstrap reads, and no .venv."""
    (tmp_path / "scripts").mkdir()
    shutil.copy(project_root / "scripts" / "bootstrap", tmp_path / "scripts")
    for name in ("pyproject.toml", "constraints.txt"):
        shutil.copy(project_root / name, tmp_path)
    return tmp_path


def program(path: Path, text: str) -> Path:
    """Write a small program of the shell."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def bootstrap(
    clone: Path, *arguments: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603
        [str(clone / "scripts" / "bootstrap"), *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_an_unknown_purpose_is_refused_with_what_is_known(clone: Path) -> None:
    done = bootstrap(clone, "all")
    assert (done.returncode, done.stdout) == (2, "")
    assert "unknown purpose 'all'; known: core, dev" in done.stderr


def test_without_ensurepip_a_user_gets_the_one_line_to_run(clone: Path) -> None:
    """Debian's python3 without python3-venv, called by someone who is not root."""
    python = program(
        clone / "bin" / "bare-python",
        f'case "$*" in *ensurepip*) exit 1;; esac\nexec {sys.executable} "$@"',
    )
    program(clone / "bin" / "id", "echo 1000")
    path = f"{clone / 'bin'}:{os.environ['PATH']}"
    done = bootstrap(clone, PYTHON=str(python), PATH=path)
    assert done.returncode == 1
    assert done.stderr == (
        "bootstrap: this Python has no ensurepip. Run: sudo apt-get install python3-venv\n"
    )
    assert not (clone / ".venv").exists()


def test_an_old_python_is_not_taken(clone: Path) -> None:
    old = program(clone / "bin" / "old-python", "exit 1")
    done = bootstrap(clone, PYTHON=str(old))
    assert done.returncode == 1
    assert "Python 3.11 or newer is needed" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_what_stands_is_not_installed_again(clone: Path) -> None:
    """With the stamp of the same wishes nothing is run but a look at the venv's Python."""
    fake = program(
        clone / ".venv" / "bin" / "python",
        'case "$*" in "-VV") echo Python;; *"import pip"*) ;; *) echo "installs: $*"; esac',
    )
    first = bootstrap(clone)
    assert first.stdout.count("installs: -m pip install") == 2
    assert (bootstrap(clone).stdout, fake.exists()) == ("", True)
    (clone / "constraints.txt").write_text("numpy==1\n")
    assert bootstrap(clone).stdout.count("installs: -m pip install") == 2
