"""Praise and unnamed authorities, each beside what only looks like one."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from probatum.flow.packs import load_pack
from probatum.model.pack import Pack
from probatum.trust.appraise import appraise

CASES = tomllib.loads(
    (Path(__file__).parent.parent / "cases/trust/sixth_look.toml").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def shipped() -> Pack:
    """The pack that ships."""
    return load_pack("ketamine")


@pytest.mark.parametrize("kind", sorted(CASES))
def test_hits_and_near_misses(kind: str, page, shipped: Pack) -> None:
    def flagged(text: str) -> bool:
        return kind in {flag.kind for flag in appraise(page(text), shipped).flags}

    assert [text for text in CASES[kind]["hits"] if not flagged(text)] == []
    assert [text for text in CASES[kind]["misses"] if flagged(text)] == []
