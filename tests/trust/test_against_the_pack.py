"""Overclaims, regulatory and safety contradictions against the shipped pack, both ways."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from probatum.flow.packs import load_pack
from probatum.trust.appraise import appraise

CASES = tomllib.loads(
    (Path(__file__).parent.parent / "cases/trust/against_the_pack.toml").read_text(
        encoding="utf-8"
    )
)
FLOOR = 0.9


@pytest.fixture(scope="module")
def shipped():
    """The pack that ships."""
    return load_pack("ketamine")


def flags_of(text, kind, page, shipped):
    return [f for f in appraise(page(text), shipped, ()).flags if f.kind == kind]


@pytest.mark.parametrize("kind", sorted(CASES))
def test_hits(kind, page, shipped) -> None:
    hits = CASES[kind]["hits"]
    missed = [text for text in hits if not flags_of(text, kind, page, shipped)]
    assert len(missed) <= (1 - FLOOR) * len(hits), missed


@pytest.mark.parametrize("kind", sorted(CASES))
def test_near_misses(kind, page, shipped) -> None:
    misses = CASES[kind]["misses"]
    wrong = [text for text in misses if flags_of(text, kind, page, shipped)]
    assert len(wrong) <= (1 - FLOOR) * len(misses), wrong


@pytest.mark.parametrize("kind", ["regulatory_misstatement", "safety_contradiction"])
def test_the_opposing_statement_stands_beside_with_its_source(kind, page, shipped) -> None:
    known = {statement.id: statement for statement in shipped.statements}
    for text in CASES[kind]["hits"]:
        for flag in flags_of(text, kind, page, shipped):
            statement = known[flag.evidence.split(" ")[0]]
            assert repr(statement.text) in flag.evidence
            assert "source: " in flag.evidence
