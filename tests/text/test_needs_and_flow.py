"""Numbers needed to treat, flow, levels of intervals: made to agree, then altered."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from probatum.text.needed_to_treat import need_checks
from probatum.text.number_checks import contrast_checks
from probatum.text.numbers import contrasts
from probatum.text.patient_flow import flow_checks

_N = st.integers(10, 500)


def _verdicts(text: str) -> list[str]:
    return [check.verdict for *_, check in (*need_checks(text), *flow_checks(text))]


@settings(max_examples=150)
@given(_N, _N, st.floats(0.02, 0.9), st.floats(0.02, 0.9), st.integers(0, 1))
def test_a_number_needed_to_treat(n: int, m: int, p: float, q: float, digits: int) -> None:
    a, c = int(n * p), int(m * q)
    difference = abs(a / n - c / m)
    assume(difference > 0.04)
    said = (
        f"{a}/{n} ({100 * a / n:.{digits}f}%) improved and {c}/{m} ({100 * c / m:.{digits}f}%) "
        "with placebo (NNT = {})."
    )
    for need in (math.ceil(1 / difference), round(1 / difference), round(1 / difference, 1)):
        assert _verdicts(said.format(need)) == ["agrees"]
    assert _verdicts(said.format(4 * math.ceil(1 / difference))) == ["disagrees"]


@settings(max_examples=150)
@given(_N, _N, st.integers(1, 2))
def test_arms_add_up(n: int, m: int, off: int) -> None:
    said = "{} patients were randomly assigned to drug X (n = {}) or placebo (n = {})."
    assert _verdicts(said.format(n + m, n, m)) == ["agrees"]
    assert _verdicts(said.format(n + m + off, n, m)) == ["disagrees"]


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("The number needed to treat was 8.", ["cannot_tell"]),
        ("Response: 40% vs 15%, NNT 4; remission: 20% vs 10%, NNT 10.", []),
        ("Relief in 55% versus 25%, NNT of 9.", ["disagrees"]),
        ("RD 0.25 (95% CI 0.10 to 0.40), NNT = 4", ["agrees"]),
        ("RD 25 (95% CI 10 to 40), NNT = 9", ["disagrees"]),
        ("60 patients were randomised and 61 patients were analysed.", ["disagrees"]),
        ("60 patients were randomised and 58 were included in the analysis.", ["agrees"]),
        ("60 were randomised: X (n = 30), Y (n = 30), dropped out (n = 4).", ["cannot_tell"]),
        ("60 were randomised to X (n = 30) or Y (n = 30).", ["agrees"]),
    ],
)
def test_what_a_sentence_tells(text: str, verdicts: list[str]) -> None:
    assert _verdicts(text) == verdicts


def _level(text: str) -> str:
    (found,) = contrasts(text)
    return {c.rule: c.verdict for c in contrast_checks(found)}["interval-level"]


@settings(max_examples=150)
@given(st.floats(1.2, 3.0), st.floats(0.5, 20), st.sampled_from([(90, 1.644854), (95, 1.959964)]))
def test_an_interval_fits_its_level(z: float, error: float, level: tuple[int, float]) -> None:
    value, p = z * error, math.erfc(z / math.sqrt(2))
    half = level[1] * error
    said = "MD {:.2f} ({}% CI {:.2f} to {:.2f}; p = {:.4f})"
    numbers = (value - half, value + half, p)
    assert _level(said.format(value, level[0], *numbers)) == "agrees"
    assert _level(said.format(value, 185 - level[0], *numbers)) in {"disagrees", "cannot_tell"}
    if error > 5:
        assert _level(said.format(value, 185 - level[0], *numbers)) == "disagrees"


@settings(max_examples=150)
@given(st.text(alphabet="NT 0123456789%().=vsrandomisedpatientswere", max_size=120))
def test_any_sentence_is_taken(text: str) -> None:
    assert all(
        0 <= start < end <= len(text) for start, end, _ in (*need_checks(text), *flow_checks(text))
    )
