"""Signs to the good: limits, warnings and regulatory status that are stated."""

from __future__ import annotations

import re
from collections.abc import Iterator

from probatum.trust.facts import vocabulary_matcher
from probatum.trust.phrases import phrase
from probatum.trust.sentence import Sentence
from probatum.trust.sign import Sign
from probatum.trust.subject import Subject


def uncertainty_statement(subject: Subject) -> Iterator[Sign]:
    """The text says what is not known."""
    for sentence, words in _sentences(subject, "uncertainty"):
        yield _sign(sentence, "The text states a limit of what is known.", words)


def safety_statement(subject: Subject) -> Iterator[Sign]:
    """The text warns or names a harm; kept as content even where its wording is flagged."""
    matcher = vocabulary_matcher(subject.pack.vocabulary)
    for sentence, words in _sentences(subject, "safety"):
        kinds = {kind for match in matcher.find(sentence.text) for kind, _ in match.terms}
        plain = re.match(r"risk|can|may", words, re.IGNORECASE)
        if (not plain or "harm" in kinds) and not phrase("danger_denied").search(sentence.text):
            yield _sign(sentence, "The text gives a warning or names a harm.", words)


def regulatory_statement(subject: Subject) -> Iterator[Sign]:
    """The text says how the therapy is regulated."""
    matcher = vocabulary_matcher(subject.pack.vocabulary)
    for sentence, words in _sentences(subject, "regulatory"):
        kinds = {kind for match in matcher.find(sentence.text) for kind, _ in match.terms}
        if "drug" in kinds:
            yield _sign(sentence, "The text states a regulatory status.", words)


def trust_positive(subject: Subject) -> Iterator[Sign]:
    """What makes a text checkable: registration, protocol, reporting standard, open data."""
    seen = set()
    for sentence, words in _sentences(subject, "trust_positive"):
        if words.lower() not in seen:
            seen.add(words.lower())
            yield _sign(sentence, "The text shows how it can be checked.", words)


def _sentences(subject: Subject, name: str) -> Iterator[tuple[Sentence, str]]:
    pattern = phrase(name)
    for sentence in subject.near(pattern):
        match = pattern.search(sentence.text[:2_000])
        if match and sentence.block.kind not in {"title", "heading"}:
            yield sentence, match.group()


def _sign(sentence: Sentence, explanation: str, words: str) -> Sign:
    return Sign(explanation, f"the words {words!r}", sentence.start, sentence.end)
