"""Residue of the web and of conversion: interface texts, markup, lost characters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from probatum.trust.phrases import phrase
from probatum.trust.sign import Sign
from probatum.trust.subject import Subject

_LINE = re.compile(r"[^\n]+")
_LONGEST_LINE = 240
_CAUGHT = "Interface text was caught in the page."
_BAR = re.compile(r" ?[|\u00b7\u2022/>\u00bb]? ?")
_TAGS = "p|br|div|span|b|i|a|sup|sub|strong|em|li|ul|ol|td|tr|table|img|h[1-6]|font"
_HTML = re.compile(
    rf"&(?:[a-z]{{2,8}}|#\d{{1,6}});|</?(?:{_TAGS})\b[^<>\n]{{0,120}}/?>"
    r"|\[/?(?:caption|embed|url|img)\b[^\]\n]{0,80}\]",
    re.IGNORECASE,
)
_STRUCTURE = re.compile(
    r"\[(?:edit|citation needed|show|hide|\u2026|\.\.\.)\]|\|{2,}|(?:\u2022\s*){2,}"
    r"|_{4,}|\{\{|\}\}"
)
_STRUCTURAL = frozenset("[|\u2022_{}")  # without which there is none
# Numbers of headings whose headings are lost; a stop ends each, so that no sentence holds two.
_OUTLINE = re.compile(
    r"(?<![\d.])(?:\d{1,2}(?:\.\d{1,2}){2,3}\.[ \n]){1,40}\d{1,2}(?:\.\d{1,2}){2,3}\."
)
_DOTTED = re.compile(r"\d\.\d{1,2}\.\d")  # without which there is none, at a tenth of the cost
# The replacement character, UTF-8 read as Windows-1252, a question mark in a word, controls.
_LOST = re.compile(
    "\ufffd+|\u00ef\u00bf\u00bd|\u00e2\u20ac[\u2122\u0153\u009d\u201c\u201d\u02dc\u2013\u2014\u00a6]?"
    "|\u00c3[\u00a0-\u00bf\u2014\u2030]|\u00c2[\u00a0\u00b0\u00b1\u00b5\u00ae]"
    "|(?<=[a-z])\\?(?=[a-z])|[\u0000-\u0008\u000e-\u001f]+"
)


_LOST_ASCII = re.compile(r"[a-z]\?[a-z]|[\x00-\x08\x0e-\x1f]")


def boilerplate_ui(subject: Subject) -> Iterator[Sign]:
    """A line of the page's interface stands in its text."""
    if subject.document.kind != "web-page":
        return
    text, pattern, ends = subject.document.text, phrase("interface"), 0
    lines = []
    for match in _LINE.finditer(text):
        line = match.group().strip(" \t|>\u00bb\u2022*-")
        if line and len(line) <= _LONGEST_LINE and pattern.fullmatch(line):
            start = match.start() + match.group().index(line)
            lines.append((start, start + len(line)))
    for start, end in sorted(
        [*lines, *_buttons(subject)], key=lambda place: (place[0], -place[1])
    ):
        if start >= ends:
            ends = end
            yield Sign(_CAUGHT, f"{text[start:end]!r}", start, end)


def _buttons(subject: Subject) -> Iterator[tuple[int, int]]:
    """Give runs of buttons that stand in running text, each with a capital, nothing between."""
    for sentence in subject.near(phrase("buttons_alone")):
        for match in phrase("buttons_alone").finditer(sentence.text):
            if match.group()[0].isupper():
                yield sentence.start + match.start(), sentence.start + match.end()
    for sentence in subject.near(phrase("buttons")):
        text = sentence.text
        plain = list(phrase("plain_buttons").finditer(text))
        sure = list(phrase("buttons").finditer(text))
        found = sorted(
            (match.span() for match in (*sure, *plain) if match.group()[0].isupper()),
            key=lambda span: (span[0], -span[1]),
        )
        certain = {match.span() for match in sure}
        for run in _runs(text, found):
            if len(run) > 1 and not certain.isdisjoint(run):
                yield sentence.start + run[0][0], sentence.start + run[-1][1]


def _runs(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Put spans together between which nothing but a space or a bar stands; inner ones go."""
    run: list[tuple[int, int]] = []
    for start, end in spans:
        if run and start < run[-1][1]:
            continue
        if run and not _BAR.fullmatch(text, run[-1][1], start):
            yield run
            run = []
        run.append((start, end))
    if run:
        yield run


def html_residue(subject: Subject) -> Iterator[Sign]:
    """Markup that should have become text."""
    yield from _all(subject, _HTML, "Rests of markup stand in the text.")


def structure_residue(subject: Subject) -> Iterator[Sign]:
    """Rests of lists, outlines or templates."""
    if subject.document.kind != "web-page":
        return
    explanation = "Rests of a list, outline or template stand in the text."
    if _STRUCTURAL & set(subject.document.text):
        yield from _all(subject, _STRUCTURE, explanation)
    for block in subject.prose if _DOTTED.search(subject.document.text) else ():
        for match in _OUTLINE.finditer(subject.document.text, block.start, block.end):
            yield Sign(explanation, f"{match.group()[:60]!r}", match.start(), match.end())


def lost_character(subject: Subject) -> Iterator[Sign]:
    """Characters that a conversion lost or replaced."""
    text = subject.document.text
    if not text.isascii() or _LOST_ASCII.search(text):  # a quick look, which most texts pass
        yield from _all(subject, _LOST, "A character was lost or replaced in conversion.")


def _all(subject: Subject, pattern: re.Pattern[str], explanation: str) -> Iterator[Sign]:
    for sentence in subject.sentences:
        for match in pattern.finditer(sentence.text):
            start = sentence.start + match.start()
            yield Sign(explanation, f"{match.group()[:60]!r}", start, start + len(match.group()))
