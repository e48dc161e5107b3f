"""Sentences of our own in other words than the shipped pack's statements."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from probatum.flow.packs import load_pack, shipped_packs
from probatum.text.concepts import concepts
from probatum.verdicts.aligned import judge_aligned
from probatum.verdicts.gist import gist
from probatum.verdicts.known import Known, known

CASES = tomllib.loads(
    (Path(__file__).parent.parent / "cases/verdicts/aligned.toml").read_text(encoding="utf-8")
)["case"]
_LEAST = {"seen": 50, "apart": 40}  # decided on the day they were measured: 60 and 45


@pytest.fixture(scope="module")
def held() -> Known:
    """What the shipped pack's statements hold; pooled answers play no part."""
    return known([], load_pack(shipped_packs()[0]))


@pytest.mark.parametrize("group", sorted(_LEAST))
def test_what_alignment_decides_is_right(held: Known, group: str) -> None:
    decided, wrong = 0, []
    for case in CASES:
        text = case["text"]
        named = concepts(held.matcher, text)
        content = gist(text, named, held.parents)
        found = judge_aligned(text, named, content, held.root, held)
        if case["set"] == group and found is not None:
            decided += 1
            if found.verdict not in case["allowed"]:
                wrong.append(f"{text} {found.verdict}: {found.evidence[0].id}")
    assert decided >= _LEAST[group]
    assert len(wrong) <= 0.05 * decided, "\n".join(wrong)
