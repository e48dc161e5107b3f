"""Identifiers in one way of writing, whatever stands around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.growth import in_proportion

from probatum.text.identifiers import (
    find_dois,
    find_ncts,
    normal_doi,
    normal_orcid,
    normal_pmcid,
    normal_pmid,
)


@pytest.mark.parametrize(
    ("value", "doi"),
    [
        ("10.1000/ABC", "10.1000/abc"),
        ("doi:10.1000/abc.", "10.1000/abc"),
        ("https://dx.doi.org/10.1000%2Fabc", "10.1000/abc"),
        ("(10.1000/s0140(19)1-2)", "10.1000/s0140(19)1-2"),
        ("10.1000/abc).", "10.1000/abc"),
        ("10.1002/(sici)1097(199)8:1<1::aid>3", "10.1002/(sici)1097(199)8:1"),
        ("version 10.1 / 2", None),
        ("", None),
    ],
)
def test_a_doi_is_found_and_written_in_lower_case(value: str, doi: str | None) -> None:
    assert normal_doi(value) == doi


@pytest.mark.parametrize(
    ("value", "pmid"),
    [("12345", "12345"), ("PMID: 12345.", "12345"), ("00012", "12"), ("1a", None), ("0", None)],
)
def test_a_pmid_is_digits(value: str, pmid: str | None) -> None:
    assert normal_pmid(value) == pmid


def test_other_schemes() -> None:
    assert normal_pmcid("PMC0012") == "PMC0012"
    assert normal_pmcid("12") is None
    assert find_ncts("NCT00000001; nct00000001, NCT00000002") == ("NCT00000001", "NCT00000002")
    assert normal_orcid("0000000218250097") == "0000-0002-1825-0097"
    assert normal_orcid("000") is None


@given(st.text(max_size=200))
def test_any_text_is_taken(text: str) -> None:
    for start, end, doi in find_dois(text):
        assert text[start:end].lower() == doi
    normal_doi(text), normal_pmid(text), normal_pmcid(text), find_ncts(text), normal_orcid(text)


def test_time_is_linear() -> None:
    in_proportion(lambda size: find_dois("10.1234/" + ")." * size), 100_000)
    in_proportion(lambda size: find_dois("10.1234/a " * size), 25_000)
