"""Study rows and questions with only what a test says of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, fields
from typing import Any

import pytest

from probatum.model.pack import Question, StudyRow

UNKNOWN = {"str": "", "bool": False, "tuple[str, ...]": (), "tuple[SourceLink, ...]": ()}


def build_row(row_id: str, **known: Any) -> StudyRow:
    """A row about which only ``known`` is known; randomised unless said otherwise."""
    blank = {f.name: UNKNOWN.get(str(f.type)) for f in fields(StudyRow) if f.default is MISSING}
    kind = {"result_type": "continuous" if "mean_exp" in known else "binary"}
    named = {"row_id": row_id, "study": row_id, "design_class": "randomised"}
    return StudyRow(**{**blank, **kind, **named, **known})


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
