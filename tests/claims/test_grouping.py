"""Claims that say the same stand together, and no others."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.claims.grouping import grouped, moment
from probatum.model.claim import Claim

ONE = Claim("1", "d", 0, 4, "Pain", "x", "pain", None, "efficacy", "improves", time_point="24 h")


@pytest.mark.parametrize(
    "other",
    [
        replace(ONE, population=("children",)),
        replace(ONE, time_point="24 days"),
        replace(ONE, time_point=None),
        replace(ONE, time_point="2 to 24 h"),
        replace(ONE, direction="worsens"),
        replace(ONE, negated=True),
        replace(ONE, intervention="s-x"),
        replace(ONE, route="oral"),
        replace(ONE, dose="5 mg"),
        replace(ONE, comparator="placebo"),
        replace(ONE, condition="nerve-pain"),
    ],
    ids=[
        "population", "time", "no-time", "range", "direction", "negation", "form", "route", "dose",
        "comparator", "condition",
    ],
)  # fmt: skip
def test_claims_that_differ_stand_apart(other: Claim) -> None:
    assert len(grouped([ONE, replace(other, id="2")])) == 2


def test_adults_and_children_stand_apart_from_both_together() -> None:
    told = [("adults",), ("children",), ("adults", "children"), ()]
    assert len(grouped(replace(ONE, id=str(at), population=p) for at, p in enumerate(told))) == 4


def test_wording_hedge_and_place_do_not_part_claims() -> None:
    other = replace(ONE, id="2", quote="Ache", hedge="may", time_point="1 day", document="e")
    assert [[claim.id for claim in group] for group in grouped([ONE, other])] == [["1", "2"]]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2 to 4 weeks", "2 days", False),
        ("2 to 4 weeks", "2-4 weeks", True),
        ("day 1 and 7", "day 1", False),
        ("week 4", "4 weeks", True),
        ("two hours", "2 h", True),
        ("1 min", "2 min", False),
        ("hours", "minutes", False),
        ("0.5 h", "30 min", True),
    ],
)
def test_moments(one: str, other: str, same: bool) -> None:
    assert (moment(one) == moment(other)) is same


populations = st.lists(st.sampled_from(["adults", "children", "animals"]), unique=True).map(tuple)
times = st.sampled_from([None, "1 day", "24 h", "2 days", "2 to 4 weeks", "hours"])


@given(
    st.lists(st.builds(lambda p, t: replace(ONE, population=p, time_point=t), populations, times))
)
def test_no_group_holds_two_populations_or_times(given_claims: list[Claim]) -> None:
    groups = grouped(given_claims)
    assert sum(map(len, groups)) == len(given_claims)
    for group in groups:
        assert len({frozenset(claim.population) for claim in group}) == 1
        assert len({moment(claim.time_point) for claim in group}) == 1
