"""Queries are linted, taken apart and written for each service; cases/retrieval/queries.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.errors import UsageError
from probatum.flow.retrieval.query import parse
from probatum.flow.retrieval.table import SERVICES, service

CASES = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "retrieval" / "queries.toml").read_text()
)


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: str(case["id"]))
def test_a_query_is_written_for_the_service(
    case: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    query = parse(case["query"], case.get("syntax", "pubmed"))
    found = service(case["service"]).translate(query)
    years = list(found.years) if found.years else None
    assert (found.text, years) == (case["sent"], case.get("years"))
    said = " ".join([*query.warnings, *found.notes])
    assert [part for part in case.get("notes", []) if part not in said] == []
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("case", CASES["bad"], ids=lambda case: str(case["id"]))
def test_a_query_that_cannot_be_put_is_refused(
    case: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(UsageError, match=case["reason"]):
        parse(case["query"], case.get("syntax", "pubmed"))
    assert capsys.readouterr() == ("", "")


PIECES = (
    "drug",
    '"a b"',
    "pain*",
    "(",
    ")",
    " AND ",
    " OR ",
    " NOT ",
    "[ti]",
    "[x]",
    ":",
    '"',
    " ",
)


@settings(max_examples=60)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text(max_size=20))
def test_any_text_is_a_query_or_a_bad_call(text: str) -> None:
    try:
        query = parse(text)
    except UsageError:
        return
    for entry in SERVICES:
        assert service(entry.name).translate(query).text
