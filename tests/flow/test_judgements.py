"""Decisions are only appended: by two writers at once, after a torn line, and never altered."""

from __future__ import annotations

from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.errors import UnknownNameError, UsageError
from probatum.flow.folder import BaseFolder
from probatum.flow.judgements import append, load

DECISION = {
    "left": "a",
    "right": "b",
    "verdict": "same",
    "who": "R. Reviewer",
    "when": "2026-01-01T10:00:00",
    "why": "same trial",
}


def write_many(path: str, who: str) -> None:
    """Append twenty decisions, as one of two writers."""
    for at in range(20):
        append(BaseFolder(Path(path)), "duplicates", {**DECISION, "left": f"{who}{at}"})


def test_a_decision_comes_back(tmp_path: Path) -> None:
    folder = BaseFolder(tmp_path)
    append(folder, "duplicates", DECISION)
    assert load(folder, "duplicates") == ([DECISION], [])
    assert load(folder, "flags") == ([], [])


def test_two_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    context = get_context("spawn")
    writers = [context.Process(target=write_many, args=(str(tmp_path), who)) for who in "xy"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    rows, problems = load(BaseFolder(tmp_path), "duplicates")
    assert problems == []
    assert sorted(row["left"] for row in rows) == sorted(
        f"{w}{n}" for w in "xy" for n in range(20)
    )


def test_a_torn_line_is_a_problem_and_the_next_decision_stands(tmp_path: Path) -> None:
    folder = BaseFolder(tmp_path)
    append(folder, "duplicates", DECISION)
    path = folder.judgements / "duplicates.csv"
    torn = path.read_bytes() + b"c,d,sa"
    path.write_bytes(torn)
    append(folder, "duplicates", DECISION)
    assert path.read_bytes().startswith(torn)
    rows, problems = load(folder, "duplicates")
    assert rows == [DECISION, DECISION]
    assert [problem.code for problem in problems] == ["bad-decision"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"verdict": "maybe"}, "verdict must be one of same, related, different"),
        ({"who": " "}, "who must hold"),
        ({"colour": "red"}, "colour"),
        ({"why": "x" * 5000}, "why must hold"),
    ],
)
def test_impossible_decisions_are_refused(
    tmp_path: Path, change: dict[str, str], message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        append(BaseFolder(tmp_path), "duplicates", {**DECISION, **change})
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_kind_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="known: duplicates, flags, certainty"):
        append(BaseFolder(tmp_path), "colours", DECISION)


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=40).filter(str.strip))
def test_any_reason_stays_one_line(tmp_path_factory: pytest.TempPathFactory, why: str) -> None:
    folder = BaseFolder(tmp_path_factory.mktemp("base"))
    append(folder, "duplicates", {**DECISION, "why": why})
    rows, problems = load(folder, "duplicates")
    assert problems == []
    assert rows[0]["why"] == " ".join(why.split())
