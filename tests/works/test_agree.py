"""Comparisons of fields are symmetric and never fail."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from probatum.model.document import Author, Metadata
from probatum.model.work import Card
from probatum.works.match import match
from probatum.works.normalise import fold, normalise, pages
from probatum.works.places import same_container

TEXT = st.text(max_size=40)
METADATA = st.builds(
    Metadata,
    title=TEXT | st.none(),
    authors=st.lists(st.builds(Author, TEXT, TEXT | st.none()), max_size=3).map(tuple),
    year=st.integers(0, 9999) | st.none(),
    container_title=TEXT | st.none(),
    volume=TEXT | st.none(),
    issue=TEXT | st.none(),
    page=TEXT | st.none(),
)


def key(document: str, metadata: Metadata):
    return normalise(Card(document, "record", metadata, "x"))


@given(METADATA, METADATA)
def test_a_pair_is_judged_alike_from_both_sides(one, two):
    there, back = match(key("a", one), key("b", two)), match(key("b", two), key("a", one))
    assert (there is None) == (back is None)
    if there and back:
        assert (there.verdict, there.score) == (back.verdict, back.score)


@given(TEXT)
def test_folding_folds_once(text):
    once = fold(text)
    assert fold(once) == once


@given(TEXT)
def test_pages_never_fail(text):
    first, last = pages(text)
    assert first or not last


@given(TEXT.map(fold), TEXT.map(fold))
def test_journals_compare_alike_from_both_sides(one, two):
    assert same_container(one, two) == same_container(two, one)
    assert same_container(one, one)
