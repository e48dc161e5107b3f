"""A small base of invented documents and the invented pack, for tests of the whole path."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import fsspec.config
import pytest
from tests.engine.loopback_ftp import PASSWORD, USER

from probatum.flow.folder import BaseFolder
from probatum.flow.making import add_documents, init_base
from probatum.flow.pipeline import build

MakeBase = Callable[[Path], BaseFolder]
Remount = Callable[[str], None]
SMALL, LARGE = "size=600k", "size=64m"


@pytest.fixture(scope="session")
def invented_pack(project_root: Path) -> Path:
    """The invented second therapy."""
    return next(p.parent for p in sorted((project_root / "examples/packs").glob("*/pack.toml")))


@pytest.fixture(scope="session")
def example_documents(project_root: Path) -> list[Path]:
    """The invented example documents."""
    found = sorted((project_root / "examples").iterdir())
    return [path for path in found if path.is_file() and path.name != "README.md"]


@pytest.fixture(scope="session")
def make_base(invented_pack: Path, example_documents: list[Path]) -> MakeBase:
    """Make a base with a copy of the invented pack and the example documents; not built."""

    def make(folder: Path) -> BaseFolder:
        shutil.copytree(invented_pack, folder / "pack")
        base = init_base(folder, pack="pack", title="Invented", as_of="2026-01-01")
        add_documents(base, example_documents)
        return base

    return make


@pytest.fixture(scope="session")
def built_once(tmp_path_factory: pytest.TempPathFactory, make_base: MakeBase) -> BaseFolder:
    """That base, built by one process. Nobody alters it: ask for a copy."""
    folder = make_base(tmp_path_factory.mktemp("built") / "base")
    build(folder)
    return folder


@pytest.fixture(scope="session")
def make_built(built_once: BaseFolder) -> MakeBase:
    """Make a copy of it, as the build left it: building it again takes two CPU-seconds."""
    return lambda folder: BaseFolder(Path(shutil.copytree(built_once.path, folder)))


@pytest.fixture
def logged_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """The account of the FTP server, as fsspec takes it from the environment on import."""
    monkeypatch.setitem(fsspec.config.conf, "ftp", {"username": USER, "password": PASSWORD})


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
