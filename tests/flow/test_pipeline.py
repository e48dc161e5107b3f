"""The whole path: the same bytes whatever the workers, and only what hangs on a change is made."""

from __future__ import annotations

import csv
import hashlib
import io
import shutil
from pathlib import Path

import pytest
from tests.flow.conftest import MakeBase

from probatum.flow.folder import BaseFolder
from probatum.flow.making import add_documents
from probatum.flow.manifest import load_manifest
from probatum.flow.pipeline import build

NOTE = (
    b"TY  - JOUR\nTI  - An invented note about nothing in particular\n"
    b"AU  - Doe, Jane\nPY  - 2020\nER  - \n"
)


def parts_of(folder: BaseFolder) -> dict[str, str]:
    """Give every file under parts with a digest of its bytes."""
    return {
        path.relative_to(folder.parts).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.parts.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("workers", [2, 4])
def test_parts_are_the_same_bytes_whatever_the_number_of_workers(
    built_once: BaseFolder, tmp_path: Path, make_base: MakeBase, workers: int
) -> None:
    other = make_base(tmp_path / "elsewhere")
    build(other, workers=workers)
    assert parts_of(other) == parts_of(built_once)
    one, two = load_manifest(built_once.manifest), load_manifest(other.manifest)
    assert one is not None
    assert two is not None
    assert one.build_id == two.build_id


def test_a_second_build_does_nothing(tmp_path: Path, make_base: MakeBase) -> None:
    folder = make_base(tmp_path / "base")
    assert build(folder).new
    before = parts_of(folder)
    again = build(folder)
    assert (again.new, again.made) == (False, ())
    assert parts_of(folder) == before


def test_a_new_document_recomputes_only_what_hangs_on_it(
    tmp_path: Path, make_built: MakeBase
) -> None:
    folder = make_built(tmp_path / "base")
    note = tmp_path / "note.ris"
    note.write_bytes(NOTE)
    add_documents(folder, [note])
    done = build(folder)
    stages = [name.partition("/")[0] for name in done.made]
    expected = ["appraise", "extract", "link", "mark", "place", "read", "repeat"]
    assert sorted(stages) == expected
    assert done.manifest.changes == ()
    (folder.sources / "note.ris").unlink()
    assert build(folder).made == ()


def test_one_number_changes_exactly_the_answers_that_pool_it(
    tmp_path: Path, make_built: MakeBase
) -> None:
    folder = make_built(tmp_path / "base")
    row_id = alter_a_mean(folder.path / "pack" / "studies.csv")
    done = build(folder)
    made = [name for name in done.made if name.startswith("answer/")]
    assert len(made) == 1
    assert len(done.manifest.changes) == 1
    assert "\u2192" in done.manifest.changes[0].text, row_id


def test_words_that_change_between_two_builds_of_a_process_are_read_anew(
    tmp_path: Path, make_base: MakeBase
) -> None:
    folder = make_base(tmp_path / "base")
    build(folder)
    before = parts_of(folder)
    words = folder.path / "pack" / "vocabulary.toml"
    told = words.read_text(encoding="utf-8")
    words.write_text(told.replace('["zephyrol spray"]', '["ketamine"]'), encoding="utf-8")
    build(folder)
    elsewhere = BaseFolder(tmp_path / "elsewhere")
    shutil.copytree(folder.path, elsewhere.path, ignore=shutil.ignore_patterns(".probatum"))
    build(elsewhere)
    made = {name: digest for name, digest in parts_of(folder).items() if name not in before}
    assert made.items() <= parts_of(elsewhere).items()
    assert any(name.endswith("claim.parquet") for name in made)


def alter_a_mean(path: Path) -> str:
    """Alter one number that enters a pool; gives the id of its row."""
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
    columns = rows[0]
    for row in rows[1:]:
        for name in ("mean_exp", "events_exp"):
            if row[columns.index(name)]:
                value = float(row[columns.index(name)])
                row[columns.index(name)] = f"{value + 1:g}"
                with path.open("w", encoding="utf-8", newline="") as file:
                    csv.writer(file, lineterminator="\n").writerows(rows)
                return row[columns.index("row_id")]
    raise AssertionError("no row with a number to alter")


def test_everything_derived_may_be_deleted(
    built_once: BaseFolder, tmp_path: Path, make_built: MakeBase
) -> None:
    copy = make_built(tmp_path / "copy")
    shutil.rmtree(copy.derived)
    build(copy)
    assert parts_of(copy) == parts_of(built_once)
