"""Comparator, dose, route and time of a claim."""

from __future__ import annotations

import pytest

from probatum.claims.circumstances import comparator, dose, route, time_point
from probatum.text.concepts import Concept

DRUG = Concept(0, 6, "drug", "x")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It ran over 40 minutes; pain fell at 2 hours.", "2 hours"),
        ("Recovery was shorter by 8 minutes.", None),
        ("The effect was gone by day 14.", "day 14"),
        ("Adults aged 18 to 65 years improved.", None),
        ("Mood lifts within hours or days.", "hours or days"),
        ("It has been sold for more than 50 years.", None),
        ("Pain fell over the 3 weeks and stayed low at week 8.", "week 8"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_length_of_infusion_an_age_or_an_amount_is_no_time(
    text: str, expected: str | None
) -> None:
    found = time_point(text)
    assert (found.id if found else None) == expected
    assert found is None or text[found.start : found.end] == found.id


def test_the_dose_of_another_drug_is_not_the_drugs() -> None:
    text = "Drug X or rival 5 mg helped"
    rival = Concept(10, 15, "comparator", "y")
    assert dose(text, [DRUG, rival], DRUG) is None
    assert dose("Drug X 2 mg or rival 5 mg helped", [DRUG], DRUG) == Concept(7, 11, "dose", "2 mg")


def test_the_nearest_route_is_the_drugs() -> None:
    routes = [Concept(7, 9, "route", "iv"), Concept(40, 45, "route", "oral")]
    assert route([DRUG, *routes], DRUG, 30) == routes[0]
    assert route([DRUG], DRUG, 30) is None


@pytest.mark.parametrize(
    "text",
    [
        "Drug X beat rival",
        "Drug X and rival groups did not differ",
        "Drug X was superior to rival",
    ],
)
def test_two_groups_are_set_against_each_other(text: str) -> None:
    at = text.index("rival")
    rival = Concept(at, at + 5, "comparator", "y")
    assert comparator(text, [DRUG, rival], DRUG, both=True) == rival


def test_a_drug_given_with_it_is_no_comparator() -> None:
    text = "Drug X with rival helped"
    rival = Concept(12, 17, "comparator", "y")
    assert comparator(text, [DRUG, rival], DRUG, both=True) is None
