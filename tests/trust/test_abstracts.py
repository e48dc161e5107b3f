"""Abstracts against their own bodies: invented articles, and any numbers at all."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.model.document import Block, Document, Metadata
from probatum.model.pack import Pack
from probatum.model.source import SourceRef
from probatum.trust.checks.abstracts import abstract_numbers
from probatum.trust.subject import subject

CASES = tomllib.loads(
    (Path(__file__).parent.parent / "cases/trust/abstracts.toml").read_text(encoding="utf-8")
)["cases"]


def article(abstract: str, body: str) -> Document:
    """Make an article of an abstract and its results."""
    text = f"{abstract}\n\n{body}"
    cut = len(abstract)
    blocks = (
        Block("paragraph", 0, cut, ("Abstract",), "abstract"),
        Block("paragraph", cut + 2, len(text), ("Results",), "results"),
    )
    source = SourceRef("made.xml", "0" * 64, 0, len(text))
    return Document("d" * 16, 0, "article", source, Metadata(), text, blocks)


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_case(case: dict[str, str], pack: Pack) -> None:
    document = article(case["abstract"], case["body"])
    found = [document.text[s.start : s.end] for s in abstract_numbers(subject(document, pack, ()))]
    assert found == ([case["marked"]] if case["marked"] else [])


_EFFECT = st.tuples(st.floats(0.1, 9), st.floats(0.1, 9), st.floats(0.1, 9), st.integers(1, 3))


@settings(max_examples=25, deadline=None)
@given(st.lists(_EFFECT, min_size=1, max_size=4))
def test_an_abstract_that_says_what_its_body_says(
    pack: Pack, effects: list[tuple[float, float, float, int]]
) -> None:
    said = " ".join(
        f"Effects fell (OR {v:.{d}f}; 95% CI {low:.{d}f} to {high:.{d}f})."
        for v, low, high, d in effects
    )
    assert not list(abstract_numbers(subject(article(said, said), pack, ())))
