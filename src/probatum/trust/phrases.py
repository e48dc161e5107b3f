"""Phrase lists as compiled expressions, and the signs they give."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from probatum.text.lexicon import load, words
from probatum.text.spotting import in_small_letters
from probatum.trust.sentence import Sentence
from probatum.trust.sign import Sign
from probatum.trust.subject import Subject

NEGATED_BEFORE = re.compile(
    r"(?:\b(?:not|no|nothing(?! (?:short|less))|nobody|none|never|cannot|neither|nor|without"
    r"|lack(?:s|ing)? of|hardly|few|rarely|seldom|whether|if)|n.t)\b"
    r"[^.;]{0,25}$",
    re.IGNORECASE,
)


@cache
def phrase(name: str) -> re.Pattern[str]:
    """Compile a list of ``data/phrases.toml``; case does not count."""
    patterns = load("probatum.trust", "data/phrases.toml")[name]
    # Boundaries by look-around, since some patterns start or end with a sign.
    inner = words(patterns)[2:-2]
    return re.compile(rf"(?<![\w-]){inner}(?!\w)", re.IGNORECASE)


@cache
def word_list(name: str) -> frozenset[str]:
    """Give a list of plain words of ``data/phrases.toml``, in lower case."""
    return frozenset(load("probatum.trust", "data/phrases.toml")[name])


def phrase_signs(
    subject: Subject,
    pattern: re.Pattern[str],
    explanation: str,
    *,
    unless: Callable[[Sentence, re.Match[str]], bool] | None = None,
) -> Iterator[Sign]:
    """Give a sign for every match in the sentences, but for those that ``unless`` excuses."""
    small = in_small_letters(pattern)
    for sentence in subject.near(pattern):
        lowered = sentence.text.lower()
        same = len(lowered) == len(sentence.text)  # a few capitals become two characters
        found = small.finditer(lowered) if small and same else pattern.finditer(sentence.text)
        for match in found:
            if unless is None or not unless(sentence, match):
                words_found = sentence.text[match.start() : match.end()]
                start = sentence.start + match.start()
                end = start + len(words_found)
                yield Sign(explanation, f"the words {words_found!r}", start, end)


def found_in(subject: Subject, pattern: re.Pattern[str]) -> list[str]:
    """Give what a pattern finds in the whole text."""
    text, small = subject.document.text, in_small_letters(pattern)
    if small is None or len(subject.small) != len(text):
        return [match.group() for match in pattern.finditer(text)]
    return [text[m.start() : m.end()] for m in small.finditer(subject.small)]


def denied(sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether a negation stands shortly before the match."""
    return bool(NEGATED_BEFORE.search(sentence.text[max(0, match.start() - 40) : match.start()]))
