"""Cells and lines of studies.csv: what is read, and how what is wrong is named."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.flow.packs.checks import check_rows
from probatum.flow.packs.columns import COLUMNS, items, number, one_of, percent, whole
from probatum.flow.packs.rows import parse_row, parse_rows
from probatum.flow.packs.sources import source_link
from probatum.model.pack import StudyRow, Term, Vocabulary
from probatum.model.source import Problem

PLAIN = {
    "row_id": "A1",
    "study": "Ash 2001",
    "indication": "hay-fever",
    "outcome": "sneezing",
    "result_type": "binary",
}
WORDS = Vocabulary(
    indications=(Term("hay-fever", "Hay fever"),), outcomes=(Term("sneezing", "Sneezing"),)
)


def lines(*rows: dict[str, str]) -> bytes:
    """A studies.csv with the columns of the first row."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def found(row: dict[str, str]) -> list[tuple[str | None, str]]:
    """Column and code of every problem of one row, cells and checks together."""
    rows, problems = parse_rows(lines(row))
    _, more = check_rows(rows, WORDS)
    return [(problem.column, problem.code) for problem in (*problems, *more)]


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(sorted(COLUMNS)), st.text(max_size=20)))
def test_any_cells_give_a_row_or_named_problems(cells: dict[str, str]) -> None:
    read = parse_row({**PLAIN, **cells}, 7)
    if isinstance(read, StudyRow):
        assert read.row_id
    else:
        assert read
        assert all(p.line == 7 and p.file == "studies.csv" and p.column for p in read)


@settings(max_examples=60)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_without_an_exception(data: bytes) -> None:
    rows, problems = parse_rows(data)
    assert all(isinstance(problem, Problem) for problem in problems)
    assert len({row.row_id for _, row in rows}) == len(rows)


@settings(max_examples=60)
@given(st.floats(-1e12, 1e12).map(lambda value: round(value, 6)))
def test_a_written_number_reads_back(value: float) -> None:
    assert number(f"{value:.6f}") == pytest.approx(value, abs=1e-6)


@settings(max_examples=50)
@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_events_above_the_people_are_impossible(people: int, events: int) -> None:
    row = {**PLAIN, "n_exp": str(people), "events_exp": str(events)}
    assert bool(found(row)) == (people < 1 or events > people)


@settings(max_examples=50)
@given(
    st.lists(
        st.text(st.characters(exclude_characters=";\r\n", codec="utf-8"), min_size=1, max_size=8)
    )
)
def test_a_list_keeps_its_items(parts: list[str]) -> None:
    assert items(";".join(parts)) == tuple(p.strip() for p in parts if p.strip())


@pytest.mark.parametrize(
    "cell", ["nan", "inf", "1,5", "1e9999", "5 %", "\u0665", "1" * 400, "0x10", "--1"]
)
def test_what_is_no_number_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        number(cell)


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("n_exp", "12.5"),
        ("events_ctl", "-1"),
        ("pct_exp", "101"),
        ("sd_exp", "0"),
        ("se", "-2"),
        ("year", "19"),
        ("doi", "https://doi.org/10.1000/x"),
        ("pmid", "PMC1"),
        ("result_type", ""),
        ("result_type", "binary?"),
        ("benefit", "less"),
        ("flag_kind", "bad"),
        ("crossover", "maybe"),
        ("source_url", "javascript:alert(1)"),
        ("study", ""),
    ],
)
def test_a_bad_cell_is_named_by_its_column(column: str, cell: str) -> None:
    assert [name for name, _ in found({**PLAIN, column: cell})] == [column]


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"n_exp": "5", "events_exp": "6"}, "events_exp"),
        ({"n_exp": "0"}, "n_exp"),
        ({"n_exp": "10", "events_exp": "5", "pct_exp": "60"}, "pct_exp"),
        ({"effect": "3", "ci_low": "4", "ci_high": "5"}, "ci_low"),
        ({"ci_low": "5", "ci_high": "4"}, "ci_low"),
        ({"measure": "MD", "contrast": "3", "contrast_low": "4"}, "contrast_low"),
        ({"measure": "OR", "contrast": "-1"}, "contrast"),
        ({"measure": "RD", "contrast": "17"}, "contrast"),
        ({"contrast": "2"}, "measure"),
        ({"ci_level": "5"}, "ci_level"),
        ({"measure": "MD", "contrast_low": "1", "ci_level": "90"}, "contrast_low"),
        ({"time_days": "-1"}, "time_days"),
        ({"dose_value": "3"}, "dose_unit"),
        ({"outcome": "yawning"}, "outcome"),
        ({"overlaps": "A9"}, "overlaps"),
    ],
)
def test_what_cannot_be_is_named(cells: dict[str, str], column: str) -> None:
    assert [name for name, _ in found({**PLAIN, **cells})] == [column]


def test_a_flagged_row_may_print_what_does_not_agree() -> None:
    flagged = {"flag_kind": "source-inconsistency", "quality_flag": "signs lost"}
    printed = {"effect": "3", "ci_low": "4", "ci_high": "5", "n_exp": "10", "events_exp": "5"}
    assert found({**PLAIN, **flagged, **printed, "pct_exp": "60"}) == []


def test_header_faults() -> None:
    rows, problems = parse_rows(b"row_id,study\nA,B\n")
    assert rows == []
    assert {problem.column for problem in problems} == {"indication", "outcome", "result_type"}
    rows, problems = parse_rows(lines({**PLAIN, "colour": "red"}))
    assert [problem.code for problem in problems] == ["unknown-column"]
    assert len(rows) == 1


def test_line_faults_leave_the_other_lines() -> None:
    data = lines(PLAIN, {**PLAIN, "row_id": "A2"}, PLAIN) + b"A3,too,short\n"
    rows, problems = parse_rows(data)
    assert [row.row_id for _, row in rows] == ["A1", "A2"]
    assert [(p.code, p.line) for p in problems] == [("duplicate-id", 4), ("wrong-length", 5)]
    assert "line 2" in problems[0].reason


def test_a_file_that_is_not_utf8_says_so() -> None:
    _, problems = parse_rows("row_id,study\nA,Bérénice\n".encode("latin-1"))
    assert [problem.code for problem in problems] == ["bad-encoding"]


def test_counts_of_the_opposite_outcome_are_turned() -> None:
    cells = {
        **PLAIN,
        "outcome_printed": "survival",
        "complement": "yes",
        "n_exp": "395",
        "events_exp": "336",
        "pct_exp": "85.1",
    }
    row = parse_row(cells, 2)
    assert isinstance(row, StudyRow)
    assert (row.events_exp, row.pct_exp) == (59, 14.9)
    assert "336/395" in row.derived


def test_sources_are_links_with_their_resolvers() -> None:
    row = parse_row(
        {**PLAIN, "source_url": "https://a.example/b", "doi": "10.1000/x", "pmid": "12"}, 2
    )
    assert isinstance(row, StudyRow)
    assert [link.url for link in row.sources] == [
        "https://a.example/b",
        "https://doi.org/10.1000/x",
        "https://pubmed.ncbi.nlm.nih.gov/12/",
    ]
    assert row.sources[0].locator is None
    with pytest.raises(ValueError, match="http"):
        source_link("seed 3")


@pytest.mark.parametrize(
    ("url", "kind", "first"),
    [
        ("https://a.example/consent?to=b", "abstract", "https://pubmed.ncbi.nlm.nih.gov/12/"),
        ("https://a.example/b", "primary table (mirror)", "https://doi.org/10.1000/x"),
        ("https://pmc.ncbi.nlm.nih.gov/articles/PMC1/", "primary full text", None),
        ("https://a.example/b", "secondary summary", "https://doi.org/10.1000/x"),
        ("https://a.example/b", "review table", None),
    ],
    ids=["abstract", "primary", "archive", "secondary", "review"],
)
def test_an_identifier_goes_before_a_copy_of_what_the_study_published(
    url: str, kind: str, first: str | None
) -> None:
    told = {"source_url": url, "source_kind": kind, "source_locator": "Table 2"}
    row = parse_row({**PLAIN, **told, "doi": "10.1000/x", "pmid": "12"}, 2)
    assert isinstance(row, StudyRow)
    assert row.sources[0].url == (first or url)
    read_at = row.sources[1 if kind.startswith("secondary") else 0]
    assert read_at.locator == "Table 2"
    assert {link.url for link in row.sources} >= {url, "https://doi.org/10.1000/x"}


def test_small_readers() -> None:
    assert one_of(("a",), "b")("") == "b"
    assert whole("12") == 12
    assert percent("") is None
