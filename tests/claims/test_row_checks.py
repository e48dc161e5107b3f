"""Rows held against themselves: cases, real rows with known faults, bounds for any numbers."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from validation.row_quality import figures

from probatum.claims.printed_rows import PrintedArm, PrintedRow
from probatum.claims.row_checks import row_checks
from probatum.claims.whole_numbers import grim, grimmer

CASES = tomllib.loads(
    (Path(__file__).parents[1] / "cases/claims/rows.toml").read_text(encoding="utf-8")
)["case"]
_TEXT = st.one_of(st.none(), st.text("0123456789.-<", max_size=6))


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    given_fields = {k: case[k] for k in ("measure", "effect", "p", "low", "high") if k in case}
    row = PrintedRow(PrintedArm(**case["left"]), PrintedArm(**case["right"]), **given_fields)
    found = row_checks(row)
    assert [c.rule for c in found if c.verdict == "disagrees"] == case["disagrees"]
    assert {c.rule for c in found if c.verdict == "cannot_tell"} >= set(
        case.get("cannot_tell", ())
    )


def test_known_faults_are_found_without_false_alarms(shared_data: Path) -> None:
    found = {f.name: f.value for f in figures(shared_data / "ketamine/trials.csv")}
    assert found["rows with a fault in their numbers found"] == 1
    assert found["rows without a flag that raise an alarm"] <= 4


@settings(max_examples=150)
@given(st.lists(_TEXT, min_size=10, max_size=10), _TEXT, _TEXT)
def test_any_printed_row_is_checked(
    cells: list[str | None], effect: str | None, p: str | None
) -> None:
    row = PrintedRow(PrintedArm(*cells[:5]), PrintedArm(*cells[5:]), "OR", effect, p)
    assert all(c.verdict in {"agrees", "disagrees", "cannot_tell"} for c in row_checks(row))


@given(st.lists(st.integers(0, 20), min_size=2, max_size=30))
@settings(max_examples=150)
def test_what_whole_numbers_give_is_possible(values: list[int]) -> None:
    n = len(values)
    mean = sum(values) / n
    sd = (sum((v - mean) ** 2 for v in values) / (n - 1)) ** 0.5
    assert grim(f"{mean:.2f}", n)
    assert grimmer(f"{mean:.2f}", f"{sd:.2f}", n)
