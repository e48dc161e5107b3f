"""Published pools computed again, said beside ours, and laid out by trial."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.effects.review_trials import matrix
from probatum.effects.reviews import beside, reproduce
from probatum.effects.synthesize import synthesize
from probatum.flow.packs import load_pack
from probatum.model.pack import Pack
from probatum.model.published import PublishedPool

# The pools whose rows are named, with the review's own k.
NAMED = {"P001": 3, "P002": 4, "P004": 2, "P006": 2, "P008": 2, "P010": 2}


@pytest.fixture(scope="module")
def shipped() -> Pack:
    return load_pack("ketamine")


def pool_of(pack: Pack, name: str) -> PublishedPool:
    return next(pool for pool in pack.published if pool.id == name)


def test_the_pool_with_a_printed_estimate_is_reached(shipped: Pack) -> None:
    found = reproduce(pool_of(shipped, "P001"), {row.row_id: row for row in shipped.studies})
    assert found is not None
    assert found.reached is True
    assert found.model is not None
    ends = [found.model.estimate, found.model.ci_low, found.model.ci_high]
    assert ends == pytest.approx([-15.79, -32.09, 0.51], abs=0.01)


@pytest.mark.parametrize("name", NAMED)
def test_the_weights_of_the_review_are_reached(name: str, shipped: Pack) -> None:
    pool = pool_of(shipped, name)
    found = reproduce(pool, {row.row_id: row for row in shipped.studies})
    assert found is not None
    assert found.missing == ()
    assert len(found.weights) == NAMED[name] == pool.k
    for one in found.weights:
        assert one.printed == pytest.approx(one.weight, abs=1e-4)


def test_rows_that_give_no_effect_are_named(make_row: Any) -> None:
    pool = PublishedPool("P", "Ash 2020", measure="RR", rows=("A", "B"), estimate=2.0)
    rows = {"A": make_row("A", events_exp=4.0, n_exp=10.0, events_ctl=2.0, n_ctl=10.0),
            "B": make_row("B", events_exp=0.0, n_exp=10.0, events_ctl=0.0, n_ctl=9.0)}  # fmt: skip
    found = reproduce(pool, rows)
    assert found is not None
    assert [name for name, _ in found.missing] == ["B"]
    assert found.reached is True
    assert reproduce(PublishedPool("P", "Ash 2020", measure="RR"), rows) is None
    assert reproduce(PublishedPool("P", "Ash 2020", measure="rate", rows=("A",)), rows) is None


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (-3.0, -1.0, "Ash 2020 finds a lower value with the treatment; so does this base"),
        (-3.0, 1.0, "Ash 2020 does not exclude no difference; this base finds a lower value "
         "with the treatment"),
        (None, None, "Ash 2020 prints no interval that could be held against ours"),
    ],
)  # fmt: skip
def test_review_and_base_side_by_side(
    low: float | None, high: float | None, text: str, make_row: Any, make_question: Any
) -> None:
    row = make_row("A", measure="MD", contrast=-5.0, contrast_se=1.0)
    pooled = synthesize(make_question(measure="MD"), [row])
    pools = [
        PublishedPool("P1", "Elm 2010", year=2010),
        PublishedPool("P2", "Ash 2020", year=2020, measure="MD", ci_low=low, ci_high=high),
    ]
    first, second = beside(pools, pooled, {})
    assert (first.pool.id, second.pool.id) == ("P2", "P1")
    assert first.text == text


def test_reviews_by_trials(shipped: Pack, make_row: Any) -> None:
    found = matrix(shipped.published, shipped.studies)
    assert found.reviews == ("Ferraro 2025 (Cochrane CD015373)",)
    assert len(found.trials) == 8
    rows = [make_row("A", study="a", year=2001), make_row("B", study="b", year=2000)]
    pools = [PublishedPool("P1", "Elm", year=2010, rows=("A", "B")),
             PublishedPool("P2", "Ash", year=2005, rows=("A",)),
             PublishedPool("P3", "Oak", year=2001)]  # fmt: skip
    small = matrix(pools, rows)
    assert (small.reviews, small.trials) == (("Ash", "Elm"), ("b", "a"))
    assert small.cells == (("not known", "pooled"), ("pooled", "pooled"))


@given(names=st.lists(st.lists(st.sampled_from("ABCDE"), max_size=5), max_size=6))
def test_the_matrix_holds_what_pools_name(names: list[list[str]], make_row: Any) -> None:
    rows = [make_row(name, study=name.lower()) for name in "ABCDE"]
    pools = [PublishedPool(str(i), f"R{i}", rows=tuple(some)) for i, some in enumerate(names)]
    found = matrix(pools, rows)
    assert found == matrix(pools[::-1], rows[::-1])
    taken = {
        (review, trial)
        for review, cells in zip(found.reviews, found.cells, strict=True)
        for trial, cell in zip(found.trials, cells, strict=True)
        if cell == "pooled"
    }
    assert taken == {(pool.review, name.lower()) for pool in pools for name in pool.rows}
