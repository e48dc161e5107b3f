"""Reference lists of reviews: recognised, dated, joined to trials; "missed" only where owed."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from probatum.effects.review_trials import matrix
from probatum.flow.citedlists import is_review, searched_to
from probatum.model.pack import StudyRow, Term
from probatum.model.published import CitedList, PublishedPool
from probatum.model.work import Work

TERMS = (Term("pain", "Pain"), Term("crps", "CRPS", parent="pain"), Term("sleep", "Sleep"))
LIST = CitedList("Gale 2020", "w1", "10.5555/gale", 2020, "2019-06", ("pain",),
                 ("doi:10.5555/a", "pmid:11"), 4, 3)  # fmt: skip


def row(study: str, year: int | None, **known: str) -> StudyRow:
    values = {f.name: None for f in fields(StudyRow)}
    values |= {"row_id": study, "study": study, "year": year, "indication": "crps"}
    return StudyRow(**{**values, **known})  # type: ignore[arg-type]


ROWS = (
    row("A 2001", 2001, doi="10.5555/A"),
    row("B 2002", 2002, pmid="11"),
    row("C 2003", 2003, doi="10.5555/c"),
    row("D 2019", 2019, doi="10.5555/d"),
    row("E 2004", 2004, doi="10.5555/e", indication="sleep"),
    row("F 2005", 2005),
)


def cells(lists: tuple[CitedList, ...], pools: tuple[PublishedPool, ...] = ()) -> dict[str, str]:
    found = matrix(pools, ROWS, lists, TERMS)
    return dict(zip(found.trials, found.cells[0], strict=True)) if found.cells else {}


def test_cited_by_either_identifier_and_missed_only_before_the_search() -> None:
    assert cells((LIST,)) == {"A 2001": "cited", "B 2002": "cited", "C 2003": "missed"}


def test_a_trial_after_the_search_on_another_condition_or_without_a_name_is_not_missed() -> None:
    other = replace(LIST, review="Reed 2024", work="w2", doi=None, searched_to="2023",
                    cited=("doi:10.5555/d", "doi:10.5555/e"))  # fmt: skip
    found = matrix((), ROWS, (LIST, other), TERMS)
    first = dict(zip(found.trials, found.cells[0], strict=True))
    assert first["D 2019"] == "not cited"
    assert first["E 2004"] == "not cited"
    assert "F 2005" not in first


@pytest.mark.parametrize("change", [{"identified": 1}, {"searched_to": None}, {"conditions": ()}])
def test_without_identifiers_a_date_or_a_condition_nothing_is_missed(change: dict) -> None:
    assert "missed" not in cells((replace(LIST, **change),)).values()


def test_pools_and_the_list_of_one_review_are_one_column() -> None:
    pool = PublishedPool("P1", "Gale 2020 (printed)", 2020, doi="10.5555/GALE", rows=("C 2003",))
    found = matrix((pool,), ROWS, (LIST,), TERMS)
    assert found.reviews == ("Gale 2020 (printed)",)
    assert found.works == ("w1",)
    assert dict(zip(found.trials, found.cells[0], strict=True))["C 2003"] == "pooled"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Databases were searched from inception until 12 May 2022.", "2022-05"),
        ("We searched PubMed up to 2018. Later searches ran through June 2019.", "2019-06"),
        ("The trial ran until March 2021.", None),
        ("MEDLINE was searched. Follow-up lasted to 2020.", None),
        ("search " * 4000, None),
    ],
)
def test_the_date_of_a_search(text: str, told: str | None) -> None:
    assert searched_to(text) == told


@pytest.mark.parametrize(
    ("title", "kinds", "told"),
    [
        ("Calmroot in unrest: a meta-analysis", (), True),
        ("Calmroot in unrest", ("Systematic Review",), True),
        ("Calmroot in unrest: a trial", ("Randomized Controlled Trial",), False),
    ],
)
def test_what_is_a_review(title: str, kinds: tuple[str, ...], told: bool) -> None:
    assert is_review(Work("w", (), title=title, publication_types=kinds)) is told
