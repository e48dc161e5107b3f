"""What a page on a therapy leaves out, and pages that say nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from probatum.trust.facts import vocabulary_matcher
from probatum.trust.phrases import phrase
from probatum.trust.sign import Sign
from probatum.trust.subject import Subject

_FEWEST_WORDS = 150
_MENTIONS = 3
_KINDS, _DENSITY = 4, 5.0
_CONTENT = re.compile(r"\d+(?:[.,]\d+)?\s?(?:%|mg|people|patients|participants)|\bet al\b|\[\d+\]")


def no_alternatives(subject: Subject) -> Iterator[Sign]:
    """A page on a therapy that names no other way to treat."""
    if not subject.names_drug:
        return  # most pages of a mixed collection
    if subject.document.kind != "web-page" or subject.words < _FEWEST_WORDS:
        return
    text = "\n".join(s.text for s in subject.sentences)
    found = vocabulary_matcher(subject.pack.vocabulary).find(text)
    named = [(kind, name) for match in found for kind, name in match.terms]
    drugs = [name for kind, name in named if kind == "drug"]
    compared = any(kind == "comparator" for kind, _ in named)
    if len(drugs) < _MENTIONS or compared or phrase("alternatives").search(text):
        return
    looked = f"{len(subject.pack.vocabulary.comparators)} comparators and words for other ways"
    yield Sign("No other treatment is named.", f"looked for {looked} in {subject.words} words")


def generic_prose(subject: Subject) -> Iterator[Sign]:
    """Many stock phrases, and hardly a number or a name."""
    if subject.document.kind != "web-page" or subject.words < _FEWEST_WORDS:
        return
    stock = [
        match.group().lower()
        for sentence in subject.near(phrase("generic"))
        for match in phrase("generic").finditer(sentence.text)
    ]
    share = 1_000 / subject.words
    if len(set(stock)) < _KINDS or len(stock) * share < _DENSITY:
        return
    facts = sum(len(_CONTENT.findall(sentence.text)) for sentence in subject.sentences)
    if facts * share < 2:
        shown = ", ".join(repr(words) for words in sorted(set(stock))[:5])
        evidence = (
            f"{len(stock)} stock phrases, {facts} figures or sources in {subject.words} words"
        )
        yield Sign("The text is made of stock phrases.", f"{evidence}: {shown}")
