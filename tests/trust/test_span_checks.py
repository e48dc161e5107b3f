"""Every check of words: its hits with their extent, and its near misses."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from probatum.model.pack import Pack
from probatum.trust.appraise import appraise
from probatum.trust.checks import CHECKS

CASES = tomllib.loads(
    (Path(__file__).parent.parent / "cases/trust/spans.toml").read_text(encoding="utf-8")
)
HITS = [(kind, text) for kind, case in CASES.items() for text in case["hits"]]
MISSES = [(kind, text) for kind, case in CASES.items() for text in case["misses"]]
BY_SENTENCE_OR_DOCUMENT = {"near_duplicate", "low_confidence_label", "same_source", "spun_wording"}


@pytest.mark.parametrize(("kind", "marked"), HITS)
def test_hit(kind: str, marked: str, page, pack: Pack) -> None:
    text = marked.replace("⟦", "").replace("⟧", "")
    wanted = (marked.index("⟦"), marked.index("⟧") - 1)
    flags = [f for f in appraise(page(text), pack, ()).flags if f.kind == kind]
    assert wanted in [(f.start, f.end) for f in flags], flags
    assert all(text[f.start : f.end] == f.quote for f in flags)


@pytest.mark.parametrize(("kind", "text"), MISSES)
def test_near_miss(kind: str, text: str, page, pack: Pack) -> None:
    assert kind not in [f.kind for f in appraise(page(text), pack, ()).flags]


def test_every_check_of_words_has_cases() -> None:
    spans = {check.kind for check in CHECKS if check.scope == "span"}
    assert spans - BY_SENTENCE_OR_DOCUMENT == set(CASES)
    assert all(case["hits"] and case["misses"] for case in CASES.values())


def test_the_opposing_statement_stands_beside(page, pack: Pack) -> None:
    flags = appraise(page("Drug X is approved for asthma."), pack, ()).flags
    (found,) = [f for f in flags if f.kind == "regulatory_misstatement"]
    assert "F1" in found.evidence
    assert "not approved for any other" in found.evidence
    assert "https://example.org/label" in found.evidence


def test_a_genuine_term_is_proposed(page, pack: Pack) -> None:
    flags = appraise(page("A past heart assault."), pack, ()).flags
    (found,) = [f for f in flags if f.kind == "tortured_phrase"]
    assert found.suggestion[0] == "heart attack"


def test_a_line_of_buttons_is_told_once(page, pack: Pack) -> None:
    text = "A first paragraph.\n\nShare this article: Sign in Register\n\nA last one."
    (found,) = [f for f in appraise(page(text), pack, ()).flags if f.kind == "boilerplate_ui"]
    assert found.quote == "Share this article: Sign in Register"
