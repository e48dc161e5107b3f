"""Against the pack: approvals that do not exist, warnings contradicted, harms left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from probatum.model.pack import PackStatement
from probatum.text.hazards import asserted, hazards
from probatum.text.positions import Position, Topic, opposed, widened
from probatum.trust.facts import Facts, facts, names_drugs, opposing
from probatum.trust.sentence import Sentence
from probatum.trust.sign import Sign
from probatum.trust.subject import Subject

_FEWEST_WORDS = 150
_MENTIONS = 2  # of drugs
_REGULATED = re.compile(
    r"approv|off-?label|licen[sc]|authori[sz]|\bFDA\b|\bEMA\b|regulator|controlled substance"
    r"|schedule I",
    re.IGNORECASE,
)
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
    for sentence in subject.sentences:
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


def omitted_information(subject: Subject) -> Iterator[Sign]:
    """A page on the therapy that names no harm at all, or not how it is regulated."""
    if subject.document.kind != "web-page" or subject.words < _FEWEST_WORDS:
        return
    known = facts(subject.pack)
    if not names_drugs(subject.pack, subject.document.text, _MENTIONS):
        return
    found = [term for m in known.matcher.find(subject.document.text) for term in m.terms]
    kinds = [kind for kind, _ in found]
    if kinds.count("drug") < _MENTIONS:
        return
    missing = []
    if "harm" not in kinds:
        missing.append(f"any harm (looked for {len(subject.pack.vocabulary.harms)})")
    status = _unapproved(known, found)
    if status is not None and not _REGULATED.search(subject.document.text):
        missing.append(f"how it is regulated; {opposing(status)}")
    if missing:
        looked = f"in {subject.words} words"
        explanation = "A reader is told of the therapy, and not of what must be known with it."
        yield Sign(explanation, f"not told {looked}: {' and '.join(missing)}")


def _unapproved(known: Facts, found: list[tuple[str, str]]) -> PackStatement | None:
    """Give the statement that limits the approval of a drug of the page."""
    drugs = {name for kind, name in found if kind == "drug"}
    told = any(kind == "indication" for kind, _ in found)
    pairs = zip(known.positions, known.statements, strict=True)
    return next(
        (
            s
            for p, s in pairs
            if told and p.topic == "approval" and not p.holds and p.drugs & drugs
        ),
        None,
    )
