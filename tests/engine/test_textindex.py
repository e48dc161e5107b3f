"""Search finds by stem and phrase, filters by kind, and never fails on odd queries."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.engine.textindex import Entry, search_index, write_index

ENTRIES = (
    Entry("document", "1", "Relief of pain", "The drug reduced pain intensities within a day."),
    Entry("work", "2", "Depression", "Nothing about the other thing."),
    Entry("document", "3", "A day in spring", "Within the garden."),
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("index")
    write_index(folder, ENTRIES)
    return folder


def test_words_are_stemmed_and_titles_weigh_more(index: Path) -> None:
    assert [hit.id for hit in search_index(index, "pains")] == ["1"]
    assert [hit.id for hit in search_index(index, "day")] == ["3", "1"]
    assert "pain intensities" in search_index(index, "intensity")[0].snippet


def test_phrases_kinds_and_limits(index: Path) -> None:
    assert [hit.id for hit in search_index(index, '"within the garden"')] == ["3"]
    assert [hit.id for hit in search_index(index, "within thing", kind="work")] == ["2"]
    assert len(search_index(index, "within thing", limit=1)) == 1


@given(st.text(max_size=40))
def test_any_query_is_answered(index: Path, query: str) -> None:
    search_index(index, query)
