"""A whole source as characters, with the byte each of them came from."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from probatum.documents.encoding import Encoding, detect_encoding, lost
from probatum.documents.format import Buffer
from probatum.model.source import Problem

_STEP = 1024
_LOST = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text after the rules of plain text: BOM removed, CRLF and CR turned to LF.

    ``raw`` is the text before line ends were changed, undecodable units as lone surrogates;
    ``pairs`` are the places in ``text`` of the LFs that were CRLF; ``marks`` the byte of every
    1024th character of ``raw``.
    """

    text: str
    encoding: Encoding
    problems: tuple[Problem, ...]
    raw: str = field(repr=False)
    pairs: tuple[int, ...] = field(repr=False)
    marks: tuple[int, ...] = field(repr=False)
    size: int = 0

    def offset(self, index: int) -> int:
        """Give the byte of the file at which character ``index`` of ``text`` begins."""
        at = min(index + bisect_right(self.pairs, index - 1), len(self.raw))
        mark = at // _STEP
        begin = self.marks[mark] if mark < len(self.marks) else self.marks[-1]
        piece = self.raw[mark * _STEP : at]
        return min(begin + _width(piece, self.encoding), self.size)


def _width(piece: str, encoding: Encoding) -> int:
    return len(piece.encode(encoding.codec, encoding.errors))


def decode(data: Buffer, encoding: Encoding | None = None) -> Decoded:
    r"""Decode a whole source.

    >>> found = decode(b"\xef\xbb\xbfa\r\nb")
    >>> found.text, found.offset(2), found.encoding.name
    ('a\nb', 6, 'utf-8-sig')
    """
    encoding = encoding or detect_encoding(data)
    body = data[encoding.bom :]
    try:
        raw = body.decode(encoding.codec, encoding.errors)
    except UnicodeDecodeError:  # an odd byte at the end of UTF-16, or a codec that cannot escape
        raw = body.decode(encoding.codec, "replace")
    text = _LOST.sub("\ufffd", raw)
    pairs: list[int] = []
    if "\r" in text:
        for seen, found in enumerate(re.finditer("\r\n", text)):
            pairs.append(found.start() - seen)
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    problems = lost(body, encoding, encoding.bom)
    return Decoded(text, encoding, problems, raw, tuple(pairs), _marks(raw, encoding), len(data))


def _marks(raw: str, encoding: Encoding) -> tuple[int, ...]:
    marks, at = [], encoding.bom
    for start in range(0, len(raw) + 1, _STEP):
        marks.append(at)
        at += _width(raw[start : start + _STEP], encoding)
    return tuple(marks)
