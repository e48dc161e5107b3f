"""Statements that stand twice in one document."""

from __future__ import annotations

from collections.abc import Iterator

from probatum.trust.sentence import Sentence
from probatum.trust.sign import Sign
from probatum.trust.subject import Subject


def duplicate_content(subject: Subject) -> Iterator[Sign]:
    """The same sentence again."""
    for later, resemblance in subject.repeats:
        if resemblance >= 1.0:
            yield _sign(later, "The same sentence stands earlier in this document.", resemblance)


def near_duplicate(subject: Subject) -> Iterator[Sign]:
    """Nearly the same sentence again."""
    for later, resemblance in subject.repeats:
        if resemblance < 1.0:
            explanation = "Nearly the same sentence stands earlier in this document."
            yield _sign(later, explanation, resemblance)


def _sign(later: Sentence, explanation: str, resemblance: float) -> Sign:
    evidence = f"{resemblance:.0%} of the word pairs are shared"
    return Sign(explanation, evidence, later.start, later.end)
