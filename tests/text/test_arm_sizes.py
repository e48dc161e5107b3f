"""Arms and their sizes, in sentences and in headers of tables."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.text.arm_sizes import HeaderCell, allotted_arms, header_arms


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("They were randomised to X (n = 31) or placebo (n = 30).", [31, 30]),
        ("31 patients were randomised to X and 30 to placebo.", [31, 30]),
        ("Thirty adults were randomised to X and 29 were randomised to placebo.", [30, 29]),
        ("Of those randomised, X (n = 4) and Y (n = 3) dropped out.", []),
        ("They were given X (n = 31) or placebo (n = 30).", []),
        ("They were randomised to X (n = 31).", []),
        ("From 2007 to May they were randomised.", []),
    ],
)
def test_a_sentence(text: str, sizes: list[int]) -> None:
    assert [arm.n for arm in allotted_arms(text)] == sizes


@settings(max_examples=100)
@given(st.lists(st.integers(3, 9_000), min_size=2, max_size=6), st.booleans())
def test_a_header(sizes: list[int], deep: bool) -> None:
    cells = [HeaderCell(0, at, 50 * at, f"Arm {chr(65 + at)}") for at in range(len(sizes))]
    row = 1 if deep else 0
    cells += [HeaderCell(row, at, 50 * at, f"(n = {n:,})") for at, n in enumerate(sizes)]
    found = header_arms(cells)
    assert [arm.n for arm in found] == sizes
    assert all(arm.start == 50 * at for at, arm in enumerate(found))


def test_a_header_with_one_size_or_none_tells_nothing() -> None:
    assert header_arms([HeaderCell(0, 0, 0, "X (n = 5)"), HeaderCell(0, 1, 9, "p")]) == ()
    assert header_arms([]) == ()


@settings(max_examples=100)
@given(st.text(alphabet="randomised to (n=0123456789),. X", max_size=150))
def test_any_text_is_taken(text: str) -> None:
    assert all(0 <= arm.start < arm.end <= len(text) for arm in allotted_arms(text))
    assert all(arm.n >= 0 for arm in header_arms([HeaderCell(0, at, 0, text) for at in (0, 1)]))
