"""Texts written apart from the rules, against the shipped pack: hits are found, near misses left alone."""  # noqa: E501

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from probatum.flow.packs import load_pack
from probatum.model.pack import Pack
from probatum.trust.appraise import appraise

CASES = [
    (kind, case)
    for name in ("second_look", "third_look", "fourth_look")
    for kind, case in tomllib.loads(
        (Path(__file__).parent.parent / f"cases/trust/{name}.toml").read_text(encoding="utf-8")
    ).items()
]
HITS = [(kind, text) for kind, case in CASES for text in case["hits"]]
MISSES = [(kind, text) for kind, case in CASES for text in case["misses"]]


@pytest.fixture(scope="module")
def shipped() -> Pack:
    """The pack that ships."""
    return load_pack("ketamine")


@pytest.mark.parametrize(("kind", "marked"), HITS)
def test_hit(kind: str, marked: str, page, shipped: Pack) -> None:
    a, b = marked.index("⟦"), marked.index("⟧") - 1
    flags = appraise(page(marked.replace("⟦", "").replace("⟧", "")), shipped).flags
    found = [(f.start, f.end) for f in flags if f.kind == kind and f.start is not None]
    assert any(2 * (min(b, e) - max(a, s)) >= min(b - a, e - s) for s, e in found), flags


@pytest.mark.parametrize(("kind", "text"), MISSES)
def test_near_miss(kind: str, text: str, page, shipped: Pack) -> None:
    assert kind not in [f.kind for f in appraise(page(text), shipped).flags]
