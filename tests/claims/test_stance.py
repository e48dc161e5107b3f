"""Stance: cases of our own, bounds on any text, and the gold labels as a floor."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.claims.stance import THRESHOLD, Context, judge

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
    assert found.stance == "mentioning" or found.confidence >= THRESHOLD
    assert not (found.own_evidence and found.stance == "mentioning")


def _role(section: str | None) -> str:
    names = {"discuss|conclu": "discussion", "intro|backg": "introduction", "method": "methods"}
    given_name = (section or "").lower()
    return next((role for words, role in names.items() if re.search(words, given_name)), "other")


def test_floor_on_gold_labels(shared_data: Path) -> None:
    """Macro-F1 of the rules on all gold labels (their cues were chosen on the same labels)."""
    lines = (shared_data / "claims/citation_stance_gold.jsonl").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in lines.splitlines()[1:]]
    found = [judge(_context(r["text"], _role(r["section"]), r["previous"])).stance for r in rows]
    scores = []
    for label in ("supporting", "contrasting", "mentioning"):
        hits = sum(r["stance"] == label == f for r, f in zip(rows, found, strict=True))
        given_n = sum(r["stance"] == label for r in rows)
        scores.append(2 * hits / (found.count(label) + given_n))
    assert sum(scores) / 3 >= 0.66
