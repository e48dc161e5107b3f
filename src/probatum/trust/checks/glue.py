"""Words that ran together where a page lost its line breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from probatum.model.pack import Vocabulary
from probatum.text.lexicon import load
from probatum.trust.expectation import known
from probatum.trust.facts import last_kept, vocabulary_matcher
from probatum.trust.sign import Sign
from probatum.trust.subject import Subject

_RUN = re.compile(r"(?<![\w./@#-])(?=[a-z]*[A-Z])[A-Za-z]{4,40}(?![\w/@])")
# A small letter, then a capital and small letters: "considerEverything", "Boston?Depending".
_SEAM = re.compile(r"(?<=[a-z])(?=[A-Z][a-z]{2})")
_AFTER_SIGN = re.compile(r"(?<![\w./@])(?:[A-Za-z]+)[?!\u2026](?=[A-Z])[A-Z][a-z]{2,30}\b")
_SIGN = re.compile(r"[?!\u2026][A-Z]")  # a look at the whole text, before that pattern
_SHORTEST = 4
_NAMES = tuple(load("probatum.trust", "data/phrases.toml")["section_labels"])
_LABEL = re.compile("|".join(sorted(_NAMES, key=len, reverse=True)), re.IGNORECASE)


def glued_label(subject: Subject) -> Iterator[Sign]:
    """Two labels of a page or an article run together."""
    for start, run in _runs(subject):
        label = _LABEL.match(run)
        if label and _LABEL.fullmatch(run, label.end()):
            yield _sign("Two labels have run together.", run, label.end(), start)


def glued_heading(subject: Subject) -> Iterator[Sign]:
    """A heading, or the end of a sentence, and the text after it run together."""
    for start, run in _runs(subject):
        cut = _seam(run, subject.pack.vocabulary)
        if cut:
            yield _sign("A heading and the text after it have run together.", run, cut, start)
    for sentence in subject.sentences if _SIGN.search(subject.document.text) else ():
        for match in _AFTER_SIGN.finditer(sentence.text):
            place = sentence.start + match.start()
            evidence = f"no space in {match.group()!r}"
            explanation = "Two sentences have run together."
            yield Sign(explanation, evidence, place, place + len(match.group()))


@last_kept
def _runs(subject: Subject) -> list[tuple[int, str]]:
    return [
        (sentence.start + match.start(), match.group())
        for sentence in subject.sentences
        for match in _RUN.finditer(sentence.text)
    ]


def _is_word(word: str, vocabulary: Vocabulary) -> bool:
    """Whether general English or the pack has the word."""
    found = vocabulary_matcher(vocabulary).find(word)
    return known(word) or any(m.start == 0 and m.end == len(word) for m in found)


def _seam(run: str, words: Vocabulary) -> int:
    """Give where text begins inside a run: after a label, or between two known words."""
    seams = [match.start() for match in _SEAM.finditer(run)]
    if not seams:
        return 0
    label = _LABEL.match(run)
    if label and label.end() in seams and not _LABEL.fullmatch(run, label.end()):
        return label.end() if _is_word(run[label.end() :].lower(), words) else 0
    if len(seams) == 1 and run[0].islower() and seams[0] >= _SHORTEST:
        left, right = run[: seams[0]], run[seams[0] :].lower()
        return seams[0] if known(left) and _is_word(right, words) else 0
    return 0


def _sign(explanation: str, run: str, cut: int, start: int) -> Sign:
    evidence = f"{run[:cut]!r} and {run[cut:]!r} without a space"
    return Sign(explanation, evidence, start, start + len(run), (f"{run[:cut]} {run[cut:]}",))
