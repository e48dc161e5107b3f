"""Methods that are claimed and not shown, and registrations that came too late."""

from __future__ import annotations

import re
from collections.abc import Iterator

from probatum.trust.checks.gaps import gap_signs
from probatum.trust.phrases import phrase, phrase_signs
from probatum.trust.sentence import Sentence
from probatum.trust.sign import Sign
from probatum.trust.subject import Subject

_REVIEW = re.compile(r"\breview\b|meta-analysis", re.IGNORECASE)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_REGISTERED = re.compile(rf"\bregistered\b[^.;]{{0,120}}\b{_YEAR}\b", re.IGNORECASE)
_RECRUITED = re.compile(
    rf"\b(?:recruit|enrol|includ|randomi[sz])\w*[^.;]{{0,80}}\b(?:from|between|since|in)\b"
    rf"[^.;\d]{{0,20}}(?:\d{{1,2}}[^.;\d]{{0,12}})?{_YEAR}\b",
    re.IGNORECASE,
)
_THIS_REVIEW = re.compile(
    r"\b(?:this|our|present|the current) (?:\w+ ){0,2}review\b|\bwe (?:\w+ly )?review(?:ed)?\b",
    re.IGNORECASE,
)
_OPENING = 12  # sentences
_LONGEST = 2_000


def method_gap(subject: Subject) -> Iterator[Sign]:
    """A search without its counts; one person alone; what is told as if it were in order."""
    yield from phrase_signs(
        subject, phrase("one_reviewer"), "One person alone selected or extracted what is reviewed."
    )
    yield from gap_signs(subject)
    if not _is_review(subject) or subject.document.kind == "citation-page":
        return
    search = next(
        (s for s in subject.sentences if phrase("searched").search(s.text[:_LONGEST])), None
    )
    counted = any(phrase("search_counts").search(s.text[:_LONGEST]) for s in subject.sentences)
    if search is not None and not counted:
        evidence = "looked for counts of records found, screened or included: none"
        if len(subject.document.metadata.authors) == 1:
            evidence += "; one author: nobody can have selected in duplicate"
        explanation = "A search is claimed, and nothing shows what it found."
        yield Sign(explanation, evidence, search.start, search.end)


def _is_review(subject: Subject) -> bool:
    metadata = subject.document.metadata
    named = " ".join((metadata.title or "", *metadata.publication_types))
    said = " ".join(s.text for s in subject.sentences[:_OPENING])
    return bool(_REVIEW.search(named) or _THIS_REVIEW.search(said[:_LONGEST]))


def registration_mismatch(subject: Subject) -> Iterator[Sign]:
    """A trial registered after it had begun."""
    if subject.document.kind not in {"article", "record"}:
        return
    explanation = "The trial was registered after it had begun."
    for sentence in subject.sentences:
        late = phrase("late_registration").search(sentence.text[:_LONGEST])
        if late:
            yield Sign(explanation, f"the text says {late.group()!r}")
            return
    registered, begun = _year(subject, _REGISTERED), _year(subject, _RECRUITED)
    if registered and begun and registered[0] > begun[0]:
        quoted = f"{begun[1].text[:120]!r} and {registered[1].text[:120]!r}"
        yield Sign(explanation, f"begun {begun[0]}, registered {registered[0]}: {quoted}")


def _year(subject: Subject, pattern: re.Pattern[str]) -> tuple[int, Sentence] | None:
    for sentence in subject.sentences:
        match = pattern.search(sentence.text[:_LONGEST])
        if match:
            return int(match["year"]), sentence
    return None
