"""What a machine runs on a submission fails when anything fails, and always runs everything."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest


@pytest.mark.parametrize(("fails", "status"), [("nothing", 0), ("check", 1), ("test", 1)], ids=str)
def test_the_exit_code_is_honest(
    fails: str, status: int, tmp_path: Path, project_root: Path
) -> None:
    """With a make that only says what it was asked for."""
    (tmp_path / ".ci").mkdir()
    shutil.copy(project_root / ".ci" / "run", tmp_path / ".ci")
    make = tmp_path / "bin" / "make"
    make.parent.mkdir()
    make.write_text(f'#!/bin/sh\necho "make $1 CI=$CI"\n[ "$1" != {fails} ]\n')
    make.chmod(0o755)
    environment = {"PATH": f"{make.parent}:{os.environ['PATH']}"}
    done = subprocess.run(  # noqa: S603
        [str(tmp_path / ".ci" / "run")],
        env=environment,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.stdout == "make check CI=true\nmake test CI=true\n"
    assert done.returncode == status
