"""Tables of nouns come back as they were written, and the bytes depend on the rows alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.engine.sql import query
from probatum.engine.tables import file_name, read_columns, read_table, read_where, write_table
from probatum.model.answer import Step
from probatum.model.document import Author, Document, Identifiers, Metadata
from probatum.model.source import Accounting, Problem, SourceRef

text = st.text(st.characters(codec="utf-8"), max_size=30)
problems = st.builds(Problem, text, text, st.none() | st.integers(0, 2**40))
accountings = st.builds(
    Accounting,
    name=text,
    sha256=text,
    format=st.none() | text,
    encoding=st.none() | text,
    bytes=st.integers(0, 2**50),
    parsed=st.integers(0, 2**50),
    ignored=st.integers(0, 9),
    rejected=st.integers(0, 9),
    records=st.integers(0, 9),
    problems=st.lists(problems, max_size=3).map(tuple),
)


@given(st.lists(accountings, max_size=8))
def test_rows_come_back(tmp_path_factory: pytest.TempPathFactory, rows: list[Accounting]) -> None:
    folder = tmp_path_factory.mktemp("table")
    assert write_table(folder / "a", Accounting, rows) == len(rows)
    assert read_table(folder / "a", Accounting) == rows
    write_table(folder / "b", Accounting, iter(rows))
    assert (folder / "a").read_bytes() == (folder / "b").read_bytes()


def document(name: str) -> Document:
    """Give a small document."""
    metadata = Metadata(
        title="A title",
        authors=(Author("Doe", "J"),),
        identifiers=Identifiers(other=(("x", "1"),)),
    )
    return Document(name, 0, "record", SourceRef("s", "0", 0, 1), metadata, "text \N{MINUS SIGN}1")


def test_nested_nouns_come_back(tmp_path: Path) -> None:
    rows = [document(f"{at:05}") for at in range(5000)]
    path = tmp_path / file_name(Document)
    write_table(path, Document, rows)
    assert read_table(path, Document) == rows
    assert read_where(path, Document, "id", "04999") == [rows[4999]]
    assert read_columns(path, Document, ["metadata"])[0] == {"metadata": rows[0].metadata}


def test_mixed_values_come_back(tmp_path: Path) -> None:
    steps = [Step("inconsistency", -1, "wide", (("i2", 83.5), ("null", "inside")))]
    write_table(tmp_path / "t", Step, steps)
    assert read_table(tmp_path / "t", Step) == steps


def test_sql_over_parts(tmp_path: Path) -> None:
    for at in range(2):
        write_table(tmp_path / f"{at}", Document, [document(f"{at}{n}") for n in range(3)])
    paths = [tmp_path / "0", tmp_path / "1"]
    rows = query("SELECT count(*), max(id) FROM documents", {"documents": paths})
    assert rows == [(6, "12")]
    named = query("SELECT id FROM documents WHERE id = ?", {"documents": paths}, ["01"])
    assert named == [("01",)]
