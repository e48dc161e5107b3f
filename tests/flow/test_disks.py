"""A full disk and a read-only folder: one clear error, nothing half-written, nothing lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.flow.conftest import LARGE, MakeBase, Remount
from tests.flow.test_judgements import DECISION
from tests.flow.test_pipeline import parts_of

from probatum.errors import StorageError
from probatum.flow.folder import BaseFolder
from probatum.flow.judgements import append
from probatum.flow.making import init_base
from probatum.flow.pipeline import build


def test_a_full_disk_stops_a_build_and_the_next_one_finishes_it(
    make_base: MakeBase, built_once: BaseFolder, disk: tuple[Path, Remount]
) -> None:
    place, remount = disk
    folder = make_base(place / "base")
    with pytest.raises(StorageError, match="no space is left"):
        build(folder)
    assert not folder.manifest.exists()
    half = [path for path in folder.derived.rglob("*") if path.name.startswith(".tmp-")]
    assert half == []
    remount(LARGE)
    build(folder)
    assert parts_of(folder) == parts_of(built_once)


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
