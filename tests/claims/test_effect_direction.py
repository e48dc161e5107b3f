"""Direction of an effect: plain cases, bounds on any text, floors on the official test split."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from validation.evidence_inference import figures

from probatum.claims.effect_direction import CHANGES, Asked, directions

FLOORS = Path(__file__).parents[2] / "validation/floors.json"


@pytest.mark.parametrize(
    ("passage", "change"),
    [
        ("Pain was significantly lower with drug X than with placebo (p = 0.01).", "decreased"),
        (
            "Pain did not differ significantly between drug X and placebo.",
            "no_difference",
        ),
        ("Pain was significantly higher with drug X than with placebo (p = 0.01).", "increased"),
    ],
)
def test_plain_words(passage: str, change: str) -> None:
    assert directions([Asked(passage, "drug X", "placebo", "pain")])[0].change == change


@settings(max_examples=60)
@given(st.text(max_size=120), st.text(max_size=20), st.text(max_size=20))
def test_any_text_gets_an_answer(passage: str, intervention: str, outcome: str) -> None:
    (found,) = directions([Asked(passage, intervention, "placebo", outcome)])
    assert found.change in CHANGES
    assert 1 / 3 - 1e-3 <= found.confidence <= 1


def test_nothing_asked_is_nothing_found() -> None:
    assert directions([]) == []


def test_floors(shared_data: Path, tmp_path: Path) -> None:
    with tarfile.open(shared_data / "claims/evidence_inference.tar.gz") as archive:
        archive.extractall(tmp_path, filter="data")
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    for figure in figures(tmp_path / "evidence_inference"):
        assert figure.value == pytest.approx(floors[figure.name]["value"], abs=2e-4), figure.name
