"""GRADE of networks: each step by a network made for it, and what the two sides say together."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.certainty.networks import grade_network
from probatum.certainty.paths import dominant_path
from probatum.model.answer import RiskOfBias
from probatum.model.network import Compared, LeagueCell, Network, StudyContrast, Treatment
from probatum.model.pack import Question, Scale

ASKED = Question("n", "N", "pain", "efficacy", measure="MD", benefit="lower")
SCALE = Scale("us", "Us", mid=1.0)
STUDIES = {("a", "p"): "One", ("b", "p"): "Two", ("a", "b"): "Three"}


def pair(first, second, *, mean=-3.0, vi=0.1, more=()):
    """A pair with a study of its own, and indirect evidence where ``more`` tells it."""
    half = 1.959964 * math.sqrt(vi)
    study = STUDIES[first, second]
    told = (study,), (f"row {study}",), mean, mean - half, mean + half, 0.6
    return Compared(
        first, second, *told, *(more or (None,) * 4),
        contrasts=(StudyContrast(study, (f"row {study}",), mean, vi),),
    )  # fmt: skip


def cell(row, column, mean=-3.0, half=0.5, pi=None):
    """The network's estimate of a pair."""
    low, high = pi or (None, None)
    return LeagueCell(row, column, mean, mean - half, mean + half, 0.01, True, low, high)


def network(compared, league, people=300.0):
    """A network of a, b and p, best first, in mean differences."""
    treatments = tuple(Treatment(name, name.upper(), 2, people, 0.5) for name in "abp")
    return Network(
        "n", "N", "pain", "efficacy", None, None, "MD", "us", "lower", ("n",), treatments,
        tuple(compared), tuple(league), ("One", "Two"), None, "REML", 0.0, 0.0, 0.0, 1, 1.0, 0,
        None, None, "", "",
    )  # fmt: skip


@pytest.fixture
def rows(make_row):
    """Three randomised studies of pain."""
    named = [("row One", "One"), ("row Two", "Two"), ("row Three", "Three")]
    return [make_row(name, study=study, indication="pain") for name, study in named]


@pytest.fixture
def judged():
    """Every study at low risk of bias."""
    return [RiskOfBias(study, "low") for study in ("One", "Two", "Three")]


def rate(found, rows, judged, first="a", second="b"):
    """The certainty of one pair."""
    graded = grade_network(found, ASKED, rows, SCALE, risk=judged)
    return next(one for one in graded if {one.first, one.second} == {first, second})


def step(one, domain):
    """One step of a rating."""
    every = (*one.certainty.steps, *one.direct_steps, *one.indirect_steps)
    return next(found for found in every if found.domain == domain)


STAR = (("a", "p"), ("b", "p"))
LEAGUE = (("a", "b"), ("a", "p"), ("b", "p"))


def star(*, league=None, people=300.0):
    """Two treatments that each met p only."""
    return network([pair(*two) for two in STAR], league or [cell(*two) for two in LEAGUE], people)


def loop(p):
    """Three treatments that all met; the direct and the indirect evidence differ by p."""
    more = (-2.0, -4.0, 0.0, p)
    return network([pair(*two, more=more) for two in STUDIES], [cell(*two) for two in LEAGUE])


def test_a_star_of_good_studies_is_high_and_indirect_pairs_are_rated_by_their_path(rows, judged):
    one = rate(star(), rows, judged)
    assert (one.certainty.level, one.direct, one.indirect) == ("high", None, "high")
    assert one.path == ("a", "p", "b")
    assert step(one, "incoherence").reason.startswith("indirect evidence alone")
    direct = rate(star(), rows, judged, "a", "p")
    assert (direct.certainty.level, direct.direct, direct.indirect) == ("high", "high", None)


def test_studies_nobody_judged_are_at_most_moderate(rows, judged):
    assert rate(star(), rows, []).certainty.level == "moderate"
    assert rate(star(), rows, judged[1:], "a", "p").certainty.level == "moderate"


def test_indirect_evidence_is_as_good_as_the_lowest_comparison_on_its_path(rows, judged):
    bad = [RiskOfBias("Two", "high") if one.study == "Two" else one for one in judged]
    assert rate(star(), rows, bad, "b", "p").direct == "low"
    assert rate(star(), rows, bad).indirect == "low"
    assert rate(star(), rows, bad, "a", "p").certainty.level == "high"


def test_comparisons_without_a_common_condition_are_not_transitive(rows, judged):
    other = [replace(r, indication="sleep") if r.study == "Two" else r for r in rows]
    one = rate(star(), other, judged)
    assert (one.indirect, step(one, "intransitivity").change) == ("moderate", -1)
    assert dict(step(one, "intransitivity").numbers)["in every comparison"] == 0


def test_direct_and_indirect_evidence_that_disagree_cost_a_level(rows, judged):
    assert rate(loop(0.5), rows, judged).certainty.level == "high"
    one = rate(loop(0.04), rows, judged)
    assert (one.certainty.level, step(one, "incoherence").change) == ("moderate", -1)
    assert dict(step(one, "incoherence").numbers)["p"] == 0.04


def test_a_step_after_the_ceiling_counts_from_where_the_studies_stood(rows):
    compared = [pair("a", "p"), pair("b", "p")]
    few = network(compared, [cell(*two) for two in LEAGUE], people=None)
    for two in (("a", "p"), ("a", "b")):
        one = rate(few, rows, [], *two)
        assert (step(one, "imprecision").change, one.certainty.start) == (-1, "high")
        assert one.certainty.level == "moderate"


def test_the_estimate_starts_at_the_better_of_the_two_kinds(rows, judged):
    bad = [RiskOfBias("Three", "high") if one.study == "Three" else one for one in judged]
    one = rate(loop(0.5), rows, bad)
    assert (one.direct, one.indirect, one.certainty.start) == ("low", "high", "high")


def test_disagreement_that_intransitivity_explains_is_counted_once(rows, judged):
    other = [replace(r, indication="sleep") if r.study == "Two" else r for r in rows]
    bad = [RiskOfBias("Three", "high") if one.study == "Three" else one for one in judged]
    one = rate(loop(0.04), other, bad)
    assert (one.indirect, one.certainty.level) == ("moderate", "moderate")
    assert "already" in step(one, "incoherence").reason


@pytest.mark.parametrize(
    ("mean", "half", "people", "change"),
    [
        (-3.0, 0.5, 300.0, 0),
        (-0.5, 0.9, 300.0, -1),
        (0.0, 2.0, 300.0, -2),
        (-3.0, 0.5, 150.0, -1),
        (-3.0, 0.5, 20.0, -2),
        (0.0, 2.0, 150.0, -3),
        (-3.0, 0.5, None, -1),
    ],
    ids=["clear", "no difference", "both ways", "few", "very few", "both and few", "unknown"],
)
def test_imprecision(rows, judged, mean, half, people, change):
    league = [cell("a", "b", mean, half), cell("a", "p"), cell("b", "p")]
    one = rate(star(league=league, people=people), rows, judged)
    assert step(one, "imprecision").change == change


def test_a_prediction_interval_that_holds_no_difference_costs_a_level(rows, judged):
    league = [cell("a", "b", pi=(-7.0, 1.0)), cell("a", "p", pi=(-4.0, -2.0)), cell("b", "p")]
    assert step(rate(star(league=league), rows, judged), "heterogeneity").change == -1
    assert step(rate(star(league=league), rows, judged, "a", "p"), "heterogeneity").change == 0
    assert (
        "estimated"
        in step(rate(star(league=league), rows, judged, "b", "p"), "heterogeneity").reason
    )


def test_a_wide_ratio_lacks_information(rows, judged):
    found = replace(
        star(), measure="RR", compared=tuple(replace(one, effect=0.5, low=0.3, high=0.8)
        for one in star().compared),
        league=(LeagueCell("a", "b", 0.2, 0.05, 0.7, 0.01, False), *star().league[1:2]),
    )  # fmt: skip
    one = rate(replace(found, league=found.league[:1]), rows, judged)
    assert step(one, "imprecision").change == -1
    assert dict(step(one, "imprecision").numbers)["width"] == 14


@given(st.integers(3, 7), st.randoms(use_true_random=False))
def test_a_path_leads_over_comparisons_that_were_made_and_is_a_shortest_one(n, random):
    edges = {frozenset((random.randrange(i), i)): random.random() for i in range(1, n)}
    named = {frozenset(map(str, edge)): v for edge, v in edges.items()}
    path = dominant_path(named, "0", str(n - 1))
    if frozenset({"0", str(n - 1)}) in named:
        assert path == ()
        return
    assert (path[0], path[-1]) == ("0", str(n - 1))
    assert all(frozenset(two) in named for two in itertools.pairwise(path))
    assert len(set(path)) == len(path)
