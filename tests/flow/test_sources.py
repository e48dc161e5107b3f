"""Sources are found in one order, digested once, and nothing outside the base is read."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from probatum.flow.folder import BaseFolder
from probatum.flow.sources import scan

GLOBS = ("sources/**",)


@pytest.fixture
def folder(tmp_path: Path) -> BaseFolder:
    base = BaseFolder(tmp_path / "base")
    (base.sources / "deep").mkdir(parents=True)
    (base.sources / "b.txt").write_bytes(b"two")
    (base.sources / "deep" / "a.txt").write_bytes(b"one")
    (base.sources / ".hidden").write_bytes(b"no")
    return base


def test_files_are_found_sorted_and_digested(folder: BaseFolder) -> None:
    found = scan(folder, GLOBS).sources
    assert [source.name for source in found] == ["sources/b.txt", "sources/deep/a.txt"]
    assert found[1].sha256 == hashlib.sha256(b"one").hexdigest()
    assert scan(folder, GLOBS).sources == found


def test_an_altered_file_is_seen_also_when_its_size_stays(folder: BaseFolder) -> None:
    before = scan(folder, GLOBS).sources
    (folder.sources / "b.txt").write_bytes(b"TWO")
    after = scan(folder, GLOBS).sources
    assert before[0].sha256 != after[0].sha256
    assert before[1] == after[1]


def test_links_out_of_the_base_and_in_circles_are_problems(folder: BaseFolder) -> None:
    outside = folder.path.parent / "outside.txt"
    outside.write_text("secret")
    (folder.sources / "out").symlink_to(outside)
    (folder.sources / "loop").symlink_to(folder.sources / "loop")
    (folder.sources / "around").symlink_to(folder.sources)
    (folder.sources / "inside").symlink_to(folder.sources / "b.txt")
    result = scan(folder, GLOBS)
    assert [source.name for source in result.sources] == [
        "sources/b.txt",
        "sources/deep/a.txt",
        "sources/inside",
    ]
    assert [(name, problem.code) for name, problem in result.problems] == [
        ("sources/around", "not-a-file"),
        ("sources/loop", "broken-link"),
        ("sources/out", "outside-base"),
    ]


def test_a_damaged_cache_is_made_anew(folder: BaseFolder) -> None:
    before = scan(folder, GLOBS)
    (folder.derived / "digests.json").write_bytes(b"\x00 not json")
    assert scan(folder, GLOBS) == before
