"""Lines of plain text with their places, and what kind of block each of them is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from probatum.documents.bylines import byline
from probatum.documents.printed_dates import labelled_date, whole_date
from probatum.documents.roles import role_of
from probatum.model.document import Block, BlockKind, SectionRole

_LINE = re.compile(r"\S[^\n]*")
_BULLET = re.compile(r"[•◦▪‣·*+–—-]\s+\S|\(?\d{1,2}\)\s+\S")
_MARKDOWN = re.compile(r"(#{1,6})\s+(\S.*)")
_ROMAN = re.compile(r"[IVX]{1,6}\.\s+\S")
_LETTER = re.compile(r"[A-Z]\.\s+\S")
_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+[^\W\d]")
_NO_TITLE = re.compile(
    r"\[\d|(?:published|posted|updated|date|authors?|doi|pmid|url|source)\b.{0,20}:", re.IGNORECASE
)
_NO_HEADING = (".", "!", "?", ",", ";", "…", "”", '"')
_LONGEST_HEADING = 120
_FRONT = 10  # lines among which a byline or a date stands
_WRAPPED = range(40, 101)


class TextLine(NamedTuple):
    """A line without its margins: place in the text, indent, whether an empty line precedes."""

    start: int
    end: int
    text: str
    apart: bool


def text_lines(text: str) -> list[TextLine]:
    r"""Find the lines that hold anything.

    >>> [(line.start, line.text, line.apart) for line in text_lines(" a \n\nb\n")]
    [(1, 'a', True), (5, 'b', True)]
    """
    found: list[TextLine] = []
    for match in _LINE.finditer(text):
        words = match[0].rstrip()
        before = text[found[-1].end : match.start()] if found else "\n\n"
        found.append(
            TextLine(match.start(), match.start() + len(words), words, before.count("\n") > 1)
        )
    return found


def paragraphs(lines: Sequence[TextLine], text: str) -> list[TextLine]:
    """Join lines that a mail program or an editor wrapped; other lines are paragraphs already."""
    if not _is_wrapped(lines):
        return list(lines)
    joined: list[TextLine] = []
    signed = {index for index, line in enumerate(lines[:_FRONT]) if _is_signed(line.text)}
    for index, line in enumerate(lines):
        alone = bool(signed & {index - 1, index}) or _BULLET.match(line.text)
        if joined and not line.apart and not alone:
            start = joined[-1].start
            joined[-1] = TextLine(start, line.end, text[start : line.end], joined[-1].apart)
        else:
            joined.append(line)
    return joined


def _is_signed(words: str) -> bool:
    """Tell whether a line is a byline or a date, which no paragraph goes on with."""
    found = byline(words)
    return bool(found and found.led) or bool(labelled_date(words) or whole_date(words))


def _is_wrapped(lines: Sequence[TextLine]) -> bool:
    """Lines that go on: nearly all of one width, and some of them end without a sentence's end."""
    inner = [a.text for a, b in pairwise(lines) if not b.apart]
    if len(inner) < 4:
        return False
    fit = sum(len(line) in _WRAPPED for line in inner)
    open_end = sum(line[-1].isalnum() or line[-1] == "," for line in inner)
    return fit > 0.8 * len(inner) and open_end > 0.5 * len(inner)


def text_blocks(lines: Sequence[TextLine]) -> Iterator[Block]:
    """Tell headings, list items and paragraphs apart and carry the section path along."""
    path: list[tuple[int, str, SectionRole]] = []
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else None
        kind, level, title = _kind(line, following)
        if kind == "heading":
            while path and path[-1][0] >= level:
                path.pop()
            own = role_of(title)
            path.append((level, title, path[-1][2] if path and own == "other" else own))
        role = path[-1][2] if path else "other"
        yield Block(kind, line.start, line.end, tuple(name for _, name, _ in path), role)


def _kind(line: TextLine, following: TextLine | None) -> tuple[BlockKind, int, str]:
    words = line.text
    if marked := _MARKDOWN.match(words):
        return "heading", len(marked[1]), marked[2]
    if _BULLET.match(words):
        return "list-item", 0, words
    if following is None or not is_heading(words, following.text):
        return "paragraph", 0, words
    return "heading", _level(words), words.rstrip(" :")


def is_heading(words: str, following: str) -> bool:
    """Tell whether a line is a heading: short, not a sentence, and something follows it."""
    if len(words) > _LONGEST_HEADING or words.endswith(_NO_HEADING) or not following:
        return False
    if _NO_TITLE.match(words) or "://" in words or "doi:" in words.lower():
        return False
    first = words.lstrip("([\"'“‘")[:1]
    named = first.isupper() or first.isdigit()
    short = len(words.split()) <= (6 if words.endswith(":") else 14)
    return named and short and any(char.isalpha() for char in words)


def _level(words: str) -> int:
    if _ROMAN.match(words):
        return 1
    if _LETTER.match(words):
        return 2
    if number := _NUMBER.match(words):
        return 3 + number[1].count(".")
    return 9 if words.endswith(":") else 1
