"""Sentences of our own against the shipped pack: ratios, approvals, single studies, weights."""

from __future__ import annotations

import pytest

from probatum.flow.answering import answer, inputs
from probatum.flow.cards import pack_cards
from probatum.flow.graph import Graph
from probatum.flow.packs import load_pack, shipped_packs
from probatum.model.answer import Answer, Verdict
from probatum.model.pack import Pack
from probatum.verdicts.compare import compare
from probatum.verdicts.known import known
from probatum.verdicts.results import results_of
from probatum.works.link import link


@pytest.fixture(scope="module")
def pack() -> Pack:
    """The shipped pack."""
    return load_pack(shipped_packs()[0])


@pytest.fixture(scope="module")
def answers(pack: Pack) -> list[Answer]:
    """What the pack answers where no document was added."""
    works = link(pack_cards(pack), []).works
    return [answer(given) for given in inputs(pack, Graph(works, (), ()), ())]


SAID = [
    ("Esketamine makes a response in treatment-resistant depression about 1.4 times as likely as"
     " placebo.", "supported"),
    ("Depressed patients given ketamine are twenty times as likely to respond as those given"
     " placebo.", "overstated"),
    ("The FDA approved esketamine nasal spray in 2019.", "supported"),
    ("Esketamine nasal spray was approved by the FDA in 2013.", "contradicted"),
    ("In Japan, esketamine is approved for treatment-resistant depression.", "no_evidence"),
    ("Ketamine is no riskier at home than in a clinic.", "contradicted"),
    ("Naltrexone may dampen the antidepressant effect of ketamine, say very small studies.",
     "supported"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "verdict"), SAID)
def test_ratios_approvals_and_risks(
    text: str, verdict: str, answers: list[Answer], pack: Pack
) -> None:
    (found,) = compare(text, "t", answers, pack)
    assert found.verdict == verdict, found.reason
    assert all(one.quote and one.source for one in found.evidence)


def test_a_single_study_says_that_it_is_one(answers: list[Answer], pack: Pack) -> None:
    held = {one.id: one for one in results_of(known(answers, pack))}
    assert held["U083"].sign == "benefit"
    assert "One study, RCT crossover" in held["U083"].text
    assert "The source has a fault" in held["T187"].text
    assert held["T187"].level < held["V011"].level
    assert {one.single for one in held.values() if one.id.startswith("P")} == {False}


def _verdicts(text: str, answers: list[Answer], pack: Pack, **how: bool) -> tuple[Verdict, ...]:
    return compare(text, "t", answers, pack, **how)


def test_sentences_of_an_article_and_what_relays_are_left_to_the_rules(
    answers: list[Answer], pack: Pack
) -> None:
    text = (
        "One small trial hints that forty problem drinkers kept off the drink for three weeks"
        " after ketamine with counselling."
    )
    (plain,) = _verdicts(text, answers, pack)
    (article,) = _verdicts(text, answers, pack, article=True)
    (relayed,) = _verdicts(text[:-1] + " [12].", answers, pack)
    assert plain.reason.startswith("set beside")
    assert not article.reason.startswith("set beside")
    assert not relayed.reason.startswith("set beside")


def test_what_is_weighed_names_its_evidence_and_is_the_same_twice(
    answers: list[Answer], pack: Pack
) -> None:
    text = " ".join(said for said, _ in SAID)
    first = _verdicts(text, answers, pack)
    assert first == _verdicts(text, answers[::-1], pack)
    for found in first:
        assert found.evidence or found.verdict in {"no_evidence", "not_checkable"}
