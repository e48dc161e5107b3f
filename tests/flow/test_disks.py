"""A full disk and a read-only folder: one clear error, nothing half-written, nothing lost."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.flow.conftest import MakeBase
from tests.flow.test_judgements import DECISION
from tests.flow.test_pipeline import parts_of

from probatum.errors import StorageError
from probatum.flow.folder import BaseFolder
from probatum.flow.judgements import append
from probatum.flow.making import init_base
from probatum.flow.pipeline import build

Remount = Callable[[str], None]
SMALL, LARGE = "size=600k", "size=64m"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[tuple[Path, Remount]]:
    """Give a small disk of its own and the means to change its size; needs root."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    if os.geteuid() != 0 or mount is None:
        pytest.skip("only root can mount a disk of its own")
    command = [mount, "-t", "tmpfs", "-o", SMALL, "tmpfs", str(place)]
    if subprocess.run(command, check=False, capture_output=True).returncode:  # noqa: S603
        pytest.skip("this machine does not let root mount a disk")

    def remount(options: str) -> None:
        subprocess.run(  # noqa: S603  # the system's own mount
            [mount, "-o", f"remount,{options}", str(place)], check=True
        )

    yield place, remount
    subprocess.run(["umount", "-l", str(place)], check=True)  # noqa: S603, S607


def test_a_full_disk_stops_a_build_and_the_next_one_finishes_it(
    tmp_path: Path, make_base: MakeBase, disk: tuple[Path, Remount]
) -> None:
    place, remount = disk
    whole = make_base(tmp_path / "whole")
    build(whole)
    ignored = shutil.ignore_patterns(".probatum")
    folder = BaseFolder(shutil.copytree(whole.path, place / "base", ignore=ignored))
    with pytest.raises(StorageError, match="no space is left"):
        build(folder)
    assert not folder.manifest.exists()
    half = [path for path in folder.derived.rglob("*") if path.name.startswith(".tmp-")]
    assert half == []
    remount(LARGE)
    build(folder)
    assert parts_of(folder) == parts_of(whole)


def test_a_read_only_disk_is_told_and_nothing_is_lost(
    make_base: MakeBase, disk: tuple[Path, Remount]
) -> None:
    place, remount = disk
    remount(LARGE)
    folder = make_base(place / "base")
    append(folder, "duplicates", DECISION)
    remount("ro")
    with pytest.raises(StorageError, match="read-only"):
        build(folder)
    with pytest.raises(StorageError, match="read-only"):
        append(folder, "duplicates", DECISION)
    with pytest.raises(StorageError, match="read-only"):
        init_base(place / "other", pack=str(folder.path / "pack"))
    remount("rw")
    assert build(folder).new
