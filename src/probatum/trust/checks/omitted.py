"""What a reader must be told with a treatment and is not: its harms, how it is regulated."""

from __future__ import annotations

import re
from collections.abc import Iterator

from probatum.model.pack import PackStatement
from probatum.trust.facts import Facts, facts, opposing
from probatum.trust.findings import Findings
from probatum.trust.phrases import phrase
from probatum.trust.sentence import Sentence
from probatum.trust.sign import Sign
from probatum.trust.subject import Subject

_FEWEST_WORDS, _FEWEST_OF_OFFER = 150, 60
_MENTIONS = 2  # of drugs
_BENEFITS = 2
_SELLS = frozenset({"vendor_page", "sales_link"})
_PRAISE = frozenset({"promotional_language", "testimonial", "overclaim"})
_LONGEST = 2_000
_DENIED = re.compile(
    r"(?:\b(?:not?|none|never|cannot|without|nor|hardly|free (?:of|from)|zero)\b|n['\u2019]t )"
    r"[^.;,]{0,25}$",
    re.IGNORECASE,
)
_REGULATED = re.compile(
    r"approv|permitted|off-?label|licen[sc]|authori[sz]|\bFDA\b|\bEMA\b|regulator"
    r"|controlled substance|schedule I",
    re.IGNORECASE,
)


def omitted_information(subject: Subject, found: Findings) -> Iterator[Sign]:
    """A page that tells of a treatment and no harm of it, or not how a drug is regulated."""
    if subject.document.kind == "web-page":
        missing = [*_of_the_therapy(subject), *_of_an_offer(subject, found)][:2]
        if missing:
            explanation = "A reader is told of a treatment, and not of what must be known with it."
            looked = f"not told in {subject.words} words: {' and '.join(missing)}"
            yield Sign(explanation, looked)


def _of_the_therapy(subject: Subject) -> Iterator[str]:
    """Name what a page on the pack's therapy leaves out."""
    if subject.words < _FEWEST_WORDS or not subject.names_drug:
        return
    known = facts(subject.pack)
    terms = [term for m in known.matcher.find(subject.document.text) for term in m.terms]
    drugs = [name for kind, name in terms if kind == "drug"]
    if len(drugs) < _MENTIONS:
        return
    if "harm" not in [kind for kind, _ in terms] and not _harm(subject):
        yield f"any harm (looked for {len(subject.pack.vocabulary.harms)} and in plain words)"
    told = any(kind == "indication" for kind, _ in terms)
    most = max(sorted(set(drugs)), key=drugs.count)  # a page on one names another in passing
    status = _unapproved(known, most) if told else None
    if status is not None and not _REGULATED.search(subject.document.text):
        yield f"how it is regulated; {opposing(status)}"


def _unapproved(known: Facts, drug: str) -> PackStatement | None:
    """Give the statement that limits the approval of a drug."""
    pairs = zip(known.positions, known.statements, strict=True)
    limits = (s for p, s in pairs if p.topic == "approval" and not p.holds and drug in p.drugs)
    return next(limits, None)


def _of_an_offer(subject: Subject, found: Findings) -> Iterator[str]:
    """Name the harms that an offer of any treatment leaves out, beside a benefit it tells."""
    sells = [f for f in found.flags if f.kind in _SELLS]
    if not sells or not subject.on_health or subject.words < _FEWEST_OF_OFFER:
        return
    told = [s for s in subject.sentences if _unhedged(s, "benefit_of_treatment")]
    praised = any(f.kind in _PRAISE for f in found.flags)
    if told and len(told) + praised >= _BENEFITS and _treats(subject) and not _harm(subject):
        yield f"any harm, though it sells and says {told[0].text[:120].strip()!r}"


def _treats(subject: Subject) -> bool:
    """Whether what is offered is to be taken or undergone."""
    return any(phrase("taken_or_undergone").search(s.text[:_LONGEST]) for s in subject.sentences)


def _harm(subject: Subject) -> bool:
    return any(_unhedged(s, "harm_of_treatment") for s in subject.sentences)


def _unhedged(sentence: Sentence, name: str) -> bool:
    """Whether a sentence says it and does not deny it."""
    text = sentence.text[:_LONGEST]
    return any(
        not _DENIED.search(text[max(0, m.start() - 60) : m.start()])
        for m in phrase(name).finditer(text)
    )
