"""Bytes to characters and back: names of encodings, offsets, broken bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.documents.decoded import decode
from probatum.documents.encoding import Encoding, detect_encoding, lines
from probatum.documents.read import collect

WORDS = "Sch\u00f6ne Gr\u00fc\u00dfe, na\u00efve caf\u00e9\u2019s \u2013 ok\n" * 3


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (WORDS.encode(), "utf-8"),
        (WORDS.encode("utf-8-sig"), "utf-8-sig"),
        (WORDS.encode("utf-16"), "utf-16-le"),
        (b"\xfe\xff" + WORDS.encode("utf-16-be"), "utf-16-be"),
        (WORDS.encode("utf-16-le"), "utf-16-le"),
        (WORDS.encode("cp1252"), "windows-1252"),
        (b"<?xml version='1.0' encoding='ISO-8859-1'?><a/>", "windows-1252"),
        (b"<meta charset='latin1'><p>caf\xe9", "windows-1252"),
        (b"<?xml version='1.0' encoding='nonsense'?><a/>", "utf-8"),
        (b"<?xml version='1.0' encoding='utf-16'?><a/>", "utf-8"),
        (WORDS.encode() * 4 + b"\xff", "utf-8"),
        (b"", "utf-8"),
    ],
)
def test_the_encoding_is_told_and_named(data: bytes, name: str) -> None:
    assert detect_encoding(data).name == name


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_accounting_names_the_encoding_and_the_text_is_the_same(codec: str) -> None:
    reading = collect(WORDS.encode(codec), "words.txt")
    assert reading.documents[0].text == WORDS
    assert reading.accounting.encoding is not None


def test_broken_bytes_are_located() -> None:
    data = WORDS.encode() + b"here \xff there"
    document = collect(data, "words.txt").documents[0]
    assert document.text.endswith("here \ufffd there")
    assert [(p.code, p.offset) for p in document.problems] == [
        ("bad-encoding", data.index(b"\xff"))
    ]


ENCODINGS = [Encoding("utf-8"), Encoding("windows-1252"), Encoding("utf-16-le")]


@given(
    st.text(st.sampled_from("a\u00e9\u2013\U0001f600\r\n \ufeff"), max_size=3000),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16-le"]),
)
def test_every_character_knows_its_byte(text: str, codec: str) -> None:
    name = codec if codec != "utf-8-sig" else "utf-8"
    data = text.encode(codec)
    found = decode(data, Encoding(codec, 3 if codec == "utf-8-sig" else 0))
    for index, char in enumerate(found.text):
        if char != "\n":
            rest = data[found.offset(index) :].decode(name)
            assert rest[0] == char
    assert found.offset(len(found.text)) == len(data)


@given(st.binary(max_size=200), st.sampled_from(ENCODINGS))
def test_lines_tile_any_bytes(data: bytes, encoding: Encoding) -> None:
    at = 0
    for line in lines(data, encoding):
        assert line.offset == at < line.end
        assert "\n" not in line.text
        at = line.end
    assert at == len(data)


@given(st.binary(max_size=200))
def test_decoding_takes_any_bytes(data: bytes) -> None:
    found = decode(data)
    assert "\r" not in found.text
    assert all(0 <= found.offset(i) <= len(data) for i in range(len(found.text) + 1))
