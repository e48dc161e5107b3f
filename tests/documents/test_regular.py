"""Records taken whole are what the reader of lines makes of the same bytes, whatever they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.documents.encoding import detect_encoding, lines, lost
from probatum.documents.formats import enw, nbib, ris, wos
from probatum.documents.tagged import records
from probatum.documents.tagged_lines import Dialect, entries
from probatum.model.source import Problem

GOLDEN = Path(__file__).resolve().parent.parent / "golden" / "documents"
DIALECTS = {
    "ris": ris.DIALECT,
    "nbib": nbib.DIALECT,
    "wos": wos.DIALECT,
    "enw": enw.DIALECT,
}
# Lines that end, begin, continue or break records in one of the dialects.
LINES = {
    "ris": "TY  - JOUR|TI  - A|AU  - Roe, J|ER  - |ER  -|ER  -x|KW  -|KW  - one| ER  - |TY - JOUR|"
    "TI  -x|Typed|two |SP -\t1|\xe9",
    "nbib": "PMID- 1|TI  - A|      more|AB  -|LID -  x |   |AU -b|PMID-2|ABCDE- x| odd|"
    "          far|AD  - \xff",
    "wos": "PT J|TI A|   more|AU Roe, J|   Poe, K|FN x|ER|ER x|EF|AB| one|  |CR a|   b|ERx",
    "enw": "%0 Book|%T A|%T|%X one|two|%% x|%0|%A\tRoe| %0 Book",
}
LAST = {"ris": "ER  - ", "nbib": "", "wos": "ER", "enw": ""}
ENDS = ["\n", "\n", "\n", "\n", "\r\n", "\r", "\n\n", "\n \n", "", "\xa0\n"]


def sources(name: str) -> st.SearchStrategy[bytes]:
    """Lines in any order, some of them between a first and a last line of a record."""
    known = LINES[name].split("|")
    line = st.tuples(st.sampled_from(known), st.sampled_from(ENDS)).map("".join)
    body = st.lists(line, max_size=4).map("".join)
    record = body.map(lambda text: f"{known[0]}\n{text}{LAST[name]}\n")
    text = st.lists(line | record, max_size=6).map("".join)
    return st.tuples(text, st.sampled_from(["utf-8", "latin-1"])).map(lambda t: t[0].encode(t[1]))


Found = tuple[int, int, list[tuple[str, str]], tuple[Problem, ...]]


def by_line(data: bytes, dialect: Dialect) -> Iterator[Found]:
    encoding = detect_encoding(data)
    for entry in entries(lines(data, encoding), dialect):
        problems = lost(data[entry.start : entry.end], encoding, entry.start)
        pairs = [(tag, value.strip()) for tag, value in entry.tagged()]
        yield entry.start, entry.end, pairs, (*entry.problems, *problems)


def quickly(data: bytes, dialect: Dialect) -> Iterator[Found]:
    for record in records(data, detect_encoding(data), dialect):
        pairs = [(tag, value.strip()) for tag, value in record.pairs]
        yield record.start, record.end, pairs, record.problems


@pytest.mark.parametrize("name", DIALECTS)
@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_whole_records_are_what_their_lines_say(name: str, data: st.DataObject) -> None:
    raw = data.draw(sources(name))
    assert list(quickly(raw, DIALECTS[name])) == list(by_line(raw, DIALECTS[name]))


@pytest.mark.parametrize("name", DIALECTS)
def test_golden_records_are_what_their_lines_say(name: str) -> None:
    for path in sorted((GOLDEN / name).glob("*")):
        data = path.read_bytes()
        assert list(quickly(data, DIALECTS[name])) == list(by_line(data, DIALECTS[name]))
