"""Praise and persons in place of evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from probatum.trust.phrases import denied, phrase, phrase_signs
from probatum.trust.sentence import Sentence
from probatum.trust.sign import Sign
from probatum.trust.subject import Subject

_REGISTERED = re.compile(r"\b(?:NCT|ISRCTN|ACTRN|CRD)\d{6,}")
_METRIC = re.compile(
    r"\b(?:impact factors?|high-impact journals?|prestigious journals?)\b", re.IGNORECASE
)
_OPENED = re.compile(r"[\"\u201c\u2018']$")
_CLOSED = re.compile(r"[,.]?[\"\u201d\u2019']")
_CALLED = re.compile(
    r"\b(?:so-called|hyped? (?:as|about)|myth of|claims? of"
    r"|(?:claim(?:s|ed|ing)?|purport(?:s|ed|ing)?|pretend(?:s|ed|ing)?) to \w+)\s(?:an? )?$",
    re.IGNORECASE,
)
# The grade of a body of evidence is a term, no praise.
_GRADE = re.compile(
    r"\s(?:\w+ )?(?:evidence|stud(?:y|ies)|trials?|reviews?|data)\b", re.IGNORECASE
)
_QUALITY = re.compile(r"quality$", re.IGNORECASE)
_OFFERED = "Personal experience is offered as proof."
_LONGEST = 20_000
# Sentences in quotation marks, then a first name or initials alone, with an age or a trade: people
# who are quoted for what they know are named in full.
_PRAISE = re.compile(
    r"[\"\u201c][^\"\u201c\u201d\n]{12,300}[.!?\u2026][\"\u201d][ \n]?"
    r"(?:(?P<open>\()|[-\u2013\u2014~] ?)"
    r"(?P<name>[A-Z][a-z]{2,14}|(?:[A-Z]\. ?){1,2}|[A-Z][a-z]{2,14} [A-Z]\.)"
    r"(?:, (?:\d{2}|[a-z]{4,20}))?"
    r"(?(open)\)|(?=\s|[\"\u201d]|$))(?! ?[A-Z][a-z])"
)
_CAPITAL = re.compile(r"\s[A-Z]")
_BAD = re.compile(
    r"\s(?:pain|suffering|stress|cost|burden|injur\w+|diagnos\w+|illness\w*|diseases?|accident|loss|war)\b",
    re.IGNORECASE,
)


def promotional_language(subject: Subject) -> Iterator[Sign]:
    """Praise beyond evidence."""
    yield from phrase_signs(
        subject, phrase("promotional"), "Praise stands where evidence is owed.", unless=_no_praise
    )


def _no_praise(sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether praise is taken back, held at a distance, part of a name, or of a bad thing."""
    before, after = sentence.text[: match.start()], sentence.text[match.end() :]
    named = before.rstrip() != "" and sentence.text[match.start()].isupper()
    return bool(
        denied(sentence, match)
        or (_OPENED.search(before[-2:]) and _CLOSED.match(after))
        or _CALLED.search(before[-80:])
        or (named and _CAPITAL.match(after))
        or _BAD.match(after)
        or (_QUALITY.search(match.group()) and _GRADE.match(after))
    )


def testimonial(subject: Subject) -> Iterator[Sign]:
    """Personal experience offered as proof."""
    yield from phrase_signs(subject, phrase("testimonial"), _OFFERED)
    if subject.document.kind != "web-page":
        return
    for block in subject.prose:
        text = subject.document.text[block.start : min(block.end, block.start + _LONGEST)]
        for match in _PRAISE.finditer(text):
            name = match["name"]
            evidence = f"a quotation under {name!r}, a person who cannot be asked"
            start, end = block.start + match.start(), block.start + match.end()
            yield Sign(_OFFERED, evidence, start, end)


def first_person_credentials(subject: Subject) -> Iterator[Sign]:
    """The author's own praise."""
    yield from phrase_signs(
        subject, phrase("first_person_credentials"), "The author vouches for himself or herself."
    )


def unverifiable_credential(subject: Subject) -> Iterator[Sign]:
    """A title or a proof without a name or a number."""
    yield from phrase_signs(
        subject,
        phrase("unverifiable_credential"),
        "A credential is claimed without a name or a number to check.",
        unless=lambda sentence, match: (
            denied(sentence, match) or bool(_REGISTERED.search(sentence.text))
        ),
    )


def journal_metric_as_quality(subject: Subject) -> Iterator[Sign]:
    """The fame of a journal offered as proof."""
    yield from phrase_signs(subject, _METRIC, "A journal's metric says nothing of this article.")
