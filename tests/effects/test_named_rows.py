"""Rows that a careless pool gets wrong, as data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from probatum.effects.synthesize import synthesize
from probatum.model.effect import Pooled

FILE = Path(__file__).resolve().parent.parent / "cases" / "effects" / "named_rows.json"
CASES: list[dict[str, Any]] = json.loads(FILE.read_text("utf-8"))["cases"]


def pooled_of(case: dict[str, Any], make_row: Any, make_question: Any) -> Pooled:
    rows = []
    for known in case["rows"]:
        fields = {k: tuple(v) if isinstance(v, list) else v for k, v in known.items()}
        rows.append(make_row(fields.pop("row_id"), **fields))
    return synthesize(
        make_question(**case["question"]), rows, flagged_in=case.get("flagged_in", False)
    )


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_named_rows(case: dict[str, Any], make_row: Any, make_question: Any) -> None:
    pooled, expect = pooled_of(case, make_row, make_question), case["expect"]
    close = {"abs": 0.6 * 10 ** -expect.get("digits", 2)}
    taken = {e.row_id: e for e in pooled.effects if e.left_out is None}
    excluded = {e.row_id: e.reason for e in pooled.excluded}
    assert pooled.k == expect["k"], case["why"]
    assert sorted(taken) == expect["taken"]
    for name in ("n", "model", "measure"):
        assert getattr(pooled, name) == expect.get(name, getattr(pooled, name))
    if "headline" in expect:
        found = [pooled.estimate, pooled.ci_low, pooled.ci_high]
        assert found == pytest.approx(expect["headline"], **close)
    if "DL z" in expect:
        fit = next(m for m in pooled.models if m.method == "DL")
        assert [fit.estimate, fit.ci_low, fit.ci_high] == pytest.approx(expect["DL z"], **close)
    for row_id, words in expect.get("excluded", {}).items():
        assert words in excluded[row_id]
    for row_id, words in expect.get("notes", {}).items():
        assert words in taken[row_id].note
    for row_id, words in expect.get("left_out", {}).items():
        effect = next(e for e in pooled.effects if e.row_id == row_id)
        assert words in (effect.left_out or "")
        assert effect.weight == 0


def test_every_row_is_accounted_for(make_row: Any, make_question: Any) -> None:
    for case in CASES:
        pooled = pooled_of(case, make_row, make_question)
        seen = [e.row_id for e in pooled.effects] + [e.row_id for e in pooled.excluded]
        assert sorted(seen) == sorted(row["row_id"] for row in case["rows"])
