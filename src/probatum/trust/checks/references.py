"""Wreckage of reference numbers: glued to words, spelled out, pointing nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from probatum.text.lexicon import load
from probatum.trust.sign import Sign
from probatum.trust.subject import Subject

# A stop or comma with a number on it, then a new sentence or clause: "relapse.14 Others".
_AFTER_STOP = re.compile(
    r"\b(?P<word>[a-z]{2,30}[)\"\u201d]?)[.,;](?P<number>\d{1,3}(?:[,\u2013-]\d{1,3}){0,6})(?=\s+[A-Za-z]|\s*$)"
)
# A number on a plain word: "relapse14 was".
_ON_WORD = re.compile(
    r"(?<![\w/.@#-])(?P<word>[a-z]{4,30})(?P<number>\d{1,3}(?:[,\u2013]\d{1,3}){0,6})(?=[\s.,;)]|$)"
)
# In brackets on a stop: "minimised.(5) Then".
_BRACKETED = re.compile(
    r"\b(?P<word>[a-z]{2,30})[.,;](?P<number>\(\d{1,3}(?:[,\u2013-]\s?\d{1,3}){0,6}\))(?=\s|$)"
)
# At the start of a paragraph, before a word that opens a sentence: "21 The pathway".
_BEFORE = re.compile(
    r"(?P<number>\d{1,3}(?:[,\u2013-]\d{1,3}){0,6}) (?P<word>(?:The|This|These|Those|That|It|In"
    r"|However|An?|Although|While|When|As|For|With|But|Such|Both|Further\w*|More\w*|Some|Other|Many|Most|Several|To|On|At|By|We"
    r"|They|There|Their|Its|Thus|Therefore|Because|Since|If|Given|Despite)\b)"
)
_NUMBERED = frozenset(load("probatum.trust", "data/phrases.toml")["numbered"])
_SPELLED = re.compile(
    r"(?<=[a-z]{3})[.,;](?P<word>(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w{3,5})?"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    r"|seventeen|eighteen|nineteen)(?=[\s.,;]|$)"
)
_SPELLED_FIRST = re.compile(
    r"(?P<word>(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ]\w{3,5})?"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|\w{2,6}teen|eleven|twelve))"
    r"(?=,? [A-Z][a-z]+ [a-z])"
)
_TENS = "(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_ONES = "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\\w{3,6}teen)"
_SAID = rf"(?:{_TENS}(?:[- ]{_ONES})?|{_ONES})"
_SPELLED_RANGE = re.compile(
    rf"(?<=[(\[])(?P<word>{_SAID}(?:\s?[,\u2013-]\s?{_SAID}){{1,6}})(?=[)\]])",
    re.IGNORECASE,
)
_MARKER = re.compile(r"\[(\d{1,3}(?:\s?[,\u2013-]\s?\d{1,3}){0,12})\]")
_INTERVAL = re.compile(r"(?:CI|interval|range|IQR|mean|median)\b[^\[]{0,15}$")


def glued_reference(subject: Subject) -> Iterator[Sign]:
    """A reference number that lost its form and stands on a word."""
    for sentence in subject.numbered():
        at_start = sentence.start == sentence.block.start and sentence.block.kind == "paragraph"
        opening = _BEFORE.match(sentence.text) if at_start else None
        if opening and not subject.cited(sentence.start, sentence.start + opening.end()):
            end = sentence.start + opening.end()
            yield _glued(opening, sentence.start, end)
        for pattern in (_AFTER_STOP, _ON_WORD, _BRACKETED):
            for match in pattern.finditer(sentence.text):
                start, end = sentence.start + match.start(), sentence.start + match.end()
                if match["word"] in _NUMBERED or subject.cited(start, end):
                    continue
                yield _glued(match, start, end)


def _glued(match: re.Match[str], start: int, end: int) -> Sign:
    explanation = "A reference number has run into the text; its source is lost."
    return Sign(explanation, f"{match['number']!r} stands on {match['word']!r}", start, end)


def spelled_number(subject: Subject) -> Iterator[Sign]:
    """A reference number that was turned into a word where none belongs."""
    text = subject.document.text
    for block in subject.prose:
        first = _SPELLED_FIRST.match(text, block.start, block.end)
        if first and block.kind == "paragraph":
            yield _spelled(first, "begins a paragraph, before a capital")
        for match in _SPELLED.finditer(text, block.start, block.end):
            yield _spelled(match, "follows a stop without a space")
        for match in _SPELLED_RANGE.finditer(text, block.start, block.end):
            yield _spelled(match, "stands alone in brackets, as reference numbers do")


def _spelled(match: re.Match[str], where: str) -> Sign:
    evidence = f"{match['word']!r} {where}"
    return Sign(
        "A reference number was turned into a word.",
        evidence,
        match.start("word"),
        match.end("word"),
    )


def orphan_citation(subject: Subject) -> Iterator[Sign]:
    """A marker in brackets that points to no reference of the document."""
    document = subject.document
    known = {r.key for r in document.references} | {r.label for r in document.references}
    for sentence in subject.sentences:
        for match in _MARKER.finditer(sentence.text):
            numbers = set(re.findall(r"\d+", match[1]))
            start, end = sentence.start + match.start(), sentence.start + match.end()
            shown = _INTERVAL.search(sentence.text[max(0, match.start() - 40) : match.start()])
            if shown or numbers & known or subject.cited(start, end):
                continue
            listed = f"{len(document.references)} references in the list"
            yield Sign(
                "The citation points to no reference of this document.",
                f"looked for {match.group()} among {listed}",
                start,
                end,
            )
