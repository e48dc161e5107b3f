"""Support of claims: claims stronger than their basis, sources and numbers that are owed."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from probatum.trust.checks.basis import beyond_basis, other_form
from probatum.trust.facts import bearing, opposing
from probatum.trust.phrases import denied, phrase, phrase_signs
from probatum.trust.sentence import Sentence
from probatum.trust.sign import Sign
from probatum.trust.subject import Subject

_SOURCED = re.compile(
    r"\b(?:19|20)\d\d[a-z]?\b|\bet al\b|\[\d|\bdoi\b|https?://|\(\d{1,3}(?:,\s?\d{1,3})*\)"
)
_NUMBERS = re.compile(r"\b\d+(?:[.,]\d+)?\s?%|\bn\s?=\s?\d+")
_DEFINITE = re.compile(
    r"\b(?:the|these|those|this|its|our|their|his|her|both|two|other) $", re.IGNORECASE
)
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+|[\"\u201c\u201d]")
_SPEAKER = re.compile(
    r"\b(?:Dr\.?|Prof(?:essor|\.)?|University|Institutes?|Journal|College|Hospital|Cent(?:er|re)"
    r"|Society|Association|Academy|Agency|Foundation|Department|School) [A-Z(o]"
    r"|[A-Z]\w+ (?:University|Institute|Hospital|College|Cent(?:er|re)|Foundation|Society)\b"
    r"|\b(?:said|says|told|according to|led by|wrote|explained|added|published in)\b"
    r"[^.]{0,40}[A-Z][a-z]"
    r"|[A-Z][a-z]+ (?:said|says|told|wrote|explained|added)\b"
)
# Nothing has been said yet: it is a condition, or no study, that is spoken of.
_UNSAID = re.compile(
    r"\b(?:if|unless|until|whether|no|few|neither)\s(?:\w+er, |\w+ ){0,3}$", re.IGNORECASE
)
_LONGEST = 2_000
_HARM = re.compile(r"safe|risk|effects?\b|harm|danger|adverse|gentle", re.IGNORECASE)
_OF_HARM = ("safety", "contraindications", "monitoring")
_OF_EFFECT = ("efficacy", "onset-durability", "comparators")
_WHOLE = re.compile(r"(?:all|every)\b", re.IGNORECASE)


def overclaim(subject: Subject) -> Iterator[Sign]:
    """A claim stronger than any study can bear."""
    explanation = "The claim is stronger than any evidence can be."
    signs = chain(
        phrase_signs(subject, phrase("overclaim"), explanation, unless=_excused),
        beyond_basis(subject),
        other_form(subject),
    )
    for sign in signs:
        yield replace(sign, evidence=sign.evidence + _against(subject, sign))


def _against(subject: Subject, sign: Sign) -> str:
    """Give what the pack says on the same thing, to stand beside a claim; "" for nothing."""
    at = bisect_right([s.start for s in subject.sentences], sign.start or 0) - 1
    text = subject.sentences[at].text[:_LONGEST]
    claimed = subject.document.text[sign.start : sign.end]
    aspects = _OF_HARM if _HARM.search(claimed) else _OF_EFFECT
    statement = bearing(subject.pack, text, aspects) or bearing(
        subject.pack, f"{text} {subject.document.metadata.title or ''}", aspects
    )
    return f"; beside it: {opposing(statement)}" if statement else ""


def _excused(sentence: Sentence, match: re.Match[str]) -> bool:
    """Excuse "all patients" of a method section, and what a negation takes back."""
    if denied(sentence, match):
        return True
    return bool(
        _WHOLE.match(match.group())
        and (
            phrase("method").search(sentence.text) or sentence.block.role in {"methods", "results"}
        )
    )


def vague_attribution(subject: Subject) -> Iterator[Sign]:
    """An unnamed authority where a source is owed.

    One that the sentence itself, the one before or the one behind makes known is no unnamed one.
    """
    if subject.document.kind == "web-page":
        at = {sentence.start: index for index, sentence in enumerate(subject.sentences)}
        yield from phrase_signs(
            subject,
            phrase("vague_attribution"),
            "An authority is invoked and not named.",
            unless=lambda sentence, match: (
                is_unsaid(sentence.text[: match.start()])
                or is_sourced(subject, sentence, at[sentence.start], match.start())
            ),
        )


def is_unsaid(before: str) -> bool:
    """Whether what follows the words is a condition, or denied, so that nobody has said it."""
    return bool(_UNSAID.search(before[-60:]))


def is_sourced(subject: Subject, sentence: Sentence, index: int, start: int) -> bool:
    """Whether the authority that a sentence names from ``start`` on is known after all.

    ``index`` is the place of the sentence among those of the document.
    """
    return (
        bool(_SOURCED.search(sentence.text))
        or subject.cited(sentence.start, sentence.end)
        or _named(sentence, start)
        or _introduced(subject, index)
    )


def _named(sentence: Sentence, start: int) -> bool:
    """Whether the authority is one of whom the text has spoken, or stands beside a name."""
    before = sentence.text[max(0, start - 12) : start]
    return bool(_DEFINITE.search(before) or _NAME.search(sentence.text))


def _introduced(subject: Subject, index: int) -> bool:
    """Whether a sentence beside this one names who speaks: a person, a journal, a house."""
    beside = (
        *subject.sentences[max(0, index - 1) : index],
        *subject.sentences[index + 1 : index + 2],
    )
    return any(
        _SOURCED.search(near.text[:_LONGEST])
        or _SPEAKER.search(near.text[:_LONGEST])
        or subject.cited(near.start, near.end)
        for near in beside
        if near.block.kind not in {"title", "heading"}
    )


def vague_quantity(subject: Subject) -> Iterator[Sign]:
    """A great number where a number is owed."""
    if subject.document.kind == "web-page":
        yield from phrase_signs(
            subject,
            phrase("vague_quantity"),
            "A quantity is claimed without a number.",
            unless=lambda sentence, _: bool(_NUMBERS.search(sentence.text)),
        )
