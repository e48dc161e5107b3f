"""Words that ran together where a page lost its line breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from probatum.text.lexicon import load
from probatum.trust.expectation import known
from probatum.trust.sign import Sign
from probatum.trust.subject import Subject

_RUN = re.compile(r"(?<![\w./@#-])[A-Za-z]{4,40}(?![\w/@])")
# A small letter, then a capital and small letters: "considerEverything", "Boston?Depending".
_SEAM = re.compile(r"(?<=[a-z])(?=[A-Z][a-z]{2})")
_AFTER_SIGN = re.compile(r"(?<![\w./@])(?:[A-Za-z]+)[?!\u2026](?=[A-Z])[A-Z][a-z]{2,30}\b")
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
        cut = _seam(run)
        if cut:
            yield _sign("A heading and the text after it have run together.", run, cut, start)
    for sentence in subject.sentences:
        for match in _AFTER_SIGN.finditer(sentence.text):
            place = sentence.start + match.start()
            evidence = f"no space in {match.group()!r}"
            explanation = "Two sentences have run together."
            yield Sign(explanation, evidence, place, place + len(match.group()))


def _runs(subject: Subject) -> Iterator[tuple[int, str]]:
    for sentence in subject.sentences:
        for match in _RUN.finditer(sentence.text):
            if not match.group().islower():
                yield sentence.start + match.start(), match.group()


def _seam(run: str) -> int:
    """Give where text begins inside a run: after a label, or between two known words."""
    seams = [match.start() for match in _SEAM.finditer(run)]
    label = _LABEL.match(run)
    if label and label.end() in seams and not _LABEL.fullmatch(run, label.end()):
        return label.end() if known(run[label.end() :].lower()) else 0
    if len(seams) == 1 and run[0].islower() and seams[0] >= _SHORTEST:
        return seams[0] if known(run[: seams[0]]) and known(run[seams[0] :].lower()) else 0
    return 0


def _sign(explanation: str, run: str, cut: int, start: int) -> Sign:
    evidence = f"{run[:cut]!r} and {run[cut:]!r} without a space"
    return Sign(explanation, evidence, start, start + len(run), (f"{run[:cut]} {run[cut:]}",))
