"""Stance: cases of our own, bounds on any text, and the gold labels as a floor."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from validation.stance_quality import figures

from probatum.claims.stance import judge, judge_all
from probatum.claims.stance_context import Context

ROOT = Path(__file__).parents[2]
CASES = tomllib.loads(
    (Path(__file__).parent.parent / "cases/claims/stance.toml").read_text(encoding="utf-8")
)["case"]


def _context(marked: str, section: str, previous: str = "") -> Context:
    start = marked.index("⟦")
    end = marked.index("⟧") - 1
    text = marked.replace("⟦", "").replace("⟧", "")
    return Context(text, (start, end), previous, section)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_case(case: dict[str, object]) -> None:
    found = judge(_context(str(case["text"]), str(case.get("section", "discussion"))))
    assert (found.stance, found.own_evidence) == (case["stance"], case["own"]), found.why


@settings(max_examples=100)
@given(st.text(max_size=200), st.integers(0, 220), st.sampled_from(["discussion", "methods"]))
def test_any_text_is_judged(text: str, at: int, section: str) -> None:
    found = judge(Context(text, (at, at + 3), text[::-1], section))
    assert 0 <= found.confidence <= 1
    assert found.why
    assert not (found.own_evidence and found.stance == "mentioning")


def test_many_are_judged_as_one_by_one() -> None:
    contexts = [_context(str(case["text"]), "discussion") for case in CASES]
    assert judge_all(contexts) == [judge(context) for context in contexts]


def test_floors_on_held_out_labels(shared_data: Path) -> None:
    """What floors.json says of the shipped weights is what they do."""
    floors = json.loads((ROOT / "validation/floors.json").read_text(encoding="utf-8"))
    for figure in figures(shared_data / "claims/citation_stance_gold.jsonl"):
        assert figure.value == pytest.approx(floors[figure.name]["value"], abs=2e-4), figure.name
