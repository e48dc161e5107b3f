"""Statements that stand twice in one document."""

from __future__ import annotations

from collections.abc import Iterator

from probatum.text.similarity import Twin, twins
from probatum.trust.sign import Sign
from probatum.trust.subject import Sentence, Subject

_FEWEST_WORDS = 8
_PROSE = frozenset({"paragraph", "list-item", "other"})


def duplicate_content(subject: Subject) -> Iterator[Sign]:
    """The same sentence again."""
    for later, twin in _pairs(subject):
        if twin.resemblance >= 1.0:
            yield _sign(later, "The same sentence stands earlier in this document.", twin)


def near_duplicate(subject: Subject) -> Iterator[Sign]:
    """Nearly the same sentence again."""
    for later, twin in _pairs(subject):
        if twin.resemblance < 1.0:
            yield _sign(later, "Nearly the same sentence stands earlier in this document.", twin)


def _pairs(subject: Subject) -> Iterator[tuple[Sentence, Twin]]:
    long = [
        sentence
        for sentence in subject.sentences
        if sentence.block.kind in _PROSE
        and sentence.block.role != "abstract"
        and len(sentence.text.split()) >= _FEWEST_WORDS
    ]
    for twin in twins([sentence.text for sentence in long]):
        yield long[twin.later], twin


def _sign(later: Sentence, explanation: str, twin: Twin) -> Sign:
    evidence = f"{twin.resemblance:.0%} of the word pairs are shared"
    return Sign(explanation, evidence, later.start, later.end)
