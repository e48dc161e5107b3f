"""Verdicts: cases, abstention, spans, flags, and growth."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.growth import in_proportion

from probatum.model.answer import Answer
from probatum.model.claim import Claim, Direction
from probatum.model.flag import Flag
from probatum.model.pack import Fact, Pack, Vocabulary
from probatum.verdicts.beside import Told
from probatum.verdicts.compare import compare

CASES = tomllib.loads(
    (Path(__file__).parent.parent / "cases/verdicts/compare.toml").read_text(encoding="utf-8")
)["case"]
EMPTY = Pack("e", "e", "1", "0", "2025", "", Vocabulary(), (), (), (), (), ())


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_case(case: dict[str, str], answers: tuple[Answer, ...], pack: Pack) -> None:
    (found,) = compare(case["text"], "t", answers, pack)
    assert found.verdict == case["verdict"], found.reason
    if "evidence" in case:
        assert found.evidence[0].id == case["evidence"]
    else:
        assert not found.evidence


def test_decided_verdicts_name_evidence_with_its_source(
    answers: tuple[Answer, ...], pack: Pack
) -> None:
    text = " ".join(case["text"] for case in CASES)
    for found in compare(text, "t", answers, pack):
        decided = found.verdict in {"supported", "overstated", "contradicted"}
        assert bool(found.evidence) or not decided
        assert all(e.quote and e.source for e in found.evidence)


def test_a_pronoun_stands_for_the_drug_last_named(answers: tuple[Answer, ...], pack: Pack) -> None:
    _, found = compare("This is about drug X. It reduces pain.", "t", answers, pack)
    assert found.verdict == "supported"


def test_an_answer_on_another_drug_says_nothing(pack: Pack, answers: tuple[Answer, ...]) -> None:
    only_y = [replace(a, question=replace(a.question, drug="y")) for a in answers]
    (found,) = compare("Drug X reduces pain.", "t", only_y, pack)
    assert found.verdict == "no_evidence"


def test_flags_of_the_text_are_named(answers: tuple[Answer, ...], pack: Pack) -> None:
    flag = Flag("1", "t", "r", "overclaim", "span", "concern", "e", "v", "ref", start=2, end=6)
    first, second = compare("It cures. Drug X reduces pain.", "t", answers, pack, [flag])
    assert (first.flags, second.flags) == (("overclaim",), ())


@settings(max_examples=80)
@given(st.text(max_size=150))
def test_any_text_is_answered_with_abstentions(text: str) -> None:
    found = compare(text, "t", (), EMPTY)
    assert all(text[v.start : v.end] == v.quote for v in found)
    assert {v.verdict for v in found} <= {"not_checkable", "no_evidence"}


def test_a_long_text_costs_in_proportion(answers: tuple[Answer, ...], pack: Pack) -> None:
    text = " ".join(case["text"] for case in CASES) + " "
    in_proportion(lambda repeats: compare(text * repeats, "t", answers, pack), 8)


def test_what_documents_claim_stands_behind_what_decides(
    answers: tuple[Answer, ...], pack: Pack
) -> None:
    def claim(direction: Direction, start: int) -> Told:
        made = Claim(
            id=f"c{start}", document="d1", start=start, end=start + 5, quote=f"{direction}.",
            intervention="x", condition="pain", outcome=None, aspect="efficacy",
            direction=direction, negated=False, hedge=None, strength="causal", dose=None,
            route=None, time_point=None,
        )  # fmt: skip
        return Told(made, "A trial", None)

    told = [claim("improves", 0), claim("improves", 9), claim("worsens", 20), claim("other", 30)]
    (found,) = compare("Drug X reduces pain.", "t", answers, pack, library=lambda _: told)
    beside = [(one.id, one.supports) for one in found.evidence if one.kind == "claim"]
    assert beside == [("d1#s=0-5", True), ("d1#s=20-25", False)]
    assert found.verdict == "supported"
    assert found.evidence[0].kind == "pooled"


def test_an_effect_said_to_last_is_held_against_the_fact_that_it_is_lost(
    answers: tuple[Answer, ...], pack: Pack
) -> None:
    lost = Fact("F2", "not-lasting", drug="x", condition="pain", certainty="moderate")
    text = "Drug X reduces pain for several months."
    (plain,) = compare(text, "t", answers, pack)
    (told,) = compare(text, "t", answers, replace(pack, facts=(lost,)))
    (again,) = compare("Repeated " + text, "t", answers, replace(pack, facts=(lost,)))
    assert (plain.verdict, told.verdict, again.verdict) == ("supported", "overstated", "supported")
    assert [(one.id, one.supports) for one in told.evidence] == [("F2", False)]
