"""Cited references find their works."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from probatum.model.claim import Target
from probatum.model.document import Identifiers
from probatum.model.work import Work
from probatum.works.resolve import resolve

TITLE = "Low dose of drug X for acute knee pain"
WORKS = [
    Work(
        "w1", ("a",), identifiers=Identifiers(doi="10.1000/s"), title="Memory of nurses at night"
    ),
    Work("w2", ("b",), identifiers=Identifiers(doi="10.1000/s"), title="Pressure in rats"),
    Work("w3", ("c",), identifiers=Identifiers(pmid="3", pmcid="PMC3"), title=TITLE, year=2016),
    Work("w4", ("d",), title="Editorial", year=2016),
]


def one(**fields) -> str | None:
    return resolve([Target("B1", **fields)], WORKS)[0]


def test_by_identifier():
    assert one(identifiers=Identifiers(pmid="3")) == "w3"
    assert one(identifiers=Identifiers(pmcid="PMC3")) == "w3"
    assert one(identifiers=Identifiers(pmid="4")) is None


def test_a_shared_doi_asks_for_the_title():
    shared = Identifiers(doi="10.1000/s")
    assert one(identifiers=shared) is None
    assert one(identifiers=shared, title="Pressure in rats.") == "w2"


def test_by_title_and_year():
    assert one(title="Low-dose of Drug X for acute knee pain.", year=2015) == "w3"
    assert one(title=TITLE) == "w3"
    assert one(title=TITLE, year=2010) is None
    assert one(title=TITLE, identifiers=Identifiers(pmid="9")) is None
    assert one(title="Editorial", year=2016) is None


@given(st.lists(st.builds(Target, st.none(), title=st.text(max_size=30) | st.none())))
def test_any_targets_give_as_many_answers(targets):
    assert len(resolve(targets, WORKS)) == len(targets)
