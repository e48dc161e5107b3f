"""Slips that word replacement leaves: a before a vowel, capitals inside a sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from probatum.text.lexicon import load
from probatum.trust.facts import vocabulary_matcher
from probatum.trust.phrases import phrase
from probatum.trust.sign import Sign
from probatum.trust.subject import Subject

_ARTICLE = re.compile(
    r"(?<![\w.'-])(?P<article>[Aa]n?)\s(?P<word>[A-Za-z]{2,30}|\d{1,6})(?![\w.])"
)
_VOWEL = re.compile(r"[aeiou]", re.IGNORECASE)
_LETTER_BEFORE = re.compile(rf"{phrase('before_letter').pattern}\s$", re.IGNORECASE)
_BESIDE_LABELS = frozenset({"and", "or", "is", "in", "are", "at", "of", "on", "as", "after"})
_SPOKEN_AN = re.compile(r"8\d*|1[18](?:\d{3})?")

_CAPITAL = re.compile(r"(?<=[a-z,] )(?P<word>[A-Z][a-z]{2,20})(?= [a-z]|[,.;](?:\s|$))")
_NEVER_NAMES = frozenset(load("probatum.trust", "data/phrases.toml")["never_names"])

_NAMES_IN_LY = frozenset(
    {
        "daily",
        "weekly",
        "monthly",
        "family",
        "assembly",
        "supply",
        "italy",
        "july",
        "emily",
        "lilly",
    }
)


def article_agreement(subject: Subject) -> Iterator[Sign]:
    """The indefinite article does not fit the sound that follows."""
    for sentence in subject.sentences:
        for match in _ARTICLE.finditer(sentence.text):
            wanted = _wanted(match["word"])
            if wanted is None or match["article"].lower() == wanted or _is_label(match):
                continue
            if _LETTER_BEFORE.search(sentence.text[max(0, match.start() - 24) : match.start()]):
                continue
            yield Sign(
                "The article does not fit the next word, as when a word was replaced.",
                f"{match.group()!r}",
                sentence.start + match.start(),
                sentence.start + match.end(),
                (f"{wanted} {match['word']}",),
            )


def _is_label(match: re.Match[str]) -> bool:
    """Whether the letter names a group, a panel or a footnote: "A and B", "a Analysis of ..."."""
    article, word = match["article"], match["word"]
    inside = article == "A" and match.start() > 2
    return inside or word[0].isupper() or (len(article) == 1 and word in _BESIDE_LABELS)


def _wanted(word: str) -> str | None:
    """Give the article a word takes; None where usage varies or the sound is not known."""
    if word.isdigit():
        return "an" if _SPOKEN_AN.fullmatch(word) else "a"
    if (len(word) > 1 and not word[1:].islower()) or phrase("either_article").match(word):
        return None
    if phrase("mute_h").match(word):
        return "an"
    vowel = bool(_VOWEL.match(word)) and not phrase("spoken_you").match(word)
    return "an" if vowel else "a"


def spinner_capital(subject: Subject) -> Iterator[Sign]:
    """A capital inside a sentence on a word that is no name.

    Words of grammar and adverbs are never names. Any other word that the text also writes small
    counts only beside such a sign: news write "the Company" too.
    """
    if subject.document.kind != "web-page":
        return
    certain, others = [], []
    for sentence in subject.sentences:
        if sentence.block.kind in {"title", "heading"}:
            continue
        for match in _CAPITAL.finditer(sentence.text):
            word, start = match["word"].lower(), sentence.start + match.start("word")
            if word in _NEVER_NAMES or (word.endswith("ly") and word not in _NAMES_IN_LY):
                certain.append(_capital(match["word"], start, "a word of grammar"))
            else:
                others.append((match["word"], start))
    likely = _small_elsewhere(subject, others) if certain else ()
    yield from sorted([*certain, *likely], key=lambda sign: sign.start or 0)


def _small_elsewhere(subject: Subject, found: list[tuple[str, int]]) -> Iterator[Sign]:
    """Give the words that the text also writes small, but for terms: a drug may be a brand."""
    lower = Counter(re.findall(r"\b[a-z]{3,20}\b", subject.document.text))
    terms = vocabulary_matcher(subject.pack.vocabulary)
    for word, start in found:
        times = lower[word.lower()]
        if times >= 2 and not terms.find(word):
            yield _capital(word, start, f"small elsewhere {times} times")


def _capital(word: str, start: int, evidence: str) -> Sign:
    explanation = "A capital stands inside a sentence without reason, as spinning tools leave it."
    return Sign(explanation, f"{word!r}: {evidence}", start, start + len(word), (word.lower(),))
