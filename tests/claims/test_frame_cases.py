"""Invented sentences with every claim labelled: the figures do not fall below their floors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from validation.frame_cases import CASES, THIRD, cases, figures

FLOORS = json.loads(
    (Path(__file__).parents[2] / "validation/floors.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(("path", "held"), [(CASES, 50), (THIRD, 70)], ids=["own", "third"])
def test_cases_are_labelled_with_known_words(path: Path, held: int) -> None:
    fields = {
        *("intervention", "condition", "outcome", "aspect", "comparator", "direction", "negated"),
        *("hedge", "strength", "dose", "route", "time_point", "population", "optional"),
    }
    listed = cases(path)
    assert len({case["id"] for case in listed}) == len(listed)
    assert all(set(claim) <= fields for case in listed for claim in case["claims"])
    assert sum(case["held"] for case in listed) == held


@pytest.mark.parametrize("path", [CASES, THIRD], ids=["own", "third"])
@pytest.mark.parametrize("part", ["rules written on these", "held out"])
def test_floors(path: Path, part: str) -> None:
    measured = [one for one in figures(path) if one.split.endswith(part)]
    assert measured
    for one in measured:
        assert one.value >= FLOORS[one.name]["value"] - 2e-4, one.name
