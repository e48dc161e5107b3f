"""What stands beside a question: near answers, and the same comparison in a network."""

from __future__ import annotations

import dataclasses

import pytest
from lxml import html as lxml_html

from probatum.atlas.links import Links
from probatum.atlas.page import Ask
from probatum.atlas.pages.question_beside import joined, lowered, near
from probatum.atlas.publish import Wanted, publish
from probatum.atlas.routes import ROUTES
from probatum.model.answer import Certainty, Step
from probatum.model.network import Compared, LeagueCell, PairCertainty, Treatment

BY_NAME = {route.name: route for route in ROUTES}
QUESTION = "unrest-score-short"
WIDE = Step("imprecision", -1, "the number of people is not known")
UNEVEN = Step("inconsistency", -1, "the studies differ")


class Joins:
    """The invented base, with a network in which a question's own comparison stands."""

    def __init__(self, view, network):
        self._view, self._network = view, network

    def __getattr__(self, name):
        return getattr(self._view, name)

    def networks(self):
        return (self._network,)

    def network(self, network):
        return self._network


@pytest.fixture
def network(view):
    rows = tuple(e.row_id for e in view.answer(QUESTION).pooled.effects if not e.left_out)
    pair = PairCertainty(
        "calmroot:oral", "placebo", Certainty("low", "high", (WIDE,)), "moderate", None, (),
        (UNEVEN,), (),
    )  # fmt: skip
    return dataclasses.replace(
        view.networks()[0],
        treatments=(
            Treatment("calmroot:oral", "Calmroot by mouth", 3, None, 0.9),
            Treatment("tea", "Tea", 1, 20.0, 0.6),
            Treatment("placebo", "placebo", 4, None, 0.1),
        ),
        compared=(
            Compared("calmroot:oral", "placebo", ("A",), rows[:1], -3.0, -4.0, -2.0, 1.0),
            Compared("placebo", "tea", ("B",), ("other",), 1.0, 0.5, 2.0, 1.0),
        ),
        league=tuple(
            LeagueCell(one, other, value, value - 1, value + 1, 0.01, direct=True)
            for one, other, value in (
                ("calmroot:oral", "placebo", -3.21), ("placebo", "calmroot:oral", 3.21),
                ("calmroot:oral", "tea", -2.0), ("tea", "calmroot:oral", 2.0),
                ("tea", "placebo", -1.21), ("placebo", "tea", 1.21),
            )
        ),
        graded=(pair,),
    )  # fmt: skip


def page(view, name, key=QUESTION):
    route = BY_NAME[name]
    text = publish(route, Ask(view, Links(route.at(key)), key), Wanted())
    return lxml_html.fromstring(text)


def words(nodes):
    return [" ".join(node.text_content().split()) for node in nodes]


def test_the_comparison_of_a_question_is_found_treated_against_control(view, network):
    (one,) = joined((network,), view.answer(QUESTION))
    assert (one.label, one.cell.effect) == ("Calmroot by mouth v placebo", -3.21)
    assert one.lowered == (UNEVEN, WIDE)


def test_a_pair_that_holds_no_row_of_the_question_is_not_its_comparison(view, network):
    moved = [dataclasses.replace(pair, rows=("elsewhere",)) for pair in network.compared]
    other = dataclasses.replace(network, compared=tuple(moved))
    assert joined((other,), view.answer(QUESTION)) == []
    assert joined((network,), view.answer("unrest-dizziness")) == []


def test_steps_are_those_of_the_better_evidence_and_of_both_together(network):
    (pair,) = network.graded
    swapped = dataclasses.replace(pair, direct="very low", indirect="low", indirect_steps=(WIDE,))
    assert lowered(swapped) == (WIDE, WIDE)


def test_both_certainties_stand_together_with_what_lowers_each(view, network):
    tree = page(Joins(view, network), "question")
    rows = words(tree.xpath("//h2[@id='network']/..//table[@class='joined']/tbody/tr"))
    assert "The studies of this question alone (the headline)" in rows[0]
    assert "very low" in rows[0]
    assert "The network, Calmroot by mouth v placebo" in rows[1]
    assert "\u22123.21 (\u22124.21 to \u22122.21) low" in rows[1]
    assert "inconsistency \u22121: the studies differ" in rows[1]
    assert "imprecision \u22121: the number of people is not known" in rows[1]


def test_a_network_shows_the_question_s_own_certainty_beside_its_own(view, network):
    tree = page(Joins(view, network), "network")
    (row,) = words(tree.xpath("//h2[@id='questions']/..//table/tbody/tr"))
    assert "very lowCalmroot by mouth v placebo" in row
    assert row.endswith("MD \u22123.21 (\u22124.21 to \u22122.21) low")


def test_near_is_the_same_condition_and_outcome_or_the_same_comparison(view):
    answer = view.answer(QUESTION)
    asked = answer.question
    other = dataclasses.replace(asked, id="iv", route="iv", window=None)
    response = dataclasses.replace(asked, id="response", outcome="response")
    harm = dataclasses.replace(asked, id="harm", outcome="dizziness", aspect="safety")
    sleep = dataclasses.replace(asked, id="sleep", indication="sleep")
    answers = [
        dataclasses.replace(answer, question=one) for one in (asked, response, other, harm, sleep)
    ]
    assert [one.question.id for one in near(answers, asked)] == ["iv", "response"]


def test_a_question_without_an_answer_leads_to_what_is_known(view):
    answer = view.answer(QUESTION)
    open_ = view.answer("night-score")
    moved = dataclasses.replace(open_.question, indication="unrest")

    class Open(Joins):
        def answers(self):
            return (answer, dataclasses.replace(open_, question=moved))

        def answer(self, question):
            return next(a for a in self.answers() if a.question.id == question)

    tree = page(Open(view, view.networks()[0]), "question", "night-score")
    section = tree.xpath("//h2[@id='near']/..")[0]
    assert "What is known near this question" in section.text_content()
    assert section.xpath(".//th/a/@href")[0].endswith("unrest-score-short")
    assert section.xpath(".//th/a")[0].text == "Score, calmroot v placebo, up to 4 weeks"
    assert not tree.xpath("//dl[@class='facts']")
    assert not tree.xpath("//p[@class='robust']")
