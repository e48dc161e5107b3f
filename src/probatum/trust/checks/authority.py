"""Against the pack: approvals that do not exist, warnings contradicted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from probatum.model.pack import PackStatement
from probatum.text.hazards import asserted, hazards
from probatum.text.positions import Position, Topic, opposed, widened
from probatum.trust.facts import Facts, facts, opposing
from probatum.trust.sentence import Sentence
from probatum.trust.sign import Sign
from probatum.trust.subject import Subject

_LONGEST = 2_000
_COMMITTEE = re.compile(
    r"\b(?:ethics|committee|board|IRB|protocol|institution\w*|consent|study of)\b",
    re.IGNORECASE,
)
# Nine sentences of ten neither deny nor allow and need no closer look.
_DENIES = re.compile(
    r"\b(?:not?|never|safe(?:ly)?|without|cannot|may|can|suitable|free|right after|fine|ideal"
    r"|harmless|none|nobody|nothing)\b|\bnon-?|n['\u2019]t\b",
    re.IGNORECASE,
)


def regulatory_misstatement(subject: Subject) -> Iterator[Sign]:
    """An approval or an indication that does not exist, with the opposing statement."""
    explanation = "What is said of approval is against a regulator's statement."
    yield from _against(subject, ("approval",), explanation)
    known = facts(subject.pack)
    for sentence, said in subject.positions:
        if said.topic == "approval" and said.holds and _asserted(sentence, said):
            against = _not_listed(said, known) or _forbidden(sentence, said, known)
            if against is not None:
                yield Sign(explanation, opposing(against), sentence.start, sentence.end)


def _not_listed(said: Position, known: Facts) -> PackStatement | None:
    """Give the statement that lists what a drug is approved for, when this is not among it."""
    listed = [
        (fact, statement)
        for fact, statement in zip(known.positions, known.statements, strict=True)
        if fact.topic == "approval" and fact.holds and fact.drugs == said.drugs and fact.things
    ]
    things = widened(said.things, known.related)
    named = {
        name
        for _, statement in listed
        for match in known.matcher.find(statement.text)
        for _, name in match.terms
    }
    return listed[0][1] if listed and said.things and not named & things else None


def _forbidden(sentence: Sentence, said: Position, known: Facts) -> PackStatement | None:
    """Give the warning against those for whom a drug is said to be approved."""
    allowed = {h.name for h in hazards(sentence.text, known.matcher) if not h.holds}
    return next((s for w, s in known.warnings if w.name in allowed and w.drugs & said.drugs), None)


def safety_contradiction(subject: Subject) -> Iterator[Sign]:
    """A sentence against a warning, a duty to monitor or a contraindication."""
    topics: tuple[Topic, ...] = ("monitoring", "contraindication")
    if subject.document.kind == "web-page":  # in articles a denied harm is most often a finding
        topics = (*topics, "harm")
        yield from _denied_hazards(subject)
    yield from _against(subject, topics, "This contradicts a warning.")


def _denied_hazards(subject: Subject) -> Iterator[Sign]:
    known = facts(subject.pack)
    for sentence in subject.sentences if subject.names_drug else ():
        if not _DENIES.search(sentence.text[:_LONGEST]):
            continue
        about = subject.about.get(sentence.start, frozenset())
        for hazard in hazards(sentence.text, known.matcher, about=about):
            against = [s for w, s in known.warnings if w.name == hazard.name]
            if not hazard.holds and hazard.drugs and against:
                same = [
                    s
                    for w, s in known.warnings
                    if w.name == hazard.name and w.drugs & hazard.drugs
                ]
                evidence = opposing((same or against)[0])
                yield Sign("This contradicts a warning.", evidence, sentence.start, sentence.end)


def _against(subject: Subject, topics: tuple[Topic, ...], explanation: str) -> Iterator[Sign]:
    known = facts(subject.pack)
    for sentence, said in subject.positions:
        if said.topic not in topics or not _asserted(sentence, said):
            continue
        against = opposed(said, known.positions, known.related)
        if against:
            evidence = opposing(known.statements[against[0]])
            yield Sign(explanation, evidence, sentence.start, sentence.end)


def _asserted(sentence: Sentence, said: Position) -> bool:
    """Whether the clause says it, rather than ask, suppose or hope it."""
    clause = sentence.text[said.start : said.end]
    return asserted(sentence.text) and asserted(clause) and not _COMMITTEE.search(clause)
