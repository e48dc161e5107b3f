"""Segmentation: judgement cases, and properties that hold for any text."""

from __future__ import annotations

import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.growth import in_proportion

from probatum.text.sentences import mask, segment, sentences

CASES = tomllib.loads(
    (Path(__file__).parent.parent / "cases/text/sentences.toml").read_text(encoding="utf-8")
)["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_case(case: dict[str, object]) -> None:
    marked = str(case["text"])
    text = marked.replace("‖", "")
    protected = [
        (text.index(part), text.index(part) + len(part)) for part in case.get("protected", [])
    ]
    found = [text[a:b] for a, b in sentences(text, protected)]
    assert found == [part.strip() for part in marked.split("‖")], case["why"]


@settings(max_examples=150)
@given(st.text(alphabet="aB .!?\n\"')1[]\u2026\ue000e", max_size=120))
def test_spans_are_ordered_trimmed_and_lose_no_word(text: str) -> None:
    spans = sentences(text)
    assert all(a < b for a, b in spans)
    assert all(x[1] <= y[0] for x, y in pairwise(spans))
    assert all(text[a:b] == text[a:b].strip() for a, b in spans)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())


@settings(max_examples=100)
@given(
    st.text(alphabet="aB. [1]", min_size=1, max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=5),
)
def test_no_sentence_ends_inside_a_citation(text: str, spans: list[tuple[int, int]]) -> None:
    protected = [(a, min(b, len(text))) for a, b in spans if a < min(b, len(text))]
    assert len(mask(text, protected)) == len(text)
    for a, b in sentences(text, protected):
        for start, end in protected:
            inside = text[start:end].strip()
            assert not (start < b < end and inside and text[b - 1 : b + 1].strip() == "")
        assert a < b


def test_blocks_are_never_crossed() -> None:
    text = "One ends here and\ntwo begins. Then three."
    assert [text[a:b] for a, b, _ in segment(text, [(0, 17), (18, len(text))])] == [
        "One ends here and",
        "two begins.",
        "Then three.",
    ]


@pytest.mark.parametrize("unit", [".", ". ", "a", "[1]. ", "\n \n", "e.g. ", "?!", '."'])
def test_megabytes_take_linear_time(unit: str) -> None:
    in_proportion(lambda size: sentences(unit * (size // len(unit))), 50_000)
