"""Study rows with only what a test says of them; everything else is unknown."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

import pytest

from probatum.model.pack import Question, StudyRow

UNKNOWN = {"str": "", "bool": False, "tuple[str, ...]": (), "tuple[SourceLink, ...]": ()}


def blank() -> dict[str, Any]:
    """Every field of a row that has no default of its own, as unknown."""
    return {f.name: UNKNOWN.get(str(f.type)) for f in fields(StudyRow) if f.default is MISSING}


def build_row(row_id: str = "R1", **known: Any) -> StudyRow:
    """A row about which only ``known`` is known."""
    guess = "continuous" if "mean_exp" in known else "binary"
    guess = "effect" if "contrast" in known and guess == "binary" else guess
    values = {**blank(), "row_id": row_id, "study": known.pop("study", row_id)}
    return StudyRow(**{**values, "result_type": guess, **known})


def build_question(**known: Any) -> Question:
    """A question about which only ``known`` is known."""
    base = {"id": "q", "label": "Q", "indication": "pain", "aspect": "efficacy"}
    return Question(**{**base, **known})


@pytest.fixture(scope="session")
def make_row() -> Callable[..., StudyRow]:
    """The builder of rows."""
    return build_row


@pytest.fixture(scope="session")
def make_question() -> Callable[..., Question]:
    """The builder of questions."""
    return build_question


@pytest.fixture(scope="session")
def published(shared_data: Path) -> list[dict[str, str]]:
    """The published pools."""
    with (shared_data / "ketamine" / "pooled_published.csv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))
