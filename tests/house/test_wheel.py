"""What a user gets: everything that runs, nothing that does not, and not too much of it."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

LIMIT_MB = 25


@pytest.fixture(scope="module")
def wheel(project_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run(  # noqa: S603
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)],
        cwd=project_root,
        check=True,
        capture_output=True,
        timeout=120,
    )
    return next(out.glob("*.whl"))


def test_the_wheel_is_small(wheel: Path) -> None:
    assert wheel.stat().st_size <= LIMIT_MB * 1_000_000


def test_the_wheel_holds_every_file_of_the_package(wheel: Path, project_root: Path) -> None:
    source = project_root / "src"
    want = {
        path.relative_to(source).as_posix()
        for path in (source / "probatum").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    held = set(zipfile.ZipFile(wheel).namelist())
    assert want - held == set()
    assert "probatum/py.typed" in held
    assert any(name.startswith("probatum/packs/ketamine/") for name in held)
    assert any(name.startswith("probatum/examples/") for name in held)


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    others = [n for n in names if not n.startswith(("probatum/", "probatum-"))]
    assert others == []
    assert not [n for n in names if "__pycache__" in n or "test" in Path(n).name]


def test_the_wheel_carries_its_licence_and_notice(wheel: Path) -> None:
    licences = [n for n in zipfile.ZipFile(wheel).namelist() if ".dist-info/licenses/" in n]
    assert {Path(name).name for name in licences} == {"LICENSE", "NOTICE"}


def test_data_of_others_have_their_notice(project_root: Path) -> None:
    """Packed tables in a folder ``data`` were made from others' material; NOTICE names each."""
    notice = (project_root / "NOTICE").read_text()
    held = sorted((project_root / "src" / "probatum").rglob("data/*.gz"))
    names = [path.relative_to(project_root).as_posix() for path in held]
    assert [name for name in names if name not in notice] == []


def test_the_metadata_names_bounds_not_pins(wheel: Path) -> None:
    held = zipfile.ZipFile(wheel)
    metadata = next(n for n in held.namelist() if n.endswith(".dist-info/METADATA"))
    requires = [
        line
        for line in held.read(metadata).decode().splitlines()
        if line.startswith("Requires-Dist:")
    ]
    assert requires
    assert [line for line in requires if ">=" not in line or "==" in line.split(";")[0]] == []
