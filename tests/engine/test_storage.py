"""Files are there whole or not at all; locks hold; a full disk is said in plain words."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from probatum.engine.storage import exclusive, new_folder, remove_leftovers, write_atomic
from probatum.errors import BusyError, StorageError

FULL = Path("/dev/full")


def test_write_atomic_replaces_and_leaves_nothing_behind(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "file"
    write_atomic(target, b"one")
    write_atomic(target, b"two")
    assert target.read_bytes() == b"two"
    assert [p.name for p in target.parent.iterdir()] == ["file"]


def test_new_folder_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), new_folder(tmp_path, lambda _: "x") as folder:
        (folder / "half").write_bytes(Path(folder / "not there").read_bytes())
    assert list(tmp_path.iterdir()) == []
    for text in ("first", "second"):
        with new_folder(tmp_path, lambda _: "x") as folder:
            (folder / "whole").write_text(text)
    assert (tmp_path / "x" / "whole").read_text() == "first"
    assert [p.name for p in tmp_path.iterdir()] == ["x"]


def test_leftovers_of_a_killed_writer_are_removed(tmp_path: Path) -> None:
    (tmp_path / "parts" / ".tmp-a").mkdir(parents=True)
    (tmp_path / "parts" / ".tmp-a" / "t").write_text("half")
    (tmp_path / ".tmp-b").write_text("half")
    (tmp_path / "kept").write_text("whole")
    remove_leftovers(tmp_path)
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["kept", "parts"]


def test_a_second_holder_waits_then_gives_up(tmp_path: Path) -> None:
    lock, said = tmp_path / "lock", list[str]()
    code = (
        "import sys, time, pathlib\n"
        "from probatum.engine.storage import exclusive\n"
        "with exclusive(pathlib.Path(sys.argv[1]), wait=1, waiting=print):\n"
        "    print('held', flush=True)\n"
        "    sys.stdin.read()\n"
    )
    with subprocess.Popen(  # noqa: S603  # our own interpreter and code
        [sys.executable, "-c", code, str(lock)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with (
            pytest.raises(BusyError, match="another build"),
            exclusive(lock, wait=0.2, waiting=said.append),
        ):
            pass
        other.kill()
    assert said == ["another build is running on this base; waiting for it"]
    with exclusive(lock, wait=0, waiting=said.append):
        pass


@pytest.mark.skipif(not FULL.exists(), reason="needs /dev/full")
def test_a_full_disk_is_said_in_plain_words(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="free some"), new_folder(tmp_path, lambda _: "x"):
        FULL.write_bytes(b"more")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_a_file_is_refused_by_the_system(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OSError, match=r"exists|Not a directory"):
        write_atomic(tmp_path / "file" / "inner", b"x")
