"""What an answer is told beside its rows: names of things."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from probatum.flow import answering
from probatum.flow.cards import named as named_works
from probatum.flow.cards import pack_cards
from probatum.flow.packs import load_pack
from probatum.model.answer import Answer
from probatum.model.pack import Pack, Term
from probatum.works.link import link

NOTHING = answering.Graph((), (), ())


@pytest.fixture(scope="module")
def invented(invented_pack: Path) -> Pack:
    return load_pack(invented_pack)


def named(pack: Pack, *drugs: Term) -> Pack:
    return replace(pack, vocabulary=replace(pack.vocabulary, drugs=drugs))


def test_a_question_without_a_drug_is_about_the_treatment_of_its_pack(invented: Pack) -> None:
    question = replace(invented.questions[0], drug=None)
    told = answering.labels(invented, question, answering.treatment_name(invented))
    assert dict(told)["drug"] == "Zephyrol"


def test_a_metabolite_that_no_study_gave_is_no_second_treatment(invented: Pack) -> None:
    drugs = (*invented.vocabulary.drugs, Term("other", "Other"))
    assert answering.treatment_name(named(invented, *drugs)) == "Zephyrol"


def test_two_treatments_are_called_by_the_title(invented: Pack) -> None:
    drugs = (Term("one", "One"), Term("two", "Two"), Term("kind", "Kind of one", parent="one"))
    pack = replace(named(invented, *drugs), studies=())
    assert answering.treatment_name(pack) == invented.title
    study = replace(invented.studies[0], drug="kind")
    assert answering.treatment_name(replace(pack, studies=(study,))) == "One"


def test_a_circle_of_parents_ends(invented: Pack) -> None:
    drugs = (Term("a", "A", parent="b"), Term("b", "B", parent="a"))
    study = replace(invented.studies[0], drug="a")
    assert answering.treatment_name(replace(named(invented, *drugs), studies=(study,))) == "A"


def test_judgements_on_bias_reach_the_answer(invented: Pack) -> None:
    linking = link(pack_cards(invented), [])
    graph = answering.Graph(named_works(linking).works, (), ())
    study = next(e.study for a in answers(invented, graph, ()) for e in a.pooled.effects)
    high = {"study": study, "domain": "overall", "judgement": "high", "who": "R", "when": "1",
            "why": "open label"}  # fmt: skip
    judged = [a for a in answers(invented, graph, (high,)) if a.risk_of_bias]
    assert judged
    for one in judged:
        assert one.risk_of_bias[0].study == study
        assert dict(one.certainty.steps[0].numbers)["share at high risk"] > 0


def answers(pack: Pack, graph: answering.Graph, risk: tuple[dict[str, str], ...]) -> list[Answer]:
    return [answering.answer(one) for one in answering.inputs(pack, graph, (), risk)]
