"""Added labels: offsets and labels only, once each, and never of a held-out article."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from validation.citations import ADDED, gold, held_out


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    listed: list[dict[str, str]] = []
    for path in ADDED:
        with path.open(encoding="utf-8", newline="") as stream:
            listed += csv.DictReader(stream)
    return listed


def _article(row: dict[str, str]) -> str:
    return "PMC" + row["file"].rpartition("PMC")[2]


def test_labels_are_of_the_guide(rows: list[dict[str, str]]) -> None:
    for row in rows:
        assert row["stance"] in ("supporting", "contrasting", "mentioning")
        assert row["own_evidence"] in ("yes", "no")
        assert row["own_evidence"] == "no" or row["stance"] != "mentioning"
        assert int(row["start"]) < int(row["end"])
        assert re.fullmatch(r"[0-9a-f]{12}|", row.get("text", ""))
    assert len({(row["file"], row["start"], row["end"]) for row in rows}) == len(rows)


def test_no_article_is_held_out(rows: list[dict[str, str]]) -> None:
    assert not any(held_out(_article(row)) for row in rows)


def test_every_article_has_labels_of_the_gold_set(
    rows: list[dict[str, str]], shared_data: Path
) -> None:
    """Others may be of the test part that is kept elsewhere."""
    known = {row.pmcid for row in gold(shared_data / "claims/citation_stance_gold.jsonl")}
    assert {_article(row) for row in rows} <= known
