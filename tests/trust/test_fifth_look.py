"""Answers, free hands, status that nobody gave, praise: on small pages, beside near misses."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from probatum.flow.packs import load_pack
from probatum.model.pack import Pack
from probatum.trust.appraise import appraise

FOLDER = Path(__file__).parent.parent / "cases/trust"
CASES = {
    (name, kind): case
    for name in ("fifth_look", "sixth_look")
    for kind, case in tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8")).items()
}


@pytest.fixture(scope="module")
def shipped() -> Pack:
    """The pack that ships."""
    return load_pack("ketamine")


@pytest.mark.parametrize(("name", "kind"), sorted(CASES))
def test_hits_and_near_misses(name: str, kind: str, page, shipped: Pack) -> None:
    def flagged(text: str) -> bool:
        return kind in {flag.kind for flag in appraise(page(text), shipped).flags}

    assert [text for text in CASES[name, kind]["hits"] if not flagged(text)] == []
    assert [text for text in CASES[name, kind]["misses"] if flagged(text)] == []


def test_an_answer_is_flagged_with_its_question_and_the_statement_against_it(
    page, shipped: Pack
) -> None:
    text = "Our drips are of ketamine. Can I drive home afterwards? Of course."
    (flag,) = (f for f in appraise(page(text), shipped).flags if f.kind == "safety_contradiction")
    assert flag.quote == "Of course."
    statement = next(s for s in shipped.statements if flag.evidence.startswith(f"{s.id} "))
    assert repr(statement.text) in flag.evidence
    assert "Can I drive home afterwards?" in flag.evidence


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("Our tea is of nettles. Can I drive home afterwards? Of course.", False),
        ("Our drips are of ketamine. How do I get home? Of course by taxi.", False),
        ("Our drips are of ketamine. Can I drive home? Yes, but only on the next day.", False),
        ("Our drips are of ketamine. Must I stop driving? No.", False),
    ],
    ids=["no drug of the pack", "asks how", "a condition", "asks a duty that is none of ours"],
)
def test_what_no_warning_stands_against(text: str, flagged: bool, page, shipped: Pack) -> None:
    kinds = {flag.kind for flag in appraise(page(text), shipped).flags}
    assert ("safety_contradiction" in kinds) == flagged
