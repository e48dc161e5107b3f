"""Which drugs of the pack a sentence is about, and the pack's warnings of them."""

from __future__ import annotations

from bisect import bisect_left

from probatum.model.pack import PackStatement
from probatum.text.positions import widened
from probatum.trust.carried import names_medicine, turns_to_a_medicine
from probatum.trust.facts import Facts
from probatum.trust.sentence import Sentence
from probatum.trust.subject import Subject

_LONGEST = 2_000
_BACK = 40  # sentences: further back a page may have spoken of something else


def spoken_of(subject: Subject, sentence: Sentence, known: Facts) -> frozenset[str]:
    """Give the drugs of the pack that a sentence names, or is about without naming any."""
    return _named(sentence.text, known) or subject.about.get(sentence.start, frozenset())


def meant(subject: Subject, sentence: Sentence, known: Facts) -> frozenset[str]:
    """Give the drugs that a sentence is about: its own, else those its page last spoke of.

    A page speaks of "the spray" or of nothing at all where it names its drug elsewhere; another
    medicine named since ends that.
    """
    own = sentence.text[:_LONGEST]
    drugs = drugs_of(own, known)
    if drugs or names_medicine(own):
        return drugs or frozenset()
    carried_on = subject.about.get(sentence.start, frozenset())
    at = bisect_left(subject.starts, sentence.start)
    before = reversed(subject.sentences[max(0, at - _BACK) : at])
    named = ((_named(s.text, known), turns_to_a_medicine(s.text[:_LONGEST])) for s in before)
    last = next((drugs for drugs, other in named if drugs or other), frozenset())
    return carried_on or last if last else frozenset()


def drugs_of(text: str, known: Facts) -> frozenset[str] | None:
    """Give the drugs of the pack that a sentence names; None where it names no medicine."""
    drugs = _named(text, known)
    return drugs if drugs or names_medicine(text[:_LONGEST]) else None


def _named(text: str, known: Facts) -> frozenset[str]:
    found = known.matcher.find(text[:_LONGEST])
    return frozenset(name for match in found for kind, name in match.terms if kind == "drug")


def warning_of(known: Facts, name: str, drugs: frozenset[str]) -> PackStatement | None:
    """Give the statement that warns of a hazard: of one of some drugs, else of the therapy."""
    named = [(w, s) for w, s in known.warnings if w.name == name] if drugs else []
    same = [s for w, s in named if not w.drugs or w.drugs & drugs]
    return next(iter([*same, *(s for _, s in named)]), None)


def indications(text: str, known: Facts) -> frozenset[str]:
    """Name the indications of the vocabulary that a text speaks of."""
    found = known.matcher.find(text)
    return frozenset(name for match in found for kind, name in match.terms if kind == "indication")


def listed_approvals(drug: str, known: Facts) -> list[PackStatement]:
    """Give the statements that list what a drug is approved for."""
    return [
        statement
        for fact, statement in zip(known.positions, known.statements, strict=True)
        if fact.topic == "approval" and fact.holds and drug in fact.drugs and fact.things
    ]


def uses_in(listed: list[PackStatement], known: Facts) -> frozenset[str]:
    """Name the indications that statements speak of."""
    return frozenset(
        name
        for statement in listed
        for match in known.matcher.find(statement.text)
        for kind, name in match.terms
        if kind == "indication"
    )


def claims_what_is_approved(subject: Subject, sentence: Sentence, known: Facts) -> bool:
    """Whether a sentence names uses, and the pack lists each as approved for each drug meant."""
    drugs = meant(subject, sentence, known)
    uses = indications(sentence.text[:_LONGEST], known)
    approved = [uses_in(listed_approvals(drug, known), known) for drug in drugs]
    return bool(uses and approved) and all(
        widened(frozenset({use}), known.related) & listed for use in uses for listed in approved
    )
