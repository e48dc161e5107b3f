"""Title, authors and date that a page states without markup, and what only looks like them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.documents.bylines import byline, person
from probatum.documents.printed_dates import bordering_date, dateline, labelled_date, whole_date
from probatum.documents.read import collect
from probatum.model.document import Metadata

CASES = tomllib.loads(
    (Path(__file__).parent.parent / "cases/documents/page_identity.toml").read_text()
)["cases"]
PROSE = (
    "Most people slept better after a month, and nobody in the group stopped the tablets early."
)
DATES = st.dates().filter(lambda day: 1900 <= day.year <= 2099)
FORMS = ("%d %B %Y", "%B %d, %Y", "%b. %d, %Y", "%Y-%m-%d", "%A, %d %B %Y", "%dth of %B, %Y")


def metadata(text: str) -> Metadata:
    return collect(text.encode(), "page").documents[0].metadata


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"][:60])
def test_a_page_is_who_it_says_it_is(case: dict[str, object]) -> None:
    found = metadata(str(case["text"]).strip())
    names = [" ".join(filter(None, (one.given, one.family))) for one in found.authors]
    assert found.title == case.get("title")
    assert names == case.get("authors", [])
    assert found.date == case.get("date")
    assert found.year == (int(found.date[:4]) if found.date else None)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"][:60])
def test_the_place_in_the_origin_holds_what_was_taken(case: dict[str, object]) -> None:
    document = collect(str(case["text"]).strip().encode(), "page").documents[0]
    for field, origin in document.metadata.origins:
        place = re.search(r"characters (\d+)-(\d+)$", origin)
        if place is None:
            continue
        words = document.text[int(place[1]) : int(place[2])]
        if field == "authors":
            assert all(one.family in words for one in document.metadata.authors)
        elif field == "title":
            assert words == document.metadata.title
        else:
            assert str(document.metadata.year) in words


@given(day=DATES, form=st.sampled_from(FORMS))
def test_a_day_is_read_in_every_print(day: object, form: str) -> None:
    printed = f"{day:{form}}"
    for found in (
        whole_date(printed),
        labelled_date(f"Last updated: {printed}"),
        bordering_date(f"Posted by Jane Roe on {printed}"),
        dateline(f"OSLO, {printed} -- A trial"),
    ):
        assert found is not None
        assert found.iso == f"{day:%Y-%m-%d}"


@given(day=DATES, sign=st.sampled_from("/.-"))
def test_numbers_give_a_day_only_when_they_can_be_told_apart(day: object, sign: str) -> None:
    iso = f"{day:%Y-%m-%d}"
    found = whole_date(f"{day:%d}{sign}{day:%m}{sign}{day:%Y}")
    assert found is not None
    clear = f"{day:%d}" > "12" or f"{day:%d}" == f"{day:%m}"
    assert found.iso == (iso if clear else iso[:4])


GIVEN = st.sampled_from(
    ("Jane", "Jean-Luc", "A. B.", "Željko", "Mary Ann", "Dr. Ida", "Prof Kofi")
)
FAMILY = st.sampled_from(("Roe", "O'Neil", "van der Berg", "Ångström", "Nwosu-Hall", "McArdle"))
PEOPLE = st.lists(st.tuples(GIVEN, FAMILY), min_size=1, max_size=5, unique_by=lambda one: one[1])


@given(people=PEOPLE, lead=st.sampled_from(("By ", "Written by: ", "Authors: ", "by ")))
def test_every_name_of_a_byline_is_read_once_and_in_order(
    people: list[tuple[str, str]], lead: str
) -> None:
    names = [" ".join(one) for one in people]
    listed = ", ".join(names[:-1]) + (" and " if names[1:] else "") + names[-1]
    found = byline(f"{lead}{listed}, MD")
    assert found is not None
    assert found.led
    assert [one.family for one in found.authors] == [family for _, family in people]


@given(words=st.lists(st.sampled_from(PROSE.lower().split()), min_size=1, max_size=9))
def test_words_of_prose_behind_by_are_nobody(words: list[str]) -> None:
    assert byline("By " + " ".join(words)) is None
    assert person(" ".join(words)) is None


@pytest.mark.parametrize(
    "words",
    [
        "Published in 2019, the trial was small",
        "Updated 2019 guidelines recommend rest",
        "Reviewed by Jane Roe",
        "Next review: February 2028",
        "Accessed 12 March 2025",
        "Date of birth: 12 March 1950",
        "\u00a9 2021 Harbour Media",
        "Recruited between March 2018 and May 2019",
    ],
)
def test_other_days_are_not_the_day_of_a_page(words: str) -> None:
    text = f"Sleep and tablets\n\n{words}\n\n{PROSE}"
    assert metadata(text).date is None


@given(text=st.text(max_size=300))
def test_any_text_is_read_and_what_is_taken_stands_in_it(text: str) -> None:
    for document in collect(text.encode("utf-8", "ignore"), "page").documents:
        if document.kind != "web-page" or not document.metadata.title:
            continue
        assert document.metadata.title in document.text
