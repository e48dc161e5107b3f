"""Networks of the shipped pack: every pair is rated, and a person's level stands above it."""

from __future__ import annotations

import pytest

from probatum.flow import networks
from probatum.flow.graph import Graph
from probatum.flow.packs import load_pack, shipped_packs

NOTHING = Graph((), (), ())


@pytest.fixture(scope="module")
def pack():
    """The pack that ships with the program."""
    return load_pack(shipped_packs()[0])


@pytest.fixture(scope="module")
def chronic(pack):
    """The first network of chronic pain."""
    given = next(
        one
        for one in networks.inputs(pack, NOTHING)
        if one.group.question.indication == "chronic-non-cancer-pain"
        and one.group.question.outcome == "pain-intensity"
        and networks.network(one)
    )
    return given, networks.network(given)[0]


def test_every_pair_is_rated_once_the_better_rank_first(chronic):
    _, found = chronic
    order = [one.id for one in found.treatments]
    pairs = [(one, other) for at, one in enumerate(order) for other in order[at + 1 :]]
    assert [(one.first, one.second) for one in found.graded] == pairs
    compared = {frozenset({one.first, one.second}) for one in found.compared}
    for one in found.graded:
        assert (one.direct is not None) == (frozenset({one.first, one.second}) in compared)
        assert one.certainty.level != "high"  # nobody has judged the risk of bias


@pytest.mark.parametrize("turned", [False, True], ids=["as ranked", "the other way round"])
def test_a_level_that_a_person_set_stands_above_the_computed_one(pack, chronic, turned):
    given, found = chronic
    pair = found.graded[0]
    two = (pair.second, pair.first) if turned else (pair.first, pair.second)
    line = {"question": networks.pair_name(found, *two), "level": "high", "who": "A", "why": "B"}
    (again,) = [
        one
        for one in networks.inputs(pack, NOTHING, [line])
        if one.group.question.id == given.group.question.id
    ]
    (first, *rest) = networks.network(again)[0].graded
    assert first.certainty.level == "high"
    assert first.certainty.override == f"A: B (computed: {pair.certainty.level})"
    assert all(one.certainty.override is None for one in rest)
    others = [one for one in networks.inputs(pack, NOTHING, [line]) if one.overrides]
    assert [one.group.question.id for one in others] == [given.group.question.id]
