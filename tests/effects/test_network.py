"""Networks: contrasts of several arms, loops, ranks, and what is said of inconsistency."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum import stats
from probatum.effects.loops import closed_loops
from probatum.effects.network import Group, networks
from probatum.effects.network_words import NO_LOOP
from probatum.effects.plan import Plan
from probatum.effects.study_contrasts import study_contrasts

LABELS = (("a", "A"), ("b", "B"), ("c", "C"), ("p", "placebo"))


def arms(make_row, row_id, study, means, **more):
    """A row of means: experimental (mean, SD, n), control (mean, SD, n)."""
    (m1, s1, n1), (m2, s2, n2) = means
    values = {
        "mean_exp": m1, "sd_exp": s1, "n_exp": n1, "mean_ctl": m2, "sd_ctl": s2, "n_ctl": n2,
        "scale": "us", "benefit": "lower", "measure": "MD",
    }  # fmt: skip
    return make_row(row_id, study=study, **values, **more)


@pytest.fixture(scope="module")
def rows(make_row):
    """Two pairs, a study of three arms, and a pair that closes a loop."""
    a, p, b = (40.0, 10.0, 30.0), (50.0, 12.0, 25.0), (44.0, 11.0, 20.0)
    return {
        "R1": arms(make_row, "R1", "One 2001", (a, p)),
        "R2": arms(make_row, "R2", "Two 2002", (b, (49.0, 12.0, 28.0))),
        "R3": arms(make_row, "R3", "Three 2003", (a, p), drug_printed="a"),
        "R4": arms(make_row, "R4", "Three 2003", (a, (45.0, 9.0, 30.0)), drug_printed="a"),
    }


def group(make_question, pairs):
    """A group of rows by pair of treatments."""
    asked = make_question(id="n", label="N", measure="MD", scale="us", benefit="lower")
    held = tuple((pair, asked, row) for pair, row in pairs)
    return Group(asked, (asked,), LABELS, held)


def test_a_star_gives_each_pair_back(rows, make_question):
    (found,) = networks(group(make_question, [(("a", "p"), rows["R1"]), (("b", "p"), rows["R2"])]))
    cells = {(c.row, c.column): c for c in found.league}
    assert cells["a", "p"].effect == pytest.approx(-10.0)
    assert cells["a", "b"].effect == pytest.approx(-5.0)
    assert not cells["a", "b"].direct
    half = 1.959964 * math.sqrt(100 / 30 + 144 / 25)
    assert cells["a", "p"].low == pytest.approx(-10 - half, abs=1e-4)
    assert (found.tau2, found.loops) == (None, 0)
    assert found.inconsistency == NO_LOOP
    assert [t.id for t in found.treatments] == ["a", "b", "p"]
    assert "heterogeneity cannot be estimated" in " ".join(found.notes)


def test_an_arm_of_several_contrasts_counts_once(rows):
    how = Plan("MD", scale="us", benefit="lower")
    found = study_contrasts({("a", "p"): [rows["R3"]], ("a", "c"): [rows["R4"]]}, how, None)
    by_pair = {(c.first, c.second): c for c in found.taken}
    assert by_pair["a", "c"].yi == pytest.approx(-5.0)
    assert by_pair["c", "p"].yi == pytest.approx(-5.0)
    assert by_pair["c", "p"].vi == pytest.approx(81 / 30 + 144 / 25)
    fit = stats.nma(
        [c.yi for c in found.taken], [math.sqrt(c.vi) for c in found.taken],
        [c.first for c in found.taken], [c.second for c in found.taken],
        [c.study for c in found.taken], method="EE",
    )  # fmt: skip
    assert fit.te[fit.trts.index("c"), fit.trts.index("p")] == pytest.approx(-5.0)


def test_three_arms_beside_a_pair_of_them_are_no_loop(rows, make_question):
    pairs = [(("a", "p"), rows["R1"]), (("a", "p"), rows["R3"]), (("a", "c"), rows["R4"])]
    (found,) = networks(group(make_question, pairs))
    assert found.loops == 0
    assert found.inconsistency.startswith(NO_LOOP)
    assert "with and without a third arm" in found.inconsistency
    assert all(one.indirect is None for one in found.compared)
    assert "Three 2003" in " ".join(found.notes)


def test_a_loop_of_pairs_is_tested(rows, make_question, make_row):
    closing = arms(make_row, "R5", "Five 2005", ((40.0, 10.0, 30.0), (60.0, 10.0, 30.0)))
    pairs = [(("a", "p"), rows["R1"]), (("b", "p"), rows["R2"]), (("a", "b"), closing)]
    (found,) = networks(group(make_question, pairs))
    assert found.loops == 1
    assert found.q_between is not None
    assert "1 closed loop" in found.inconsistency
    assert all(one.p is not None for one in found.compared)


def test_flagged_rows_and_two_treatments_make_none(rows, make_question):
    pairs = [(("a", "p"), rows["R1"]), (("b", "p"), rows["R2"])]
    flagged = replace(rows["R2"], flag_kind="source-inconsistency", quality_flag="odd")
    assert networks(group(make_question, pairs[:1])) == ()
    assert networks(group(make_question, [pairs[0], (("b", "p"), flagged)])) == ()


def test_one_study_is_no_network(rows, make_question):
    pairs = [(("a", "p"), rows["R3"]), (("a", "c"), rows["R4"])]
    assert networks(group(make_question, pairs)) == ()


@pytest.mark.parametrize(
    ("designs", "loops"),
    [
        ([(0, 1), (1, 2)], 0),
        ([(0, 1), (1, 2), (0, 2)], 1),
        ([(0, 1, 2), (0, 1), (1, 2)], 1),
        ([(0, 1, 2), (0, 1, 3)], 0),
        ([(0, 1), (1, 2), (2, 3), (0, 3)], 1),
        ([(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)], 3),
    ],
)
def test_loops(designs, loops):
    assert closed_loops(1 + max(map(max, designs)), designs) == loops


@given(st.integers(3, 6), st.randoms(use_true_random=False))
def test_a_tree_has_no_loop_and_each_further_pair_adds_one(n, random):
    tree = [(random.randrange(i), i) for i in range(1, n)]
    assert closed_loops(n, tree) == 0
    spare = [(i, j) for i in range(n) for j in range(i + 1, n) if (i, j) not in tree]
    taken = random.sample(spare, k=random.randint(0, len(spare)))
    assert closed_loops(n, [*tree, *taken]) == len(taken)


def test_counts_of_three_arms_with_an_empty_cell(make_row):
    def row(row_id, exp, ctl):
        return make_row(
            row_id, study="S", events_exp=exp[0], n_exp=exp[1], events_ctl=ctl[0], n_ctl=ctl[1],
            drug_printed="a",
        )  # fmt: skip

    given_rows = {
        ("a", "p"): [row("R1", (0.0, 20.0), (5.0, 22.0))],
        ("a", "c"): [row("R2", (0.0, 20.0), (3.0, 21.0))],
    }
    found = study_contrasts(given_rows, Plan("RR"), None)
    by_pair = {(c.first, c.second): c for c in found.taken}
    total = by_pair["a", "p"].yi - by_pair["a", "c"].yi
    assert by_pair["c", "p"].yi == pytest.approx(total)
    assert np.isfinite([c.vi for c in found.taken]).all()
