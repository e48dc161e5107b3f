"""Who concluded what: the same cell, newest first, and where voices do not agree."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from probatum.flow.packs import load_pack
from probatum.flow.voices import concluding, disagreement, voices
from probatum.model.effect import Pooled
from probatum.model.pack import Fact, Pack, PackStatement, SourceLink
from probatum.model.published import PublishedPool

LINK = (SourceLink("https://example.org/review"),)


@pytest.fixture(scope="module")
def pack(invented_pack: Path) -> Pack:
    return load_pack(invented_pack)


def told(pack: Pack, *said: tuple[str, str, int | None, str | None]) -> Pack:
    """The pack with statements (id, kind, year, relation) on its first question's cell."""
    asked = next(q for q in pack.questions if q.benefit and q.outcome)
    statements = tuple(
        PackStatement(name, asked.aspect, asked.indication, f"{name} says", LINK, kind, "low",
                      year=year)
        for name, kind, year, _ in said
    )  # fmt: skip
    facts = tuple(Fact(name, relation) for name, _, _, relation in said if relation)
    return replace(pack, statements=statements, facts=facts)


def pooled(low: float, high: float) -> Pooled:
    return Pooled("q", "MD", "REML", 2, 90.0, True, (low + high) / 2, low, high, None, None, None,
                  None, None, None, (), (), ())  # fmt: skip


def test_only_sources_that_conclude_for_others_count_and_the_newest_is_first(pack: Pack) -> None:
    more = told(
        pack,
        ("A", "consensus", 2018, "improves"),
        ("B", "SR (Cochrane)", 2025, "no-benefit"),
        ("C", "RCT", 2020, "improves"),
        ("D", "guideline", None, None),
    )
    asked = next(q for q in pack.questions if q.benefit and q.outcome)
    found = concluding(more, asked)
    assert [(one.id, one.year, one.stand) for one in found] == [
        ("B", 2025, "no clear benefit"), ("A", 2018, "benefit"), ("D", None, "not told"),
    ]  # fmt: skip


def test_an_older_guideline_against_a_newer_review(pack: Pack) -> None:
    more = told(pack, ("A", "consensus", 2018, "improves"), ("B", "SR", 2025, "no-benefit"))
    asked = next(q for q in pack.questions if q.benefit and q.outcome)
    found = voices(asked, pooled(-5.0, 1.0), (), concluding(more, asked))
    said = disagreement(found)
    assert said.startswith("they do not agree")
    assert "benefit: consensus, A (2018)" in said
    assert "No clear benefit: this base, SR, B (2025)" in said


def test_those_who_agree_are_no_conflict(pack: Pack) -> None:
    asked = next(q for q in pack.questions if q.benefit == "lower" and q.outcome)
    review = PublishedPool("P1", "Gale 2020", 2020, measure="MD", estimate=-3.0, ci_low=-4.0,
                           ci_high=-2.0)  # fmt: skip
    found = voices(asked, pooled(-5.0, -1.0), (review,), ())
    assert [one.stand for one in found] == ["benefit", "benefit"]
    assert disagreement(found) == ""
    assert "\N{MINUS SIGN}3 (\N{MINUS SIGN}4 to" in found[1].says


def test_harm_is_a_stand_of_its_own(pack: Pack) -> None:
    asked = next(q for q in pack.questions if q.benefit == "lower" and q.outcome)
    (own,) = voices(asked, pooled(1.0, 5.0), (), ())
    assert own.stand == "harm"
