"""Printed contrasts and shares: forms of print, rounding, checks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.text.number_checks import contrast_checks, share_checks
from probatum.text.numbers import contrasts, shares


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MD −1.5 (95% CI −2.0 to −1.0)", ("MD", -1.5, -2.0, -1.0, 95.0)),
        ("odds ratio [OR] 2.1, 95% CI 1.2-3.6", ("OR", 2.1, 1.2, 3.6, 95.0)),
        ("(RR = 0.80; 90% CI, 0.60 to 1.05)", ("RR", 0.8, 0.6, 1.05, 90.0)),
        ("Hedges' g was 0.45 (95% confidence interval: 0.1, 0.8)", ("SMD", 0.45, 0.1, 0.8, 95.0)),
        ("mean difference -4·1 [95% CI -6·3 to -1·9]", ("MD", -4.1, -6.3, -1.9, 95.0)),
        ("hazard ratio (HR) 0.49 (95% CI 0.29–0.84)", ("HR", 0.49, 0.29, 0.84, 95.0)),
    ],
)
def test_contrast(text: str, expected: tuple[str, float, float, float, float]) -> None:
    found = [
        (c.measure, c.value.value, c.low.value, c.high.value, c.level) for c in contrasts(text)
    ]
    assert found == [expected]


@pytest.mark.parametrize("text", ["95% of 20", "CI 1 to 2", "the MD degree", "10.1016/j.x (5%)"])
def test_no_contrast_and_no_share(text: str) -> None:
    assert not list(contrasts(text))
    assert not list(shares(text))


@settings(max_examples=150)
@given(st.integers(0, 500), st.integers(1, 500), st.integers(0, 2))
def test_a_rightly_rounded_percentage_is_never_an_alarm(n: int, total: int, digits: int) -> None:
    n = min(n, total)
    text = f"{n}/{total} patients ({100 * n / total:.{digits}f}%)"
    (found,) = shares(text)
    assert text[found.start : found.end] == text
    assert {c.verdict for c in share_checks(found)} == {"agrees"}


def test_impossible_count() -> None:
    (found,) = shares("21/20 patients (105%)")
    assert [c.verdict for c in share_checks(found)] == ["disagrees"]


@pytest.mark.parametrize(
    ("text", "rule", "verdict"),
    [
        ("MD 3.0 (95% CI -2.0 to -1.0)", "estimate-in-interval", "disagrees"),
        ("MD -1.5 (95% CI -2.0 to -1.0; p = 0.40", "p-and-interval", "disagrees"),
        ("MD -1.5 (95% CI -2.0 to -1.0; p < 0.001", "p-and-interval", "agrees"),
        ("MD -1.5 (95% CI -2.0 to -1.0", "p-and-interval", "cannot_tell"),
        ("OR 2.0 (95% CI 1.0 to 4.0", "interval-symmetric", "agrees"),
        ("OR 0 (95% CI 0 to 4.0", "interval-symmetric", "cannot_tell"),
    ],
)
def test_contrast_checks(text: str, rule: str, verdict: str) -> None:
    (found,) = contrasts(text)
    assert {c.rule: c.verdict for c in contrast_checks(found)}[rule] == verdict


@settings(max_examples=150)
@given(st.text(alphabet="MDOR0195%CI .,()-to=", max_size=80))
def test_any_text_is_taken(text: str) -> None:
    for found in contrasts(text):
        assert contrast_checks(found)
        assert 0 <= found.start < found.end <= len(text)
    for share in shares(text):
        assert share_checks(share)
