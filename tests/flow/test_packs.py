"""Loading a pack: a folder of data, good or bad."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from probatum.errors import PackError, UnknownNameError
from probatum.flow.packs import FILES, NEEDED, load_pack, not_assigned, question_counts, rows_of
from probatum.flow.packs.columns import COLUMNS
from probatum.flow.settings import DEFAULT_PACK


@pytest.fixture
def folder(project_root: Path, tmp_path: Path) -> Path:
    """A copy of the invented pack, to be spoilt."""
    return Path(shutil.copytree(project_root / "examples/packs/hay-fever", tmp_path / "pack"))


def edit(path: Path, old: str, new: str) -> None:
    """Replace one text that stands once or more."""
    content = path.read_text("utf-8")
    assert old in content
    path.write_text(content.replace(old, new), "utf-8")


def test_the_invented_pack(folder: Path) -> None:
    pack = load_pack(folder)
    assert pack.problems == ()
    assert len({row.study for row in pack.studies}) == 6
    counts = [(c.question.id, c.k, c.rows, c.pooled, c.flagged) for c in question_counts(pack)]
    assert counts == [("sneezing", 3, 3, 3, 0), ("nosebleed", 2, 3, 2, 1)]
    assert [row.row_id for row in rows_of(pack, "sneezing")] == ["Z1", "Z2", "Z3"]
    assert [found.row_id for found in not_assigned(pack)] == ["Z7"]
    assert "invented" in pack.notice


def test_one_number_changes_the_digest_and_only_its_row(folder: Path) -> None:
    before = load_pack(folder)
    edit(folder / "studies.csv", ",55,53,", ",55,54,")
    after = load_pack(folder)
    assert after.digest != before.digest
    changed = [b.row_id for a, b in zip(before.studies, after.studies, strict=True) if a != b]
    assert changed == ["Z2"]
    assert after.assignments == before.assignments


def test_the_digest_is_that_of_the_content(folder: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(folder, tmp_path / "elsewhere"))
    assert load_pack(folder) == load_pack(copy)


def test_bad_rows_are_problems_with_their_place(folder: Path) -> None:
    edit(folder / "studies.csv", ",40,40,3,1,", ",40,40,41,1,")
    edit(folder / "studies.csv", "Cedar 2009,2009", "Cedar 2009,0")
    edit(folder / "statements.csv", "S1,safety", "S1,danger")
    edit(folder / "questions.toml", 'comparator = "placebo"\nwindow', 'comparator = "air"\nwindow')
    pack = load_pack(folder)
    places = {(problem.file, problem.line, problem.column) for problem in pack.problems}
    assert places == {
        ("studies.csv", 5, "events_exp"),
        ("studies.csv", 4, "year"),
        ("statements.csv", 2, None),
        ("questions.toml", None, "sneezing"),
    }
    assert {row.row_id for row in pack.studies} == {"Z1", "Z2", "Z5", "Z6", "Z7"}
    assert all(problem.file in problem.reason for problem in pack.problems if problem.file)


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file(folder: Path, name: str) -> None:
    (folder / name).unlink(missing_ok=True)  # the invented pack codes no facts
    if name in NEEDED:
        with pytest.raises(PackError, match=name):
            load_pack(folder)
    else:
        assert load_pack(folder).problems == ()


@pytest.mark.parametrize("name", FILES)
def test_binary_where_text_should_be(folder: Path, name: str) -> None:
    (folder / name).write_bytes(b"\xff\xfe\x00\x01")
    if name in NEEDED:
        with pytest.raises(PackError, match=name):
            load_pack(folder)
    else:
        assert [problem.file for problem in load_pack(folder).problems] == [name]


def test_an_unknown_pack_says_what_is_known(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match=f"known: {DEFAULT_PACK}"):
        load_pack("no-such-therapy")
    with pytest.raises(PackError, match=r"pack\.toml"):
        load_pack(tmp_path)


def test_a_manifest_must_say_what_the_pack_is(folder: Path) -> None:
    edit(folder / "pack.toml", "as_of", "as_off")
    with pytest.raises(PackError, match="as_off"):
        load_pack(folder)


def test_a_vocabulary_without_order(folder: Path) -> None:
    edit(folder / "vocabulary.toml", 'parent = "allergic-rhinitis"', 'parent = "seasonal"')
    edit(folder / "vocabulary.toml", 'id = "sneezing"', 'id = "nosebleed"')
    edit(folder / "vocabulary.toml", "high = 22", 'high = "22"')
    edit(folder / "vocabulary.toml", "high = 10", 'high = 10, whole = "yes"')
    told = "\n".join(problem.reason for problem in load_pack(folder).problems)
    assert "is its own ancestor" in told
    assert "stands among outcomes and harms" in told
    assert "high '22' is not a number" in told
    assert "whole 'yes' is not true or false" in told


def test_every_column_is_documented(project_root: Path) -> None:
    page = (project_root / "docs/reference/packs.md").read_text("utf-8")
    assert [name for name in COLUMNS if f"`{name}`" not in page] == []
