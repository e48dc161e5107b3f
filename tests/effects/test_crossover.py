"""Crossover trials: pairs, with a correlation that is assumed."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.effects.crossover import largest_correlation, paired, smd_variance
from probatum.effects.material import Counts, Estimate, Given, Means, estimate
from probatum.effects.reading import Found, read
from probatum.effects.synthesize import synthesize

SIZES = st.integers(5, 200).map(float)
TABLES = st.tuples(SIZES, st.integers(0, 200), st.integers(0, 200)).map(
    lambda t: Counts(min(t[1], t[0]), t[0], min(t[2], t[0]), t[0])
)
RELATIONS = st.floats(0, 0.95)


def taken(material: Counts | Means, measure: str) -> Estimate | None:
    found = estimate(material, measure)
    return found if isinstance(found, Estimate) else None


@settings(max_examples=60)
@given(table=TABLES, low=RELATIONS, high=RELATIONS, measure=st.sampled_from(["RR", "OR", "RD"]))
def test_the_variance_of_counts_falls_with_the_correlation(
    table: Counts, low: float, high: float, measure: str
) -> None:
    found = taken(table, measure)
    if found is None:
        return
    none = paired(table, found, measure, 0.0)
    assert none.vi == pytest.approx(found.vi, rel=1e-9)
    less, more = (paired(table, found, measure, r).vi for r in sorted((low, high)))
    assert 0 < more <= less * (1 + 1e-12) <= none.vi * (1 + 1e-9)


@given(n=SIZES, sds=st.tuples(st.floats(0.5, 20), st.floats(0.5, 20)), r=RELATIONS)
def test_means_give_the_variance_of_a_difference_of_pairs(
    n: float, sds: tuple[float, float], r: float
) -> None:
    arms = Means(3.0, sds[0], n, 5.0, sds[1], n)
    found = taken(arms, "MD")
    assert found is not None
    wanted = (sds[0] ** 2 + sds[1] ** 2 - 2 * r * sds[0] * sds[1]) / n
    assert paired(arms, found, "MD", r).vi == pytest.approx(wanted, rel=1e-9)


def test_a_standardised_difference_of_pairs_as_the_handbook_has_it() -> None:
    arms = Means(4.0, 2.0, 16.0, 5.0, 2.0, 16.0)
    found = taken(arms, "SMD")
    assert found is not None
    wanted = math.sqrt(1 / 16 + found.yi**2 / 32) * math.sqrt(2 * (1 - 0.5))
    assert math.sqrt(paired(arms, found, "SMD", 0.5).vi) == pytest.approx(wanted, rel=1e-12)


def test_two_proportions_bound_their_correlation() -> None:
    table = Counts(9, 10, 1, 10)
    assert largest_correlation(table) == pytest.approx(1 / 9)
    found = taken(table, "RD")
    assert found is not None
    assert "correlation 0.111 assumed" in paired(table, found, "RD", 0.5).note
    assert paired(table, found, "RD", 0.5).vi == pytest.approx(0.018 * (1 - 1 / 9))


def test_a_printed_error_stays(make_row: Any, make_question: Any) -> None:
    row = make_row(measure="MD", contrast=-5.0, contrast_se=1.5, n_exp=20.0, n_ctl=20.0,
                   crossover=True)  # fmt: skip
    pooled = synthesize(make_question(measure="MD"), [row])
    assert pooled.effects[0].vi == pytest.approx(2.25)
    assert "taken as it stands" in pooled.effects[0].note
    assert pooled.n == 20


def test_a_printed_difference_of_pairs_is_standardised_by_the_deviation_of_people(
    make_row: Any,
) -> None:
    # 20 people, deviation 4 in both periods, correlation 0.5: standard error 4 / sqrt(20).
    row = make_row(measure="MD", contrast=-2.0, contrast_se=4 / math.sqrt(20), n_exp=20.0,
                   n_ctl=20.0, crossover=True)  # fmt: skip
    found = read(row, "SMD")
    assert isinstance(found, Found)
    assert isinstance(found.material, Given)
    assert found.material.yi == pytest.approx(-0.5 * (1 - 3 / (4 * 38 - 1)), rel=1e-3)
    variance = smd_variance(row, found.material.yi, (20.0, 20.0), 0.5)
    assert found.material.se == pytest.approx(math.sqrt(variance))


def test_the_people_of_a_crossover_count_once(make_row: Any, make_question: Any) -> None:
    row = make_row(mean_exp=4.0, sd_exp=2.0, n_exp=16.0, mean_ctl=5.0, sd_ctl=2.0, n_ctl=16.0,
                   crossover=True)  # fmt: skip
    pooled = synthesize(make_question(measure="MD"), [row])
    assert pooled.n == 16
    assert pooled.effects[0].vi == pytest.approx(0.25)
    assert any("paired with an assumed correlation" in note for note in pooled.notes)


def test_counts_that_the_source_does_not_print_are_marked(
    make_row: Any, make_question: Any
) -> None:
    row = make_row(events_exp=6.0, n_exp=20.0, events_ctl=3.0, n_ctl=20.0,
                   computed=("events_ctl", "events_exp"))  # fmt: skip
    note = synthesize(make_question(measure="RR"), [row]).effects[0].note
    assert "derived, not printed in the source: events_ctl, events_exp" in note
