"""What holds of any text: one verdict a sentence, spans that re-find, time in proportion."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.model.answer import Answer
from probatum.model.pack import Fact, Pack
from probatum.verdicts.compare import compare
from probatum.verdicts.course import length

FOLDER = Path(__file__).parent.parent / "cases/verdicts"
SAID = [
    case["text"]
    for case in tomllib.loads((FOLDER / "compare.toml").read_text(encoding="utf-8"))["case"]
]
WORDS = ["Drug X", "it", "not", "may", "cures", "pain", "gout", "nausea", "without", "70 %",
         "than", "placebo", "who", ",", ".31 The", "?", "in people with", "is", "more", "\u00df",
         "\u0130", "\n\n", "for six months", "no better", "e.g.", ")", "\U0001d538"]  # fmt: skip
PIECES = st.one_of(st.sampled_from(WORDS), st.sampled_from(SAID), st.text(max_size=12))
TEXTS = st.lists(PIECES, max_size=25).map(" ".join)


@settings(max_examples=120, deadline=None)
@given(TEXTS)
def test_each_piece_of_a_text_gets_one_verdict_and_spans_re_find(
    answers: tuple[Answer, ...], pack: Pack, text: str
) -> None:
    found = compare(text, "t", answers, pack)
    assert all(text[one.start : one.end] == one.quote for one in found)
    assert [one.start for one in found] == sorted({one.start for one in found})
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert "".join("".join(one.quote for one in found).split()) == "".join(text.split())


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_evidence_can_be_found_again(answers: tuple[Answer, ...], pack: Pack, text: str) -> None:
    quotes = {("pooled", one.question.id): one.sentence for one in answers}
    quotes |= {("statement", one.id): one.text for one in pack.statements}
    for verdict in compare(text, "t", answers, pack):
        assert all(quotes[e.kind, e.id] == e.quote and e.source for e in verdict.evidence)
        decided = verdict.verdict in {"supported", "overstated", "contradicted"}
        assert bool(verdict.evidence) or not decided
        assert verdict.faithful in {None, *(e.quote for e in verdict.evidence)}


@settings(max_examples=40, deadline=None)
@given(st.permutations(range(6)), TEXTS)
def test_the_order_of_what_is_held_tells_nothing(
    answers: tuple[Answer, ...], pack: Pack, order: list[int], text: str
) -> None:
    mixed = [answers[i] for i in order]
    assert compare(text, "t", mixed, pack) == compare(text, "t", answers, pack)


def test_times_are_read_in_days() -> None:
    assert length("three days") == 3
    assert length("two to three weeks") == 21
    assert length("2-3 weeks") == 21
    assert length("several months") == 60
    assert length("lost by days 10-12") == 12
    assert length("soon") is None


def test_a_time_is_held_against_the_loss_that_a_statement_prints(
    answers: tuple[Answer, ...], pack: Pack
) -> None:
    told = replace(pack.statements[0], id="F3", text="The effect is lost by days 10 to 12.")
    lost = Fact("F3", "not-lasting", drug="x", condition="pain", certainty="moderate")
    known = replace(pack, statements=(*pack.statements, told), facts=(lost,))
    said = {
        "The effect of drug X on pain lasts two weeks.": "supported",
        "The effect of drug X on pain wears off within weeks.": "supported",
        "The effect of drug X on pain lasts three months.": "overstated",
    }
    for text, verdict in said.items():
        (found,) = compare(text, "t", answers, known)
        assert found.verdict == verdict, found.reason
        assert found.evidence[0].id == "F3"
