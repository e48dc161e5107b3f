"""Names are split and turned as the lists write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.text.names import name_order, parse_name, split_names


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Tucker Adam P; Kim Yong Ik", ["Tucker Adam P", "Kim Yong Ik"]),
        ("Zhou, A. and Guo, L. and Tang, L.", ["Zhou, A.", "Guo, L.", "Tang, L."]),
        ("Smith, J., Doe, A.", ["Smith, J.", "Doe, A."]),
        ("Smith JA, Doe A, and Roe R", ["Smith JA", "Doe A", "Roe R"]),
        ("Jane Doe, Richard Roe, Sam Poe", ["Jane Doe", "Richard Roe", "Sam Poe"]),
        ("Garcia Lopez, Maria Jose", ["Garcia Lopez, Maria Jose"]),
        ("Doe, Jane", ["Doe, Jane"]),
        ("Doe J, et al.", ["Doe J"]),
        ("", []),
    ],
)
def test_lists_are_split(cell, names):
    assert split_names(cell) == names


@pytest.mark.parametrize(
    ("name", "order", "parts"),
    [
        ("Kim Yong Ik", "family-first", ("Kim", "Yong Ik")),
        ("Ludwig van Beethoven", "given-first", ("van Beethoven", "Ludwig")),
        ("van der Berg JA", "given-first", ("van der Berg", "JA")),
        ("Martin Luther King Jr.", "given-first", ("King Jr.", "Martin Luther")),
        ("King, Jr., Martin Luther", "given-first", ("King", "Martin Luther Jr.")),
        ("Invented Study Group", "given-first", ("Invented Study Group", None)),
        ("Consortium", "family-first", ("Consortium", None)),
        ("J. A. Smith", "family-first", ("Smith", "J. A.")),
    ],
)
def test_names_are_parted(name, order, parts):
    assert parse_name(name, order) == parts


def test_one_initial_tells_the_order_of_the_list():
    assert name_order(["Behdad Akbar", "Coull Jennifer T"]) == "family-first"
    assert name_order(["Behdad Akbar"]) == "given-first"


@given(st.text(max_size=80))
def test_any_text_gives_names(text):
    for name in split_names(text):
        family, given = parse_name(name)
        assert given is None or given.strip() == given
        assert family == family.strip()
