"""The gate: a measured floor is never lowered without a reason, whoever measured it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from validation import floors
from validation.floors import Figure


@pytest.fixture
def kept(tmp_path: Path) -> tuple[Path, Path]:
    """An empty floors file and a corpus, both in a folder of their own."""
    corpus = tmp_path / "corpus"
    corpus.write_text("invented", encoding="utf-8")
    return tmp_path / "floors.json", corpus


def test_a_floor_rises_and_does_not_fall(kept: tuple[Path, Path]) -> None:
    path, corpus = kept
    for value in (0.5, 0.6):
        floors.merge({"c": [Figure("a", value, 10, "all")]}, {"c": corpus}, path=path)
    with pytest.raises(SystemExit, match=r"a: 0\.6 to 0\.4"):
        floors.merge({"c": [Figure("a", 0.4, 10, "all")]}, {"c": corpus}, path=path)
    assert json.loads(path.read_text())["a"]["value"] == 0.6


def test_a_reason_is_kept_beside_the_lowered_floor(kept: tuple[Path, Path]) -> None:
    path, corpus = kept
    path.write_text(json.dumps({"other": {"found": 3}}))
    floors.merge({"c": [Figure("a", 0.6, 10, "all")]}, {"c": corpus}, path=path)
    why = "labels corrected"
    floors.merge({"c": [Figure("a", 0.4, 10, "all")]}, {"c": corpus}, lower=why, path=path)
    now = json.loads(path.read_text())
    assert now["a"]["lowered"] == why
    assert now["other"] == {"found": 3}


def test_the_reason_stays_until_the_floor_rises(kept: tuple[Path, Path]) -> None:
    path, corpus = kept
    floors.merge({"c": [Figure("a", 0.6, 10, "all")]}, {"c": corpus}, path=path)
    floors.merge({"c": [Figure("a", 0.4, 10, "all")]}, {"c": corpus}, lower="why", path=path)
    floors.merge({"c": [Figure("a", 0.4, 10, "all")]}, {"c": corpus}, path=path)
    assert json.loads(path.read_text())["a"]["lowered"] == "why"
    floors.merge({"c": [Figure("a", 0.5, 10, "all")]}, {"c": corpus}, path=path)
    assert "lowered" not in json.loads(path.read_text())["a"]


def test_fewer_alarms_are_better(kept: tuple[Path, Path]) -> None:
    path, corpus = kept
    few = Figure("alarms", 1.0, 10, "all", higher_is_better=False)
    floors.merge({"c": [few]}, {"c": corpus}, path=path)
    with pytest.raises(SystemExit):
        floors.merge({"c": [Figure("alarms", 2.0, 10, "all")]}, {"c": corpus}, path=path)
